//! Tables, network ACLs, groups, gateways and key pairs that nothing uses.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Kind, Resource, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule. What AWS makes with a VPC stays, used or not.
pub const RULE: Rule = Rule {
    code: "unused",
    severity: Severity::Info,
    summary: || t!("rule-unused-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html",
    rows: &["L4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        if !table.main && table.gateway_ids.is_empty() && is_unused(context, id) {
            report(context, findings, id);
        }
    }
    for (id, acl) in context.network_acls() {
        if !acl.is_default && is_unused(context, id) {
            report(context, findings, id);
        }
    }
    for (id, group) in context.security_groups() {
        if !group.is_default && is_unused(context, id) {
            report(context, findings, id);
        }
    }
    for (id, interface) in context.network_interfaces() {
        if interface.instance_id.is_none() && !interface.is_service_owned() && is_unused(context, id) {
            report(context, findings, id);
        }
    }
    for (id, list) in context.prefix_lists() {
        if !list.aws_managed && is_unused(context, id) {
            report(context, findings, id);
        }
    }
    for (id, table) in context.transit_tables() {
        let by_default = table.default_association_route_table || table.default_propagation_route_table;
        let is_empty =
            table.associations.is_empty() && table.propagations.is_empty() && table.routes.is_empty();
        if !by_default && is_empty && is_unused(context, id) {
            report(context, findings, id);
        }
    }
    // AWS bills these by the hour, whether a route leads there or not.
    for (id, _) in context.nat_gateways() {
        if is_unused(context, id) {
            report(context, findings, id);
        }
    }
    let kinds = [
        Kind::InternetGateway,
        Kind::KeyPair,
        Kind::DhcpOptions,
        Kind::TargetGroup,
        Kind::EgressOnlyInternetGateway,
        Kind::RegionalNatGateway,
        Kind::TransitGateway,
    ];
    for kind in kinds {
        for Resource { id, .. } in context.of_kind(kind) {
            if is_unused(context, id) && !serves_addresses(context, id) {
                report(context, findings, id);
            }
        }
    }
}

/// A group that is mentioned by its own rules only is used by nobody.
fn is_unused(context: &Context<'_>, id: &ResourceId) -> bool {
    context.index.referrers(id).iter().all(|(user, _)| user == id)
}

/// An attached gateway is needed by the Elastic IP addresses and NAT gateways of its VPC even
/// where no route leads to it yet; what is wrong there other rules say.
fn serves_addresses(context: &Context<'_>, gateway: &ResourceId) -> bool {
    context.topology.vpc_of(gateway).is_some_and(|vpc| {
        let is_regional = |id: &ResourceId| {
            context.kind(id).is_some_and(|it| matches!(it, ResourceKind::RegionalNatGateway(_)))
        };
        context.index.users(vpc, "vpc_id").any(is_regional)
            || context.index.subnets_of(context.topology, vpc).any(|subnet| {
                context.index.users(subnet, "subnet_id").any(|user| {
                    context.elastic_ip_of(user).is_some()
                        || context.index.of_kind(Kind::NatGateway).contains(user)
                })
            })
    })
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId) {
    let message = t!("rule-unused", name = context.label(id));
    let label = t!("rule-fix-delete", name = context.label(id));
    findings
        .report(id, None, message, t!("rule-unused-help"))
        .fix(label, Command::Delete { ids: vec![id.clone()] });
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{
        DhcpOptions, InternetGateway, KeyPair, ManagedPrefixList, NatGateway, NetworkAcl, NetworkInterface,
        RouteTable, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, TransitGateway,
    };

    fn vpc() -> crate::model::ResourceId {
        id("vpc-main")
    }

    #[test]
    fn each_kind() {
        for (name, add) in [
            ("rtb-x", (|n| n.put("rtb-x", RouteTable::new(vpc()))) as fn(&mut Network)),
            ("acl-x", |n| n.put("acl-x", NetworkAcl::new(vpc()))),
            ("sg-x", |n| n.put("sg-x", SecurityGroup::new(vpc(), "x", "x"))),
            ("igw-x", |n| n.put("igw-x", InternetGateway::default())),
            ("key-x", |n| n.put("key-x", KeyPair::default())),
            ("dopt-x", |n| n.put("dopt-x", DhcpOptions::default())),
            ("pl-x", |n| n.put("pl-x", ManagedPrefixList::new(1))),
            ("eni-x", |n| n.put("eni-x", NetworkInterface::new(crate::rules::testing::id("subnet-private")))),
            ("tgw-x", |n| n.put("tgw-x", TransitGateway::default())),
            ("nat-x", |n| n.put("nat-x", NatGateway::private(crate::rules::testing::id("subnet-private")))),
        ] {
            finds(&RULE, (name, None), &format!("nothing uses `{name}`"), add);
            fixes(&RULE, 1, add);
        }
    }

    #[test]
    fn a_group_of_its_own_is_unused_and_one_that_others_admit_is_not() {
        let group = |peer: &str| {
            let mut group = SecurityGroup::new(vpc(), "x", "x");
            group.ingress.push(SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id(peer))));
            group
        };
        one(&RULE, |n| n.put("sg-x", group("sg-x")));
        silent(&RULE, |n| {
            n.put("sg-x", SecurityGroup::new(vpc(), "x", "x"));
            n.group("sg-private", |it| it.ingress.extend(group("sg-x").ingress));
        });
    }

    #[test]
    fn what_aws_makes_stays() {
        silent(&RULE, Network::other_vpc);
    }
}
