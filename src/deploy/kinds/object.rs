//! Kinds that join networks, lead out of them or watch over them: what each drawn one shall be, and
//! what can be changed of it in place.

use super::{Aspect, Context, Frozen, block_public_access, transit, vpn};
use crate::{
    cloud::{AttachmentOptions, Call, Change, Joined, LiveObject, PrefixEntry, Spec, Tags},
    deploy::{look::Look, observed::Observed},
    model::{
        AddressFamily, DhcpOptions, FlowLog, InstanceConnectEndpoint, LogDestinationType, ManagedPrefixList,
        Resource, ResourceKind, TrafficType, TransitGateway, TransitGatewayPeeringAttachment,
        TransitGatewayVpcAttachment, VpcPeeringConnection,
    },
};

/// What a drawn resource shall be; `None` for the kinds that have a form of their own.
pub fn wanted(resource: &Resource, cx: Context<'_>) -> Option<Spec> {
    Some(match &resource.kind {
        ResourceKind::VpcPeeringConnection(it) => peering(it, cx),
        ResourceKind::ManagedPrefixList(it) => prefix_list(it, resource.label()),
        ResourceKind::VpnGateway(it) => Spec::VpnGateway {
            amazon_side_asn: it.amazon_side_asn.map(i64::from),
            attachments: it.vpc_id.iter().map(|vpc| Joined::new(cx.vpc(vpc), "attached")).collect(),
        },
        ResourceKind::VpnConnection(it) => vpn::connection(&resource.id, it, cx),
        ResourceKind::VpcBlockPublicAccess(it) => block_public_access::wanted(it),
        ResourceKind::TransitGateway(it) => transit_gateway(it),
        ResourceKind::TransitGatewayVpcAttachment(it) => vpc_attachment(it, cx),
        ResourceKind::TransitGatewayPeeringAttachment(it) => transit_peering(it, cx),
        ResourceKind::TransitGatewayRouteTable(it) => transit::table(it, cx),
        ResourceKind::DhcpOptions(it) => dhcp_options(it),
        ResourceKind::FlowLog(it) => flow_log(it, cx),
        ResourceKind::InstanceConnectEndpoint(it) => connect_endpoint(it, cx),
        _ => return None,
    })
}

fn peering(it: &VpcPeeringConnection, cx: Context<'_>) -> Spec {
    let peer = it.peer_vpc_id.as_ref().map(|vpc| cx.vpc(vpc)).or_else(|| it.peer_vpc.clone());
    Spec::VpcPeeringConnection {
        vpc_id: cx.vpc(&it.vpc_id),
        peer_vpc_id: peer.unwrap_or_default(),
        peer_owner_id: it.peer_owner_id.clone(),
        peer_region: it.peer_region.clone().filter(|region| *region != cx.desired.topology.region),
        requester_dns: it.requester_allow_remote_vpc_dns_resolution,
        accepter_dns: it.accepter_allow_remote_vpc_dns_resolution,
    }
}

fn prefix_list(it: &ManagedPrefixList, name: &str) -> Spec {
    let entry = |it: &crate::model::PrefixListEntry| PrefixEntry {
        cidr: it.cidr.to_string(),
        description: it.description.clone(),
    };
    let mut entries: Vec<PrefixEntry> = it.entries.iter().map(entry).collect();
    entries.sort();
    let family = match it.address_family {
        AddressFamily::Ipv4 => "IPv4",
        AddressFamily::Ipv6 => "IPv6",
    };
    Spec::ManagedPrefixList {
        prefix_list_name: name.to_owned(),
        address_family: family.to_owned(),
        max_entries: i32::try_from(it.max_entries).unwrap_or(i32::MAX),
        entries,
        version: 1,
    }
}

fn transit_gateway(it: &TransitGateway) -> Spec {
    Spec::TransitGateway {
        description: it.description.clone(),
        amazon_side_asn: it.amazon_side_asn.map(i64::from),
        default_route_table_association: it.default_route_table_association,
        default_route_table_propagation: it.default_route_table_propagation,
        dns_support: it.dns_support,
        security_group_referencing_support: it.security_group_referencing_support,
    }
}

fn vpc_attachment(it: &TransitGatewayVpcAttachment, cx: Context<'_>) -> Spec {
    let mut subnet_ids = cx.ids.of_all(&it.subnet_ids);
    subnet_ids.sort();
    Spec::TransitGatewayVpcAttachment {
        transit_gateway_id: cx.ids.of(&it.transit_gateway_id),
        vpc_id: cx.vpc(&it.vpc_id),
        subnet_ids,
        options: AttachmentOptions {
            appliance_mode_support: it.appliance_mode_support,
            dns_support: it.dns_support,
            ipv6_support: it.ipv6_support,
            security_group_referencing_support: it.security_group_referencing_support,
        },
    }
}

fn transit_peering(it: &TransitGatewayPeeringAttachment, cx: Context<'_>) -> Spec {
    let drawn = it.peer_transit_gateway_id.as_ref().map(|gateway| cx.ids.of(gateway));
    Spec::TransitGatewayPeeringAttachment {
        transit_gateway_id: cx.ids.of(&it.transit_gateway_id),
        peer_transit_gateway_id: drawn.or_else(|| it.peer_transit_gateway.clone()).unwrap_or_default(),
        peer_account_id: it.peer_account_id.clone(),
        peer_region: it.peer_region.clone().filter(|region| *region != cx.desired.topology.region),
    }
}

fn dhcp_options(it: &DhcpOptions) -> Spec {
    Spec::DhcpOptions {
        domain_name: it.domain_name.clone(),
        domain_name_servers: it.domain_name_servers.clone(),
        ntp_servers: it.ntp_servers.clone(),
    }
}

fn flow_log(it: &FlowLog, cx: Context<'_>) -> Spec {
    let traffic = match it.traffic_type {
        TrafficType::Accept => "ACCEPT",
        TrafficType::Reject => "REJECT",
        TrafficType::All => "ALL",
    };
    let destination = match it.log_destination_type {
        LogDestinationType::CloudWatchLogs => "cloud-watch-logs",
        LogDestinationType::S3 => "s3",
        LogDestinationType::KinesisDataFirehose => "kinesis-data-firehose",
    };
    Spec::FlowLog {
        resource_id: cx.ids.of(&it.resource_id),
        traffic_type: traffic.to_owned(),
        log_destination_type: destination.to_owned(),
        log_destination: it.log_destination.clone(),
        iam_role_arn: it.iam_role_arn.clone(),
    }
}

/// Without groups it is the VPC's default one, which is named where the drawing has it.
fn connect_endpoint(it: &InstanceConnectEndpoint, cx: Context<'_>) -> Spec {
    let mut groups = cx.ids.of_all(&it.security_group_ids);
    if groups.is_empty() {
        let vpc = cx.desired.index.vpc_of(&it.subnet_id);
        let default = vpc.and_then(|vpc| cx.desired.index.default_security_group(vpc));
        groups.extend(default.map(|group| cx.ids.of(group)));
    }
    groups.sort();
    Spec::InstanceConnectEndpoint {
        subnet_id: cx.ids.of(&it.subnet_id),
        security_group_ids: groups,
        preserve_client_ip: it.preserve_client_ip,
    }
}

/// The call that makes it; a token goes along where EC2 takes one.
pub fn create(resource: &Resource, tags: Tags, token: Option<String>, cx: Context<'_>) -> Option<Call> {
    let spec = wanted(resource, cx)?.newborn();
    let client_token = token.filter(|_| spec.kind().takes_token());
    Some(Call::CreateObject { spec: Box::new(spec), tags, client_token })
}

pub fn newborn(resource: &Resource, id: String, cx: Context<'_>, observed: &mut Observed) {
    let Some(spec) = wanted(resource, cx).map(Spec::newborn) else { return };
    transit::newborn(&spec, &id, observed);
    let state = if accepts(&resource.kind, cx) { "pending-acceptance" } else { "available" };
    let live =
        LiveObject { id: id.clone(), state: state.to_owned(), state_reason: None, spec, tags: Tags::new() };
    observed.objects.insert(id, live);
}

pub fn frozen(resource: &Resource, id: &str, cx: Context<'_>, observed: &Observed, out: &mut Vec<Frozen>) {
    let (Some(live), Some(wanted)) = (observed.objects.get(id), wanted(resource, cx)) else { return };
    for ((field, now), (_, wanted)) in live.spec.fixed().into_iter().zip(wanted.fixed()) {
        // What the drawing leaves open is for AWS to choose.
        let open = wanted.is_empty() && matches!(field, "amazon_side_asn" | "security_group_ids");
        if !open {
            Frozen::check(out, field, &now, &wanted);
        }
    }
}

/// Whether this program accepts the connection: both sides are in this account and region.
pub fn accepts(kind: &ResourceKind, cx: Context<'_>) -> bool {
    let here =
        |region: &Option<String>| region.as_ref().is_none_or(|region| *region == cx.desired.topology.region);
    match kind {
        ResourceKind::VpcPeeringConnection(it) => {
            it.auto_accept && it.peer_vpc_id.is_some() && it.peer_owner_id.is_none() && here(&it.peer_region)
        }
        ResourceKind::TransitGatewayPeeringAttachment(it) => {
            it.auto_accept
                && it.peer_transit_gateway_id.is_some()
                && it.peer_account_id.is_none()
                && here(&it.peer_region)
        }
        _ => false,
    }
}

/// The calls that bring one aspect from what stands to what is drawn.
pub fn diff(
    aspect: Aspect,
    resource: &Resource,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let (Some(live), Some(wanted)) = (observed.objects.get(id), wanted(resource, cx)) else {
        return Vec::new();
    };
    match aspect {
        Aspect::Acceptance if accepts(&resource.kind, cx) && live.state == "pending-acceptance" => {
            let change = match wanted {
                Spec::TransitGatewayPeeringAttachment { .. } => Change::AcceptTransitGatewayPeeringAttachment,
                _ => Change::AcceptVpcPeeringConnection,
            };
            vec![Call::ChangeObject { id: id.to_owned(), change }]
        }
        Aspect::Settings => settings(live, &wanted).map(|change| call(id, change)).into_iter().collect(),
        Aspect::GatewayAttachment => attachment(live, &wanted).map(|change| call(id, change)).collect(),
        Aspect::Associations => transit::associations(&wanted, id, cx, observed),
        Aspect::Propagations => transit::propagations(live, &wanted, id, cx),
        Aspect::TransitRoutes => transit::routes(live, &wanted, id),
        _ => Vec::new(),
    }
}

pub(super) fn call(id: &str, change: Change) -> Call {
    Call::ChangeObject { id: id.to_owned(), change }
}

/// Whether what was changed has taken effect.
pub fn settling(aspect: Aspect, resource: &Resource, id: &str, cx: Context<'_>, observed: &Observed) -> Look {
    let (Some(live), Some(wanted)) = (observed.objects.get(id), wanted(resource, cx)) else {
        return Look::Reached;
    };
    match aspect {
        Aspect::Acceptance if accepts(&resource.kind, cx) => match live.state.as_str() {
            "pending-acceptance" => Look::NotYet(live.state.clone()),
            _ => Look::standing(Some(&live.state), live.state_reason.as_deref()),
        },
        Aspect::Settings => Look::standing(Some(&live.state), live.state_reason.as_deref()),
        Aspect::GatewayAttachment => match &live.spec {
            Spec::VpnGateway { attachments, .. } => resting(attachments),
            _ => Look::Reached,
        },
        Aspect::Associations => transit::associations_settling(&wanted, id, observed),
        Aspect::Propagations => match &live.spec {
            Spec::TransitGatewayRouteTable { propagations, .. } => resting(propagations),
            _ => Look::Reached,
        },
        _ => Look::Reached,
    }
}

pub(super) fn resting(joined: &[Joined]) -> Look {
    joined.iter().find(|it| !it.rests()).map_or(Look::Reached, |it| Look::NotYet(it.state.clone()))
}

/// The next change of what can be changed in place. A prefix list takes one at a time, since each makes
/// a new version; the next comes after another look.
fn settings(live: &LiveObject, wanted: &Spec) -> Option<Change> {
    match (&live.spec, wanted) {
        (
            Spec::VpcPeeringConnection { requester_dns: now_requester, accepter_dns: now_accepter, .. },
            Spec::VpcPeeringConnection { requester_dns, accepter_dns, .. },
        ) => {
            let same = (now_requester, now_accepter) == (requester_dns, accepter_dns);
            let change = Change::ModifyVpcPeeringConnectionOptions {
                requester_dns: *requester_dns,
                accepter_dns: *accepter_dns,
            };
            (!same).then_some(change)
        }
        (
            Spec::ManagedPrefixList { prefix_list_name, max_entries, entries, version, .. },
            Spec::ManagedPrefixList { prefix_list_name: name, max_entries: most, entries: wanted, .. },
        ) => prefix_list_change((prefix_list_name, *max_entries, entries, *version), (name, *most, wanted)),
        (
            Spec::TransitGateway { amazon_side_asn: now, .. },
            Spec::TransitGateway {
                amazon_side_asn,
                description,
                default_route_table_association,
                default_route_table_propagation,
                dns_support,
                security_group_referencing_support,
            },
        ) => {
            // A number that nobody chose is AWS's to choose.
            let mut as_wanted = live.spec.clone();
            if let Spec::TransitGateway { amazon_side_asn: number, .. } = &mut as_wanted {
                *number = if amazon_side_asn.is_some() { *now } else { None };
            }
            let change = Change::ModifyTransitGateway {
                description: description.clone(),
                default_route_table_association: *default_route_table_association,
                default_route_table_propagation: *default_route_table_propagation,
                dns_support: *dns_support,
                security_group_referencing_support: *security_group_referencing_support,
            };
            (as_wanted != *wanted).then_some(change)
        }
        (
            Spec::TransitGatewayVpcAttachment { subnet_ids: now, options: set, .. },
            Spec::TransitGatewayVpcAttachment { subnet_ids, options, .. },
        ) => {
            let add: Vec<String> = subnet_ids.iter().filter(|id| !now.contains(id)).cloned().collect();
            let remove: Vec<String> = now.iter().filter(|id| !subnet_ids.contains(id)).cloned().collect();
            let same = add.is_empty() && remove.is_empty() && set == options;
            (!same).then_some(Change::ModifyTransitGatewayVpcAttachment { add, remove, options: *options })
        }
        (live, wanted) => vpn::settings(live, wanted).or_else(|| block_public_access::settings(live, wanted)),
    }
}

fn prefix_list_change(
    (name, most, entries, current_version): (&str, i32, &[PrefixEntry], i64),
    (wanted_name, wanted_most, wanted): (&str, i32, &[PrefixEntry]),
) -> Option<Change> {
    let change = |max_entries, add, remove| {
        Some(Change::ModifyManagedPrefixList {
            current_version,
            prefix_list_name: wanted_name.to_owned(),
            max_entries,
            add,
            remove,
        })
    };
    if wanted_most > most {
        return change(Some(wanted_most), Vec::new(), Vec::new());
    }
    let missing: Vec<PrefixEntry> = wanted.iter().filter(|it| !entries.contains(it)).cloned().collect();
    let stale: Vec<String> =
        entries.iter().filter(|it| !wanted.contains(it)).map(|it| it.cidr.clone()).collect();
    // A block cannot be taken out and put in by one call: with other words it goes first.
    let (reworded, new): (Vec<_>, Vec<_>) = missing.into_iter().partition(|it| stale.contains(&it.cidr));
    if !reworded.is_empty() || !stale.is_empty() || !new.is_empty() {
        return change(None, new, stale);
    }
    let differs = wanted_most < most || name != wanted_name;
    if differs { change((wanted_most < most).then_some(wanted_most), Vec::new(), Vec::new()) } else { None }
}

/// A virtual private gateway leaves one VPC before it is attached to another.
fn attachment(live: &LiveObject, wanted: &Spec) -> impl Iterator<Item = Change> {
    let (Spec::VpnGateway { attachments: now, .. }, Spec::VpnGateway { attachments, .. }) =
        (&live.spec, wanted)
    else {
        return Vec::new().into_iter();
    };
    let is_wanted = |it: &&Joined| attachments.iter().any(|vpc| vpc.id == it.id);
    let leaving = now.iter().filter(|it| it.stands() && !is_wanted(it));
    let mut changes: Vec<Change> =
        leaving.map(|it| Change::DetachVpnGateway { vpc_id: it.id.clone() }).collect();
    let is_free = now.iter().all(|it| it.state == "detached");
    if is_free {
        changes.extend(attachments.iter().map(|it| Change::AttachVpnGateway { vpc_id: it.id.clone() }));
    }
    changes.into_iter()
}
