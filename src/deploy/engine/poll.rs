//! Whether an object has the state that is waited for.

use crate::{
    deploy::{desired::Desired, observed::Observed, plan::Until},
    model::{ResourceId, ResourceKind},
    t,
};

/// What a look showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// It is so.
    Reached,
    /// Not yet; the state now, for the reader.
    NotYet(String),
    /// It will never be, with the reason.
    Never(String),
    /// It is not listed at all.
    Absent,
}

/// Compares what was seen with what is waited for.
pub fn look(until: Until, live: &str, resource: &ResourceId, desired: &Desired, seen: &Observed) -> Look {
    match until {
        Until::Gone => gone(live, seen),
        Until::BlocksAssociated => blocks(live, resource, desired, seen),
        Until::Available => {
            let vpc = seen.vpcs.get(live).map(|it| &it.state);
            reached(vpc.or_else(|| seen.subnets.get(live).map(|it| &it.state)), "available", None)
        }
        Until::NatAvailable => {
            let nat = seen.nat_gateways.get(live);
            let reason = nat.and_then(|it| {
                let code = it.failure_code.clone().unwrap_or_default();
                it.failure_message.as_ref().map(|message| format!("{code}: {message}"))
            });
            reached(nat.map(|it| &it.state), "available", reason)
        }
        Until::InstanceRunning => {
            let instance = seen.instances.get(live);
            let reason = instance.and_then(|it| it.state_reason.clone());
            reached(instance.map(|it| &it.state), "running", reason)
        }
        Until::EndpointAvailable => {
            let endpoint = seen.vpc_endpoints.get(live);
            reached(endpoint.map(|it| &it.state), "available", endpoint.and_then(|it| it.last_error.clone()))
        }
    }
}

fn reached(state: Option<&String>, wanted: &str, reason: Option<String>) -> Look {
    let Some(state) = state else {
        return Look::Absent;
    };
    if state == wanted {
        return Look::Reached;
    }
    if crate::deploy::observed::is_going(state) {
        return Look::Never(t!(
            "deploy-never",
            state = state,
            reason = reason.unwrap_or_else(|| state.clone())
        ));
    }
    Look::NotYet(state.clone())
}

fn gone(live: &str, seen: &Observed) -> Look {
    let state = seen
        .nat_gateways
        .get(live)
        .map(|it| &it.state)
        .or_else(|| seen.instances.get(live).map(|it| &it.state))
        .or_else(|| seen.vpc_endpoints.get(live).map(|it| &it.state));
    match state.map(String::as_str) {
        None | Some("deleted" | "terminated") => Look::Reached,
        Some(state) => Look::NotYet(state.to_owned()),
    }
}

fn blocks(live: &str, resource: &ResourceId, desired: &Desired, seen: &Observed) -> Look {
    let Some(vpc) = seen.vpcs.get(live) else {
        return Look::Absent;
    };
    let wanted = desired.topology.kind(resource).and_then(ResourceKind::as_vpc);
    for block in wanted.into_iter().flat_map(|wanted| &wanted.secondary_cidr_blocks) {
        let block = block.to_string();
        let now = vpc.cidr_block_associations.iter().rev().find(|it| it.cidr_block == block);
        match now.map(|it| (it.state.as_str(), &it.status_message)) {
            Some(("associated", _)) => {}
            Some((state @ ("failed" | "failing"), message)) => {
                let reason = message.clone().unwrap_or_else(|| state.to_owned());
                return Look::Never(t!("deploy-never", state = state, reason = reason));
            }
            Some((state, _)) => return Look::NotYet(state.to_owned()),
            None => return Look::NotYet(block),
        }
    }
    Look::Reached
}
