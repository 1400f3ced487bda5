//! Load balancers and target groups.

use super::{addresses::known_or_new, context::Import, node::Node};
use crate::{
    model::{Kind, Listener, LoadBalancer, LoadBalancerType, ResourceId, SubnetMapping, Target, TargetGroup},
    net::Protocol,
    t,
};

/// An id for something that AWS names by ARN: its name, where that is free.
fn id_for(import: &mut Import<'_>, arn: &str, name: Option<String>) -> ResourceId {
    let last = || arn.rsplit('/').nth(1).unwrap_or("balancer").to_owned();
    let name = name.unwrap_or_else(last);
    let wanted = ResourceId::new(&name).ok().filter(|id| !import.resources.contains_key(id));
    let id = wanted.unwrap_or_else(|| import.free_id(Kind::LoadBalancer, &name));
    import.arns.insert(arn.to_owned(), id.clone());
    id
}

/// TLS and HTTP are TCP; the second answer is whether UDP is meant as well.
fn protocol(node: &Node<'_>, field: &str) -> (Protocol, bool) {
    match node.word(field).as_deref() {
        // A gateway load balancer takes every protocol and sends it on in UDP.
        Some("UDP" | "QUIC" | "GENEVE") => (Protocol::Udp, false),
        Some("TCP_UDP" | "TCP_QUIC") => (Protocol::Tcp, true),
        _ => (Protocol::Tcp, false),
    }
}

/// The value of an attribute in one of the lists of attributes.
fn attribute(import: &Import<'_>, array: &str, arn: &str, key: &str) -> Option<bool> {
    let node = import.one(array, arn)?;
    let attributes = node.list("Attributes");
    attributes.iter().find(|it| it.word("Key").as_deref() == Some(key))?.flag("Value")
}

/// `TargetGroups` with the targets that `LoadBalancerTargetHealth` lists.
pub(super) fn target_groups(import: &mut Import<'_>) {
    for (node, _) in import.all("TargetGroups") {
        let Some(arn) = node.word("TargetGroupArn") else { continue };
        let Some(vpc) = node.id("VpcId") else {
            import.leave_out(&node, t!("import-no-vpc"));
            continue;
        };
        let (of, _) = protocol(&node, "Protocol");
        let mut group = TargetGroup::new(vpc, of, node.parse("Port", "a port").unwrap_or(0));
        let by_address = node.word("TargetType").is_some_and(|it| it != "instance");
        let keeps = attribute(import, "TargetGroupAttributes", &arn, "preserve_client_ip.enabled");
        // TCP to addresses is the one case in which targets see the balancer by default.
        let udp = node.word("Protocol").is_some_and(|it| it.contains("UDP"));
        group.preserve_client_ip = keeps.unwrap_or(!by_address || udp);
        if let Some(health) = import.one("LoadBalancerTargetHealth", &arn) {
            group.targets = targets(&health);
        }
        // With no healthy target at all, requests go to every one ("fail open").
        if !group.targets.is_empty() && group.targets.iter().all(|it| it.unhealthy) {
            import.report.assume(node.path.clone(), t!("import-fail-open"));
            group.targets.iter_mut().for_each(|it| it.unhealthy = false);
        }
        let id = id_for(import, &arn, node.word("TargetGroupName"));
        let name = node.word("TargetGroupName").unwrap_or_default();
        import.add(id.clone(), &node, group);
        name_it(import, &id, name);
    }
}

fn name_it(import: &mut Import<'_>, id: &ResourceId, name: String) {
    if let Some(resource) = import.resources.get_mut(id).filter(|it| it.name.is_empty()) {
        resource.name = name;
    }
}

fn targets(health: &Node<'_>) -> Vec<Target> {
    let mut targets = Vec::new();
    for entry in health.list("TargetHealthDescriptions") {
        let Some(node) = entry.get("Target") else { continue };
        let Some(id) = node.word("Id") else { continue };
        // Without health checks the state is `unavailable`, and the target is taken to be well.
        let well = |it: Node<'_>| it.state_is("State", &["healthy", "unavailable"]);
        let unhealthy = !entry.get("TargetHealth").is_none_or(well);
        let mut target = Target { port: node.parse("Port", "a port"), unhealthy, ..Target::default() };
        match id.parse() {
            Ok(ip) => target.ip = Some(ip),
            Err(_) => target.target_id = ResourceId::new(&id).ok(),
        }
        // What is neither is a function or another balancer by its ARN: nothing to walk to.
        if target.ip.is_some() || target.target_id.is_some() {
            targets.push(target);
        }
    }
    targets
}

/// `LoadBalancers` with listeners and addresses.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("LoadBalancers") {
        let Some(arn) = node.word("LoadBalancerArn") else { continue };
        if !node.state_is("State", &["active", "provisioning", "active_impaired"]) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let Some(vpc) = node.id("VpcId") else {
            import.leave_out(&node, t!("import-no-vpc"));
            continue;
        };
        let mut balancer = LoadBalancer::new(vpc);
        balancer.load_balancer_type = match node.word("Type").as_deref() {
            Some("application") => LoadBalancerType::Application,
            Some("gateway") => LoadBalancerType::Gateway,
            _ => LoadBalancerType::Network,
        };
        balancer.internal = node.word("Scheme").is_some_and(|it| it == "internal");
        balancer.security_group_ids = node.ids("SecurityGroups");
        let cross_zone =
            attribute(import, "LoadBalancerAttributes", &arn, "load_balancing.cross_zone.enabled");
        let application = balancer.load_balancer_type == LoadBalancerType::Application;
        balancer.enable_cross_zone_load_balancing = cross_zone.unwrap_or(application);
        mappings(import, &node, &arn, &mut balancer);
        balancer.listeners = listeners(import, &arn);
        let name = node.word("LoadBalancerName");
        let id = id_for(import, &arn, name.clone());
        import.add(id.clone(), &node, balancer);
        name_it(import, &id, name.unwrap_or_default());
    }
}

/// The subnets with the addresses of the interfaces there.
fn mappings(import: &mut Import<'_>, node: &Node<'_>, arn: &str, balancer: &mut LoadBalancer) {
    // The description of its interfaces ends as its ARN does: `ELB net/NAME/HASH`.
    let tail = arn.split_once(":loadbalancer/").map(|(_, tail)| format!("ELB {tail}"));
    let of_it: Vec<_> = import
        .described(tail.as_deref().unwrap_or_default())
        .iter()
        .filter_map(|id| Some((id.clone(), import.interfaces.get(id)?.clone())))
        .collect();
    for zone in node.list("AvailabilityZones") {
        let Some(subnet_id) = zone.id("SubnetId") else { continue };
        let addresses = zone.list("LoadBalancerAddresses");
        let address = addresses.first();
        let interface = of_it.iter().find(|(_, it)| it.subnet_id.as_ref() == Some(&subnet_id));
        let association = interface.and_then(|(_, it)| it.public_ip());
        let public_ip = address
            .and_then(|it| it.parse("IpAddress", "an IPv4 address"))
            .or_else(|| association.map(|it| it.public_ip));
        let allocation = address
            .and_then(|it| it.id("AllocationId"))
            .or_else(|| association.and_then(|it| it.allocation_id.clone()));
        let private = address.and_then(|it| it.parse("PrivateIPv4Address", "an IPv4 address"));
        let private_ipv4_address = interface.and_then(|(_, it)| it.private_ip).or(private);
        let allocation_id = allocation.and_then(|id| known_or_new(import, Some(id), public_ip));
        balancer.subnet_mappings.push(SubnetMapping {
            subnet_id,
            private_ipv4_address,
            public_ip,
            allocation_id,
        });
    }
    if let (true, Some((_, interface))) = (balancer.security_group_ids.is_empty(), of_it.first()) {
        balancer.security_group_ids.clone_from(&interface.groups);
    }
    import.owned.extend(of_it.into_iter().map(|(id, _)| id));
}

fn listeners(import: &Import<'_>, arn: &str) -> Vec<Listener> {
    let mut nodes =
        import.one("LoadBalancerListeners", arn).map(|it| it.list("Listeners")).unwrap_or_default();
    if nodes.is_empty() {
        let of_it = |node: &Node<'_>| node.word("LoadBalancerArn").as_deref() == Some(arn);
        nodes = import.all("Listeners").into_iter().map(|(node, _)| node).filter(of_it).collect();
    }
    let mut listeners = Vec::new();
    for node in nodes {
        let Some(port) = node.parse("Port", "a port") else { continue };
        let (protocol, tcp_udp) = protocol(&node, "Protocol");
        let mut target_group_ids = Vec::new();
        for action in node.list("DefaultActions") {
            let mut arns: Vec<String> = action.word("TargetGroupArn").into_iter().collect();
            for group in action.get("ForwardConfig").map(|it| it.list("TargetGroups")).unwrap_or_default() {
                arns.extend(group.word("TargetGroupArn"));
            }
            for id in arns.iter().filter_map(|arn| import.arns.get(arn)) {
                if !target_group_ids.contains(id) {
                    target_group_ids.push(id.clone());
                }
            }
        }
        listeners.push(Listener { protocol, tcp_udp, port, target_group_ids });
    }
    listeners
}
