//! What is waited for after the creation of a kind.

use super::Until;
use crate::{
    deploy::{kinds::vpn_standing, look::Look, observed::Observed},
    model::Kind,
};

/// What is waited for after the creation of a kind.
pub(super) fn settled(kind: Kind) -> Option<Until> {
    match kind {
        Kind::Vpc | Kind::Subnet => Some(Until::Available),
        Kind::NatGateway | Kind::RegionalNatGateway => Some(Until::NatAvailable),
        Kind::Instance => Some(Until::InstanceRunning),
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => Some(Until::EndpointAvailable),
        Kind::VpcPeeringConnection
        | Kind::ManagedPrefixList
        | Kind::VpnGateway
        | Kind::VpnConnection
        | Kind::TransitGateway
        | Kind::TransitGatewayVpcAttachment
        | Kind::TransitGatewayPeeringAttachment
        | Kind::TransitGatewayRouteTable
        | Kind::InstanceConnectEndpoint => Some(Until::Standing),
        _ => None,
    }
}

pub(super) fn is_pending(observed: &Observed, kind: Kind, live: &str) -> bool {
    let state = match kind {
        Kind::Vpc => observed.vpcs.get(live).map(|it| &it.state),
        Kind::Subnet => observed.subnets.get(live).map(|it| &it.state),
        Kind::NatGateway | Kind::RegionalNatGateway => observed.nat_gateways.get(live).map(|it| &it.state),
        Kind::Instance => observed.instances.get(live).map(|it| &it.state),
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => {
            observed.vpc_endpoints.get(live).map(|it| &it.state)
        }
        _ => {
            if let Some(object) = observed.objects.get(live) {
                return matches!(vpn_standing(object), Look::NotYet(_));
            }
            observed.nat_gateways.get(live).map(|it| &it.state)
        }
    };
    state.is_some_and(|state| state == "pending")
}
