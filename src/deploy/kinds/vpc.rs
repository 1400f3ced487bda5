//! VPCs: DNS switches and blocks.

use super::{Context, Frozen};
use crate::{
    cloud::{
        Call, Change, LiveCidrBlockAssociation, LiveIpv6CidrBlockAssociation, LiveVpc, Tags, VpcAttribute,
    },
    deploy::{look::Look, observed::Observed},
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

pub fn newborn(vpc: &Vpc, id: String, observed: &mut Observed) {
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

/// The IPv6 block that a VPC has; where it has several, the first.
pub fn ipv6_block(live: &LiveVpc) -> Option<&LiveIpv6CidrBlockAssociation> {
    live.ipv6_cidr_block_associations.iter().find(|it| it.stands())
}

/// Whether the wanted blocks have come.
pub fn blocks_settling(vpc: &Vpc, id: &str, observed: &Observed) -> Look {
    let Some(live) = observed.vpcs.get(id) else {
        return Look::Reached;
    };
    let arrived = |at: Option<(&str, Option<&str>)>, what: &str| match at {
        Some((state, reason)) => Look::at(Some(state), "associated", reason),
        None => Look::NotYet(what.to_owned()),
    };
    let ipv4 = vpc.secondary_cidr_blocks.iter().map(|block| {
        let block = block.to_string();
        let now = live.cidr_block_associations.iter().rev().find(|it| it.cidr_block == block);
        arrived(now.map(|it| (it.state.as_str(), it.status_message.as_deref())), &block)
    });
    let ipv6 = vpc.assign_generated_ipv6_cidr_block.then(|| {
        let now = ipv6_block(live).or(live.ipv6_cidr_block_associations.last());
        arrived(now.map(|it| (it.state.as_str(), it.status_message.as_deref())), "IPv6")
    });
    Look::all(ipv4.chain(ipv6))
}

pub fn add_blocks(vpc: &Vpc, id: &str, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.vpcs.get(id) else {
        return Vec::new();
    };
    let generated = vpc.assign_generated_ipv6_cidr_block && ipv6_block(live).is_none();
    vpc.secondary_cidr_blocks
        .iter()
        .map(ToString::to_string)
        .filter(|block| !live.cidr_block_associations.iter().any(|it| stands(it) && it.cidr_block == *block))
        .map(|cidr_block| Call::AssociateVpcCidrBlock {
            vpc_id: id.to_owned(),
            cidr_block: Some(cidr_block),
            amazon_provided_ipv6_cidr_block: false,
        })
        .chain(generated.then(|| Call::AssociateVpcCidrBlock {
            vpc_id: id.to_owned(),
            cidr_block: None,
            amazon_provided_ipv6_cidr_block: true,
        }))
        .collect()
}

pub fn remove_blocks(vpc: &Vpc, id: &str, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.vpcs.get(id) else {
        return Vec::new();
    };
    // Blocks of one's own are brought by nobody yet: a drawing that has them is refused as a whole.
    let ipv6 = live.ipv6_cidr_block_associations.iter().filter(|it| it.stands());
    let ipv6 = ipv6.skip(usize::from(vpc.assign_generated_ipv6_cidr_block)).map(|it| &it.association_id);
    let wanted: Vec<String> = vpc.cidr_blocks().map(|block| block.to_string()).collect();
    live.cidr_block_associations
        .iter()
        .filter(|it| stands(it) && it.cidr_block != live.cidr_block && !wanted.contains(&it.cidr_block))
        .map(|it| &it.association_id)
        .chain(ipv6)
        .map(|association_id| Call::DisassociateVpcCidrBlock { association_id: association_id.clone() })
        .collect()
}

/// The set of DHCP options. One of ours that is drawn no more gives way to AWS's default set; one of
/// others stays.
pub fn dhcp_options(vpc: &Vpc, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.vpcs.get(id) else {
        return Vec::new();
    };
    let now = live.dhcp_options_id.as_deref().unwrap_or("default");
    let is_ours = observed.objects.contains_key(now);
    let wanted = match &vpc.dhcp_options_id {
        Some(set) => cx.ids.of(set),
        None if is_ours || now.starts_with('@') => "default".to_owned(),
        None => return Vec::new(),
    };
    let change = Change::AssociateDhcpOptions { dhcp_options_id: wanted.clone() };
    (wanted != now).then(|| Call::ChangeObject { id: id.to_owned(), change }).into_iter().collect()
}
