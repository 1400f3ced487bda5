//! Titles and reasons.

use super::{ActionKind, Plan};
use crate::{
    cloud::block_before,
    deploy::kinds::{Aspect, Frozen, part_word},
    model::{Kind, Resource, ResourceId, ResourceKind},
    t, words,
};

/// `subnet public-a (10.0.0.0/24)`.
pub(super) fn what(resource: &Resource) -> String {
    let kind = kind_word(resource.kind.kind());
    let name = resource.label();
    match detail(&resource.kind) {
        Some(detail) => t!("deploy-what-detail", kind = kind, name = name, detail = detail),
        None => t!("deploy-what", kind = kind, name = name),
    }
}

/// The word for a kind, as inside a sentence.
pub(super) fn kind_word(kind: Kind) -> String {
    words::text(&format!("kind-{}", kind.as_str()), &[])
}

fn detail(kind: &ResourceKind) -> Option<String> {
    match kind {
        ResourceKind::Vpc(it) => Some(it.cidr_block.to_string()),
        ResourceKind::Subnet(it) => Some(format!("{}, {}", it.cidr_block, it.availability_zone)),
        ResourceKind::Instance(it) => Some(it.instance_type.clone()),
        ResourceKind::ManagedPrefixList(it) => Some(it.entries.len().to_string()),
        ResourceKind::VpnConnection(it) => it.customer_gateway_ip.map(|address| address.to_string()),
        ResourceKind::GatewayEndpoint(it) => Some(it.service_name.clone()),
        ResourceKind::InterfaceEndpoint(it) => Some(it.service_name.clone()),
        _ => None,
    }
}

/// The title of an action on something drawn; `what` it is, is what [`what`] says.
pub(super) fn title(kind: ActionKind, what: &str) -> String {
    match kind {
        ActionKind::Create => t!("deploy-title-create", what = what),
        ActionKind::Update => t!("deploy-title-update", what = what),
        ActionKind::Replace => t!("deploy-title-replace", what = what),
        ActionKind::Adopt => t!("deploy-title-adopt", what = what),
        ActionKind::Delete => t!("deploy-title-delete", what = what),
        ActionKind::NoOp => t!("deploy-title-none", what = what),
    }
}

/// The title of the removal of an object that is drawn no more.
pub(super) fn title_delete(kind: Kind, name: &str, live: &str) -> String {
    if let Some(mode) = block_before(live) {
        let what = t!("deploy-what", kind = kind_word(kind), name = name);
        return t!("deploy-title-put-back", what = what, mode = mode);
    }
    let kind = part_word(live).unwrap_or_else(|| kind_word(kind));
    let what = t!("deploy-what-detail", kind = kind, name = name, detail = live);
    t!("deploy-title-delete", what = what)
}

/// Why something is changed.
pub(in crate::deploy) fn differs(aspects: &[Aspect]) -> String {
    let mut parts: Vec<String> = aspects.iter().map(|aspect| aspect.words()).collect();
    parts.dedup();
    t!("deploy-reason-differs", parts = parts.join(", "))
}

/// Why something is made anew.
pub(in crate::deploy) fn replaced(fields: &[Frozen]) -> String {
    let part = |it: &Frozen| {
        if it.wanted.starts_with('@') {
            t!("deploy-reason-with", field = it.field, live = it.live.clone())
        } else {
            t!("deploy-reason-field", field = it.field, live = it.live.clone(), wanted = it.wanted.clone())
        }
    };
    let parts: Vec<String> = fields.iter().map(part).collect();
    t!("deploy-reason-replace", parts = parts.join(", "))
}

/// What an action means for those who use the resource; `aspects` are those that are mended.
pub(super) fn consequences(action: ActionKind, kind: Kind, aspects: &[Aspect]) -> Vec<String> {
    match (action, kind) {
        (ActionKind::Update, Kind::Instance) if aspects.contains(&Aspect::InstanceType) => {
            vec![t!("deploy-restarts"), t!("deploy-lost-public-address")]
        }
        (ActionKind::Replace, Kind::Instance) => {
            vec![t!("deploy-lost-disks"), t!("deploy-lost-addresses"), t!("deploy-down")]
        }
        (ActionKind::Update, Kind::NetworkInterface) if aspects.contains(&Aspect::Detachment) => {
            vec![t!("deploy-detached")]
        }
        (ActionKind::Update, Kind::NatGateway | Kind::RegionalNatGateway)
            if aspects.contains(&Aspect::AddressRelease) =>
        {
            vec![t!("deploy-lost-connections")]
        }
        (ActionKind::Update, Kind::VpnConnection) if aspects.contains(&Aspect::Settings) => {
            vec![t!("deploy-vpn-moves")]
        }
        (ActionKind::Replace, Kind::VpnConnection) => vec![t!("deploy-vpn-anew"), t!("deploy-down")],
        (ActionKind::Replace, Kind::NatGateway | Kind::RegionalNatGateway) => {
            vec![t!("deploy-lost-connections"), t!("deploy-down")]
        }
        (ActionKind::Replace, Kind::Subnet | Kind::GatewayEndpoint | Kind::InterfaceEndpoint) => {
            vec![t!("deploy-down")]
        }
        (ActionKind::Replace, Kind::KeyPair) => vec![t!("deploy-lost-key")],
        (ActionKind::Delete, Kind::Instance) => vec![t!("deploy-lost-disks")],
        (
            ActionKind::Replace,
            Kind::VpcPeeringConnection
            | Kind::VpnGateway
            | Kind::TransitGateway
            | Kind::TransitGatewayVpcAttachment
            | Kind::TransitGatewayPeeringAttachment
            | Kind::TransitGatewayRouteTable
            | Kind::ManagedPrefixList
            | Kind::InstanceConnectEndpoint
            | Kind::NetworkInterface,
        ) => vec![t!("deploy-down")],
        (ActionKind::Delete, Kind::ElasticIp) => vec![t!("deploy-lost-address")],
        _ => Vec::new(),
    }
}

/// The sentence about a field that cannot be changed.
pub(super) fn frozen(resource: &Resource, frozen: &Frozen) -> String {
    t!(
        "deploy-replace",
        what = what(resource),
        field = frozen.field,
        live = frozen.live.clone(),
        wanted = frozen.wanted.clone()
    )
}

/// The sentence about two objects that are the same resource.
pub(super) fn twice(resource: &ResourceId, kept: &str, other: &str) -> String {
    t!("deploy-twice", resource = resource, kept = kept, other = other)
}

/// Where a plan goes, and with whose credentials.
pub(super) fn who(plan: &Plan) -> String {
    let (scope, arn) = (plan.account.clone(), plan.caller.arn.clone());
    match &plan.caller.profile {
        Some(profile) => t!("deploy-where-profile", scope = scope, arn = arn, profile = profile.clone()),
        None => t!("deploy-where-caller", scope = scope, arn = arn),
    }
}

/// One sentence about a plan.
pub(super) fn summary(plan: &Plan) -> String {
    if plan.is_empty() {
        return if plan.destroy { t!("deploy-summary-nothing-left") } else { t!("deploy-summary-nothing") };
    }
    if plan.destroy {
        return t!("deploy-summary-destroy", count = plan.count(ActionKind::Delete));
    }
    t!(
        "deploy-summary",
        create = plan.count(ActionKind::Create),
        adopt = plan.count(ActionKind::Adopt),
        update = plan.count(ActionKind::Update),
        replace = plan.count(ActionKind::Replace),
        delete = plan.count(ActionKind::Delete)
    )
}
