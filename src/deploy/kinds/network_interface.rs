//! Network interfaces: what can be changed of those of their own, and the further addresses of those
//! that instances bring.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Ipv4Addr, Ipv6Addr},
};

use super::{Aspect, Context, Frozen};
use crate::{
    cloud::{
        Call, Change, DescribeKind, Filter, GroupIdentifier, LiveInterfaceAttachment, LiveNetworkInterface,
        Spec, Tags,
    },
    deploy::{look::Look, observed::Observed},
    model::{Instance, Kind, NetworkInterface, ResourceId, ResourceKind},
};

fn texts(addresses: &[Ipv4Addr]) -> Vec<String> {
    addresses.iter().map(ToString::to_string).collect()
}

fn ipv6(addresses: &[Ipv6Addr], subnet: &ResourceId, cx: Context<'_>) -> Vec<String> {
    let vpc = cx.desired.index.vpc_of(subnet);
    addresses.iter().map(|it| cx.real_ipv6_address(vpc, *it).to_string()).collect()
}

fn groups(interface: &NetworkInterface, cx: Context<'_>) -> Vec<String> {
    if !interface.security_group_ids.is_empty() {
        return cx.ids.of_all(&interface.security_group_ids);
    }
    let vpc = cx.desired.index.vpc_of(&interface.subnet_id);
    let default = vpc.and_then(|vpc| cx.desired.index.default_security_group(vpc));
    default.map(|group| cx.ids.of(group)).into_iter().collect()
}

/// The further addresses that one is made with. Where AWS picks the primary one, it could pick any of them:
/// they come afterwards.
fn at_birth(interface: &NetworkInterface) -> Vec<String> {
    if interface.private_ip.is_some() { texts(&interface.secondary_private_ips) } else { Vec::new() }
}

pub fn create(interface: &NetworkInterface, tags: Tags, token: Option<String>, cx: Context<'_>) -> Call {
    let spec = Spec::NetworkInterface {
        subnet_id: cx.ids.of(&interface.subnet_id),
        description: interface.description.clone(),
        private_ip_address: interface.private_ip.map(|it| it.to_string()),
        secondary_private_ips: at_birth(interface),
        ipv6_addresses: ipv6(&interface.ipv6_addresses, &interface.subnet_id, cx),
        security_group_ids: groups(interface, cx),
    };
    Call::CreateObject { spec: Box::new(spec), tags, client_token: token }
}

pub fn newborn(interface: &NetworkInterface, id: String, cx: Context<'_>, observed: &mut Observed) {
    let group = |group_id| GroupIdentifier { group_id, ..GroupIdentifier::default() };
    let live = LiveNetworkInterface {
        network_interface_id: id.clone(),
        subnet_id: cx.ids.of(&interface.subnet_id),
        interface_type: "interface".to_owned(),
        status: "available".to_owned(),
        description: interface.description.clone(),
        private_ip_address: interface.private_ip.map(|it| it.to_string()).unwrap_or_default(),
        secondary_private_ips: at_birth(interface),
        ipv6_addresses: ipv6(&interface.ipv6_addresses, &interface.subnet_id, cx),
        groups: groups(interface, cx).into_iter().map(group).collect(),
        source_dest_check: true,
        ..LiveNetworkInterface::default()
    };
    observed.network_interfaces.insert(id, live);
}

/// The primary interface that a new instance brings.
pub fn newborn_primary(instance: &Instance, id: &str, cx: Context<'_>, observed: &mut Observed) {
    let live = LiveNetworkInterface {
        network_interface_id: format!("{id}/eni"),
        subnet_id: cx.ids.of(&instance.subnet_id),
        attachment: Some(LiveInterfaceAttachment {
            instance_id: Some(id.to_owned()),
            ..LiveInterfaceAttachment::default()
        }),
        ..LiveNetworkInterface::default()
    };
    observed.network_interfaces.insert(live.network_interface_id.clone(), live);
}

pub fn frozen(
    interface: &NetworkInterface,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
    out: &mut Vec<Frozen>,
) {
    let Some(live) = observed.network_interfaces.get(id) else { return };
    Frozen::check(out, "subnet_id", &live.subnet_id, &cx.ids.shown(&interface.subnet_id));
    if let Some(address) = interface.private_ip {
        Frozen::check(out, "private_ip", &live.private_ip_address, &address.to_string());
    }
}

fn call(id: &str, change: Change) -> Call {
    Call::ChangeObject { id: id.to_owned(), change }
}

/// What brings one aspect of an interface of its own to what is drawn.
pub fn diff(
    aspect: Aspect,
    (resource, interface): (&ResourceId, &NetworkInterface),
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(live) = observed.network_interfaces.get(id) else { return Vec::new() };
    match aspect {
        Aspect::Settings => settings(interface, live, cx),
        Aspect::AddressRelease | Aspect::InterfaceAddresses => {
            let wanted = (interface.secondary_private_ips.as_slice(), interface.ipv6_addresses.as_slice());
            addresses(aspect, live, wanted, &interface.subnet_id, cx)
        }
        Aspect::Detachment => {
            let leaves = leaving(interface, live, cx).filter(|it| it.status != "detaching");
            let attachment_id = leaves.map(|it| it.attachment_id.clone());
            let detach = |attachment_id| call(id, Change::DetachNetworkInterface { attachment_id });
            attachment_id.map(detach).into_iter().collect()
        }
        Aspect::GatewayAttachment => {
            let instance_id = interface.instance_id.as_ref().map(|instance| cx.ids.of(instance));
            let is_free = live.attachment.is_none() || leaving(interface, live, cx).is_some();
            let Some(instance_id) = instance_id.filter(|_| is_free) else { return Vec::new() };
            let device_index = device_index((resource, interface), id, &instance_id, cx, observed);
            vec![call(id, Change::AttachNetworkInterface { instance_id, device_index })]
        }
        _ => Vec::new(),
    }
}

/// Whether what was mended has taken effect.
pub fn settling(
    aspect: Aspect,
    interface: &NetworkInterface,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Look {
    let Some(live) = observed.network_interfaces.get(id) else { return Look::Absent };
    let waits_for = match aspect {
        Aspect::Detachment => leaving(interface, live, cx),
        Aspect::GatewayAttachment => live.attachment.as_ref().filter(|it| it.status != "attached"),
        _ => None,
    };
    waits_for.map_or(Look::Reached, |it| Look::NotYet(it.status.clone()))
}

/// Description, groups and the source/destination check.
fn settings(interface: &NetworkInterface, live: &LiveNetworkInterface, cx: Context<'_>) -> Vec<Call> {
    let wanted = groups(interface, cx);
    let now: BTreeSet<&str> = live.groups.iter().map(|it| it.group_id.as_str()).collect();
    let mut changes = Vec::new();
    if live.description != interface.description {
        changes.push(Change::SetInterfaceDescription { description: interface.description.clone() });
    }
    if !wanted.is_empty() && now != wanted.iter().map(String::as_str).collect() {
        changes.push(Change::SetInterfaceGroups { security_group_ids: wanted });
    }
    if live.source_dest_check != interface.source_dest_check {
        let source_dest_check = interface.source_dest_check;
        changes.push(Change::SetInterfaceSourceDestCheck { source_dest_check });
    }
    changes.into_iter().map(|change| call(&live.network_interface_id, change)).collect()
}

/// The call that lists the interfaces of an instance.
pub fn of_instance(id: String) -> Call {
    let filters = vec![Filter::one("attachment.instance-id", id)];
    Call::Describe { kind: DescribeKind::NetworkInterfaces, filters, ids: Vec::new() }
}

fn primary<'a>(id: &str, cx: Context<'_>, observed: &'a Observed) -> Option<&'a LiveNetworkInterface> {
    if let Some(places) = cx.places {
        return places.primary_interfaces.get(id).and_then(|id| observed.network_interfaces.get(id));
    }
    observed.network_interfaces.values().find(|it| {
        let attachment = it.attachment.as_ref();
        attachment.is_some_and(|it| it.device_index == 0 && it.instance_id.as_deref() == Some(id))
    })
}

/// The further addresses of the primary interface of an instance.
pub fn instance_addresses(
    aspect: Aspect,
    instance: &Instance,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(live) = primary(id, cx, observed) else { return Vec::new() };
    let wanted = (instance.secondary_private_ips.as_slice(), instance.ipv6_addresses.as_slice());
    addresses(aspect, live, wanted, &instance.subnet_id, cx)
}

/// The interface of a new instance may not show at once, and gets its further addresses once it does.
pub fn instance_settling(instance: &Instance, id: &str, cx: Context<'_>, observed: &Observed) -> Look {
    let is_plain = instance.secondary_private_ips.is_empty() && instance.ipv6_addresses.is_empty();
    if is_plain || primary(id, cx, observed).is_some() {
        Look::Reached
    } else {
        Look::NotYet("pending".to_owned())
    }
}

/// What an interface gives up, or what it gets. Where the subnet gives IPv6 addresses by itself, those
/// that are not drawn stay.
fn addresses(
    aspect: Aspect,
    live: &LiveNetworkInterface,
    (wanted, wanted_ipv6): (&[Ipv4Addr], &[Ipv6Addr]),
    subnet: &ResourceId,
    cx: Context<'_>,
) -> Vec<Call> {
    let (wanted, wanted_ipv6) = (texts(wanted), ipv6(wanted_ipv6, subnet, cx));
    let (now, now_ipv6) = (&live.secondary_private_ips, &live.ipv6_addresses);
    let missing = |wanted: &[String], now: &[String]| -> Option<Vec<String>> {
        let missing: Vec<String> = wanted.iter().filter(|it| !now.contains(it)).cloned().collect();
        (!missing.is_empty()).then_some(missing)
    };
    let subnet = cx.desired.index.kind(subnet).and_then(ResourceKind::as_subnet);
    let by_itself = subnet.is_some_and(|it| it.assign_ipv6_address_on_creation);
    let changes = if aspect == Aspect::AddressRelease {
        let stale_ipv6 = if by_itself { None } else { missing(now_ipv6, &wanted_ipv6) };
        [
            missing(now, &wanted)
                .map(|private_ip_addresses| Change::UnassignPrivateIpAddresses { private_ip_addresses }),
            stale_ipv6.map(|ipv6_addresses| Change::UnassignIpv6Addresses { ipv6_addresses }),
        ]
    } else {
        [
            missing(&wanted, now)
                .map(|private_ip_addresses| Change::AssignPrivateIpAddresses { private_ip_addresses }),
            missing(&wanted_ipv6, now_ipv6)
                .map(|ipv6_addresses| Change::AssignIpv6Addresses { ipv6_addresses }),
        ]
    };
    changes.into_iter().flatten().map(|change| call(&live.network_interface_id, change)).collect()
}

fn place(index: u32) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

/// The attachment that an interface has and shall not have: to another instance, or at another place.
fn leaving<'a>(
    interface: &NetworkInterface,
    live: &'a LiveNetworkInterface,
    cx: Context<'_>,
) -> Option<&'a LiveInterfaceAttachment> {
    let wanted = interface.instance_id.as_ref().map(|instance| cx.ids.of(instance));
    let stays = |it: &LiveInterfaceAttachment| {
        it.instance_id == wanted && interface.device_index.is_none_or(|index| place(index) == it.device_index)
    };
    live.attachment.as_ref().filter(|it| !stays(it))
}

/// The place on its instance: the drawn one, or the first that neither has been taken nor is drawn for
/// another. Each of several new ones comes to one of its own, whatever the others have come to already.
fn device_index(
    (resource, interface): (&ResourceId, &NetworkInterface),
    id: &str,
    instance_id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> i32 {
    if let Some(index) = interface.device_index {
        return place(index);
    }
    let attachments = observed.network_interfaces.values().filter(|it| it.network_interface_id != id);
    let on_it: BTreeMap<&str, i32> = attachments
        .filter_map(|it| Some((it.network_interface_id.as_str(), it.attachment.as_ref()?)))
        .filter(|(_, it)| it.instance_id.as_deref() == Some(instance_id))
        .map(|(id, it)| (id, it.device_index))
        .collect();
    let drawn = cx.desired.topology.of_kind(Kind::NetworkInterface);
    let drawn = drawn.filter_map(|it| Some((&it.id, it.kind.as_network_interface()?)));
    let drawn: Vec<_> = drawn.filter(|(_, it)| it.instance_id == interface.instance_id).collect();
    let fixed = drawn.iter().filter_map(|(_, it)| it.device_index).map(place);
    let taken: BTreeSet<i32> = on_it.values().copied().chain(fixed).collect();
    let is_open = |other: &ResourceId, it: &NetworkInterface| {
        it.device_index.is_none() && cx.ids.get(other).is_none_or(|id| !on_it.contains_key(id))
    };
    let before = drawn.iter().take_while(|(other, _)| *other != resource);
    let nth = before.filter(|(other, it)| is_open(other, it)).count();
    (1..).filter(|index| !taken.contains(index)).nth(nth).unwrap_or(1)
}
