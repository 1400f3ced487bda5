//! Whether an object has the state that is waited for.

use crate::deploy::{kinds::vpn_standing, look::Look, observed::Observed, plan::Until};

/// Compares what was seen with what is waited for.
pub fn look(until: Until, live: &str, seen: &Observed) -> Look {
    match until {
        Until::Gone => gone(live, seen),
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
        Until::Standing => seen.objects.get(live).map_or(Look::Absent, vpn_standing),
        Until::Detached => {
            let attached = seen.network_interfaces.get(live).filter(|it| it.attachment.is_some());
            let joined = seen.objects.get(live).and_then(|it| it.spec.held_by().next());
            let state = attached.map(|it| &it.status).or(joined.map(|it| &it.state));
            state.map_or(Look::Reached, |state| Look::NotYet(state.clone()))
        }
        Until::EndpointAvailable => {
            let endpoint = seen.vpc_endpoints.get(live);
            reached(endpoint.map(|it| &it.state), "available", endpoint.and_then(|it| it.last_error.clone()))
        }
    }
}

fn reached(state: Option<&String>, wanted: &str, reason: Option<String>) -> Look {
    Look::at(state.map(String::as_str), wanted, reason.as_deref())
}

fn gone(live: &str, seen: &Observed) -> Look {
    let state = seen
        .nat_gateways
        .get(live)
        .map(|it| &it.state)
        .or_else(|| seen.instances.get(live).map(|it| &it.state))
        .or_else(|| seen.vpc_endpoints.get(live).map(|it| &it.state))
        .or_else(|| seen.objects.get(live).map(|it| &it.state));
    match state.map(String::as_str) {
        None | Some("deleted" | "terminated" | "delete-complete" | "rejected") => Look::Reached,
        Some(state) => Look::NotYet(state.to_owned()),
    }
}
