//! What AWS would refuse and what would not work, one file per rule.
//!
//! A rule is a row of [`RULES`] and a file: its code, how bad it is, the AWS page that says so
//! and a pure function. Rules never fail, never read anything but the document, and report in the
//! order of resource ids.

mod acl_allows_all;
mod acl_denies_all;
mod acl_icmp_family;
mod acl_no_replies;
mod acl_rule_hidden;
mod acl_rule_number;
mod acl_rule_quota;
mod block_public_access;
mod connect_endpoint_egress;
mod context;
mod default_group_rules;
mod default_group_used;
mod default_route_instance;
mod dhcp_options;
pub mod docs;
mod elastic_ip_private_address;
mod elastic_ip_shared;
mod elastic_ip_unused;
mod elastic_ip_without_gateway;
mod endpoint_group_443;
mod endpoint_private_dns;
mod endpoint_subnets;
mod endpoint_zones;
pub mod fix;
mod flow_log_missing;
mod gateway_endpoint_blocked;
mod gateway_endpoint_service;
mod gateway_endpoint_tables;
mod gateway_route_table;
mod group_lets_nothing_in;
mod group_name;
mod group_open_to_world;
mod group_reference;
mod group_rule_duplicate;
mod group_rule_quota;
mod groups_per_interface;
mod igw_second_on_vpc;
mod instance_interfaces;
mod interface_attachment;
mod ipv6_address;
mod key_pair;
mod live;
mod main_table_public;
mod nat64;
mod nat_acl;
mod nat_acl_requests;
mod nat_address;
mod nat_private_internet;
mod nat_several_zones;
mod nat_without_gateway_endpoint;
mod nat_without_internet;
mod one_per_vpc;
pub mod openings;
mod other_vpc;
mod part;
mod peering_dns;
mod peering_duplicate;
mod peering_overlap;
mod peering_return_route;
mod peering_route;
mod prefix_list_entries;
mod private_ip;
mod public_address_missing;
mod public_address_unneeded;
mod public_address_unused;
mod quota_region;
mod quota_vpc;
pub mod reference;
mod regional_nat;
mod registry;
mod route_blackhole;
mod route_duplicate;
mod route_family;
mod route_inside_vpc;
mod route_instance_interfaces;
mod route_prefix_lists;
mod route_private_internet;
mod route_reserved;
mod route_source_dest_check;
mod rule_description;
mod rule_ports;
mod rule_ports_ignored;
mod subnet_cidr_size;
mod subnet_full;
mod subnet_ipv6_block;
mod subnet_ipv6_overlap;
mod subnet_ipv6_switches;
mod subnet_outside_vpc;
mod subnet_overlap;
mod subnet_zone;
mod tags;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod transit_appliance_mode;
mod transit_attachment_duplicate;
mod transit_attachment_shared;
mod transit_attachment_subnets;
mod transit_overlap;
mod transit_route;
mod transit_table_route;
mod transit_tables;
mod unused;
mod user_data_size;
mod vgw_propagation;
mod vpc_cidr_family;
mod vpc_cidr_overlap;
mod vpc_cidr_quota;
mod vpc_cidr_route;
mod vpc_cidr_size;
mod vpc_cidr_unusable;
mod vpc_cidr_unwise;
mod vpc_defaults;
mod vpc_dns;
mod vpc_ipv6_block;
mod vpcs_overlap;
mod vpn_connection;

pub use context::Context;
pub use live::Live;
pub use registry::{OPTIONAL, RULES};

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use crate::{
    edit::Command,
    model::{Document, Field, Index, ResourceId, ResourceKind, RouteTable, RuleLevel, Suppressed},
    problem::{Fix, Problem, Severity, Subject},
    t,
};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in reports, in kebab case: `subnet-outside-vpc`.
    pub code: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What it is about in one sentence, the same for every finding.
    pub summary: fn() -> String,
    /// The AWS page that says so.
    pub url: &'static str,
    /// The rows of the list of AWS's rules that it stands for, as in `rules::reference`.
    pub rows: &'static [&'static str],
    /// The function that looks.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'a Rule,
    problems: &'a mut Vec<Problem>,
}

impl Findings<'_> {
    /// Reports a finding about one field of one resource; returns it for further subjects and fixes.
    pub fn report(
        &mut self,
        id: &ResourceId,
        field: Option<Field>,
        message: String,
        help: String,
    ) -> Finding<'_> {
        let at = self.problems.len();
        self.problems.push(Problem {
            code: self.rule.code,
            severity: self.rule.severity,
            subjects: vec![Subject { id: id.clone(), field }],
            message,
            help: Some(help),
            fixes: Vec::new(),
        });
        Finding { problem: self.problems.get_mut(at) }
    }
}

/// A finding that was just reported.
#[derive(Debug)]
pub struct Finding<'a> {
    problem: Option<&'a mut Problem>,
}

impl Finding<'_> {
    /// Adds another resource that is concerned.
    pub fn also(self, id: &ResourceId) -> Self {
        self.also_field(id, None)
    }

    /// Adds a field of another resource that is concerned.
    pub fn also_field(mut self, id: &ResourceId, field: Option<Field>) -> Self {
        if let Some(problem) = &mut self.problem {
            problem.subjects.push(Subject { id: id.clone(), field });
        }
        self
    }

    /// Says that this one is less or more grave than the rule's usual findings.
    pub fn severity(mut self, severity: Severity) -> Self {
        if let Some(problem) = &mut self.problem {
            problem.severity = severity;
        }
        self
    }

    /// Offers a change that mends it.
    pub fn fix(mut self, label: String, command: Command) -> Self {
        if let Some(problem) = &mut self.problem {
            problem.fixes.push(Fix { label, command });
        }
        self
    }
}

/// The change of one field of a resource.
fn set(id: &ResourceId, field: Field, to: impl Into<ResourceKind>) -> Command {
    Command::Set { id: id.clone(), field, to: Box::new(to.into()) }
}

/// The fix that takes one static route out of a table.
fn without_route(id: &ResourceId, table: &RouteTable, at: usize) -> (String, Command) {
    let mut to = table.clone();
    let gone = (at < to.routes.len()).then(|| to.routes.remove(at).destination.to_string());
    let label = t!("rule-fix-remove-route", destination = gone.unwrap_or_default());
    (label, set(id, Field::new("routes"), to))
}

/// What the rules say about a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// The findings, in the order of [`check`].
    pub problems: Vec<Problem>,
    /// Those that the document says are meant to be so, with the reasons.
    pub suppressed: Vec<(Problem, String)>,
}

/// The findings about a document without those that it suppresses: errors first, then warnings, then the rest; within
/// these in the order of the culprits' ids.
pub fn check(document: &Document, index: &Index) -> Vec<Problem> {
    review(document, index).problems
}

/// So many resources are worth the start of a thread, some 30 µs.
const SHARED_FROM: usize = 3_000;

/// More would wait for memory and not for the processor.
const MOST_THREADS: usize = 4;

/// The findings about a document, and those that it suppresses. The document also says which rules
/// are asked and how grave their findings are.
pub fn review(document: &Document, index: &Index) -> Review {
    let context = Context::new(document, index);
    let next = AtomicUsize::new(0);
    let some = || {
        let mut problems = Vec::new();
        while let Some(rule) = RULES.get(next.fetch_add(1, Ordering::Relaxed)) {
            ask(document, &context, rule, &mut problems);
        }
        problems
    };
    if document.topology.resources.len() < SHARED_FROM {
        return settle(document, some());
    }
    settle(document, side_by_side(some))
}

/// Runs the same work on several threads; answers all that they found. [`settle`] brings it in order.
fn side_by_side(work: impl Fn() -> Vec<Problem> + Sync) -> Vec<Problem> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        let mut problems = work();
        for other in others {
            problems.extend(other.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)));
        }
        problems
    })
}

/// Asks one rule, if the document wants it asked.
fn ask(document: &Document, context: &Context<'_>, rule: &Rule, problems: &mut Vec<Problem>) {
    let severity = match document.severities.get(rule.code) {
        Some(RuleLevel::Off) => return,
        None if OPTIONAL.contains(&rule.code) => return,
        None => None,
        Some(RuleLevel::Error) => Some(Severity::Error),
        Some(RuleLevel::Warning) => Some(Severity::Warning),
        Some(RuleLevel::Info) => Some(Severity::Info),
    };
    let before = problems.len();
    (rule.check)(context, &mut Findings { rule, problems });
    if let Some(severity) = severity {
        problems.iter_mut().skip(before).for_each(|problem| problem.severity = severity);
    }
}

/// Puts findings in order, and apart those that the document suppresses.
fn settle(document: &Document, mut problems: Vec<Problem>) -> Review {
    problems.sort_by(|a, b| {
        let culprits = || a.subjects.first().cmp(&b.subjects.first());
        // Of what is left, the order does not depend on which part of a network was asked first.
        let rest = || (a.subjects.get(1..), &a.message).cmp(&(b.subjects.get(1..), &b.message));
        a.severity.cmp(&b.severity).then_with(culprits).then_with(|| a.code.cmp(b.code)).then_with(rest)
    });
    if document.suppressions.is_empty() {
        return Review { problems, suppressed: Vec::new() };
    }
    let mut review = Review::default();
    for problem in problems {
        match reason(document, &problem).cloned() {
            Some(reason) => review.suppressed.push((problem, reason)),
            None => review.problems.push(problem),
        }
    }
    review
}

/// Why a finding is meant to be so, if the document says that.
fn reason<'a>(document: &'a Document, problem: &Problem) -> Option<&'a String> {
    let resource = problem.subjects.first()?.id.clone();
    document.suppressions.get(&Suppressed { code: problem.code.to_owned(), resource })
}
