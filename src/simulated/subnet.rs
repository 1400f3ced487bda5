//! Subnets, and which of their addresses are free.

use std::{collections::BTreeSet, net::Ipv4Addr};

use ipnet::Ipv4Net;

use super::{
    catalogue,
    clock::Change,
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
    vpc::{blocks_overlap, read_block},
};
use crate::{
    cloud::{CloudError, LiveSubnet, Reply, SubnetAttribute, Tags},
    net::cidr,
};

/// How many addresses AWS keeps: the network, the router, DNS, one for later, and the last.
const RESERVED: u64 = 5;

/// Whether AWS keeps this address of a subnet for itself.
fn is_reserved(block: Ipv4Net, address: Ipv4Addr) -> bool {
    u32::from(address).wrapping_sub(u32::from(block.network())) < 4 || address == block.broadcast()
}

impl SimulatedCloud {
    pub(super) fn create_subnet(
        &mut self,
        vpc_id: &str,
        (cidr_block, ipv6_cidr_block): (&str, Option<&str>),
        zone: Option<&str>,
        tags: &Tags,
    ) -> Answer {
        let block = read_block(cidr_block, "cidrBlock")?;
        let vpc = ids::VPC.find(&self.vpcs, vpc_id)?;
        let in_vpc = vpc
            .live
            .cidr_block_associations
            .iter()
            .filter(|association| association.state == "associated")
            .any(|association| {
                association.cidr_block.parse::<Ipv4Net>().is_ok_and(|outer| outer.contains(&block))
            });
        if !in_vpc || !(16..=28).contains(&block.prefix_len()) {
            return refuse("InvalidSubnet.Range", format!("The CIDR '{block}' is invalid."));
        }
        let siblings = || self.subnets.values().filter(|subnet| subnet.vpc_id == vpc_id);
        if siblings().any(|subnet| blocks_overlap(block, &subnet.cidr_block)) {
            return refuse(
                "InvalidSubnet.Conflict",
                format!("The CIDR '{block}' conflicts with another subnet"),
            );
        }
        let zones = catalogue::zone_names(&self.region);
        let zone = match zone {
            None => zones.first().cloned().unwrap_or_default(),
            Some(zone) if zones.iter().any(|known| known == zone) => zone.to_owned(),
            Some(zone) => {
                let offered = zones.join(", ");
                return refuse(
                    "InvalidParameterValue",
                    format!(
                        "Value ({zone}) for parameter availabilityZone is invalid. \
                         Subnets can currently only be created in the following availability zones: {offered}."
                    ),
                );
            }
        };
        room_for_one(siblings().count(), self.limits.subnets_per_vpc, "SubnetLimitExceeded", "subnets")?;
        let ipv6 = ipv6_cidr_block.map(|text| self.check_subnet_ipv6(vpc_id, text)).transpose()?;
        let subnet_id = self.make_subnet(vpc_id, block, &zone, tags);
        if let Some(block) = ipv6 {
            self.join_ipv6(&subnet_id, block, "associated");
        }
        Ok(Reply::created(subnet_id))
    }

    /// Makes a subnet, in the VPC's default network ACL.
    pub(super) fn make_subnet(&mut self, vpc_id: &str, block: Ipv4Net, zone: &str, tags: &Tags) -> String {
        let subnet_id = self.new_id("subnet-");
        let subnet = LiveSubnet {
            subnet_id: subnet_id.clone(),
            vpc_id: vpc_id.to_owned(),
            cidr_block: block.to_string(),
            availability_zone: zone.to_owned(),
            availability_zone_id: catalogue::zone_id(&self.region, zone),
            state: "pending".to_owned(),
            enable_dns64: Some(false),
            tags: tags.clone(),
            ..LiveSubnet::default()
        };
        self.subnets.insert(subnet_id.clone(), subnet);
        self.join_default_network_acl(vpc_id, &subnet_id);
        self.plan(&subnet_id, Change::SubnetAvailable);
        subnet_id
    }

    pub(super) fn modify_subnet_attribute(
        &mut self,
        subnet_id: &str,
        attribute: SubnetAttribute,
        value: bool,
    ) -> Answer {
        let subnet = ids::SUBNET.find_mut(&mut self.subnets, subnet_id)?;
        match attribute {
            SubnetAttribute::MapPublicIpOnLaunch => subnet.map_public_ip_on_launch = value,
            SubnetAttribute::AssignIpv6AddressOnCreation => {
                let has_block = subnet.ipv6_cidr_block_associations.iter().any(|it| it.state == "associated");
                if value && !has_block {
                    return refuse(
                        "InvalidParameterValue",
                        format!("The subnet '{subnet_id}' has no IPv6 CIDR block to assign addresses from."),
                    );
                }
                subnet.assign_ipv6_address_on_creation = value;
            }
            SubnetAttribute::EnableDns64 => subnet.enable_dns64 = Some(value),
        }
        Ok(Reply::Done)
    }

    pub(super) fn delete_subnet(&mut self, subnet_id: &str) -> Answer {
        ids::SUBNET.find(&self.subnets, subnet_id)?;
        if self.network_interfaces.values().any(|interface| interface.subnet_id == subnet_id) {
            return refuse(
                "DependencyViolation",
                format!("The subnet '{subnet_id}' has dependencies and cannot be deleted."),
            );
        }
        self.subnets.remove(subnet_id);
        for table in self.route_tables.values_mut() {
            table.associations.retain(|association| association.subnet_id.as_deref() != Some(subnet_id));
        }
        for acl in self.network_acls.values_mut() {
            acl.associations.retain(|association| association.subnet_id != subnet_id);
        }
        self.forget(subnet_id);
        Ok(Reply::Done)
    }

    /// How many addresses of a subnet are free.
    pub(super) fn free_addresses(&self, subnet: &LiveSubnet) -> i32 {
        let Ok(block) = subnet.cidr_block.parse::<Ipv4Net>() else {
            return 0;
        };
        let used = self.taken_addresses(&subnet.subnet_id).len() as u64;
        i32::try_from(cidr::size(&block).saturating_sub(RESERVED + used)).unwrap_or(i32::MAX)
    }

    /// The lowest free address of a subnet, or the one that is wanted.
    pub(super) fn pick_address(&self, subnet_id: &str, wanted: Option<&str>) -> Result<Ipv4Addr, CloudError> {
        let subnet = ids::SUBNET.find(&self.subnets, subnet_id)?;
        let Ok(block) = subnet.cidr_block.parse::<Ipv4Net>() else {
            return refuse("InternalError", "An internal error has occurred");
        };
        let taken = self.taken_addresses(subnet_id);
        let Some(wanted) = wanted else {
            let free = block.hosts().skip(3).find(|address| !taken.contains(address));
            return free.filter(|address| !is_reserved(block, *address)).ok_or_else(|| {
                CloudError::answered(
                    "InsufficientFreeAddressesInSubnet",
                    format!("There are insufficient free addresses in subnet '{subnet_id}'."),
                )
            });
        };
        let address = wanted.parse::<Ipv4Addr>().ok().filter(|address| block.contains(address));
        match address {
            Some(address) if is_reserved(block, address) => refuse(
                "InvalidParameterValue",
                format!("Address {wanted} is in subnet's reserved address range"),
            ),
            Some(address) if taken.contains(&address) => {
                refuse("InvalidIPAddress.InUse", format!("Address {wanted} is in use."))
            }
            Some(address) => Ok(address),
            None => refuse(
                "InvalidParameterValue",
                format!("Address {wanted} does not fall within the subnet's address range"),
            ),
        }
    }

    fn taken_addresses(&self, subnet_id: &str) -> BTreeSet<Ipv4Addr> {
        self.network_interfaces
            .values()
            .filter(|interface| interface.subnet_id == subnet_id)
            .flat_map(|it| std::iter::once(&it.private_ip_address).chain(&it.secondary_private_ips))
            .filter_map(|address| address.parse().ok())
            .collect()
    }
}
