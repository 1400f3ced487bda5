//! What must be gone before something new can be there.

use std::net::Ipv4Addr;

use super::{Work, build::Builder, needs::Point};
use crate::{
    cloud::{LiveNatGatewayAddress, LiveNetworkInterface},
    deploy::{desired::kind_of, kinds::Aspect},
    model::{Resource, ResourceId, ResourceKind},
};

impl Builder<'_> {
    /// What must be gone before this step, because two cannot be there at a time: overlapping
    /// blocks, two gateways on a VPC, two users of an address.
    pub(super) fn exclusive(&mut self, resource: &Resource, step: usize) {
        let Some(work) = self.steps.get(step).map(|it| &it.work) else { return };
        if *work == Work::Mend(Aspect::Tags) {
            return;
        }
        let gone = |live: &String| !self.kept.contains_key(live);
        let ends: Vec<String> = match &resource.kind {
            ResourceKind::Subnet(it) => {
                let block = it.cidr_block;
                let overlaps =
                    |text: &str| text.parse().is_ok_and(|net| crate::net::cidr::overlap(&net, &block));
                let going = self.observed.subnets.values().filter(|it| gone(&it.subnet_id));
                going.filter(|it| overlaps(&it.cidr_block)).map(|it| it.subnet_id.clone()).collect()
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
            ResourceKind::Vpc(_) => {
                let subnets = self.observed.subnets.keys().filter(|live| gone(live));
                let removes = *work == Work::Mend(Aspect::RemoveBlocks);
                subnets.filter(|_| removes).cloned().collect()
            }
            // Its public address would keep a gateway from being detached that goes from its VPC.
            ResourceKind::Instance(it)
                if matches!(work, Work::Create { .. }) && self.desired.index.is_launched_public(it) =>
            {
                self.observed.internet_gateways.keys().filter(|live| gone(live)).cloned().collect()
            }
            _ => Vec::new(),
        };
        self.after_end.extend(ends.into_iter().map(|live| (step, live)));
        self.after_release(resource, step);
    }

    /// An address, or a place on an instance, is free for this step only once another has let it go, or
    /// has come to its end.
    fn after_release(&mut self, resource: &Resource, step: usize) {
        let Some(work) = self.steps.get(step).map(|it| it.work.clone()) else { return };
        let makes = matches!(work, Work::Create { .. });
        let (holders, let_go) = match (&resource.kind, &work) {
            (ResourceKind::NetworkInterface(it), Work::Mend(Aspect::GatewayAttachment)) => {
                (self.attached_to(it.instance_id.as_ref()), Aspect::Detachment)
            }
            (kind, Work::Create { .. } | Work::Mend(Aspect::InterfaceAddresses | Aspect::NatAddresses)) => {
                (self.address_holders(kind, makes), Aspect::AddressRelease)
            }
            (ResourceKind::ElasticIp(_), Work::Mend(Aspect::AddressAssociation)) => {
                (self.gateways_with(&[self.ids.of(&resource.id)]), Aspect::AddressRelease)
            }
            _ => return,
        };
        for live in holders {
            match self.kept.get(&live).cloned() {
                Some(holder) => self.after_point.push((step, (holder, Point::Mended(let_go)))),
                None => self.after_end.push((step, live)),
            }
        }
    }

    /// What has an address now that a resource shall have.
    fn address_holders(&self, kind: &ResourceKind, makes: bool) -> Vec<String> {
        match kind {
            ResourceKind::NatGateway(it) => {
                let wanted = it.allocation_id.iter().chain(&it.secondary_allocation_ids);
                let wanted: Vec<String> = wanted.map(|id| self.ids.of(id)).collect();
                let mut holders = self.gateways_with(&wanted);
                holders.extend(self.holders(&it.subnet_id, it.private_ip.iter().filter(|_| makes)));
                holders
            }
            ResourceKind::RegionalNatGateway(it) => {
                let zones = it.availability_zone_addresses.iter();
                let wanted: Vec<String> =
                    zones.flat_map(|it| &it.allocation_ids).map(|id| self.ids.of(id)).collect();
                self.gateways_with(&wanted)
            }
            ResourceKind::Instance(it) => {
                let wanted = it.private_ip.iter().filter(|_| makes).chain(&it.secondary_private_ips);
                self.holders(&it.subnet_id, wanted)
            }
            ResourceKind::NetworkInterface(it) => {
                let wanted = it.private_ip.iter().filter(|_| makes).chain(&it.secondary_private_ips);
                self.holders(&it.subnet_id, wanted)
            }
            _ => Vec::new(),
        }
    }

    /// The NAT gateways that have one of these Elastic IP addresses.
    fn gateways_with(&self, allocations: &[String]) -> Vec<String> {
        let has =
            |it: &LiveNatGatewayAddress| it.allocation_id.as_ref().is_some_and(|id| allocations.contains(id));
        let gateways = self.observed.nat_gateways.values();
        let gateways = gateways.filter(|it| it.nat_gateway_addresses.iter().any(has));
        gateways.map(|it| it.nat_gateway_id.clone()).collect()
    }

    /// What has one of these private addresses of a subnet: an instance, or an interface of its own.
    fn holders<'a>(&self, subnet: &ResourceId, wanted: impl Iterator<Item = &'a Ipv4Addr>) -> Vec<String> {
        let wanted: Vec<String> = wanted.map(ToString::to_string).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let subnet = self.ids.of(subnet);
        let has = |it: &&LiveNetworkInterface| {
            let mut addresses = std::iter::once(&it.private_ip_address).chain(&it.secondary_private_ips);
            it.subnet_id == subnet && addresses.any(|it| wanted.contains(it))
        };
        let interfaces = self.observed.network_interfaces.values().filter(has);
        let owner = |it: &LiveNetworkInterface| {
            let primary = it.attachment.as_ref().filter(|it| it.device_index == 0);
            let instance = primary.and_then(|it| it.instance_id.clone());
            instance.unwrap_or_else(|| it.network_interface_id.clone())
        };
        interfaces.map(owner).collect()
    }

    /// The interfaces beside the primary one that an instance has now.
    fn attached_to(&self, instance: Option<&ResourceId>) -> Vec<String> {
        let Some(instance) = instance.and_then(|id| self.ids.get(id)) else { return Vec::new() };
        let is_its = |it: &&LiveNetworkInterface| {
            let attachment = it.attachment.as_ref().filter(|it| it.device_index > 0);
            attachment.is_some_and(|it| it.instance_id.as_deref() == Some(instance))
        };
        let interfaces = self.observed.network_interfaces.values().filter(is_its);
        interfaces.map(|it| it.network_interface_id.clone()).collect()
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
