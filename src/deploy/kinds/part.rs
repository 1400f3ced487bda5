//! Objects that are parts of what a resource stands for, beside the one that it is bound to: the customer
//! gateway of a VPN connection, the exclusions of Block Public Access. They carry the tags of the resource,
//! by which they are found.

use super::{Context, block_public_access, vpn};
use crate::{
    cloud::{Call, DescribeKind, Filter, LiveObject},
    deploy::{
        look::is_going,
        observed::{Observed, Owned},
        stamp::{DOCUMENT_TAG, DocumentId, RESOURCE_TAG},
    },
    model::{Kind, ResourceId},
    t,
};

/// The beginnings of their ids.
const CUSTOMER_GATEWAY: &str = "cgw-";
const EXCLUSION: &str = "vpcbpa-exclude-";

/// Whether an id is that of a part.
pub fn is_part(live: &str) -> bool {
    live.starts_with(CUSTOMER_GATEWAY) || live.starts_with(EXCLUSION)
}

/// The call that lists the parts of a resource.
pub fn reads(kind: DescribeKind, id: &ResourceId, cx: Context<'_>) -> Call {
    let filters =
        vec![Filter::tag(DOCUMENT_TAG, cx.stamp.document.as_str()), Filter::tag(RESOURCE_TAG, id.as_str())];
    Call::Describe { kind, filters, ids: Vec::new() }
}

/// What a part is called.
pub fn part_word(live: &str) -> Option<String> {
    if live.starts_with(CUSTOMER_GATEWAY) {
        return Some(t!("deploy-customer-gateway"));
    }
    live.starts_with(EXCLUSION).then(|| t!("deploy-block-exclusion"))
}

/// What shows that a part has come to its end, where that takes its time.
pub fn part_ends(live: &str) -> Option<DescribeKind> {
    live.starts_with(EXCLUSION).then_some(DescribeKind::VpcBlockPublicAccessExclusions)
}

/// Whether a part was made for a resource of a document.
pub fn is_part_of(live: &LiveObject, document: &DocumentId, resource: &ResourceId) -> bool {
    let has = |key: &str, value: &str| live.tags.get(key).is_some_and(|it| it == value);
    has(DOCUMENT_TAG, document.as_str()) && has(RESOURCE_TAG, resource.as_str()) && !is_going(&live.state)
}

/// Whether a part may stand for one of a document: it is of this one or of none.
pub fn may_be_of(live: &LiveObject, document: &DocumentId) -> bool {
    let of = live.tags.get(DOCUMENT_TAG);
    of.is_none_or(|of| of == document.as_str()) && !is_going(&live.state)
}

/// The parts that a document has, drawn or not.
pub fn parts(observed: &Observed, document: &DocumentId) -> Vec<Owned> {
    let owned = |it: &LiveObject| {
        let kind = match it.spec.kind() {
            DescribeKind::CustomerGateways => Kind::VpnConnection,
            DescribeKind::VpcBlockPublicAccessExclusions => Kind::VpcBlockPublicAccess,
            _ => return None,
        };
        let resource = it.tags.get(RESOURCE_TAG).and_then(|text| ResourceId::new(text).ok())?;
        let is_ours = it.spec.is_part() && is_part_of(it, document, &resource);
        is_ours.then(|| Owned { resource, live: it.id.clone(), kind, alive: true })
    };
    observed.objects.values().filter_map(owned).collect()
}

/// The parts that are as drawn, or become so in place.
pub fn parts_kept(cx: Context<'_>, observed: &Observed) -> Vec<(String, ResourceId)> {
    let gateways = vpn::parts(cx, observed).customer_gateways.into_iter().map(|(id, live)| (live, id));
    gateways.chain(block_public_access::kept(cx, observed)).collect()
}
