//! What must be gone before something new can be there.

use super::{Work, build::Builder};
use crate::{
    deploy::{desired::kind_of, kinds::Aspect},
    model::{Resource, ResourceId, ResourceKind},
};

impl Builder<'_> {
    /// What must be gone before this step, because two cannot be there at a time: overlapping
    /// blocks, two gateways on a VPC, two users of an address.
    pub(super) fn exclusive(&mut self, resource: &Resource, step: usize) {
        let gone = |live: &String| !self.kept.contains_key(live);
        let ends: Vec<String> = match &resource.kind {
            ResourceKind::Subnet(it) => {
                let block = it.cidr_block;
                let overlaps =
                    |text: &str| text.parse().is_ok_and(|net| crate::net::cidr::overlap(&net, &block));
                let mut subnets: Vec<_> = self.observed.subnets.values().collect();
                subnets.retain(|subnet| overlaps(&subnet.cidr_block));
                subnets.into_iter().map(|subnet| subnet.subnet_id.clone()).filter(gone).collect()
            }
            ResourceKind::InternetGateway(it) => {
                let others = self.observed.internet_gateways.keys().filter(|live| gone(live)).cloned();
                let wanted = it.vpc_id.as_ref().map(|vpc| self.ids.of(vpc));
                others.chain(self.mapped_before(&resource.id, wanted.as_deref())).collect()
            }
            ResourceKind::EgressOnlyInternetGateway(_) => self
                .observed
                .egress_only_internet_gateways
                .keys()
                .filter(|live| gone(live))
                .cloned()
                .collect(),
            ResourceKind::VpnGateway(_) | ResourceKind::TransitGatewayVpcAttachment(_) => {
                let kind = resource.kind.kind();
                let same = self.observed.objects.values().filter(|it| kind_of(it.spec.kind()) == kind);
                same.map(|it| it.id.clone()).filter(gone).collect()
            }
            ResourceKind::NatGateway(it) => {
                let address = it.allocation_id.as_ref().map(|id| self.ids.of(id));
                let uses = |nat: &&crate::cloud::LiveNatGateway| {
                    nat.nat_gateway_addresses.iter().any(|used| used.allocation_id == address)
                };
                let nats = self.observed.nat_gateways.values().filter(uses);
                nats.map(|nat| nat.nat_gateway_id.clone()).filter(gone).collect()
            }
            ResourceKind::Vpc(_) => {
                let subnets = self.observed.subnets.keys().filter(|live| gone(live));
                let removes =
                    self.steps.get(step).is_some_and(|step| step.work == Work::Mend(Aspect::RemoveBlocks));
                subnets.filter(|_| removes).cloned().collect()
            }
            _ => Vec::new(),
        };
        self.after_end.extend(ends.into_iter().map(|live| (step, live)));
    }

    /// What must end before a gateway can leave its VPC for another one or for none: whatever has a
    /// public address there.
    fn mapped_before(&self, gateway: &ResourceId, wanted: Option<&str>) -> Vec<String> {
        let live = self.ids.get(gateway).and_then(|id| self.observed.internet_gateways.get(id));
        let from = live.and_then(|it| it.attachments.first()).map(|it| it.vpc_id.as_str());
        let Some(from) = from.filter(|from| Some(*from) != wanted) else { return Vec::new() };
        let nats = self.observed.nat_gateways.values().filter(|it| it.vpc_id == from);
        let instances = self.observed.instances.values().filter(|it| it.vpc_id.as_deref() == Some(from));
        nats.map(|it| it.nat_gateway_id.clone()).chain(instances.map(|it| it.instance_id.clone())).collect()
    }
}
