//! IPv6: which block the account has where the drawing has one that stands for it, and the blocks of
//! subnets.

use std::{collections::BTreeMap, net::Ipv6Addr};

use ipnet::{IpNet, Ipv6Net};

use super::Context;
use crate::{
    cloud::{Call, LiveIpv6CidrBlockAssociation, LiveSubnet, SubnetAttribute},
    deploy::{desired::Desired, ids::Ids, look::Look, observed::Observed},
    model::{Kind, Resource, ResourceId, Subnet, Vpc},
};

/// The block of the drawing that stands for the one that Amazon provides.
pub fn generated_block(vpc: &Vpc) -> Option<Ipv6Net> {
    vpc.ipv6_cidr_blocks.first().copied().filter(|_| vpc.assign_generated_ipv6_cidr_block)
}

/// The blocks that Amazon has given to VPCs that are there.
pub fn blocks(desired: &Desired, ids: &Ids, observed: &Observed) -> BTreeMap<ResourceId, Ipv6Net> {
    let of = |vpc: &Resource| {
        generated_block(vpc.kind.as_vpc()?)?;
        let live = observed.vpcs.get(ids.get(&vpc.id)?)?;
        let block = super::vpc::ipv6_block(live)?.ipv6_cidr_block.parse().ok()?;
        Some((vpc.id.clone(), block))
    };
    desired.topology.of_kind(Kind::Vpc).filter_map(of).collect()
}

/// The same place in another block.
fn moved(inner: Ipv6Net, drawn: Ipv6Net, real: Ipv6Net) -> Option<Ipv6Net> {
    if !drawn.contains(&inner) || inner.prefix_len() < real.prefix_len() {
        return None;
    }
    let offset = u128::from(inner.addr()) & u128::from(drawn.hostmask());
    Ipv6Net::new((u128::from(real.network()) | offset).into(), inner.prefix_len()).ok()
}

impl Context<'_> {
    /// What an IPv6 block of the drawing is in the account. Where VPCs are drawn with the same block,
    /// it is taken for one of `vpc`.
    pub fn real_ipv6(&self, vpc: Option<&ResourceId>, block: Ipv6Net) -> Ipv6Net {
        let in_vpc = |vpc: &ResourceId| {
            let drawn = generated_block(self.desired.index.kind(vpc)?.as_vpc()?)?;
            moved(block, drawn, *self.ids.ipv6_blocks.get(vpc)?)
        };
        let own = vpc.and_then(in_vpc);
        own.or_else(|| self.ids.ipv6_blocks.keys().find_map(in_vpc)).unwrap_or(block)
    }

    /// What a block of the account is in the drawing: the way back of [`Self::real_ipv6`].
    pub fn drawn_ipv6(&self, block: Ipv6Net) -> Ipv6Net {
        let in_vpc = |(vpc, real): (&ResourceId, &Ipv6Net)| {
            let drawn = generated_block(self.desired.index.kind(vpc)?.as_vpc()?)?;
            moved(block, *real, drawn)
        };
        self.ids.ipv6_blocks.iter().find_map(in_vpc).unwrap_or(block)
    }

    /// The same for a block of either family.
    pub fn real_block(&self, vpc: Option<&ResourceId>, block: IpNet) -> IpNet {
        match block {
            IpNet::V4(_) => block,
            IpNet::V6(block) => IpNet::V6(self.real_ipv6(vpc, block)),
        }
    }

    /// The same for an address.
    pub fn real_ipv6_address(&self, vpc: Option<&ResourceId>, address: Ipv6Addr) -> Ipv6Addr {
        self.real_ipv6(vpc, address.into()).addr()
    }
}

/// The block that a subnet shall have in the account.
pub fn wanted(subnet: &Subnet, cx: Context<'_>) -> Option<String> {
    Some(cx.real_ipv6(Some(&subnet.vpc_id), subnet.ipv6_cidr_block?).to_string())
}

fn standing(live: &LiveSubnet) -> Option<&LiveIpv6CidrBlockAssociation> {
    live.ipv6_cidr_block_associations.iter().find(|it| it.stands())
}

fn is_leaving(live: &LiveSubnet) -> bool {
    live.ipv6_cidr_block_associations.iter().any(|it| it.state == "disassociating")
}

/// The block, and whether new interfaces get an address of it. The switch needs the block: it goes on
/// after it and off before it.
pub fn subnet(subnet: &Subnet, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.subnets.get(id).filter(|live| !is_leaving(live)) else {
        return Vec::new();
    };
    let wanted = wanted(subnet, cx);
    let now = standing(live);
    let stays = now.map(|it| &it.ipv6_cidr_block) == wanted.as_ref();
    let switch = |value| Call::ModifySubnetAttribute {
        subnet_id: id.to_owned(),
        attribute: SubnetAttribute::AssignIpv6AddressOnCreation,
        value,
    };
    let assigns = live.assign_ipv6_address_on_creation;
    let assigns_in_between = assigns && stays && subnet.assign_ipv6_address_on_creation;
    let mut calls = Vec::new();
    if assigns && !assigns_in_between {
        calls.push(switch(false));
    }
    if let Some(now) = now.filter(|_| !stays) {
        calls.push(Call::DisassociateSubnetCidrBlock { association_id: now.association_id.clone() });
    }
    if let Some(ipv6_cidr_block) = wanted.filter(|_| !stays) {
        // Until the old block is gone EC2 takes no other: the rest is done after another look.
        if now.is_some() {
            return calls;
        }
        calls.push(Call::AssociateSubnetCidrBlock { subnet_id: id.to_owned(), ipv6_cidr_block });
        return calls;
    }
    let is_ready = now.is_some_and(|it| it.state == "associated");
    if subnet.assign_ipv6_address_on_creation && !assigns_in_between && is_ready {
        calls.push(switch(true));
    }
    calls
}

/// Whether the block has come, and the one before it has gone.
pub fn subnet_settling(subnet: &Subnet, id: &str, observed: &Observed) -> Look {
    let Some(live) = observed.subnets.get(id) else {
        return Look::Reached;
    };
    if is_leaving(live) {
        return Look::NotYet("disassociating".to_owned());
    }
    if subnet.ipv6_cidr_block.is_none() {
        return Look::Reached;
    }
    let last = live.ipv6_cidr_block_associations.last();
    let reason = last.and_then(|it| it.status_message.as_deref());
    match Look::at(last.map(|it| it.state.as_str()), "associated", reason) {
        Look::Absent => Look::NotYet("associating".to_owned()),
        look => look,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subnet_keeps_its_place_in_the_real_block() {
        let net = |text: &str| text.parse::<Ipv6Net>().unwrap();
        let (drawn, real) = (net("2001:db8:0:ab00::/56"), net("2600:1f18:44:7700::/56"));
        assert_eq!(moved(net("2001:db8:0:ab03::/64"), drawn, real), Some(net("2600:1f18:44:7703::/64")));
        assert_eq!(moved(net("2001:db8:0:ab03::5/128"), drawn, real), Some(net("2600:1f18:44:7703::5/128")));
        assert_eq!(moved(drawn, drawn, real), Some(real));
        assert_eq!(moved(net("2001:db8::/64"), drawn, real), None, "elsewhere");
        assert_eq!(moved(net("::/0"), drawn, real), None);
    }
}
