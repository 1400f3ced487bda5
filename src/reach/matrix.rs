//! Who reaches whom, at which ports: every pair of parties, for all ports at once.
//!
//! Hosts that no rule, route or list tells apart share their answers, so that the work grows with the
//! number of different hosts, not with that of all.

use std::{collections::BTreeSet, net::IpAddr};

use indexmap::IndexMap;
use ipnet::IpNet;

use super::{
    flow::Party,
    network::{Interface, Network},
    open::{Open, open},
};
use crate::model::{Kind, ResourceId, ResourceKind, RouteDestination, SecurityGroupRulePeer};

/// Parties, and which of them no rule tells apart.
#[derive(Debug, Clone)]
pub struct Classes {
    parties: Vec<Party>,
    /// Of each party, the number of its class.
    of: Vec<usize>,
    /// Of each class, the first member and the second.
    members: Vec<(usize, Option<usize>)>,
}

impl Classes {
    /// Sorts parties into classes.
    pub fn new(network: &Network<'_>, parties: Vec<Party>) -> Self {
        let blocks = blocks(network);
        let mut likes: IndexMap<Likeness<'_>, Vec<usize>> = IndexMap::new();
        for (at, party) in parties.iter().enumerate() {
            likes.entry(Likeness::of(network, party, at, &blocks)).or_default().push(at);
        }
        let mut of = vec![0; parties.len()];
        for (class, members) in likes.values().enumerate() {
            for member in members {
                if let Some(slot) = of.get_mut(*member) {
                    *slot = class;
                }
            }
        }
        let members = likes.values().filter_map(|it| Some((*it.first()?, it.get(1).copied()))).collect();
        Self { parties, of, members }
    }

    /// The parties, in the order in which they were given.
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// How many classes there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The class of the party at a place.
    pub fn of(&self, place: usize) -> Option<usize> {
        self.of.get(place).copied()
    }

    /// What the members of one class reach at those of another, or at each other: of a class with one
    /// member, nothing.
    pub fn ask(&self, network: &Network<'_>, from: usize, to: usize) -> Open {
        let pair = || {
            let source = self.members.get(from)?.0;
            let (first, second) = *self.members.get(to)?;
            let target = if from == to { second? } else { first };
            Some(open(network, self.parties.get(source)?, self.parties.get(target)?))
        };
        pair().unwrap_or_default()
    }
}

/// The answers for every pair of parties.
#[derive(Debug, Clone)]
pub struct Matrix {
    classes: Classes,
    /// By the classes of both sides, row by row.
    cells: Vec<Open>,
    itself: Open,
}

impl Matrix {
    /// Asks every pair.
    pub fn new(network: &Network<'_>, parties: Vec<Party>) -> Self {
        let classes = Classes::new(network, parties);
        let count = classes.count();
        let cells = (0..count * count).map(|at| classes.ask(network, at / count, at % count)).collect();
        Self { classes, cells, itself: Open::everything() }
    }

    /// The parties, in the order of rows and columns.
    pub fn parties(&self) -> &[Party] {
        self.classes.parties()
    }

    /// What the party of a row reaches at the party of a column.
    pub fn at(&self, row: usize, column: usize) -> Option<&Open> {
        if row == column && row < self.classes.parties.len() {
            return Some(&self.itself);
        }
        self.cells.get(self.classes.of(row)? * self.classes.count() + self.classes.of(column)?)
    }

    /// How many different parties there are.
    pub fn class_count(&self) -> usize {
        self.classes.count()
    }
}

/// What rules, routes and lists can tell a party by; equal ones get equal answers.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Likeness<'n> {
    /// The party at this place, unlike any other.
    Own(usize),
    /// A host with these interfaces.
    Host(Vec<Look<'n>>),
}

/// What an interface looks like to rules.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Look<'n> {
    subnet: &'n ResourceId,
    groups: &'n [ResourceId],
    guarded: bool,
    /// Of each address: its family, whether it is public, and which blocks single it out.
    addresses: Vec<(bool, bool, Vec<usize>)>,
}

impl<'n> Likeness<'n> {
    fn of(network: &'n Network<'n>, party: &Party, at: usize, blocks: &[IpNet]) -> Self {
        let Party::Resource(id) = party else { return Self::Own(at) };
        let host =
            matches!(network.kind(id), Some(ResourceKind::Instance(_) | ResourceKind::NetworkInterface(_)));
        let interfaces: Vec<&Interface> = network.of_owner(id).collect();
        // A host that forwards is told by the routes that lead to it.
        let forwards = |owner: &ResourceId| network.index.referrers(owner).iter().any(|it| it.1 == "routes");
        if !host || forwards(id) || interfaces.iter().any(|it| forwards(&it.owner)) {
            return Self::Own(at);
        }
        Self::Host(interfaces.into_iter().map(|it| Look::of(network, it, blocks)).collect())
    }
}

impl<'n> Look<'n> {
    fn of(network: &Network<'_>, interface: &'n Interface, blocks: &[IpNet]) -> Self {
        let subnet = network.subnet(&interface.subnet);
        let around = |address: IpAddr| match (address, subnet) {
            (IpAddr::V4(_), Some(subnet)) => subnet.cidr_block.prefix_len(),
            (IpAddr::V6(_), Some(subnet)) => subnet.ipv6_cidr_block.map_or(0, |it| it.prefix_len()),
            _ => 0,
        };
        let inside = |address: IpAddr, longer_than: u8| {
            let fits = move |it: &(usize, &IpNet)| it.1.prefix_len() > longer_than && it.1.contains(&address);
            blocks.iter().enumerate().filter(fits).map(|it| it.0)
        };
        let addresses = interface.addresses.iter().map(|held| {
            let public = held.public.into_iter().flat_map(|it| inside(it, 0));
            let blocks = inside(held.private, around(held.private)).chain(public).collect();
            (held.private.is_ipv6(), held.public.is_some(), blocks)
        });
        Self {
            subnet: &interface.subnet,
            groups: &interface.groups,
            guarded: interface.guarded,
            addresses: addresses.collect(),
        }
    }
}

/// Every block that the drawing names in rules, lists and routes.
fn blocks(network: &Network<'_>) -> Vec<IpNet> {
    let mut found = BTreeSet::new();
    let kinds = [
        Kind::SecurityGroup,
        Kind::NetworkAcl,
        Kind::RouteTable,
        Kind::ManagedPrefixList,
        Kind::TransitGatewayRouteTable,
        Kind::VpnGateway,
        Kind::VpnConnection,
    ];
    for resource in kinds.into_iter().flat_map(|kind| network.index.resources_of(kind)) {
        match &resource.kind {
            ResourceKind::SecurityGroup(group) => {
                found.extend(group.ingress.iter().chain(&group.egress).filter_map(|it| match it.peer {
                    SecurityGroupRulePeer::Ipv4(net) => Some(IpNet::V4(net)),
                    SecurityGroupRulePeer::Ipv6(net) => Some(IpNet::V6(net)),
                    _ => None,
                }));
            }
            ResourceKind::NetworkAcl(it) => {
                found.extend(it.ingress.iter().chain(&it.egress).map(|it| it.cidr_block))
            }
            ResourceKind::RouteTable(table) => {
                found.extend(table.routes.iter().filter_map(|it| match it.destination {
                    RouteDestination::Ipv4(net) => Some(IpNet::V4(net)),
                    RouteDestination::Ipv6(net) => Some(IpNet::V6(net)),
                    _ => None,
                }))
            }
            ResourceKind::ManagedPrefixList(it) => found.extend(it.entries.iter().map(|it| it.cidr)),
            ResourceKind::TransitGatewayRouteTable(it) => {
                found.extend(it.routes.iter().map(|it| it.destination_cidr_block));
            }
            ResourceKind::VpnGateway(it) => found.extend(it.on_premises_cidr_blocks.iter().copied()),
            ResourceKind::VpnConnection(it) => found.extend(it.on_premises_cidr_blocks.iter().copied()),
            _ => {}
        }
    }
    found.into_iter().collect()
}
