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
        Kind::NatGateway,
        Kind::GatewayEndpoint,
        Kind::InterfaceEndpoint,
        Kind::InstanceConnectEndpoint,
        Kind::Instance,
        Kind::NetworkInterface,
        Kind::FlowLog,
    ];
    ORDER.iter().position(|it| *it == kind).unwrap_or(ORDER.len())
}

/// The place of a kind among what is removed (rules reference 3.12).
pub(super) fn removal_rank(kind: Kind) -> usize {
    const ORDER: &[Kind] = &[
        Kind::FlowLog,
        Kind::Instance,
        Kind::NetworkInterface,
        Kind::InstanceConnectEndpoint,
        Kind::InterfaceEndpoint,
        Kind::GatewayEndpoint,
        Kind::NatGateway,
        Kind::ElasticIp,
        Kind::TransitGatewayPeeringAttachment,
        Kind::TransitGatewayVpcAttachment,
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

/// The steps that wait for each other in a circle; empty when all can be ordered.
pub(super) fn circle(steps: &[Step]) -> Vec<usize> {
    let mut open: Vec<usize> = steps.iter().map(|step| step.after.len()).collect();
    let mut followers = vec![Vec::new(); steps.len()];
    for (at, step) in steps.iter().enumerate() {
        for before in &step.after {
            if let Some(list) = followers.get_mut(*before) {
                list.push(at);
            }
        }
    }
    let mut free: Vec<usize> =
        open.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
    let mut ordered = vec![false; steps.len()];
    while let Some(at) = free.pop() {
        if let Some(done) = ordered.get_mut(at) {
            *done = true;
        }
        for follower in followers.get(at).into_iter().flatten() {
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
