//! What to do when something of others is in what is to be removed: name it, wait for it if it goes by
//! itself, or leave it.

use super::{
    policy::{Doing, back_off},
    task::{Phase, Task, Verdict, World},
};
use crate::{
    cloud::{Call, CloudError, DescribeKind, ErrorKind, Filter, Live, LiveNetworkInterface, Reply},
    deploy::occupants::{Occupant, list, occupants},
    t,
};

/// The call that lists the interfaces in what a call removes; `None` where none can be in its way.
pub(super) fn asks(call: &Call) -> Option<Call> {
    let filter = match call {
        Call::DeleteSubnet { subnet_id } => Filter::one("subnet-id", subnet_id),
        Call::DeleteSecurityGroup { group_id } => Filter::one("group-id", group_id),
        Call::DeleteVpc { vpc_id } | Call::DetachInternetGateway { vpc_id, .. } => {
            Filter::one("vpc-id", vpc_id)
        }
        _ => return None,
    };
    Some(Call::Describe { kind: DescribeKind::NetworkInterfaces, filters: vec![filter], ids: Vec::new() })
}

/// What is removed.
fn removed(call: &Call) -> &str {
    match call {
        Call::DeleteSubnet { subnet_id } => subnet_id,
        Call::DeleteSecurityGroup { group_id } => group_id,
        Call::DeleteVpc { vpc_id } => vpc_id,
        Call::DetachInternetGateway { internet_gateway_id, .. } => internet_gateway_id,
        _ => call.name(),
    }
}

/// Of the interfaces, those that are in the way: a gateway is held by public addresses only.
fn in_the_way(call: &Call, interface: &LiveNetworkInterface) -> bool {
    !matches!(call, Call::DetachInternetGateway { .. }) || interface.association.is_some()
}

impl Task {
    /// Whether an error says that something may be in the way, so that it is looked who it is.
    pub(super) fn looks_who(call: &Call, error: &CloudError) -> bool {
        error.kind == ErrorKind::DependencyViolation && asks(call).is_some()
    }

    /// What the interfaces say. They are listed again before each try, since new ones can come.
    pub(super) fn occupied(
        &mut self,
        call: Call,
        error: &CloudError,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        self.phase = Phase::Remove(call.clone());
        let Ok(Reply::Described(Live::NetworkInterfaces(seen))) = result else {
            return self.again(&call, error, Doing::Removing, now_ms);
        };
        let mut held = occupants(seen.iter().filter(|it| in_the_way(&call, it)), world.ours);
        if let Call::DeleteVpc { vpc_id } = &call {
            let others = world.foreign.iter().filter(|(vpc, _)| vpc == vpc_id);
            held.extend(others.map(|(_, occupant)| occupant.clone()));
        }
        if held.is_empty() {
            return self.again(&call, error, Doing::Removing, now_ms);
        }
        let id = removed(&call);
        if world.leave_foreign {
            let detail = t!("deploy-left", id = id, by = list(&held));
            return Verdict::Left { held, detail };
        }
        let elapsed = now_ms.saturating_sub(self.began_ms);
        // One that stays decides: nothing is gained by waiting for the others.
        let patience = held.iter().map(|it| it.patience_ms).min().unwrap_or_default();
        if elapsed >= patience {
            let detail = t!("deploy-held", id = id, by = list(&held));
            return Verdict::Blocked { held, detail };
        }
        self.tries += 1;
        let detail = waiting(id, &held, elapsed / 1_000);
        Verdict::Held { ms: back_off(self.tries - 1, 5_000, 30_000), held, detail }
    }
}

fn waiting(id: &str, held: &[Occupant], secs: u64) -> String {
    let usual = held.iter().filter_map(|it| it.usual_secs).max();
    match usual.filter(|_| held.iter().all(|it| it.usual_secs.is_some())) {
        Some(usual) => {
            t!("deploy-held-wait", id = id, by = list(held), secs = secs, usual = usual.div_ceil(60))
        }
        None => t!("deploy-held-look", id = id, by = list(held)),
    }
}
