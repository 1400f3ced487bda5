//! VPC Block Public Access: the setting of the account in the region, and its exclusions.

use aws_sdk_ec2::{
    Client,
    types::{self as sdk, InternetGatewayBlockMode, InternetGatewayExclusionMode, ResourceType},
};

use super::{
    answer::{created, tagged},
    failure::{of_read, of_write},
    live::some,
    objects_live::{Asked, Found, object},
};
use crate::cloud::{Change, CloudError, LiveObject, Reply, Spec, Tags, block_id};

pub(super) async fn create(ec2: &Client, spec: &Spec, tags: &Tags) -> Result<Reply, CloudError> {
    let Spec::VpcBlockPublicAccessExclusion { resource_id, internet_gateway_exclusion_mode } = spec else {
        return created(None);
    };
    let call = ec2.create_vpc_block_public_access_exclusion();
    let call = if resource_id.starts_with("subnet-") {
        call.subnet_id(resource_id)
    } else {
        call.vpc_id(resource_id)
    };
    let mode = InternetGatewayExclusionMode::from(internet_gateway_exclusion_mode.as_str());
    let call = call.internet_gateway_exclusion_mode(mode);
    let call = call.set_tag_specifications(tagged(ResourceType::VpcBlockPublicAccessExclusion, tags));
    let made = call.send().await.map_err(of_write)?;
    created(made.vpc_block_public_access_exclusion.and_then(|it| it.exclusion_id))
}

pub(super) async fn change(ec2: &Client, id: &str, change: &Change) -> Result<Reply, CloudError> {
    match change {
        Change::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode } => {
            let mode = InternetGatewayBlockMode::from(internet_gateway_block_mode.as_str());
            let call = ec2.modify_vpc_block_public_access_options().internet_gateway_block_mode(mode);
            call.send().await.map_err(of_write)?;
        }
        Change::ModifyVpcBlockPublicAccessExclusion { internet_gateway_exclusion_mode } => {
            let mode = InternetGatewayExclusionMode::from(internet_gateway_exclusion_mode.as_str());
            let call = ec2.modify_vpc_block_public_access_exclusion().exclusion_id(id);
            call.internet_gateway_exclusion_mode(mode).send().await.map_err(of_write)?;
        }
        _ => {}
    }
    Ok(Reply::Done)
}

/// The setting, under each id that it is asked for; without one, under that of what is set now.
pub(super) async fn setting(ec2: &Client, asked: Asked) -> Found {
    let answer = ec2.describe_vpc_block_public_access_options().send().await.map_err(of_read)?;
    let Some(it) = answer.vpc_block_public_access_options else { return Ok(Vec::new()) };
    let mode =
        it.internet_gateway_block_mode.as_ref().map_or("off", InternetGatewayBlockMode::as_str).to_owned();
    let ids = asked.ids.unwrap_or_else(|| vec![block_id(&mode)]);
    let allowed = it.exclusions_allowed.as_ref().is_none_or(|it| it.as_str() == "allowed");
    let spec = Spec::VpcBlockPublicAccess {
        internet_gateway_block_mode: mode,
        managed_by: it.managed_by.as_ref().map_or("account", sdk::ManagedBy::as_str).to_owned(),
        exclusions_allowed: allowed,
    };
    let state = it.state.as_ref().map(sdk::VpcBlockPublicAccessState::as_str);
    let under = |id: String| object(Some(id), state, it.reason.clone(), spec.clone(), None);
    Ok(ids.into_iter().map(under).collect())
}

pub(super) async fn exclusions(ec2: &Client, asked: Asked) -> Found {
    let mut items = Vec::new();
    let mut next = None;
    loop {
        let call = ec2.describe_vpc_block_public_access_exclusions().set_next_token(next);
        let call = call.set_exclusion_ids(asked.ids.clone()).set_filters(asked.filters.clone());
        let answer = call.send().await.map_err(of_read)?;
        items
            .extend(answer.vpc_block_public_access_exclusions.unwrap_or_default().into_iter().map(exclusion));
        next = some(answer.next_token);
        if next.is_none() {
            return Ok(items);
        }
    }
}

fn exclusion(it: sdk::VpcBlockPublicAccessExclusion) -> LiveObject {
    let arn = it.resource_arn.unwrap_or_default();
    let mode = it.internet_gateway_exclusion_mode.map(|it| it.as_str().to_owned());
    let spec = Spec::VpcBlockPublicAccessExclusion {
        resource_id: arn.rsplit('/').next().unwrap_or_default().to_owned(),
        internet_gateway_exclusion_mode: mode.unwrap_or_default(),
    };
    object(
        it.exclusion_id,
        it.state.as_ref().map(sdk::VpcBlockPublicAccessExclusionState::as_str),
        it.reason,
        spec,
        it.tags,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exclusion_names_what_its_arn_ends_with() {
        let answer = sdk::VpcBlockPublicAccessExclusion::builder()
            .exclusion_id("vpcbpa-exclude-1")
            .resource_arn("arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1")
            .state(sdk::VpcBlockPublicAccessExclusionState::CreateComplete)
            .internet_gateway_exclusion_mode(InternetGatewayExclusionMode::AllowEgress)
            .build();
        let live = exclusion(answer);
        let expected = Spec::VpcBlockPublicAccessExclusion {
            resource_id: "subnet-1".to_owned(),
            internet_gateway_exclusion_mode: "allow-egress".to_owned(),
        };
        assert_eq!((live.state.as_str(), live.spec), ("create-complete", expected));
    }
}
