//! Route tables and which subnets use them.

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{LiveRoute, LiveRouteTable, LiveRouteTableAssociation, Reply, Tags};

/// The route that every table has for a block of its VPC.
pub(super) fn local_route(block: &str) -> LiveRoute {
    let (ipv4, ipv6) = if block.contains(':') { (None, Some(block)) } else { (Some(block), None) };
    LiveRoute {
        destination_cidr_block: ipv4.map(str::to_owned),
        destination_ipv6_cidr_block: ipv6.map(str::to_owned),
        gateway_id: Some("local".to_owned()),
        origin: "CreateRouteTable".to_owned(),
        state: "active".to_owned(),
        ..LiveRoute::default()
    }
}

impl SimulatedCloud {
    /// The main table of a new VPC.
    pub(super) fn make_main_route_table(&mut self, vpc_id: &str) {
        let table_id = self.make_route_table(vpc_id, &Tags::new());
        let association = self.new_association(None);
        if let Some(table) = self.route_tables.get_mut(&table_id) {
            table.associations.push(association);
        }
    }

    pub(super) fn create_route_table(&mut self, vpc_id: &str, tags: &Tags) -> Answer {
        ids::VPC.find(&self.vpcs, vpc_id)?;
        let used = self.route_tables.values().filter(|table| table.vpc_id == vpc_id).count();
        room_for_one(used, self.limits.route_tables_per_vpc, "RouteTableLimitExceeded", "route tables")?;
        Ok(Reply::created(self.make_route_table(vpc_id, tags)))
    }

    pub(super) fn make_route_table(&mut self, vpc_id: &str, tags: &Tags) -> String {
        let id = self.new_id("rtb-");
        let live = self.vpcs.get(vpc_id).map(|vpc| &vpc.live);
        let ipv4 = live.into_iter().flat_map(|vpc| &vpc.cidr_block_associations);
        let ipv6 = live.into_iter().flat_map(|vpc| &vpc.ipv6_cidr_block_associations);
        let ipv4 = ipv4.filter(|it| it.state == "associated").map(|it| &it.cidr_block);
        let ipv6 = ipv6.filter(|it| it.state == "associated").map(|it| &it.ipv6_cidr_block);
        let table = LiveRouteTable {
            route_table_id: id.clone(),
            vpc_id: vpc_id.to_owned(),
            routes: ipv4.chain(ipv6).map(|block| local_route(block)).collect(),
            associations: Vec::new(),
            propagating_vgws: Vec::new(),
            tags: tags.clone(),
        };
        self.route_tables.insert(id.clone(), table);
        id
    }

    /// An association with a subnet; without one, the association that makes a table the main one.
    fn new_association(&mut self, subnet_id: Option<String>) -> LiveRouteTableAssociation {
        LiveRouteTableAssociation {
            route_table_association_id: self.new_id(ids::RTB_ASSOCIATION.prefix),
            main: subnet_id.is_none(),
            subnet_id,
            gateway_id: None,
            state: "associated".to_owned(),
        }
    }

    /// The main table of a VPC.
    pub(super) fn main_table_mut(&mut self, vpc_id: &str) -> Option<&mut LiveRouteTable> {
        self.route_tables.values_mut().find(|table| {
            table.vpc_id == vpc_id && table.associations.iter().any(|association| association.main)
        })
    }

    pub(super) fn delete_route_table(&mut self, id: &str) -> Answer {
        if !ids::RTB.find(&self.route_tables, id)?.associations.is_empty() {
            return refuse(
                "DependencyViolation",
                format!("The routeTable '{id}' has dependencies and cannot be deleted."),
            );
        }
        self.route_tables.remove(id);
        for endpoint in self.vpc_endpoints.values_mut() {
            endpoint.route_table_ids.retain(|table| table != id);
        }
        self.forget(id);
        Ok(Reply::Done)
    }

    pub(super) fn associate_route_table(&mut self, id: &str, subnet_id: &str) -> Answer {
        let table = ids::RTB.find(&self.route_tables, id)?;
        let subnet = ids::SUBNET.find(&self.subnets, subnet_id)?;
        if table.vpc_id != subnet.vpc_id {
            return refuse(
                "InvalidParameterValue",
                format!("route table {id} and subnet {subnet_id} belong to different networks"),
            );
        }
        let existing = self
            .route_tables
            .values()
            .flat_map(|table| &table.associations)
            .find(|association| association.subnet_id.as_deref() == Some(subnet_id));
        if let Some(existing) = existing {
            return refuse(
                "Resource.AlreadyAssociated",
                format!(
                    "the specified association for route table {id} conflicts with an existing association {}",
                    existing.route_table_association_id
                ),
            );
        }
        let association = self.new_association(Some(subnet_id.to_owned()));
        let association_id = association.route_table_association_id.clone();
        ids::RTB.find_mut(&mut self.route_tables, id)?.associations.push(association);
        Ok(Reply::created(association_id))
    }

    /// Lets a gateway route by this table what comes in from outside.
    pub(super) fn add_edge_association(&mut self, id: &str, gateway_id: &str) -> Answer {
        let association = LiveRouteTableAssociation {
            main: false,
            gateway_id: Some(gateway_id.to_owned()),
            ..self.new_association(None)
        };
        let association_id = association.route_table_association_id.clone();
        ids::RTB.find_mut(&mut self.route_tables, id)?.associations.push(association);
        Ok(Reply::created(association_id))
    }

    /// The table of an association and the association itself.
    fn association(&self, association_id: &str) -> Option<(&LiveRouteTable, &LiveRouteTableAssociation)> {
        self.route_tables.values().find_map(|table| {
            let association = table
                .associations
                .iter()
                .find(|association| association.route_table_association_id == association_id)?;
            Some((table, association))
        })
    }

    pub(super) fn replace_route_table_association(&mut self, association_id: &str, id: &str) -> Answer {
        ids::RTB_ASSOCIATION.check(association_id)?;
        let (old_table, old) =
            self.association(association_id).ok_or_else(|| ids::RTB_ASSOCIATION.not_found(association_id))?;
        let new_table = ids::RTB.find(&self.route_tables, id)?;
        if old_table.vpc_id != new_table.vpc_id {
            return refuse(
                "InvalidParameterValue",
                format!("route table {id} and association {association_id} belong to different networks"),
            );
        }
        let (old_table_id, subnet_id) = (old_table.route_table_id.clone(), old.subnet_id.clone());
        let (main, gateway_id) = (old.main, old.gateway_id.clone());
        let association = LiveRouteTableAssociation { main, gateway_id, ..self.new_association(subnet_id) };
        let new_id = association.route_table_association_id.clone();
        self.remove_association(&old_table_id, association_id);
        ids::RTB.find_mut(&mut self.route_tables, id)?.associations.push(association);
        Ok(Reply::created(new_id))
    }

    pub(super) fn disassociate_route_table(&mut self, association_id: &str) -> Answer {
        ids::RTB_ASSOCIATION.check(association_id)?;
        let (table, association) =
            self.association(association_id).ok_or_else(|| ids::RTB_ASSOCIATION.not_found(association_id))?;
        if association.main {
            return refuse(
                "InvalidParameterValue",
                format!("cannot disassociate the main route table association {association_id}"),
            );
        }
        let table_id = table.route_table_id.clone();
        self.remove_association(&table_id, association_id);
        Ok(Reply::Done)
    }

    fn remove_association(&mut self, table_id: &str, association_id: &str) {
        if let Some(table) = self.route_tables.get_mut(table_id) {
            table.associations.retain(|association| association.route_table_association_id != association_id);
        }
        self.forget(association_id);
    }
}
