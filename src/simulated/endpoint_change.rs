//! VPC endpoints: changing and deleting them.

use super::{
    clock::Change,
    ids::{self, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{Call, CloudError, LiveVpcEndpoint, Reply};

impl SimulatedCloud {
    pub(super) fn modify_vpc_endpoint(&mut self, call: &Call) -> Answer {
        let Call::ModifyVpcEndpoint { vpc_endpoint_id: id, private_dns_enabled, .. } = call else {
            return refuse("InvalidAction", "The action is not valid.");
        };
        let mut changed = ids::VPCE.find(&self.vpc_endpoints, id)?.clone();
        if !matches!(changed.state.as_str(), "available" | "pending") {
            return refuse("IncorrectState", format!("The VPC endpoint {id} is {}.", changed.state));
        }
        if let Some(enabled) = private_dns_enabled {
            changed.private_dns_enabled = *enabled;
            self.check_private_dns(&changed)?;
        }
        if changed.vpc_endpoint_type == "Gateway" {
            self.modify_route_tables(&changed, call)?;
        } else {
            self.modify_interfaces(&changed, call)?;
        }
        ids::VPCE.find_mut(&mut self.vpc_endpoints, id)?.private_dns_enabled = changed.private_dns_enabled;
        Ok(Reply::Done)
    }

    fn modify_route_tables(&mut self, endpoint: &LiveVpcEndpoint, call: &Call) -> Result<(), CloudError> {
        let Call::ModifyVpcEndpoint { add_route_table_ids, remove_route_table_ids, .. } = call else {
            return Ok(());
        };
        for table_id in add_route_table_ids {
            self.check_endpoint_route(endpoint, table_id)?;
        }
        for table_id in remove_route_table_ids {
            self.remove_endpoint_route(&endpoint.vpc_endpoint_id, table_id);
        }
        for table_id in add_route_table_ids {
            self.add_endpoint_route(&endpoint.vpc_endpoint_id, table_id);
        }
        Ok(())
    }

    fn modify_interfaces(&mut self, endpoint: &LiveVpcEndpoint, call: &Call) -> Result<(), CloudError> {
        let Call::ModifyVpcEndpoint {
            add_subnet_ids,
            remove_subnet_ids,
            add_security_group_ids,
            remove_security_group_ids,
            ..
        } = call
        else {
            return Ok(());
        };
        let mut kept = endpoint.clone();
        kept.subnet_ids.retain(|subnet| !remove_subnet_ids.contains(subnet));
        self.check_endpoint_subnets(&kept, add_subnet_ids)?;
        let mut group_ids: Vec<String> = endpoint
            .groups
            .iter()
            .map(|group| group.group_id.clone())
            .filter(|group| {
                !remove_security_group_ids.contains(group) && !add_security_group_ids.contains(group)
            })
            .collect();
        group_ids.extend(add_security_group_ids.iter().cloned());
        let groups = self.groups_for(&endpoint.vpc_id, &group_ids)?;
        for interface_id in &endpoint.network_interface_ids {
            let Some(interface) = self.network_interfaces.get_mut(interface_id) else {
                continue;
            };
            interface.groups.clone_from(&groups);
            if remove_subnet_ids.contains(&interface.subnet_id) {
                kept.network_interface_ids.retain(|id| id != interface_id);
                self.drop_interface(interface_id);
            }
        }
        kept.groups.clone_from(&groups);
        self.vpc_endpoints.insert(kept.vpc_endpoint_id.clone(), kept);
        for subnet_id in add_subnet_ids {
            self.add_endpoint_interface(&endpoint.vpc_endpoint_id, subnet_id, &groups)?;
        }
        Ok(())
    }

    fn remove_endpoint_route(&mut self, endpoint_id: &str, table_id: &str) {
        if let Some(table) = self.route_tables.get_mut(table_id) {
            table.routes.retain(|route| route.gateway_id.as_deref() != Some(endpoint_id));
        }
        if let Some(endpoint) = self.vpc_endpoints.get_mut(endpoint_id) {
            endpoint.route_table_ids.retain(|id| id != table_id);
        }
    }

    pub(super) fn delete_vpc_endpoints(&mut self, endpoint_ids: &[String]) -> Answer {
        let mut failure = None;
        for id in endpoint_ids {
            if let Err(error) = self.delete_vpc_endpoint(id) {
                failure.get_or_insert(error);
            }
        }
        match failure {
            None => Ok(Reply::Done),
            Some(error) => Err(error),
        }
    }

    fn delete_vpc_endpoint(&mut self, id: &str) -> Result<(), CloudError> {
        let endpoint = ids::VPCE.find_mut(&mut self.vpc_endpoints, id)?;
        match endpoint.state.as_str() {
            "deleted" => return Err(ids::VPCE.not_found(id)),
            "deleting" => return Ok(()),
            _ => {}
        }
        if endpoint.vpc_endpoint_type == "Gateway" {
            for table_id in endpoint.route_table_ids.clone() {
                self.remove_endpoint_route(id, &table_id);
            }
            self.vpc_endpoints.remove(id);
            self.forget(id);
            return Ok(());
        }
        "deleting".clone_into(&mut endpoint.state);
        self.due.retain(|due| due.id != id);
        self.plan(id, Change::EndpointDeleted);
        Ok(())
    }

    pub(super) fn endpoint_available(&mut self, id: &str) {
        if let Some(endpoint) = self.vpc_endpoints.get_mut(id).filter(|endpoint| endpoint.state == "pending")
        {
            "available".clone_into(&mut endpoint.state);
        }
    }

    pub(super) fn endpoint_deleted(&mut self, id: &str) {
        let interfaces =
            self.vpc_endpoints.get(id).map(|one| one.network_interface_ids.clone()).unwrap_or_default();
        for interface_id in interfaces {
            self.drop_interface(&interface_id);
        }
        if let Some(endpoint) = self.vpc_endpoints.get_mut(id) {
            "deleted".clone_into(&mut endpoint.state);
            endpoint.network_interface_ids.clear();
            self.plan(id, Change::EndpointForgotten);
        }
    }
}
