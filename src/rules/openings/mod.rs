//! The smallest sets of edits that would open a blocked flow.
//!
//! A search over edits: the first blocker of a walk names the edits that may lift it, each is applied
//! to a copy and the flow is walked again. What does not lift the blocker is dropped, so an edit that
//! was guessed wrong (a group that is not seen across a NAT gateway) never gets into an answer, and
//! every answer is one whose walk has arrived and come back.

mod filters;
mod gateways;
mod routes;
mod site;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use self::site::Site;
use crate::{
    edit::{self, Command},
    model::{Document, Index, ResourceId},
    problem::Fix,
    reach::{Code, Direction, Flow, Network, Trace, Verdict, walk},
    t,
};

/// No longer sets of edits than this: nobody would call them a way to open something.
const MOST_EDITS: usize = 8;
/// So many different sets are offered at most.
const MOST_OPENINGS: usize = 4;
/// So many copies are walked at most; on large drawings fewer, so that an answer takes no longer.
const MOST_WALKS: usize = 400;
/// Copies times resources: what an answer may cost.
const MOST_WORK: usize = 200_000;

/// One change of the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What it does, in one sentence.
    pub label: String,
    /// How the editor does it.
    pub command: Command,
}

/// A set of edits after which the flow works.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The edits, in the order in which they are made.
    pub edits: Vec<Edit>,
    /// The walk afterwards.
    pub trace: Trace,
}

impl Opening {
    /// What its button says: the edit itself, or all of them.
    pub fn label(&self) -> String {
        let labels: Vec<&str> = self.edits.iter().map(|it| it.label.as_str()).collect();
        labels.join("; ")
    }

    /// The whole as one step of undo.
    pub fn fix(&self) -> Fix {
        let commands: Vec<Command> = self.edits.iter().map(|it| it.command.clone()).collect();
        let label = self.label();
        match <[Command; 1]>::try_from(commands) {
            Ok([command]) => Fix { label, command },
            Err(commands) => {
                let count = commands.len();
                Fix {
                    label,
                    command: Command::Batch { label: t!("rule-open-label", count = count), commands },
                }
            }
        }
    }
}

/// One state of the search.
struct State {
    document: Document,
    index: Index,
    edits: Vec<Edit>,
    trace: Trace,
}

impl State {
    /// The state after some more edits; `None` where the editor refuses one.
    fn after(&self, edits: &[Edit], flow: &Flow) -> Option<Self> {
        let (document, index) = applied(&self.document, &self.index, edits)?;
        let trace = walk(&Network::new(&document.topology, &index), flow);
        let edits = self.edits.iter().chain(edits).cloned().collect();
        Some(Self { document, index, edits, trace })
    }

    fn is_open(&self) -> bool {
        self.trace.verdict() == Verdict::Reachable
    }
}

/// Finds the smallest sets of edits that open a flow, the smallest first; none where it works already,
/// or where nothing that this program knows would help. `index` must be that of the document.
pub fn openings(document: &Document, index: &Index, flow: &Flow) -> Vec<Opening> {
    let trace = walk(&Network::new(&document.topology, index), flow);
    let start = State { document: document.clone(), index: index.clone(), edits: Vec::new(), trace };
    if start.is_open() {
        return Vec::new();
    }
    let resources = document.topology.resources.len().max(1);
    let mut walks = MOST_WALKS.min(MOST_WORK.checked_div(resources).unwrap_or(MOST_WALKS)).max(24);
    let mut found: Vec<Opening> = Vec::new();
    let mut queue = VecDeque::from([start]);
    while let Some(state) = queue.pop_front() {
        // Sets that are longer than the shortest by two or more are no alternatives.
        let shortest_yet = found.iter().map(|it| it.edits.len()).min();
        let limit = shortest_yet.map_or(MOST_EDITS, |it| it.saturating_add(1).min(MOST_EDITS));
        let next_length = state.edits.len().saturating_add(1);
        let enough = found.iter().filter(|it| it.edits.len() <= next_length).count() >= MOST_OPENINGS;
        if next_length > limit || enough {
            break;
        }
        for next in next_states(&state, flow, &mut walks) {
            if next.edits.len() > limit {
                continue;
            }
            if next.is_open() {
                let opening = shortest((document, index), next, flow);
                if !found.iter().any(|it| same_edits(it, &opening)) {
                    found.push(opening);
                }
            } else {
                queue.push_back(next);
            }
        }
        // The shortest sets first, whatever number of edits a step took.
        queue.make_contiguous().sort_by_key(|it| it.edits.len());
    }
    found.sort_by_key(|it| it.edits.len());
    let longest = found.first().map_or(0, |it| it.edits.len().saturating_add(1));
    found.retain(|it| it.edits.len() <= longest);
    found.truncate(MOST_OPENINGS);
    found
}

/// The states behind the first blocker. Alternatives of one kind (peers of a group rule) come in the
/// order of preference, and only the first that lifts the blocker counts.
fn next_states(state: &State, flow: &Flow, walks: &mut usize) -> Vec<State> {
    let Some(blocker) = state.trace.blockers.first() else { return Vec::new() };
    let alternatives = {
        let network = Network::new(&state.document.topology, &state.index);
        let site = Site::new(&state.document, &state.index, &network, flow, &state.trace);
        site.map(|site| alternatives(&site)).unwrap_or_default()
    };
    let mut next = Vec::new();
    for choices in alternatives {
        for edits in choices {
            let Some(left) = walks.checked_sub(1) else { return next };
            *walks = left;
            let Some(after) = state.after(&edits, flow) else { continue };
            if !after.trace.blockers.contains(blocker) {
                next.push(after);
                break;
            }
        }
    }
    next
}

/// Choices of one kind, the preferred one first; each is one or more edits that belong together.
type Choices = Vec<Vec<Edit>>;

/// What may lift the first blocker.
fn alternatives(site: &Site<'_>) -> Vec<Choices> {
    match site.blocker.code {
        Code::EniSgRulesMismatch | Code::SgHasNoRules | Code::SgReferencesNotPreserved => {
            vec![filters::group_rules(site)]
        }
        Code::SubnetAclRestriction => vec![filters::acl_rules(site)],
        Code::BadStateRoute => {
            gateways::revive(site).into_iter().chain(routes::to_destination(site)).collect()
        }
        Code::NoRouteToDestination
        | Code::DisconnectedVpcs
        | Code::CannotRoute
        | Code::PcxRequiresAddressInVpcCidr
        | Code::IgwDestinationAddressNotInRfc1918Egress
        | Code::IgwDestinationAddressNotInRfc6598Egress
        | Code::NgwRequiresSourceInVpc
        | Code::BadStateAttachment => routes::to_destination(site),
        Code::IgwPublicIpAssociationForEgress => {
            let address = gateways::public_address(site);
            address.into_iter().chain(routes::to_destination(site)).collect()
        }
        Code::IgwPrivateIpAssociationForIngress => gateways::public_address(site),
        Code::UnassociatedComponent => gateways::internet_gateway(site),
        Code::EniSourceDestCheckRestriction => gateways::forwarding(site),
        Code::VpcBlockPublicAccessEnabled => gateways::exclusion(site),
        Code::TgwRouteAzRestriction => gateways::attachment_zone(site),
        Code::TgwAttachMissingTgwRtbAssociation | Code::TgwRtbNoRoute | Code::TgwRtbBadStateRoute => {
            gateways::transit_table(site)
        }
        Code::Elbv2ListenersMismatch => gateways::listener(site),
        Code::RegionalNgwRouteAzRestriction
        | Code::EniAddressRestriction
        | Code::NgwDestAddressPreservation
        | Code::VpceGatewayProtocolRestriction
        | Code::VpceGatewayEgressSourceAddressRestriction
        | Code::Elbv2ListenerHasNoTg
        | Code::Elbv2NoTargetsInAz => Vec::new(),
    }
}

/// Leaves out every edit without which the flow works as well.
fn shortest((document, index): (&Document, &Index), state: State, flow: &Flow) -> Opening {
    let mut best = Opening { edits: state.edits, trace: state.trace };
    let mut at = 0;
    while best.edits.len() > 1 && at < best.edits.len() {
        let mut fewer = best.edits.clone();
        let removed = fewer.remove(at);
        // A later edit of the same resource holds this one as well; it cannot be left out.
        let again = fewer.iter().skip(at).any(|it| changed(it).is_some() && changed(it) == changed(&removed));
        let walked = (!again).then(|| applied(document, index, &fewer)).flatten();
        let walked = walked
            .map(|(document, index)| walk(&Network::new(&document.topology, &index), flow))
            .filter(|trace| trace.verdict() == Verdict::Reachable);
        match walked {
            Some(trace) => best = Opening { edits: fewer, trace },
            None => at += 1,
        }
    }
    best
}

/// The resource of which an edit holds all fields.
fn changed(edit: &Edit) -> Option<&ResourceId> {
    match &edit.command {
        Command::Set { id, .. } => Some(id),
        _ => None,
    }
}

/// A document after some edits, with its look-ups.
fn applied(document: &Document, index: &Index, edits: &[Edit]) -> Option<(Document, Index)> {
    let mut document = document.clone();
    let mut index = index.clone();
    for edit in edits {
        let planned = edit::plan(&document, &index, &edit.command).ok()?;
        if planned.transaction.ops.is_empty() {
            return None;
        }
        document.apply(&planned.transaction).ok()?;
        index.refresh(&document.topology);
    }
    Some((document, index))
}

fn same_edits(a: &Opening, b: &Opening) -> bool {
    a.edits.len() == b.edits.len() && a.edits.iter().all(|edit| b.edits.contains(edit))
}

/// The id that the editor will give to what a command makes.
fn made(document: &Document, index: &Index, command: &Command) -> Option<ResourceId> {
    edit::plan(document, index, command).ok()?.select?.into_iter().next()
}

/// The other direction.
fn is_reply(direction: Direction) -> bool {
    direction == Direction::Reply
}
