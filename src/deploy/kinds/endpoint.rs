//! Endpoints: their route tables, subnets, groups and private DNS.

use std::collections::BTreeSet;

use super::{Context, Frozen};
use crate::{
    cloud::{Call, GroupIdentifier, LiveVpcEndpoint, Tags, VpcEndpointType},
    deploy::observed::Observed,
    model::{GatewayEndpoint, InterfaceEndpoint, ResourceId},
};

pub fn create_gateway(
    endpoint: &GatewayEndpoint,
    tags: Tags,
    token: Option<String>,
    cx: Context<'_>,
) -> Call {
    Call::CreateVpcEndpoint {
        vpc_id: cx.vpc(&endpoint.vpc_id),
        vpc_endpoint_type: VpcEndpointType::Gateway,
        service_name: endpoint.service_name.clone(),
        route_table_ids: cx.ids.of_all(&endpoint.route_table_ids),
        subnet_ids: Vec::new(),
        security_group_ids: Vec::new(),
        private_dns_enabled: false,
        tags,
        client_token: token,
    }
}

pub fn create_interface(
    endpoint: &InterfaceEndpoint,
    tags: Tags,
    token: Option<String>,
    cx: Context<'_>,
) -> Call {
    Call::CreateVpcEndpoint {
        vpc_id: cx.vpc(&endpoint.vpc_id),
        vpc_endpoint_type: VpcEndpointType::Interface,
        service_name: endpoint.service_name.clone(),
        route_table_ids: Vec::new(),
        subnet_ids: cx.ids.of_all(&endpoint.subnet_ids),
        security_group_ids: wanted_groups(endpoint, cx),
        private_dns_enabled: endpoint.private_dns_enabled,
        tags,
        client_token: token,
    }
}

/// Without groups it is the VPC's default group, as for instances.
fn wanted_groups(endpoint: &InterfaceEndpoint, cx: Context<'_>) -> Vec<String> {
    if !endpoint.security_group_ids.is_empty() {
        return cx.ids.of_all(&endpoint.security_group_ids);
    }
    let group = cx.desired.index.default_security_group(&endpoint.vpc_id);
    group.map(|group| cx.ids.of(group)).into_iter().collect()
}

fn newborn(vpc: &ResourceId, service: &str, id: &str, cx: Context<'_>) -> LiveVpcEndpoint {
    LiveVpcEndpoint {
        vpc_endpoint_id: id.to_owned(),
        vpc_id: cx.vpc(vpc),
        service_name: service.to_owned(),
        ..LiveVpcEndpoint::default()
    }
}

pub fn newborn_gateway(endpoint: &GatewayEndpoint, id: String, cx: Context<'_>, observed: &mut Observed) {
    let live = LiveVpcEndpoint {
        vpc_endpoint_type: "Gateway".to_owned(),
        route_table_ids: cx.ids.of_all(&endpoint.route_table_ids),
        ..newborn(&endpoint.vpc_id, &endpoint.service_name, &id, cx)
    };
    observed.vpc_endpoints.insert(id, live);
}

pub fn newborn_interface(endpoint: &InterfaceEndpoint, id: String, cx: Context<'_>, observed: &mut Observed) {
    let group = |group_id| GroupIdentifier { group_id, ..GroupIdentifier::default() };
    let live = LiveVpcEndpoint {
        vpc_endpoint_type: "Interface".to_owned(),
        subnet_ids: cx.ids.of_all(&endpoint.subnet_ids),
        groups: wanted_groups(endpoint, cx).into_iter().map(group).collect(),
        private_dns_enabled: endpoint.private_dns_enabled,
        ..newborn(&endpoint.vpc_id, &endpoint.service_name, &id, cx)
    };
    observed.vpc_endpoints.insert(id, live);
}

pub fn frozen(
    vpc: &ResourceId,
    service: &str,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
    out: &mut Vec<Frozen>,
) {
    let Some(live) = observed.vpc_endpoints.get(id) else { return };
    Frozen::check(out, "vpc_id", &live.vpc_id, &cx.ids.shown(vpc));
    Frozen::check(out, "service_name", &live.service_name, service);
}

/// What to add and what to remove.
fn lists<'a>(now: impl IntoIterator<Item = &'a String>, wanted: &[String]) -> (Vec<String>, Vec<String>) {
    let now: BTreeSet<&String> = now.into_iter().collect();
    let add = wanted.iter().filter(|id| !now.contains(id)).cloned().collect();
    let remove = now.into_iter().filter(|id| !wanted.contains(id)).cloned().collect();
    (add, remove)
}

pub fn gateway_lists(
    endpoint: &GatewayEndpoint,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(live) = observed.vpc_endpoints.get(id) else {
        return Vec::new();
    };
    let (add, remove) = lists(&live.route_table_ids, &cx.ids.of_all(&endpoint.route_table_ids));
    if add.is_empty() && remove.is_empty() {
        return Vec::new();
    }
    vec![Call::ModifyVpcEndpoint {
        vpc_endpoint_id: id.to_owned(),
        add_route_table_ids: add,
        remove_route_table_ids: remove,
        add_subnet_ids: Vec::new(),
        remove_subnet_ids: Vec::new(),
        add_security_group_ids: Vec::new(),
        remove_security_group_ids: Vec::new(),
        private_dns_enabled: None,
    }]
}

pub fn interface_lists(
    endpoint: &InterfaceEndpoint,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(live) = observed.vpc_endpoints.get(id) else {
        return Vec::new();
    };
    let (add_subnets, remove_subnets) = lists(&live.subnet_ids, &cx.ids.of_all(&endpoint.subnet_ids));
    let groups: Vec<String> = live.groups.iter().map(|group| group.group_id.clone()).collect();
    let wanted = wanted_groups(endpoint, cx);
    let (add_groups, remove_groups) =
        if wanted.is_empty() { (Vec::new(), Vec::new()) } else { lists(&groups, &wanted) };
    let dns =
        (live.private_dns_enabled != endpoint.private_dns_enabled).then_some(endpoint.private_dns_enabled);
    let same =
        [&add_subnets, &remove_subnets, &add_groups, &remove_groups].iter().all(|list| list.is_empty());
    if same && dns.is_none() {
        return Vec::new();
    }
    vec![Call::ModifyVpcEndpoint {
        vpc_endpoint_id: id.to_owned(),
        add_route_table_ids: Vec::new(),
        remove_route_table_ids: Vec::new(),
        add_subnet_ids: add_subnets,
        remove_subnet_ids: remove_subnets,
        add_security_group_ids: add_groups,
        remove_security_group_ids: remove_groups,
        private_dns_enabled: dns,
    }]
}
