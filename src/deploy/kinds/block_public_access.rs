//! VPC Block Public Access: one setting of the account in the region, which is found and changed, never
//! made; and its exclusions, which are made and removed. What was set before stands in the id under which
//! the state knows it, so that a destroy can put it back.

use super::{Context, object::call, part::may_be_of, tags};
use crate::{
    cloud::{Call, Change, LiveObject, Spec},
    deploy::{look::Look, observed::Observed},
    model::{
        BlockExclusion, BlockMode, ExclusionMode, Kind, Resource, ResourceId, ResourceKind,
        VpcBlockPublicAccess,
    },
};

/// EC2's word for a mode.
fn mode(mode: BlockMode) -> &'static str {
    match mode {
        BlockMode::Off => "off",
        BlockMode::BlockBidirectional => "block-bidirectional",
        BlockMode::BlockIngress => "block-ingress",
    }
}

fn exclusion_mode(mode: ExclusionMode) -> &'static str {
    match mode {
        ExclusionMode::AllowBidirectional => "allow-bidirectional",
        ExclusionMode::AllowEgress => "allow-egress",
    }
}

/// What the drawn setting shall be.
pub fn wanted(it: &VpcBlockPublicAccess) -> Spec {
    Spec::VpcBlockPublicAccess {
        internet_gateway_block_mode: mode(it.internet_gateway_block_mode).to_owned(),
        managed_by: "account".to_owned(),
        exclusions_allowed: true,
    }
}

/// The setting as it is, under whatever id.
pub fn setting(observed: &Observed) -> Option<&LiveObject> {
    observed.objects.values().find(|it| matches!(it.spec, Spec::VpcBlockPublicAccess { .. }))
}

/// The setting as it is, under the id of what is yet to be found.
pub fn newborn(id: String, observed: &mut Observed) {
    if let Some(live) = setting(observed).cloned() {
        observed.objects.insert(id.clone(), LiveObject { id, ..live });
    }
}

pub fn settings(live: &Spec, wanted: &Spec) -> Option<Change> {
    match (live, wanted) {
        (
            Spec::VpcBlockPublicAccess { internet_gateway_block_mode: now, .. },
            Spec::VpcBlockPublicAccess { internet_gateway_block_mode, .. },
        ) if now != internet_gateway_block_mode => Some(Change::ModifyVpcBlockPublicAccessOptions {
            internet_gateway_block_mode: internet_gateway_block_mode.clone(),
        }),
        _ => None,
    }
}

/// What an exclusion shall be.
fn exclusion(it: &BlockExclusion, cx: Context<'_>) -> Option<Spec> {
    let resource = it.vpc_id.as_ref().or(it.subnet_id.as_ref())?;
    Some(Spec::VpcBlockPublicAccessExclusion {
        resource_id: cx.ids.of(resource),
        internet_gateway_exclusion_mode: exclusion_mode(it.internet_gateway_exclusion_mode).to_owned(),
    })
}

/// The exclusion of the same VPC or subnet that stands for a drawn one. There is one at most, so that it is
/// this one whoever has made it, unless another document has.
fn found<'o>(wanted: &Spec, cx: Context<'_>, observed: &'o Observed) -> Option<&'o LiveObject> {
    let fits = |live: &&LiveObject| {
        let same = match (&live.spec, wanted) {
            (
                Spec::VpcBlockPublicAccessExclusion { resource_id: a, .. },
                Spec::VpcBlockPublicAccessExclusion { resource_id: b, .. },
            ) => a == b,
            _ => false,
        };
        same && may_be_of(live, &cx.stamp.document)
    };
    observed.objects.values().find(fits)
}

/// The calls that bring about the drawn exclusions. What is drawn no more is removed on its own.
pub fn exclusions(
    resource: &Resource,
    it: &VpcBlockPublicAccess,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let mut calls = Vec::new();
    for wanted in it.exclusions.iter().filter_map(|it| exclusion(it, cx)) {
        let Some(live) = found(&wanted, cx, observed) else {
            let tags = cx.stamp.tags(resource);
            calls.push(Call::CreateObject { spec: Box::new(wanted), tags, client_token: None });
            continue;
        };
        if let Spec::VpcBlockPublicAccessExclusion { internet_gateway_exclusion_mode, .. } = &wanted
            && live.spec != wanted
        {
            let internet_gateway_exclusion_mode = internet_gateway_exclusion_mode.clone();
            let change = Change::ModifyVpcBlockPublicAccessExclusion { internet_gateway_exclusion_mode };
            calls.push(call(&live.id, change));
        }
        calls.extend(tags::diff(resource, &live.id, cx, observed));
    }
    calls
}

/// Whether the exclusions hold.
pub fn settling(it: &VpcBlockPublicAccess, cx: Context<'_>, observed: &Observed) -> Look {
    let wanted = it.exclusions.iter().filter_map(|it| exclusion(it, cx));
    let found = wanted.filter_map(|wanted| found(&wanted, cx, observed));
    Look::all(found.map(|it| Look::standing(Some(&it.state), it.state_reason.as_deref())))
}

/// A drawn setting as it is now: of its exclusions those that stand.
pub fn as_it_is(
    it: &VpcBlockPublicAccess,
    cx: Context<'_>,
    observed: &Observed,
) -> Option<VpcBlockPublicAccess> {
    let Spec::VpcBlockPublicAccess { internet_gateway_block_mode, .. } = &setting(observed)?.spec else {
        return None;
    };
    let modes = [BlockMode::Off, BlockMode::BlockBidirectional, BlockMode::BlockIngress];
    let mode = modes.into_iter().find(|it| mode(*it) == internet_gateway_block_mode)?;
    let stands = |it: &BlockExclusion| {
        let live = found(&exclusion(it, cx)?, cx, observed)?;
        exclusion_of(&live.spec, it.vpc_id.clone(), it.subnet_id.clone())
    };
    Some(VpcBlockPublicAccess {
        internet_gateway_block_mode: mode,
        exclusions: it.exclusions.iter().filter_map(stands).collect(),
    })
}

/// An exclusion in the words of a drawing.
pub fn exclusion_of(
    live: &Spec,
    vpc_id: Option<ResourceId>,
    subnet_id: Option<ResourceId>,
) -> Option<BlockExclusion> {
    let Spec::VpcBlockPublicAccessExclusion { internet_gateway_exclusion_mode: now, .. } = live else {
        return None;
    };
    let modes = [ExclusionMode::AllowBidirectional, ExclusionMode::AllowEgress];
    let mode = modes.into_iter().find(|it| exclusion_mode(*it) == now)?;
    Some(BlockExclusion { vpc_id, subnet_id, internet_gateway_exclusion_mode: mode })
}

/// The exclusions that are drawn.
pub fn kept(cx: Context<'_>, observed: &Observed) -> Vec<(String, ResourceId)> {
    let mut kept = Vec::new();
    for resource in cx.desired.topology.of_kind(Kind::VpcBlockPublicAccess) {
        let ResourceKind::VpcBlockPublicAccess(it) = &resource.kind else { continue };
        let wanted = it.exclusions.iter().filter_map(|it| exclusion(it, cx));
        let found = wanted.filter_map(|wanted| found(&wanted, cx, observed));
        kept.extend(found.map(|live| (live.id.clone(), resource.id.clone())));
    }
    kept
}
