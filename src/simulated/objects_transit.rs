//! Transit gateways: their default table, what is joined to their tables, static routes.

use super::{
    clock::Change as Later,
    ids::{self, refuse},
    state::{Answer, SimulatedCloud},
    vpn::attachment_of,
};
use crate::cloud::{Change, CloudError, Joined, Reply, Spec, Tags, TransitRoute};

impl SimulatedCloud {
    /// A transit gateway comes with one table for the defaults that it has.
    pub(super) fn make_default_transit_table(&mut self, id: &str, spec: &Spec) {
        let Spec::TransitGateway { default_route_table_association, default_route_table_propagation, .. } =
            spec
        else {
            self.join_defaults(id, spec);
            return;
        };
        if !default_route_table_association && !default_route_table_propagation {
            return;
        }
        let table = Spec::TransitGatewayRouteTable {
            transit_gateway_id: id.to_owned(),
            default_association_route_table: *default_route_table_association,
            default_propagation_route_table: *default_route_table_propagation,
            associations: Vec::new(),
            propagations: Vec::new(),
            routes: Vec::new(),
        };
        // It brings nothing along that could be refused.
        drop(self.make_object(table, &Tags::new()));
    }

    /// A new attachment of a VPC is joined to the default table.
    fn join_defaults(&mut self, id: &str, spec: &Spec) {
        let (gateway, id) = match spec {
            Spec::TransitGatewayVpcAttachment { transit_gateway_id, .. } => (transit_gateway_id, id),
            Spec::VpnConnection {
                transit_gateway_id: Some(gateway),
                transit_gateway_attachment_id: Some(attachment),
                ..
            } => (gateway, attachment.as_str()),
            _ => return,
        };
        let mut joined = Vec::new();
        for object in self.objects.values_mut() {
            let Spec::TransitGatewayRouteTable {
                transit_gateway_id,
                default_association_route_table,
                default_propagation_route_table,
                associations,
                propagations,
                ..
            } = &mut object.spec
            else {
                continue;
            };
            if transit_gateway_id != gateway {
                continue;
            }
            if *default_association_route_table {
                associations.push(Joined::new(id, "associating"));
            }
            if *default_propagation_route_table {
                propagations.push(Joined::new(id, "enabling"));
            }
            joined.push(object.id.clone());
        }
        for table in joined {
            self.plan(&table, Later::ObjectSoon);
        }
    }

    /// Takes an attachment that is gone out of all tables; static routes to it stay, and drop.
    pub(super) fn part_attachment(&mut self, id: &str) {
        for object in self.objects.values_mut() {
            if let Spec::TransitGatewayRouteTable { associations, propagations, routes, .. } =
                &mut object.spec
            {
                associations.retain(|it| it.id != id);
                propagations.retain(|it| it.id != id);
                for route in routes.iter_mut().filter(|it| it.attachment_id.as_deref() == Some(id)) {
                    route.attachment_id = None;
                }
            }
        }
    }

    pub(super) fn change_transit(&mut self, id: &str, change: &Change) -> Answer {
        match change {
            Change::ModifyTransitGateway { .. } => self.modify_gateway(id, change),
            Change::ModifyTransitGatewayVpcAttachment { add, remove, options } => {
                self.modify_attachment(id, (add, remove))?;
                if let Some(Spec::TransitGatewayVpcAttachment { options: now, .. }) =
                    self.objects.get_mut(id).map(|it| &mut it.spec)
                {
                    *now = *options;
                }
                Ok(Reply::Done)
            }
            Change::AssociateTransitGatewayRouteTable { attachment_id } => self.associate(id, attachment_id),
            Change::DisassociateTransitGatewayRouteTable { attachment_id } => {
                self.change_joined(id, attachment_id, true, "disassociating", "InvalidAssociation.NotFound")
            }
            Change::EnableTransitGatewayRouteTablePropagation { attachment_id } => {
                self.check_joinable(attachment_id)?;
                let (_, propagations, _) = self.table_parts(id)?;
                if propagations.iter().any(|it| it.id == *attachment_id) {
                    return refuse(
                        "TransitGatewayRouteTablePropagation.Duplicate",
                        format!("Propagation {attachment_id} already exists in {id}."),
                    );
                }
                propagations.push(Joined::new(attachment_id, "enabling"));
                self.plan(id, Later::ObjectSoon);
                Ok(Reply::Done)
            }
            Change::DisableTransitGatewayRouteTablePropagation { attachment_id } => self.change_joined(
                id,
                attachment_id,
                false,
                "disabling",
                "TransitGatewayRouteTablePropagation.NotFound",
            ),
            Change::CreateTransitGatewayRoute { route } => self.set_transit_route(id, route, false),
            Change::ReplaceTransitGatewayRoute { route } => self.set_transit_route(id, route, true),
            Change::DeleteTransitGatewayRoute { destination_cidr_block } => {
                let (_, _, routes) = self.table_parts(id)?;
                let at = routes.iter().position(|it| it.destination_cidr_block == *destination_cidr_block);
                let Some(at) = at else { return no_route(destination_cidr_block, id) };
                routes.remove(at);
                Ok(Reply::Done)
            }
            _ => self.change_interface(id, change),
        }
    }

    fn modify_gateway(&mut self, id: &str, change: &Change) -> Answer {
        self.available_gateway(id)?;
        let object = ids::TGW.find_mut(&mut self.objects, id)?;
        if let (
            Spec::TransitGateway {
                description: words,
                default_route_table_association: associates,
                default_route_table_propagation: propagates,
                dns_support: dns,
                security_group_referencing_support: groups,
                ..
            },
            Change::ModifyTransitGateway {
                description,
                default_route_table_association,
                default_route_table_propagation,
                dns_support,
                security_group_referencing_support,
            },
        ) = (&mut object.spec, change)
        {
            description.clone_into(words);
            (*associates, *propagates) = (*default_route_table_association, *default_route_table_propagation);
            (*dns, *groups) = (*dns_support, *security_group_referencing_support);
        }
        "modifying".clone_into(&mut object.state);
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn modify_attachment(
        &mut self,
        id: &str,
        (add, remove): (&[String], &[String]),
    ) -> Result<(), CloudError> {
        let object = ids::TGW_ATTACHMENT.find(&self.objects, id)?;
        if object.state != "available" {
            return refuse("IncorrectState", format!("{id} is in invalid state"));
        }
        let Spec::TransitGatewayVpcAttachment { vpc_id, subnet_ids, .. } = &object.spec else {
            return Err(ids::TGW_ATTACHMENT.not_found(id));
        };
        let mut subnets: Vec<String> = subnet_ids.iter().filter(|it| !remove.contains(it)).cloned().collect();
        subnets.extend(add.iter().cloned());
        subnets.sort();
        self.check_zones(&vpc_id.clone(), &subnets)?;
        self.drop_object_interfaces(id, Some(remove));
        for subnet_id in add {
            self.make_interface(super::interface::NewInterface {
                subnet_id,
                private_ip_address: None,
                interface_type: "transit_gateway",
                description: format!("Network Interface for Transit Gateway Attachment {id}"),
                groups: Vec::new(),
                instance_id: None,
            })?;
        }
        let object = ids::TGW_ATTACHMENT.find_mut(&mut self.objects, id)?;
        if let Spec::TransitGatewayVpcAttachment { subnet_ids, .. } = &mut object.spec {
            *subnet_ids = subnets;
        }
        "modifying".clone_into(&mut object.state);
        self.plan(id, Later::ObjectSoon);
        Ok(())
    }

    fn check_joinable(&self, attachment: &str) -> Result<(), CloudError> {
        let vpn = self.objects.values().find(|it| attachment_of(it).as_deref() == Some(attachment));
        let found = vpn.map_or_else(|| ids::TGW_ATTACHMENT.find(&self.objects, attachment), Ok)?;
        if matches!(found.state.as_str(), "available" | "modifying") {
            return Ok(());
        }
        refuse("IncorrectState", format!("{attachment} is in invalid state"))
    }

    fn associate(&mut self, id: &str, attachment: &str) -> Answer {
        self.check_joinable(attachment)?;
        ids::TGW_RTB.find(&self.objects, id)?;
        let has = |spec: &Spec| match spec {
            Spec::TransitGatewayRouteTable { associations, .. } => {
                associations.iter().any(|it| it.id == attachment)
            }
            _ => false,
        };
        if let Some(table) = self.objects.values().find(|it| has(&it.spec)) {
            return refuse(
                "Resource.AlreadyAssociated",
                format!(
                    "Transit Gateway Attachment {attachment} is already associated to a route table ({}).",
                    table.id
                ),
            );
        }
        let (associations, _, _) = self.table_parts(id)?;
        associations.push(Joined::new(attachment, "associating"));
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn change_joined(
        &mut self,
        id: &str,
        attachment: &str,
        associated: bool,
        state: &str,
        code: &str,
    ) -> Answer {
        let (associations, propagations, _) = self.table_parts(id)?;
        let list = if associated { associations } else { propagations };
        let Some(joined) = list.iter_mut().find(|it| it.id == attachment) else {
            return refuse(code, format!("{attachment} is not joined to {id}."));
        };
        if !joined.stands() {
            return refuse("IncorrectState", format!("{attachment} is on its way out of {id}."));
        }
        state.clone_into(&mut joined.state);
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn set_transit_route(&mut self, id: &str, route: &TransitRoute, replaces: bool) -> Answer {
        if let Some(attachment) = &route.attachment_id {
            self.check_joinable(attachment)?;
        }
        let (_, _, routes) = self.table_parts(id)?;
        let there = routes.iter_mut().find(|it| it.destination_cidr_block == route.destination_cidr_block);
        match (there, replaces) {
            (Some(place), true) => *place = route.clone(),
            (None, true) => return no_route(&route.destination_cidr_block, id),
            (Some(_), false) => {
                return refuse(
                    "RouteAlreadyExists",
                    format!("Route {} already exists in {id}.", route.destination_cidr_block),
                );
            }
            (None, false) => routes.push(route.clone()),
        }
        Ok(Reply::Done)
    }

    #[expect(clippy::type_complexity, reason = "the three lists of one table, to be changed together")]
    fn table_parts(
        &mut self,
        id: &str,
    ) -> Result<(&mut Vec<Joined>, &mut Vec<Joined>, &mut Vec<TransitRoute>), CloudError> {
        match &mut ids::TGW_RTB.find_mut(&mut self.objects, id)?.spec {
            Spec::TransitGatewayRouteTable { associations, propagations, routes, .. } => {
                Ok((associations, propagations, routes))
            }
            _ => Err(ids::TGW_RTB.not_found(id)),
        }
    }

    /// Whether a transit gateway can be reached from a VPC.
    pub(super) fn is_attached(&self, gateway: &str, vpc: &str) -> bool {
        self.objects.values().any(|it| match &it.spec {
            Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, .. } => {
                transit_gateway_id == gateway
                    && vpc_id == vpc
                    && matches!(it.state.as_str(), "available" | "modifying")
            }
            _ => false,
        })
    }
}

fn no_route(block: &str, table: &str) -> Answer {
    refuse("InvalidRoute.NotFound", format!("The route {block} does not exist in {table}."))
}
