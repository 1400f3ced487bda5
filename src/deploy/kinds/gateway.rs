//! Internet gateways: the attachment.

use super::Context;
use crate::{
    cloud::{Call, LiveInternetGateway},
    deploy::observed::Observed,
    model::InternetGateway,
};

pub fn newborn(id: String, observed: &mut Observed) {
    let live = LiveInternetGateway { internet_gateway_id: id.clone(), ..LiveInternetGateway::default() };
    observed.internet_gateways.insert(id, live);
}

pub fn attachment(gateway: &InternetGateway, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.internet_gateways.get(id) else {
        return Vec::new();
    };
    let wanted = gateway.vpc_id.as_ref().map(|vpc| cx.vpc(vpc));
    let mut calls: Vec<Call> = live
        .attachments
        .iter()
        .filter(|it| it.state != "detached" && Some(&it.vpc_id) != wanted.as_ref())
        .map(|it| Call::DetachInternetGateway {
            internet_gateway_id: id.to_owned(),
            vpc_id: it.vpc_id.clone(),
        })
        .collect();
    let attached =
        |vpc: &String| live.attachments.iter().any(|it| it.vpc_id == *vpc && it.state != "detached");
    if let Some(vpc_id) = wanted.filter(|vpc| !attached(vpc)) {
        calls.push(Call::AttachInternetGateway { internet_gateway_id: id.to_owned(), vpc_id });
    }
    calls
}
