//! The matrix as people look at it: rows of clients, columns of servers, one by one or by subnet, and
//! each cell asked for when somebody looks at it.

use std::collections::{BTreeMap, BTreeSet};

use super::{flow::Party, matrix::Classes, network::Network, open::Open};
use crate::model::{Kind, Resource, ResourceId, ResourceKind};

/// A row or a column: one party, or all hosts of a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The party's resource, or the subnet; `None` stands for an address or the internet.
    pub resource: Option<ResourceId>,
    /// Who is meant; never empty.
    pub parties: Vec<Party>,
    /// Where it stands: the subnet of the hosts.
    pub subnet: Option<ResourceId>,
    /// The VPC around it.
    pub vpc: Option<ResourceId>,
    /// Whether it is a service of the region behind a gateway endpoint.
    pub is_service: bool,
}

impl Side {
    /// One party.
    pub fn of(network: &Network<'_>, party: Party) -> Self {
        let resource = match &party {
            Party::Resource(id) => Some(id.clone()),
            _ => None,
        };
        let first = resource.as_ref().and_then(|id| network.of_owner(id).next());
        let service = resource.as_ref().and_then(|id| match network.kind(id)? {
            ResourceKind::GatewayEndpoint(it) => Some(it.vpc_id.clone()),
            _ => None,
        });
        let subnet = first.map(|it| it.subnet.clone());
        let is_service = service.is_some();
        let vpc = first.map(|it| it.vpc.clone()).or(service);
        Self { resource, parties: vec![party], subnet, vpc, is_service }
    }

    /// Whether it stands for the internet.
    pub fn is_internet(&self) -> bool {
        self.parties == [Party::Internet]
    }

    /// What people call it.
    pub fn label(&self, network: &Network<'_>) -> String {
        match (&self.resource, self.parties.first()) {
            (Some(id), _) => network.label(id),
            (None, Some(Party::Address(address))) => address.to_string(),
            (None, _) => crate::t!("reach-the-internet"),
        }
    }

    /// An id, an address, or `internet`.
    pub fn id(&self) -> String {
        match (&self.resource, self.parties.first()) {
            (Some(id), _) => id.to_string(),
            (None, Some(Party::Address(address))) => address.to_string(),
            (None, _) => "internet".to_owned(),
        }
    }
}

/// What opens connections on the drawing: hosts, endpoints that give a shell, and the internet, which
/// comes first.
pub fn clients(network: &Network<'_>) -> Vec<Side> {
    sides(network, |kind| {
        matches!(
            kind,
            ResourceKind::Instance(_)
                | ResourceKind::NetworkInterface(_)
                | ResourceKind::InstanceConnectEndpoint(_)
        )
    })
}

/// What takes connections: hosts, load balancers, endpoints of services, and the internet, which comes
/// first.
pub fn servers(network: &Network<'_>) -> Vec<Side> {
    sides(network, |kind| {
        matches!(
            kind,
            ResourceKind::Instance(_)
                | ResourceKind::NetworkInterface(_)
                | ResourceKind::LoadBalancer(_)
                | ResourceKind::InterfaceEndpoint(_)
                | ResourceKind::GatewayEndpoint(_)
        )
    })
}

/// The internet, then everything of some kinds, place by place.
fn sides(network: &Network<'_>, wanted: impl Fn(&ResourceKind) -> bool) -> Vec<Side> {
    // The further interfaces of an instance are asked for with that.
    let own = |it: &Resource| match &it.kind {
        ResourceKind::NetworkInterface(it) => it.instance_id.is_none(),
        _ => true,
    };
    let all = network.topology.iter().filter(|it| wanted(&it.kind) && own(it));
    let mut found: Vec<Side> = all.map(|it| Side::of(network, Party::Resource(it.id.clone()))).collect();
    let name = |id: &Option<ResourceId>| id.as_ref().map(|id| network.label(id));
    found.sort_by_cached_key(|it| (name(&it.vpc), name(&it.subnet), name(&it.resource), it.resource.clone()));
    found.insert(0, Side::of(network, Party::Internet));
    found
}

/// The hosts of each subnet as one; what is no host stays as it is.
pub fn by_subnet(network: &Network<'_>, sides: Vec<Side>) -> Vec<Side> {
    let mut grouped: Vec<Side> = Vec::new();
    let is_host = |side: &Side| {
        let kind = side.resource.as_ref().and_then(|id| network.kind(id));
        kind.is_some_and(|it| matches!(it.kind(), Kind::Instance | Kind::NetworkInterface))
    };
    for side in sides {
        let subnet = side.subnet.clone().filter(|_| is_host(&side));
        let same = grouped.iter_mut().find(|it| subnet.is_some() && it.resource == subnet);
        match (subnet, same) {
            (Some(_), Some(group)) => group.parties.extend(side.parties),
            (Some(subnet), None) => grouped.push(Side { resource: Some(subnet), ..side }),
            (None, _) => grouped.push(side),
        }
    }
    grouped
}

/// Rows, columns, and the cells that somebody has looked at.
#[derive(Debug, Clone)]
pub struct Grid {
    rows: Vec<Side>,
    columns: Vec<Side>,
    classes: Classes,
    /// The places of each side's parties.
    row_places: Vec<Vec<usize>>,
    column_places: Vec<Vec<usize>>,
    /// By the classes of both ends.
    asked: BTreeMap<(usize, usize), Open>,
    /// Cells whose sides hold several parties.
    joined: BTreeMap<(usize, usize), Open>,
}

impl Grid {
    /// Nothing is asked yet.
    pub fn new(network: &Network<'_>, rows: Vec<Side>, columns: Vec<Side>) -> Self {
        let mut places: BTreeMap<Party, usize> = BTreeMap::new();
        let mut parties = Vec::new();
        let mut place = |party: &Party| {
            *places.entry(party.clone()).or_insert_with(|| {
                parties.push(party.clone());
                parties.len() - 1
            })
        };
        let mut all = |sides: &[Side]| -> Vec<Vec<usize>> {
            sides.iter().map(|side| side.parties.iter().map(&mut place).collect()).collect()
        };
        let (row_places, column_places) = (all(&rows), all(&columns));
        let classes = Classes::new(network, parties);
        let (asked, joined) = (BTreeMap::new(), BTreeMap::new());
        Self { rows, columns, classes, row_places, column_places, asked, joined }
    }

    /// The clients.
    pub fn rows(&self) -> &[Side] {
        &self.rows
    }

    /// The servers.
    pub fn columns(&self) -> &[Side] {
        &self.columns
    }

    /// Whether a cell is a question to this drawing: not what is between a party and itself, nor between
    /// the internet and a service of the region.
    pub fn is_question(&self, row: usize, column: usize) -> bool {
        let outside = self.rows.get(row).is_none_or(Side::is_internet)
            && self.columns.get(column).is_none_or(|it| it.is_service);
        match (self.row_places.get(row), self.column_places.get(column)) {
            (Some(from), Some(to)) => !outside && (from.len() > 1 || from != to),
            _ => false,
        }
    }

    /// A cell that is known already.
    pub fn known(&self, row: usize, column: usize) -> Option<&Open> {
        let (from, to) = (self.row_places.get(row)?, self.column_places.get(column)?);
        match (from.as_slice(), to.as_slice()) {
            ([from], [to]) => self.asked.get(&(self.classes.of(*from)?, self.classes.of(*to)?)),
            _ => self.joined.get(&(row, column)),
        }
    }

    /// What a row reaches at a column: of subnets, what any host of the one reaches at any host of the
    /// other. `budget` is how many pairs may still be asked; where it does not suffice, the answer is
    /// `None`, and the next call goes on from there.
    pub fn cell(
        &mut self,
        network: &Network<'_>,
        (row, column): (usize, usize),
        budget: &mut usize,
    ) -> Option<&Open> {
        if self.known(row, column).is_some() {
            return self.known(row, column);
        }
        let pairs = self.pairs(row, column);
        for pair in &pairs {
            if !self.asked.contains_key(pair) {
                *budget = budget.checked_sub(1)?;
                let open = self.classes.ask(network, pair.0, pair.1);
                self.asked.insert(*pair, open);
            }
        }
        if self.known(row, column).is_none() {
            let mut all = Open::default();
            pairs.iter().filter_map(|pair| self.asked.get(pair)).for_each(|it| all.add(it));
            self.joined.insert((row, column), all);
        }
        self.known(row, column)
    }

    /// The classes that meet in a cell.
    fn pairs(&self, row: usize, column: usize) -> BTreeSet<(usize, usize)> {
        let (Some(from), Some(to)) = (self.row_places.get(row), self.column_places.get(column)) else {
            return BTreeSet::new();
        };
        let classes = |places: &[usize]| -> BTreeMap<usize, Vec<usize>> {
            let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for place in places {
                found.entry(self.classes.of(*place).unwrap_or_default()).or_default().push(*place);
            }
            found
        };
        let (from, to) = (classes(from), classes(to));
        let mut pairs = BTreeSet::new();
        for (one, senders) in &from {
            for (other, takers) in &to {
                // Nobody asks what a party reaches at itself.
                if senders.len() > 1 || takers.len() > 1 || senders != takers {
                    pairs.insert((*one, *other));
                }
            }
        }
        pairs
    }

    /// Two parties of a cell, for a closer look: where something is open, two between which it is.
    pub fn example(&self, row: usize, column: usize) -> Option<(&Party, &Party)> {
        let (from, to) = (self.row_places.get(row)?, self.column_places.get(column)?);
        let parties = self.classes.parties();
        let open = |a: usize, b: usize| {
            let key = self.classes.of(a).zip(self.classes.of(b));
            key.and_then(|key| self.asked.get(&key)).map_or(0, Open::weight)
        };
        let pairs = from.iter().flat_map(|a| to.iter().map(|b| (*a, *b))).filter(|(a, b)| a != b);
        let mut best: Option<(u64, (usize, usize))> = None;
        for (a, b) in pairs {
            let weight = open(a, b);
            if best.is_none_or(|it| it.0 < weight) {
                best = Some((weight, (a, b)));
            }
        }
        let (a, b) = best?.1;
        Some((parties.get(a)?, parties.get(b)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Document, Instance, SecurityGroup, Subnet, Vpc},
        reach::{
            open,
            tests::{Drawing, id, net},
        },
    };

    /// Two subnets without a way out: three hosts in the one, one in the other, all of the default group.
    fn document() -> Document {
        let mut drawing = Drawing(Document::new("grid", "us-east-1"));
        drawing.put("vpc", Vpc::new(net("10.0.0.0/16")));
        drawing.put("group", SecurityGroup::default_of(id("vpc"), id("group")));
        for (name, block) in [("one", "10.0.1.0/24"), ("two", "10.0.2.0/24")] {
            drawing.put(name, Subnet::new(id("vpc"), net(block), "us-east-1a"));
        }
        for (name, subnet) in [("a", "one"), ("b", "one"), ("c", "one"), ("d", "two")] {
            drawing.put(name, Instance::new(id(subnet)));
        }
        drawing.0
    }

    fn labels(network: &Network<'_>, sides: &[Side]) -> Vec<String> {
        sides.iter().map(|it| it.label(network)).collect()
    }

    #[test]
    fn hosts_stand_place_by_place_behind_the_internet() {
        let document = document();
        let index = document.topology.index();
        let network = Network::new(&document.topology, &index);
        let all = clients(&network);
        assert_eq!(labels(&network, &all), ["the internet", "a", "b", "c", "d"]);
        assert!(all[0].is_internet());
        let grouped = by_subnet(&network, all);
        assert_eq!(labels(&network, &grouped), ["the internet", "one", "two"]);
        assert_eq!(grouped[1].parties.len(), 3);
    }

    #[test]
    fn a_cell_is_what_each_pair_has_open_and_a_budget_ends_the_asking() {
        let document = document();
        let index = document.topology.index();
        let network = Network::new(&document.topology, &index);
        let (rows, columns) = (clients(&network), servers(&network));
        let mut grid = Grid::new(&network, rows.clone(), columns.clone());
        assert_eq!(grid.cell(&network, (1, 4), &mut 0), None);
        assert_eq!(grid.known(1, 4), None);
        for (row, from) in rows.iter().enumerate() {
            for (column, to) in columns.iter().enumerate() {
                assert_eq!(grid.is_question(row, column), from != to);
                if from != to {
                    let expected = open(&network, &from.parties[0], &to.parties[0]);
                    assert_eq!(grid.cell(&network, (row, column), &mut 9), Some(&expected));
                }
            }
        }
        let mut grid = Grid::new(&network, by_subnet(&network, rows), by_subnet(&network, columns));
        // In the one subnet hosts reach each other; in the other one stands alone.
        assert_eq!(grid.cell(&network, (1, 1), &mut 9), Some(&Open::everything()));
        assert!(grid.is_question(1, 1) && !grid.is_question(2, 2));
        assert_eq!(grid.example(1, 2).unwrap().1, &Party::Resource(id("d")));
        let (from, to) = grid.example(1, 1).unwrap();
        assert_ne!(from, to);
    }
}
