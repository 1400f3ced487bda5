//! VPCs: DNS switches and blocks.

use super::Frozen;
use crate::{
    cloud::{Call, LiveCidrBlockAssociation, LiveVpc, Tags, VpcAttribute},
    deploy::observed::Observed,
    model::{Tenancy, Vpc},
};

fn tenancy(vpc: &Vpc) -> &'static str {
    match vpc.instance_tenancy {
        Tenancy::Default => "default",
        Tenancy::Dedicated => "dedicated",
    }
}

pub fn create(vpc: &Vpc, tags: Tags) -> Call {
    Call::CreateVpc {
        cidr_block: vpc.cidr_block.to_string(),
        instance_tenancy: Some(tenancy(vpc).to_owned()),
        tags,
    }
}

pub fn newborn(vpc: &Vpc, id: String, tags: Tags, observed: &mut Observed) {
    let cidr_block = vpc.cidr_block.to_string();
    let primary = LiveCidrBlockAssociation {
        cidr_block: cidr_block.clone(),
        state: "associated".to_owned(),
        ..LiveCidrBlockAssociation::default()
    };
    observed.dns.insert(id.clone(), (Some(true), Some(false)));
    let live = LiveVpc {
        vpc_id: id.clone(),
        cidr_block,
        cidr_block_associations: vec![primary],
        instance_tenancy: tenancy(vpc).to_owned(),
        tags,
        ..LiveVpc::default()
    };
    observed.vpcs.insert(id, live);
}

pub fn frozen(vpc: &Vpc, id: &str, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.vpcs.get(id) else { return };
    Frozen::check(out, "cidr_block", &live.cidr_block, &vpc.cidr_block.to_string());
    if !live.instance_tenancy.is_empty() {
        Frozen::check(out, "instance_tenancy", &live.instance_tenancy, tenancy(vpc));
    }
}

/// Host names need DNS support: support goes on first, host names go off first.
pub fn dns_switches(vpc: &Vpc, id: &str, observed: &Observed) -> Vec<Call> {
    let (support, hostnames) = observed.dns.get(id).copied().unwrap_or_default();
    let set = |attribute, value| Call::ModifyVpcAttribute { vpc_id: id.to_owned(), attribute, value };
    let mut calls = Vec::new();
    if support.is_some_and(|on| on != vpc.enable_dns_support) {
        calls.push(set(VpcAttribute::EnableDnsSupport, vpc.enable_dns_support));
    }
    if hostnames.is_some_and(|on| on != vpc.enable_dns_hostnames) {
        calls.push(set(VpcAttribute::EnableDnsHostnames, vpc.enable_dns_hostnames));
    }
    if !vpc.enable_dns_support {
        calls.reverse();
    }
    calls
}

fn stands(association: &LiveCidrBlockAssociation) -> bool {
    matches!(association.state.as_str(), "associated" | "associating")
}

pub fn add_blocks(vpc: &Vpc, id: &str, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.vpcs.get(id) else {
        return Vec::new();
    };
    vpc.secondary_cidr_blocks
        .iter()
        .map(ToString::to_string)
        .filter(|block| !live.cidr_block_associations.iter().any(|it| stands(it) && it.cidr_block == *block))
        .map(|cidr_block| Call::AssociateVpcCidrBlock { vpc_id: id.to_owned(), cidr_block })
        .collect()
}

pub fn remove_blocks(vpc: &Vpc, id: &str, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.vpcs.get(id) else {
        return Vec::new();
    };
    let wanted: Vec<String> = vpc.cidr_blocks().map(|block| block.to_string()).collect();
    live.cidr_block_associations
        .iter()
        .filter(|it| stands(it) && it.cidr_block != live.cidr_block && !wanted.contains(&it.cidr_block))
        .map(|it| Call::DisassociateVpcCidrBlock { association_id: it.association_id.clone() })
        .collect()
}
