//! Orders: which action is shown first, and whether the steps can be ordered at all.

use super::Step;
use crate::model::Kind;

/// The place of a kind among what is made; what is removed goes the other way round.
pub(super) fn rank(kind: Kind) -> usize {
    const ORDER: &[Kind] = &[
        Kind::KeyPair,
        Kind::DhcpOptions,
        Kind::ManagedPrefixList,
        Kind::Vpc,
        Kind::InternetGateway,
        Kind::EgressOnlyInternetGateway,
        Kind::VpnGateway,
        Kind::VpcPeeringConnection,
        Kind::TransitGateway,
        Kind::TransitGatewayRouteTable,
        Kind::ElasticIp,
        Kind::SecurityGroup,
        Kind::NetworkAcl,
        Kind::RouteTable,
        Kind::Subnet,
        Kind::TransitGatewayVpcAttachment,
        Kind::TransitGatewayPeeringAttachment,
        Kind::VpnConnection,
        Kind::NatGateway,
        Kind::RegionalNatGateway,
        Kind::GatewayEndpoint,
        Kind::InterfaceEndpoint,
        Kind::InstanceConnectEndpoint,
        Kind::Instance,
        Kind::NetworkInterface,
        Kind::FlowLog,
        Kind::VpcBlockPublicAccess,
    ];
    ORDER.iter().position(|it| *it == kind).unwrap_or(ORDER.len())
}

/// The place of a kind among what is removed (rules reference 3.12).
pub(super) fn removal_rank(kind: Kind) -> usize {
    const ORDER: &[Kind] = &[
        Kind::VpcBlockPublicAccess,
        Kind::FlowLog,
        Kind::Instance,
        Kind::NetworkInterface,
        Kind::InstanceConnectEndpoint,
        Kind::InterfaceEndpoint,
        Kind::GatewayEndpoint,
        Kind::NatGateway,
        Kind::RegionalNatGateway,
        Kind::ElasticIp,
        Kind::TransitGatewayPeeringAttachment,
        Kind::TransitGatewayVpcAttachment,
        Kind::VpnConnection,
        Kind::TransitGatewayRouteTable,
        Kind::TransitGateway,
        Kind::VpcPeeringConnection,
        Kind::InternetGateway,
        Kind::EgressOnlyInternetGateway,
        Kind::VpnGateway,
        Kind::Subnet,
        Kind::NetworkAcl,
        Kind::RouteTable,
        Kind::SecurityGroup,
        Kind::Vpc,
        Kind::DhcpOptions,
        Kind::ManagedPrefixList,
        Kind::KeyPair,
    ];
    ORDER.iter().position(|it| *it == kind).unwrap_or(ORDER.len())
}

/// For each step those that wait for it.
#[derive(Debug)]
pub(in crate::deploy) struct Followers {
    /// Where the list of each step begins; the last entry is where the last one ends.
    begins: Vec<usize>,
    lists: Vec<usize>,
}

impl Followers {
    /// Turns round what each step waits for.
    pub fn of(steps: &[Step]) -> Self {
        let mut counts = vec![0; steps.len()];
        for before in steps.iter().flat_map(|step| &step.after) {
            if let Some(count) = counts.get_mut(*before) {
                *count += 1;
            }
        }
        let mut begins = Vec::with_capacity(steps.len() + 1);
        begins.push(0);
        begins.extend(counts.iter().scan(0, |end, count| {
            *end += count;
            Some(*end)
        }));
        let mut free = begins.clone();
        let mut lists = vec![0; begins.last().copied().unwrap_or_default()];
        for (at, step) in steps.iter().enumerate() {
            for before in &step.after {
                let Some(next) = free.get_mut(*before) else { continue };
                if let Some(place) = lists.get_mut(*next) {
                    *place = at;
                }
                *next += 1;
            }
        }
        Self { begins, lists }
    }

    /// Those that wait for a step.
    pub fn after(&self, at: usize) -> &[usize] {
        let end = self.begins.get(at + 1);
        let list = self.begins.get(at).zip(end).and_then(|(begin, end)| self.lists.get(*begin..*end));
        list.unwrap_or_default()
    }
}

/// The steps that wait for each other in a circle; empty when all can be ordered.
pub(super) fn circle(steps: &[Step], followers: &Followers) -> Vec<usize> {
    let mut open: Vec<usize> = steps.iter().map(|step| step.after.len()).collect();
    let mut free: Vec<usize> =
        open.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
    let mut ordered = vec![false; steps.len()];
    while let Some(at) = free.pop() {
        if let Some(done) = ordered.get_mut(at) {
            *done = true;
        }
        for follower in followers.after(at) {
            if let Some(count) = open.get_mut(*follower) {
                *count -= 1;
                if *count == 0 {
                    free.push(*follower);
                }
            }
        }
    }
    ordered.iter().enumerate().filter(|(_, done)| !**done).map(|(at, _)| at).collect()
}
