//! What is waited for after the creation of a kind.

use super::Until;
use crate::{deploy::observed::Observed, model::Kind};

/// What is waited for after the creation of a kind.
pub(super) fn settled(kind: Kind) -> Option<Until> {
    match kind {
        Kind::Vpc | Kind::Subnet => Some(Until::Available),
        Kind::NatGateway => Some(Until::NatAvailable),
        Kind::Instance => Some(Until::InstanceRunning),
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => Some(Until::EndpointAvailable),
        _ => None,
    }
}

pub(super) fn is_pending(observed: &Observed, live: &str) -> bool {
    let state = observed
        .vpcs
        .get(live)
        .map(|it| &it.state)
        .or_else(|| observed.subnets.get(live).map(|it| &it.state))
        .or_else(|| observed.nat_gateways.get(live).map(|it| &it.state))
        .or_else(|| observed.instances.get(live).map(|it| &it.state))
        .or_else(|| observed.vpc_endpoints.get(live).map(|it| &it.state));
    state.is_some_and(|state| state == "pending")
}
