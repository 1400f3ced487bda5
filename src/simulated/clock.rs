//! What changes by itself as time passes.

use serde::{Deserialize, Serialize};

use super::state::SimulatedCloud;
use crate::cloud::{Call, DescribeKind};

/// Something that will happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Due {
    pub at_ms: u64,
    pub id: String,
    pub change: Change,
}

/// What happens to the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Change {
    VpcAvailable,
    SubnetAvailable,
    BlockAssociated,
    BlockDisassociated,
    Ipv6BlockAssociated,
    Ipv6BlockDisassociated,
    SubnetBlockAssociated,
    SubnetBlockDisassociated,
    NatSettled,
    NatDeleted,
    NatForgotten,
    InstanceRunning,
    InstanceStopped,
    InstanceTerminated,
    InstanceForgotten,
    EndpointAvailable,
    EndpointDeleted,
    EndpointForgotten,
    InterfaceSettled,
    NatAddressSettled,
    ObjectSoon,
    ObjectLater,
    ObjectDeleted,
    ForeignGone,
}

const SECOND: u64 = 1_000;
/// EC2 lists NAT gateways and instances for about an hour after their end.
const TOMBSTONE: u64 = 3_600 * SECOND;

impl Change {
    /// How long it takes, in milliseconds, as it usually does in practice.
    fn takes_ms(self) -> u64 {
        match self {
            Self::VpcAvailable => 2 * SECOND,
            Self::ObjectSoon | Self::InterfaceSettled => 4 * SECOND,
            Self::NatAddressSettled => 20 * SECOND,
            Self::ObjectLater => 75 * SECOND,
            Self::ObjectDeleted => 25 * SECOND,
            // Whoever puts it there says for how long.
            Self::ForeignGone => 0,
            Self::SubnetAvailable => SECOND,
            Self::SubnetBlockAssociated | Self::SubnetBlockDisassociated => 3 * SECOND,
            Self::BlockAssociated
            | Self::BlockDisassociated
            | Self::Ipv6BlockAssociated
            | Self::Ipv6BlockDisassociated => 5 * SECOND,
            Self::NatSettled => 90 * SECOND,
            Self::NatDeleted => 45 * SECOND,
            Self::InstanceRunning => 15 * SECOND,
            Self::InstanceStopped => 30 * SECOND,
            Self::InstanceTerminated => 40 * SECOND,
            Self::EndpointDeleted => 50 * SECOND,
            Self::EndpointAvailable | Self::EndpointForgotten => 60 * SECOND,
            Self::NatForgotten | Self::InstanceForgotten => TOMBSTONE,
        }
    }
}

impl SimulatedCloud {
    /// Moves the virtual clock on and lets everything happen that is due by then.
    pub fn advance(&mut self, ms: u64) {
        self.settle(self.now_ms.saturating_add(ms));
    }

    /// When the next object changes by itself, in milliseconds of the virtual clock.
    pub fn next_change_ms(&self) -> Option<u64> {
        self.due.first().map(|due| due.at_ms)
    }

    /// How long the reply to a call usually takes, in milliseconds.
    pub fn latency_ms(call: &Call) -> u64 {
        call.usual_ms()
    }

    /// How long an object of this kind takes from the call that makes it until it stands, or from the one
    /// that removes it until it is gone; in milliseconds. 0 where the call is all.
    pub fn settles_ms(kind: DescribeKind, ends: bool) -> u64 {
        let change = match (kind, ends) {
            (DescribeKind::Vpcs, false) => Change::VpcAvailable,
            (DescribeKind::Subnets, false) => Change::SubnetAvailable,
            (DescribeKind::NatGateways, false) => Change::NatSettled,
            (DescribeKind::NatGateways, true) => Change::NatDeleted,
            (DescribeKind::Instances, false) => Change::InstanceRunning,
            (DescribeKind::Instances, true) => Change::InstanceTerminated,
            (DescribeKind::VpcEndpoints, false) => Change::EndpointAvailable,
            (DescribeKind::VpcEndpoints, true) => Change::EndpointDeleted,
            _ => return 0,
        };
        change.takes_ms()
    }

    /// Plans a change of an object.
    pub(super) fn plan(&mut self, id: &str, change: Change) {
        let at_ms = self.now_ms + change.takes_ms();
        let at = self.due.partition_point(|due| due.at_ms <= at_ms);
        self.due.insert(at, Due { at_ms, id: id.to_owned(), change });
    }

    /// Lets everything happen that is due at `now_ms`; each thing at its own time, so that what
    /// follows from it is counted from there.
    pub(super) fn settle(&mut self, now_ms: u64) {
        let until = now_ms.max(self.now_ms);
        while self.due.first().is_some_and(|due| due.at_ms <= until) {
            let due = self.due.remove(0);
            self.now_ms = self.now_ms.max(due.at_ms);
            self.happen(&due.id, due.change);
        }
        self.now_ms = until;
    }

    /// Lets one thing happen now, whenever it was due.
    pub(super) fn settle_at_once(&mut self, due: Due) {
        self.happen(&due.id, due.change);
    }

    fn happen(&mut self, id: &str, change: Change) {
        match change {
            Change::VpcAvailable => {
                if let Some(vpc) = self.vpcs.get_mut(id) {
                    "available".clone_into(&mut vpc.live.state);
                }
            }
            Change::SubnetAvailable => {
                if let Some(subnet) = self.subnets.get_mut(id) {
                    "available".clone_into(&mut subnet.state);
                }
            }
            Change::BlockAssociated => self.block_associated(id),
            Change::BlockDisassociated => self.block_disassociated(id),
            Change::Ipv6BlockAssociated => self.ipv6_block_associated(id),
            Change::Ipv6BlockDisassociated => self.ipv6_block_disassociated(id),
            Change::SubnetBlockAssociated => self.subnet_block_associated(id),
            Change::SubnetBlockDisassociated => self.subnet_block_disassociated(id),
            Change::NatSettled => self.nat_settled(id),
            Change::NatDeleted => self.nat_deleted(id),
            Change::InstanceRunning => self.instance_running(id),
            Change::InstanceStopped => self.instance_stopped(id),
            Change::InstanceTerminated => self.instance_terminated(id),
            Change::EndpointAvailable => self.endpoint_available(id),
            Change::InterfaceSettled => self.interface_settled(id),
            Change::NatAddressSettled => self.nat_address_settled(id),
            Change::ObjectSoon | Change::ObjectLater => self.object_settled(id),
            Change::ObjectDeleted => self.object_deleted(id),
            Change::ForeignGone => self.drop_interface(id),
            Change::EndpointDeleted => self.endpoint_deleted(id),
            Change::NatForgotten | Change::InstanceForgotten | Change::EndpointForgotten => {
                self.nat_gateways.remove(id);
                self.instances.remove(id);
                self.vpc_endpoints.remove(id);
                self.forget(id);
            }
        }
    }
}
