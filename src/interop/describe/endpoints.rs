//! VPC endpoints and EC2 Instance Connect Endpoints.

use super::{context::Import, node::Node, others};
use crate::{
    model::{GatewayEndpoint, InstanceConnectEndpoint, InterfaceEndpoint, ResourceId, SubnetConfiguration},
    t,
};

/// `VpcEndpoints`.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("VpcEndpoints") {
        let (Some(id), Some(vpc)) = (node.id("VpcEndpointId"), node.id("VpcId")) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        if !node.state_is("State", &["available", "pending", "pendingAcceptance", "partial"]) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let service = node.word("ServiceName").unwrap_or_default();
        match node.word("VpcEndpointType").as_deref() {
            Some("Interface") => interface(import, &node, id, InterfaceEndpoint::new(vpc, service)),
            None | Some("Gateway") => {
                let tables = node.ids("RouteTableIds");
                let endpoint =
                    GatewayEndpoint { vpc_id: vpc, service_name: service, route_table_ids: tables };
                import.add(id, &node, endpoint);
            }
            Some(_) => others::keep(import, &node, id, "vpc_endpoint"),
        }
    }
}

fn interface(import: &mut Import<'_>, node: &Node<'_>, id: ResourceId, mut endpoint: InterfaceEndpoint) {
    endpoint.subnet_ids = node.ids("SubnetIds");
    let groups = node.list("Groups");
    endpoint.security_group_ids = groups.iter().filter_map(|group| group.id("GroupId")).collect();
    endpoint.private_dns_enabled = node.flag("PrivateDnsEnabled").unwrap_or(false);
    let mut of_it = node.ids("NetworkInterfaceIds");
    for described in import.described(&format!("VPC Endpoint Interface {id}")) {
        if !of_it.contains(described) {
            of_it.push(described.clone());
        }
    }
    of_it.sort();
    for interface in of_it {
        let Some(found) = import.interfaces.get(&interface) else { continue };
        if endpoint.security_group_ids.is_empty() {
            endpoint.security_group_ids.clone_from(&found.groups);
        }
        if let (Some(subnet_id), Some(ipv4)) = (found.subnet_id.clone(), found.private_ip) {
            if !endpoint.subnet_ids.contains(&subnet_id) {
                endpoint.subnet_ids.push(subnet_id.clone());
            }
            endpoint.subnet_configurations.push(SubnetConfiguration { subnet_id, ipv4 });
        }
        import.owned.insert(interface);
    }
    import.add(id, node, endpoint);
}

/// `InstanceConnectEndpoints`.
pub(super) fn instance_connect(import: &mut Import<'_>) {
    for (node, _) in import.all("InstanceConnectEndpoints") {
        let (Some(id), Some(subnet_id)) = (node.id("InstanceConnectEndpointId"), node.id("SubnetId")) else {
            import.incomplete(&node, "SubnetId");
            continue;
        };
        let states = ["create-complete", "create-in-progress", "update-complete", "update-in-progress"];
        if !node.state_is("State", &states) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        import.owned.extend(node.ids("NetworkInterfaceIds"));
        let endpoint = InstanceConnectEndpoint {
            subnet_id,
            security_group_ids: node.ids("SecurityGroupIds"),
            preserve_client_ip: node.flag("PreserveClientIp").unwrap_or(false),
        };
        import.add(id, &node, endpoint);
    }
}
