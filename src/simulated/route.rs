//! Routes.

use ipnet::{IpNet, Ipv4Net};

use super::{
    catalogue,
    ids::{self, recode, refuse},
    limits::room_for_one,
    objects_check::is_gone,
    state::{Answer, SimulatedCloud},
    vpc::read_block,
};
use crate::{
    cloud::{CloudError, LiveRoute, LiveRouteTable, Reply, RouteDestination, RouteTarget, Spec},
    net::cidr,
};

/// Link-local blocks in which EC2's own services answer; no route may lie inside.
const SERVICE_BLOCKS: &[&str] = &["169.254.168.0/22", "fd00:ec2::/32"];
/// The only IPv6 destination that a NAT gateway takes (NAT64).
const NAT64: &str = "64:ff9b::/96";

impl SimulatedCloud {
    pub(super) fn create_route(
        &mut self,
        table_id: &str,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Answer {
        let table = ids::RTB.find(&self.route_tables, table_id)?;
        let destination = self.read_destination(destination)?;
        if table.routes.iter().any(|route| route.destination() == Some(destination.as_str())) {
            return refuse(
                "RouteAlreadyExists",
                format!("The route identified by {destination} already exists."),
            );
        }
        let route = self.checked_route(table, &destination, target)?;
        let is_same_family = |route: &&LiveRoute| {
            route.origin == "CreateRoute"
                && route.destination_ipv6_cidr_block.is_some()
                    == matches!(destination, RouteDestination::Ipv6(_))
        };
        let used = table.routes.iter().filter(is_same_family).count();
        room_for_one(used, self.limits.routes_per_table, "RouteLimitExceeded", "routes of the route table")?;
        ids::RTB.find_mut(&mut self.route_tables, table_id)?.routes.push(route);
        Ok(Reply::Done)
    }

    pub(super) fn replace_route(
        &mut self,
        table_id: &str,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Answer {
        let table = ids::RTB.find(&self.route_tables, table_id)?;
        let destination = self.read_destination(destination)?;
        let at = position(table, &destination)?;
        refuse_if_gateway_endpoint(table, at)?;
        let route = self.checked_route(table, &destination, target)?;
        if let Some(place) = ids::RTB.find_mut(&mut self.route_tables, table_id)?.routes.get_mut(at) {
            *place = route;
        }
        Ok(Reply::Done)
    }

    pub(super) fn delete_route(&mut self, table_id: &str, destination: &RouteDestination) -> Answer {
        let table = ids::RTB.find(&self.route_tables, table_id)?;
        let destination = self.read_destination(destination)?;
        let at = position(table, &destination)?;
        refuse_if_gateway_endpoint(table, at)?;
        if table.routes.get(at).is_some_and(|route| route.gateway_id.as_deref() == Some("local")) {
            return refuse(
                "InvalidParameterValue",
                format!("cannot remove local route {destination} in route table {table_id}"),
            );
        }
        ids::RTB.find_mut(&mut self.route_tables, table_id)?.routes.remove(at);
        Ok(Reply::Done)
    }

    /// The destination in the form in which EC2 keeps it.
    fn read_destination(&self, destination: &RouteDestination) -> Result<RouteDestination, CloudError> {
        match destination {
            RouteDestination::Ipv4(text) => {
                let block = read_block(text, "destinationCidrBlock")?;
                refuse_service_block(&IpNet::V4(block))?;
                Ok(RouteDestination::Ipv4(block.to_string()))
            }
            RouteDestination::Ipv6(text) => match cidr::parse(text) {
                Ok(block @ IpNet::V6(_)) if text.contains('/') => {
                    refuse_service_block(&block)?;
                    Ok(RouteDestination::Ipv6(block.to_string()))
                }
                _ => refuse(
                    "InvalidParameterValue",
                    format!(
                        "Value ({text}) for parameter destinationIpv6CidrBlock is invalid. \
                         This is not a valid CIDR block."
                    ),
                ),
            },
            RouteDestination::PrefixList(id) => {
                ids::PREFIX_LIST.check(id)?;
                let exists =
                    catalogue::prefix_lists(&self.region).iter().any(|list| list.prefix_list_id == *id);
                if exists || self.objects.contains_key(id) {
                    Ok(destination.clone())
                } else {
                    Err(ids::PREFIX_LIST.not_found(id))
                }
            }
        }
    }

    /// The route, once everything about its target is found to be in order.
    fn checked_route(
        &self,
        table: &LiveRouteTable,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<LiveRoute, CloudError> {
        let mut route = LiveRoute {
            origin: "CreateRoute".to_owned(),
            state: "active".to_owned(),
            ..LiveRoute::default()
        };
        match destination {
            RouteDestination::Ipv4(block) => route.destination_cidr_block = Some(block.clone()),
            RouteDestination::Ipv6(block) => route.destination_ipv6_cidr_block = Some(block.clone()),
            RouteDestination::PrefixList(id) => route.destination_prefix_list_id = Some(id.clone()),
        }
        let target_vpc = self.aim(&mut route, target, &table.vpc_id)?;
        if target_vpc.as_deref() != Some(&table.vpc_id) {
            return refuse(
                "InvalidParameterValue",
                format!(
                    "route table {} and {} {} belong to different networks",
                    table.route_table_id,
                    noun(target),
                    target.id()
                ),
            );
        }
        if let (RouteTarget::NatGateway(_), RouteDestination::Ipv6(block)) = (target, destination)
            && block != NAT64
        {
            return refuse(
                "InvalidParameterValue",
                format!("The route {block} cannot have a NAT gateway as its target."),
            );
        }
        if let RouteTarget::EgressOnlyInternetGateway(id) = target
            && !matches!(destination, RouteDestination::Ipv6(_))
        {
            return refuse(
                "InvalidParameterValue",
                format!("The route {destination} cannot have {id} as its target: it carries IPv6 only."),
            );
        }
        self.check_inside_vpc(table, destination, target)?;
        Ok(route)
    }

    /// Writes the target into the route; answers the VPC in which the target is.
    fn aim(
        &self,
        route: &mut LiveRoute,
        target: &RouteTarget,
        vpc: &str,
    ) -> Result<Option<String>, CloudError> {
        match target {
            RouteTarget::VpcPeeringConnection(_) | RouteTarget::TransitGateway(_) => {
                self.aim_at_object(route, target, vpc)
            }
            RouteTarget::Gateway(id) if id.starts_with(ids::VGW.prefix) => {
                self.aim_at_object(route, target, vpc)
            }
            RouteTarget::Gateway(id) => {
                let gateway = ids::IGW
                    .find(&self.internet_gateways, id)
                    .map_err(|error| recode(error, ".NotFound", "InvalidGatewayID.NotFound"))?;
                route.gateway_id = Some(id.clone());
                Ok(gateway.attachments.first().map(|attachment| attachment.vpc_id.clone()))
            }
            RouteTarget::NatGateway(id) => {
                let missing = |error| recode(error, "NotFound", "InvalidNatGatewayID.NotFound");
                let nat = ids::NAT.find(&self.nat_gateways, id).map_err(missing)?;
                if !matches!(nat.state.as_str(), "pending" | "available") {
                    return Err(missing(ids::NAT.not_found(id)));
                }
                route.nat_gateway_id = Some(id.clone());
                Ok(Some(nat.vpc_id.clone()))
            }
            RouteTarget::Instance(id) => {
                let instance = ids::INSTANCE.find(&self.instances, id)?;
                let [interface] = instance.network_interfaces.as_slice() else {
                    return refuse(
                        "InvalidInstanceID",
                        format!("The instance '{id}' does not have one network interface."),
                    );
                };
                route.instance_id = Some(id.clone());
                route.network_interface_id = Some(interface.network_interface_id.clone());
                Ok(instance.vpc_id.clone())
            }
            RouteTarget::EgressOnlyInternetGateway(id) => {
                let gateway = ids::EIGW.find(&self.egress_only_internet_gateways, id)?;
                route.egress_only_internet_gateway_id = Some(id.clone());
                Ok(gateway.attachments.first().map(|attachment| attachment.vpc_id.clone()))
            }
            RouteTarget::NetworkInterface(id) => {
                let interface = ids::ENI.find(&self.network_interfaces, id)?;
                route.network_interface_id = Some(id.clone());
                Ok(Some(interface.vpc_id.clone()))
            }
            RouteTarget::VpcEndpoint(id) => {
                ids::VPCE.find(&self.vpc_endpoints, id)?;
                refuse(
                    "InvalidParameterValue",
                    format!("The endpoint {id} is not a Gateway Load Balancer endpoint."),
                )
            }
            other => {
                refuse(missing_code(other), format!("The {} '{}' does not exist", noun(other), other.id()))
            }
        }
    }

    /// The same for what joins networks.
    fn aim_at_object(
        &self,
        route: &mut LiveRoute,
        target: &RouteTarget,
        vpc: &str,
    ) -> Result<Option<String>, CloudError> {
        match target {
            RouteTarget::Gateway(id) => {
                ids::VGW.find(&self.objects, id)?;
                route.gateway_id = Some(id.clone());
                Ok(self.vpc_of_vpn_gateway(id).map(str::to_owned))
            }
            RouteTarget::VpcPeeringConnection(id) => {
                let object = ids::PCX.find(&self.objects, id)?;
                if is_gone(object) {
                    return Err(ids::PCX.not_found(id));
                }
                route.vpc_peering_connection_id = Some(id.clone());
                Ok(match &object.spec {
                    Spec::VpcPeeringConnection { peer_vpc_id, .. } if peer_vpc_id == vpc => {
                        Some(peer_vpc_id.clone())
                    }
                    spec => spec.vpc_id().map(str::to_owned),
                })
            }
            RouteTarget::TransitGateway(id) => {
                ids::TGW.find(&self.objects, id)?;
                if !self.is_attached(id, vpc) {
                    return Err(ids::TGW.not_found(id));
                }
                route.transit_gateway_id = Some(id.clone());
                Ok(Some(vpc.to_owned()))
            }
            other => {
                refuse(missing_code(other), format!("The {} '{}' does not exist", noun(other), other.id()))
            }
        }
    }

    /// A route more specific than a local one must match a whole subnet, and go to something that can
    /// look at the traffic.
    fn check_inside_vpc(
        &self,
        table: &LiveRouteTable,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<(), CloudError> {
        let RouteDestination::Ipv4(text) = destination else {
            return Ok(());
        };
        let Ok(block) = text.parse::<Ipv4Net>() else {
            return Ok(());
        };
        let is_local = |route: &&LiveRoute| route.gateway_id.as_deref() == Some("local");
        let is_inside = table
            .routes
            .iter()
            .filter(is_local)
            .filter_map(|route| route.destination_cidr_block.as_deref()?.parse::<Ipv4Net>().ok())
            .any(|local| local.contains(&block) && local != block);
        if !is_inside {
            return Ok(());
        }
        let is_subnet = self.subnets.values().any(|s| s.vpc_id == table.vpc_id && s.cidr_block == *text);
        let can_inspect = matches!(
            target,
            RouteTarget::NatGateway(_) | RouteTarget::NetworkInterface(_) | RouteTarget::Instance(_)
        );
        if is_subnet && can_inspect {
            return Ok(());
        }
        refuse(
            "InvalidParameterValue",
            format!(
                "The destination CIDR block {text} is more specific than a local route and must match a subnet's."
            ),
        )
    }

    /// A route to an interface shows with the instance that the interface is attached to.
    pub(super) fn show_instance(&self, route: &mut LiveRoute) {
        let interface = route.network_interface_id.as_ref().and_then(|id| self.network_interfaces.get(id));
        if let Some(attachment) = interface.and_then(|it| it.attachment.as_ref()) {
            route.instance_id.clone_from(&attachment.instance_id);
        }
    }

    /// `active`, or `blackhole` where the target is gone or leads nowhere.
    pub(super) fn route_state(&self, table: &LiveRouteTable, route: &LiveRoute) -> &'static str {
        let leads_on = if let Some(id) = &route.gateway_id {
            id == "local"
                || self.vpc_endpoints.contains_key(id)
                || self.vpc_of_vpn_gateway(id) == Some(table.vpc_id.as_str())
                || self.gateway_of(&table.vpc_id).is_some_and(|gateway| gateway.internet_gateway_id == *id)
        } else if let Some(id) = &route.nat_gateway_id {
            self.nat_gateways.get(id).is_some_and(|nat| matches!(nat.state.as_str(), "pending" | "available"))
        } else if let Some(id) = &route.egress_only_internet_gateway_id {
            self.egress_only_internet_gateways.contains_key(id)
        } else if let Some(id) = &route.network_interface_id {
            self.network_interfaces.contains_key(id)
        } else if let Some(id) = &route.vpc_peering_connection_id {
            self.objects.get(id).is_some_and(|it| it.state == "active")
        } else if let Some(id) = &route.transit_gateway_id {
            self.is_attached(id, &table.vpc_id)
        } else {
            false
        };
        if leads_on { "active" } else { "blackhole" }
    }
}

fn position(table: &LiveRouteTable, destination: &RouteDestination) -> Result<usize, CloudError> {
    table.routes.iter().position(|route| route.destination() == Some(destination.as_str())).ok_or_else(|| {
        CloudError::answered(
            "InvalidRoute.NotFound",
            format!("no route with destination {destination} in route table {}", table.route_table_id),
        )
    })
}

/// Routes of gateway endpoints come and go with the endpoint alone.
fn refuse_if_gateway_endpoint(table: &LiveRouteTable, at: usize) -> Result<(), CloudError> {
    let gateway = table.routes.get(at).and_then(|route| route.gateway_id.as_deref()).unwrap_or_default();
    if !gateway.starts_with(ids::VPCE.prefix) {
        return Ok(());
    }
    refuse(
        "InvalidParameterValue",
        format!("cannot change the route of VPC endpoint {gateway} in route table {}", table.route_table_id),
    )
}

fn refuse_service_block(block: &IpNet) -> Result<(), CloudError> {
    let is_inside = SERVICE_BLOCKS
        .iter()
        .any(|service| service.parse::<IpNet>().is_ok_and(|service| service.contains(block)));
    if is_inside {
        return refuse("InvalidParameterValue", format!("The destination CIDR block {block} is reserved."));
    }
    Ok(())
}

fn noun(target: &RouteTarget) -> &'static str {
    match target {
        RouteTarget::Gateway(_) => "network gateway",
        RouteTarget::NatGateway(_) => "NAT gateway",
        RouteTarget::Instance(_) => "instance",
        RouteTarget::NetworkInterface(_) => "interface",
        RouteTarget::EgressOnlyInternetGateway(_) => "egressOnlyInternetGateway ID",
        RouteTarget::VpcPeeringConnection(_) => "vpcPeeringConnection ID",
        RouteTarget::TransitGateway(_) => "transitGateway ID",
        RouteTarget::VpcEndpoint(_) => "VPC endpoint",
        RouteTarget::CarrierGateway(_) => "carrierGateway ID",
        RouteTarget::LocalGateway(_) => "localGateway ID",
    }
}

/// The code for a target of a kind that this cloud has none of.
fn missing_code(target: &RouteTarget) -> &'static str {
    match target {
        RouteTarget::CarrierGateway(_) => "InvalidCarrierGatewayID.NotFound",
        RouteTarget::LocalGateway(_) => "InvalidLocalGatewayID.NotFound",
        _ => "InvalidGatewayID.NotFound",
    }
}
