//! VPCs and subnets.

use ipnet::{Ipv4Net, Ipv6Net};

use super::{context::Import, node::Node};
use crate::model::{Subnet, Tenancy, Vpc};

/// The blocks of a set of associations that are alive.
fn associated<T: std::str::FromStr>(node: &Node<'_>, set: &str, field: &str, state: &str) -> Vec<T> {
    let alive = |it: &Node<'_>| {
        it.get(state).is_none_or(|state| state.state_is("State", &["associated", "associating"]))
    };
    node.list(set).iter().filter(|it| alive(it)).filter_map(|it| it.parse(field, "a CIDR block")).collect()
}

/// `Vpcs`.
pub(super) fn vpcs(import: &mut Import<'_>) {
    for (node, record) in import.all("Vpcs") {
        let Some(id) = node.id("VpcId") else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let mut blocks: Vec<Ipv4Net> =
            associated(&node, "CidrBlockAssociationSet", "CidrBlock", "CidrBlockState");
        let primary = node.parse("CidrBlock", "a CIDR block").or_else(|| blocks.first().copied());
        let Some(primary) = primary.map(|block: Ipv4Net| block.trunc()) else {
            import.incomplete(&node, "CidrBlock");
            continue;
        };
        blocks.retain(|block| *block != primary);
        let ipv6: Vec<Ipv6Net> =
            associated(&node, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock", "Ipv6CidrBlockState");
        let attributes = import.one("VpcAttributes", id.as_str());
        let attribute = |name: &str| attributes.as_ref().and_then(|it| it.flag(name));
        let mut vpc = Vpc::new(primary);
        vpc.secondary_cidr_blocks = blocks.iter().map(Ipv4Net::trunc).collect();
        vpc.ipv6_cidr_blocks = ipv6.iter().map(Ipv6Net::trunc).collect();
        vpc.enable_dns_support = attribute("EnableDnsSupport").unwrap_or(true);
        vpc.enable_dns_hostnames =
            attribute("EnableDnsHostnames").or_else(|| node.flag("IsDefault")).unwrap_or(false);
        if node.word("InstanceTenancy").is_some_and(|tenancy| tenancy == "dedicated") {
            vpc.instance_tenancy = Tenancy::Dedicated;
        }
        vpc.dhcp_options_id = node.id("DhcpOptionsId").filter(|id| import.resources.contains_key(id));
        let region = import.region_of_vpc(id.as_str(), record);
        vpc.region = import.other_region(region.as_deref());
        vpc.owner_id = node.word("OwnerId");
        import.add(id, &node, vpc);
    }
}

/// `Subnets`.
pub(super) fn subnets(import: &mut Import<'_>) {
    for (node, _) in import.all("Subnets") {
        let (Some(id), Some(vpc)) = (node.id("SubnetId"), node.id("VpcId")) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let ipv6: Vec<Ipv6Net> =
            associated(&node, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock", "Ipv6CidrBlockState");
        let Some(block) = node.parse::<Ipv4Net>("CidrBlock", "a CIDR block") else {
            import.incomplete(&node, "CidrBlock");
            continue;
        };
        let zone = node.word("AvailabilityZone").or_else(|| node.word("AvailabilityZoneId"));
        let zone = zone.unwrap_or_else(|| format!("{}a", import.region));
        let mut subnet = Subnet::new(vpc, block.trunc(), zone);
        subnet.ipv6_cidr_block = ipv6.first().map(Ipv6Net::trunc);
        subnet.assign_ipv6_address_on_creation = node.flag("AssignIpv6AddressOnCreation").unwrap_or(false);
        subnet.enable_dns64 = node.flag("EnableDns64").unwrap_or(false);
        subnet.map_public_ip_on_launch = node.flag("MapPublicIpOnLaunch").unwrap_or(false);
        import.add(id, &node, subnet);
    }
}
