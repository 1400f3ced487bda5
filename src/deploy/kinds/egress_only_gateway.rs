//! Egress-only internet gateways: attached to their VPC for good.

use super::{Context, Frozen};
use crate::{
    cloud::{Call, LiveEgressOnlyInternetGateway, LiveInternetGatewayAttachment, Tags},
    deploy::observed::Observed,
    model::EgressOnlyInternetGateway,
};

pub fn create(
    gateway: &EgressOnlyInternetGateway,
    tags: Tags,
    client_token: Option<String>,
    cx: Context<'_>,
) -> Call {
    Call::CreateEgressOnlyInternetGateway { vpc_id: cx.vpc(&gateway.vpc_id), tags, client_token }
}

pub fn newborn(gateway: &EgressOnlyInternetGateway, id: String, cx: Context<'_>, observed: &mut Observed) {
    let attachment =
        LiveInternetGatewayAttachment { vpc_id: cx.vpc(&gateway.vpc_id), state: "attached".to_owned() };
    let live = LiveEgressOnlyInternetGateway {
        egress_only_internet_gateway_id: id.clone(),
        attachments: vec![attachment],
        ..LiveEgressOnlyInternetGateway::default()
    };
    observed.egress_only_internet_gateways.insert(id, live);
}

pub fn frozen(
    gateway: &EgressOnlyInternetGateway,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
    out: &mut Vec<Frozen>,
) {
    let Some(live) = observed.egress_only_internet_gateways.get(id) else { return };
    if let Some(attachment) = live.attachments.first() {
        Frozen::check(out, "vpc_id", &attachment.vpc_id, &cx.ids.shown(&gateway.vpc_id));
    }
}
