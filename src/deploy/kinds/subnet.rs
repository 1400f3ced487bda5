//! Subnets: the public address switch and the two associations.

use super::{Context, Frozen, ipv6};
use crate::{
    cloud::{
        Call, LiveIpv6CidrBlockAssociation, LiveNetworkAclAssociation, LiveSubnet, SubnetAttribute, Tags,
    },
    deploy::observed::Observed,
    model::Subnet,
};

pub fn create(subnet: &Subnet, tags: Tags, cx: Context<'_>) -> Call {
    Call::CreateSubnet {
        vpc_id: cx.vpc(&subnet.vpc_id),
        cidr_block: subnet.cidr_block.to_string(),
        ipv6_cidr_block: ipv6::wanted(subnet, cx),
        availability_zone: Some(subnet.availability_zone.clone()),
        tags,
    }
}

pub fn newborn(subnet: &Subnet, id: String, cx: Context<'_>, observed: &mut Observed) {
    let vpc_id = cx.vpc(&subnet.vpc_id);
    // As a rule the default one is drawn.
    let drawn = cx.desired.index.default_network_acl(&subnet.vpc_id).map(|acl| cx.ids.of(acl));
    let default = match drawn.filter(|acl| observed.network_acls.contains_key(acl)) {
        Some(acl) => observed.network_acls.get_mut(&acl),
        None => observed.network_acls.values_mut().find(|acl| acl.is_default && acl.vpc_id == vpc_id),
    };
    if let Some(acl) = default {
        acl.associations.push(LiveNetworkAclAssociation {
            network_acl_association_id: format!("{id}/acl"),
            subnet_id: id.clone(),
        });
    }
    let block = ipv6::wanted(subnet, cx).map(|ipv6_cidr_block| LiveIpv6CidrBlockAssociation {
        ipv6_cidr_block,
        state: "associated".to_owned(),
        ..LiveIpv6CidrBlockAssociation::default()
    });
    let live = LiveSubnet {
        subnet_id: id.clone(),
        vpc_id,
        ipv6_cidr_block_associations: block.into_iter().collect(),
        enable_dns64: Some(false),
        cidr_block: subnet.cidr_block.to_string(),
        availability_zone: subnet.availability_zone.clone(),
        ..LiveSubnet::default()
    };
    observed.subnets.insert(id, live);
}

pub fn frozen(subnet: &Subnet, id: &str, cx: Context<'_>, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.subnets.get(id) else { return };
    Frozen::check(out, "vpc_id", &live.vpc_id, &cx.ids.shown(&subnet.vpc_id));
    Frozen::check(out, "cidr_block", &live.cidr_block, &subnet.cidr_block.to_string());
    Frozen::check(out, "availability_zone", &live.availability_zone, &subnet.availability_zone);
}

pub fn public_ip_on_launch(subnet: &Subnet, id: &str, observed: &Observed) -> Vec<Call> {
    let differs = observed
        .subnets
        .get(id)
        .is_some_and(|live| live.map_public_ip_on_launch != subnet.map_public_ip_on_launch);
    let call = Call::ModifySubnetAttribute {
        subnet_id: id.to_owned(),
        attribute: SubnetAttribute::MapPublicIpOnLaunch,
        value: subnet.map_public_ip_on_launch,
    };
    differs.then_some(call).into_iter().collect()
}

/// A cloud that does not say whether the switch is on is left alone.
pub fn dns64(subnet: &Subnet, id: &str, observed: &Observed) -> Vec<Call> {
    let live = observed.subnets.get(id).and_then(|live| live.enable_dns64);
    let call = Call::ModifySubnetAttribute {
        subnet_id: id.to_owned(),
        attribute: SubnetAttribute::EnableDns64,
        value: subnet.enable_dns64,
    };
    live.is_some_and(|on| on != subnet.enable_dns64).then_some(call).into_iter().collect()
}

/// The route table that a subnet is associated with, and the association.
fn table_of(id: &str, observed: &Observed) -> Option<(String, String)> {
    observed.route_tables.values().find_map(|table| {
        let mut associations = table.associations.iter();
        let own =
            associations.find(|it| it.subnet_id.as_deref() == Some(id) && it.state != "disassociated")?;
        Some((table.route_table_id.clone(), own.route_table_association_id.clone()))
    })
}

/// The network ACL of a subnet, and the association.
fn acl_of(id: &str, observed: &Observed) -> Option<(String, String)> {
    observed.network_acls.values().find_map(|acl| {
        let own = acl.associations.iter().find(|it| it.subnet_id == id)?;
        Some((acl.network_acl_id.clone(), own.network_acl_association_id.clone()))
    })
}

fn default_acl(vpc_id: &str, observed: &Observed) -> Option<String> {
    let mut acls = observed.network_acls.values();
    acls.find(|acl| acl.vpc_id == vpc_id && acl.is_default).map(|acl| acl.network_acl_id.clone())
}

/// An existing association is replaced, never removed and made again: in between, the subnet would
/// be on the main table.
pub fn route_table_association(subnet: &Subnet, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let live = cx.places.map_or_else(|| table_of(id, observed), |it| it.tables.get(id).cloned());
    let wanted = subnet.route_table_id.as_ref().map(|table| cx.ids.of(table));
    match (live, wanted) {
        (None, Some(route_table_id)) => {
            vec![Call::AssociateRouteTable { route_table_id, subnet_id: id.to_owned() }]
        }
        (Some((table, association_id)), Some(route_table_id)) if table != route_table_id => {
            vec![Call::ReplaceRouteTableAssociation { association_id, route_table_id }]
        }
        (Some((_, association_id)), None) => vec![Call::DisassociateRouteTable { association_id }],
        _ => Vec::new(),
    }
}

pub fn acl_association(subnet: &Subnet, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let vpc_id = cx.vpc(&subnet.vpc_id);
    let default = || match cx.places {
        Some(places) => places.default_acls.get(&vpc_id).cloned(),
        None => default_acl(&vpc_id, observed),
    };
    let Some(network_acl_id) = subnet.network_acl_id.as_ref().map(|acl| cx.ids.of(acl)).or_else(default)
    else {
        return Vec::new();
    };
    let live = cx.places.map_or_else(|| acl_of(id, observed), |it| it.acls.get(id).cloned());
    match live {
        Some((acl, association_id)) if acl != network_acl_id => {
            vec![Call::ReplaceNetworkAclAssociation { association_id, network_acl_id }]
        }
        _ => Vec::new(),
    }
}
