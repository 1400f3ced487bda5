//! VPC endpoints: making them.

use super::{
    catalogue,
    clock::Change,
    ids::{self, recode, refuse},
    interface::NewInterface,
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{Call, CloudError, GroupIdentifier, LiveRoute, LiveVpcEndpoint, Reply, VpcEndpointType};

/// Endpoint calls spell some codes in their own way.
fn respell(error: CloudError) -> CloudError {
    let own = match error.code.as_str() {
        "InvalidVpcID.NotFound" => "InvalidVpcId.NotFound",
        "InvalidSubnetID.NotFound" => "InvalidSubnetId.NotFound",
        "InvalidRouteTableID.NotFound" => "InvalidRouteTableId.NotFound",
        "InvalidGroup.NotFound" => "InvalidSecurityGroupId.NotFound",
        _ => return error,
    };
    recode(error, "", own)
}

impl SimulatedCloud {
    pub(super) fn create_vpc_endpoint(&mut self, call: &Call) -> Answer {
        let Call::CreateVpcEndpoint { vpc_endpoint_type, .. } = call else {
            return refuse("InvalidAction", "The action is not valid.");
        };
        let answer = match vpc_endpoint_type {
            VpcEndpointType::Gateway => self.create_gateway_endpoint(call),
            VpcEndpointType::Interface => self.create_interface_endpoint(call),
        };
        answer.map_err(respell)
    }

    /// The object, once VPC and service are found to be in order.
    fn new_endpoint(&self, call: &Call) -> Result<LiveVpcEndpoint, CloudError> {
        let Call::CreateVpcEndpoint {
            vpc_id,
            vpc_endpoint_type,
            service_name,
            private_dns_enabled,
            tags,
            ..
        } = call
        else {
            return refuse("InvalidAction", "The action is not valid.");
        };
        ids::VPC.find(&self.vpcs, vpc_id)?;
        let is_gateway = *vpc_endpoint_type == VpcEndpointType::Gateway;
        if catalogue::service(&self.region, service_name, is_gateway).is_none() {
            return refuse(
                "InvalidServiceName",
                format!("The Vpc Endpoint Service '{service_name}' does not exist"),
            );
        }
        Ok(LiveVpcEndpoint {
            vpc_endpoint_type: vpc_endpoint_type.as_str().to_owned(),
            vpc_id: vpc_id.clone(),
            service_name: service_name.clone(),
            private_dns_enabled: *private_dns_enabled,
            tags: tags.clone(),
            ..LiveVpcEndpoint::default()
        })
    }

    fn create_gateway_endpoint(&mut self, call: &Call) -> Answer {
        let Call::CreateVpcEndpoint {
            route_table_ids,
            subnet_ids,
            security_group_ids,
            private_dns_enabled,
            ..
        } = call
        else {
            return refuse("InvalidAction", "The action is not valid.");
        };
        let mut endpoint = self.new_endpoint(call)?;
        if !subnet_ids.is_empty() || !security_group_ids.is_empty() || *private_dns_enabled {
            return refuse(
                "InvalidParameter",
                "Endpoint type (Gateway) supports neither subnets, security groups nor private DNS.",
            );
        }
        for table_id in route_table_ids {
            self.check_endpoint_route(&endpoint, table_id)?;
        }
        let used = self.vpc_endpoints.values().filter(|one| one.vpc_endpoint_type == "Gateway").count();
        room_for_one(used, self.limits.gateway_endpoints, "VpcEndpointLimitExceeded", "gateway endpoints")?;
        let id = self.new_id(ids::VPCE.prefix);
        endpoint.vpc_endpoint_id.clone_from(&id);
        "available".clone_into(&mut endpoint.state);
        self.vpc_endpoints.insert(id.clone(), endpoint);
        for table_id in route_table_ids {
            self.add_endpoint_route(&id, table_id);
        }
        Ok(Reply::created(id))
    }

    /// Refuses a route table that is not of the VPC, or that has a way to the service already.
    pub(super) fn check_endpoint_route(
        &self,
        endpoint: &LiveVpcEndpoint,
        table_id: &str,
    ) -> Result<(), CloudError> {
        let table = ids::RTB.find(&self.route_tables, table_id).map_err(respell)?;
        if table.vpc_id != endpoint.vpc_id {
            return refuse(
                "InvalidParameter",
                format!("Route table {table_id} belongs to a different VPC than {}.", endpoint.vpc_id),
            );
        }
        let list = self.prefix_list_of(&endpoint.service_name);
        if table.routes.iter().any(|route| route.destination_prefix_list_id == list) {
            return refuse(
                "RouteAlreadyExists",
                format!(
                    "route table {table_id} already has a route with destination-prefix-list-id {}",
                    list.unwrap_or_default()
                ),
            );
        }
        Ok(())
    }

    fn prefix_list_of(&self, service_name: &str) -> Option<String> {
        catalogue::prefix_lists(&self.region)
            .into_iter()
            .find(|list| list.prefix_list_name == service_name)
            .map(|list| list.prefix_list_id)
    }

    /// Adds the service's prefix list to a table, towards a gateway endpoint.
    pub(super) fn add_endpoint_route(&mut self, endpoint_id: &str, table_id: &str) {
        let Some(service) = self.vpc_endpoints.get(endpoint_id).map(|endpoint| endpoint.service_name.clone())
        else {
            return;
        };
        let route = LiveRoute {
            destination_prefix_list_id: self.prefix_list_of(&service),
            gateway_id: Some(endpoint_id.to_owned()),
            origin: "CreateRoute".to_owned(),
            state: "active".to_owned(),
            ..LiveRoute::default()
        };
        if let Some(table) = self.route_tables.get_mut(table_id) {
            table.routes.push(route);
        }
        if let Some(endpoint) = self.vpc_endpoints.get_mut(endpoint_id) {
            endpoint.route_table_ids.push(table_id.to_owned());
        }
    }

    fn create_interface_endpoint(&mut self, call: &Call) -> Answer {
        let Call::CreateVpcEndpoint { route_table_ids, subnet_ids, security_group_ids, .. } = call else {
            return refuse("InvalidAction", "The action is not valid.");
        };
        let mut endpoint = self.new_endpoint(call)?;
        if !route_table_ids.is_empty() {
            return refuse("InvalidParameter", "Endpoint type (Interface) does not support route tables.");
        }
        self.check_endpoint_subnets(&endpoint, subnet_ids)?;
        endpoint.groups = self.groups_for(&endpoint.vpc_id, security_group_ids)?;
        self.check_private_dns(&endpoint)?;
        let is_sibling = |one: &&LiveVpcEndpoint| {
            one.vpc_id == endpoint.vpc_id && one.vpc_endpoint_type == "Interface" && one.state != "deleted"
        };
        let used = self.vpc_endpoints.values().filter(is_sibling).count();
        let limit = self.limits.interface_endpoints_per_vpc;
        room_for_one(used, limit, "VpcEndpointLimitExceeded", "interface endpoints of the VPC")?;
        let id = self.new_id(ids::VPCE.prefix);
        endpoint.vpc_endpoint_id.clone_from(&id);
        "pending".clone_into(&mut endpoint.state);
        endpoint.dns_names = self.endpoint_dns_names(&endpoint);
        let groups = endpoint.groups.clone();
        self.vpc_endpoints.insert(id.clone(), endpoint);
        for subnet_id in subnet_ids {
            self.add_endpoint_interface(&id, subnet_id, &groups)?;
        }
        self.plan(&id, Change::EndpointAvailable);
        Ok(Reply::created(id))
    }

    /// Refuses subnets of another VPC, full ones, and a second one in a zone.
    pub(super) fn check_endpoint_subnets(
        &self,
        endpoint: &LiveVpcEndpoint,
        added: &[String],
    ) -> Result<(), CloudError> {
        let mut zones: Vec<&str> = endpoint
            .subnet_ids
            .iter()
            .filter_map(|id| self.subnets.get(id))
            .map(|subnet| subnet.availability_zone.as_str())
            .collect();
        for subnet_id in added {
            let subnet = ids::SUBNET.find(&self.subnets, subnet_id).map_err(respell)?;
            if subnet.vpc_id != endpoint.vpc_id {
                return refuse(
                    "InvalidParameter",
                    format!("Subnet {subnet_id} belongs to a different VPC than {}.", endpoint.vpc_id),
                );
            }
            if zones.contains(&subnet.availability_zone.as_str()) {
                return refuse(
                    "DuplicateSubnetsInSameZone",
                    format!("Found another VPC endpoint subnet in the availability zone of {subnet_id}"),
                );
            }
            zones.push(&subnet.availability_zone);
            self.pick_address(subnet_id, None)?;
        }
        Ok(())
    }

    /// Private DNS needs both switches of the VPC, and is for one endpoint per service.
    pub(super) fn check_private_dns(&self, endpoint: &LiveVpcEndpoint) -> Result<(), CloudError> {
        if !endpoint.private_dns_enabled {
            return Ok(());
        }
        let vpc = ids::VPC.find(&self.vpcs, &endpoint.vpc_id)?;
        if !vpc.enable_dns_support || !vpc.enable_dns_hostnames {
            return refuse(
                "InvalidParameter",
                format!(
                    "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set \
                     to true for {}",
                    endpoint.vpc_id
                ),
            );
        }
        let conflicts = self.vpc_endpoints.values().any(|other| {
            other.vpc_endpoint_id != endpoint.vpc_endpoint_id
                && other.vpc_id == endpoint.vpc_id
                && other.service_name == endpoint.service_name
                && other.private_dns_enabled
                && matches!(other.state.as_str(), "pending" | "available")
        });
        if conflicts {
            return refuse(
                "InvalidParameter",
                format!(
                    "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {} in {}",
                    endpoint.service_name, endpoint.vpc_id
                ),
            );
        }
        Ok(())
    }

    fn endpoint_dns_names(&self, endpoint: &LiveVpcEndpoint) -> Vec<String> {
        let region = &self.region;
        let Some(service) = catalogue::service(region, &endpoint.service_name, false) else {
            return Vec::new();
        };
        let mut names = vec![format!("{}.{service}.{region}.vpce.amazonaws.com", endpoint.vpc_endpoint_id)];
        if endpoint.private_dns_enabled {
            names.push(format!("{service}.{region}.amazonaws.com"));
        }
        names
    }

    /// Puts an interface of the endpoint into a subnet.
    pub(super) fn add_endpoint_interface(
        &mut self,
        endpoint_id: &str,
        subnet_id: &str,
        groups: &[GroupIdentifier],
    ) -> Result<(), CloudError> {
        let interface_id = self.make_interface(NewInterface {
            subnet_id,
            private_ip_address: None,
            interface_type: "vpc_endpoint",
            description: format!("VPC Endpoint Interface {endpoint_id}"),
            groups: groups.to_vec(),
            instance_id: None,
        })?;
        let endpoint = ids::VPCE.find_mut(&mut self.vpc_endpoints, endpoint_id)?;
        endpoint.subnet_ids.push(subnet_id.to_owned());
        endpoint.network_interface_ids.push(interface_id);
        Ok(())
    }
}
