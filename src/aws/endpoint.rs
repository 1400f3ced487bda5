//! VPC endpoints.

use aws_sdk_ec2::{
    Client,
    types::{ResourceType, UnsuccessfulItem, VpcEndpointType as SdkType},
};

use super::{
    answer::{created, list, tagged},
    failure::of_write,
};
use crate::{
    cloud::{CloudError, CloudFuture, Reply, Tags, VpcEndpointType},
    t,
};

/// The parameters of `CreateVpcEndpoint`.
pub(super) struct Endpoint<'a> {
    pub(super) vpc_id: &'a str,
    pub(super) vpc_endpoint_type: VpcEndpointType,
    pub(super) service_name: &'a str,
    pub(super) route_table_ids: &'a [String],
    pub(super) subnet_ids: &'a [String],
    pub(super) security_group_ids: &'a [String],
    pub(super) private_dns_enabled: bool,
    pub(super) tags: &'a Tags,
    pub(super) client_token: Option<&'a str>,
}

pub(super) fn create<'a>(ec2: &'a Client, wanted: Endpoint<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        // EC2 refuses a word about private DNS for a gateway.
        let private_dns = match wanted.vpc_endpoint_type {
            VpcEndpointType::Gateway => None,
            VpcEndpointType::Interface => Some(wanted.private_dns_enabled),
        };
        let made = ec2
            .create_vpc_endpoint()
            .vpc_id(wanted.vpc_id)
            .vpc_endpoint_type(SdkType::from(wanted.vpc_endpoint_type.as_str()))
            .service_name(wanted.service_name)
            .set_route_table_ids(list(wanted.route_table_ids))
            .set_subnet_ids(list(wanted.subnet_ids))
            .set_security_group_ids(list(wanted.security_group_ids))
            .set_private_dns_enabled(private_dns)
            .set_tag_specifications(tagged(ResourceType::VpcEndpoint, wanted.tags))
            .set_client_token(wanted.client_token.map(str::to_owned))
            .send()
            .await
            .map_err(of_write)?;
        created(made.vpc_endpoint.and_then(|endpoint| endpoint.vpc_endpoint_id))
    })
}

/// What `ModifyVpcEndpoint` adds and removes.
pub(super) struct Change<'a> {
    pub(super) add_route_table_ids: &'a [String],
    pub(super) remove_route_table_ids: &'a [String],
    pub(super) add_subnet_ids: &'a [String],
    pub(super) remove_subnet_ids: &'a [String],
    pub(super) add_security_group_ids: &'a [String],
    pub(super) remove_security_group_ids: &'a [String],
    pub(super) private_dns_enabled: Option<bool>,
}

pub(super) fn modify<'a>(ec2: &'a Client, endpoint_id: &'a str, change: Change<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2
            .modify_vpc_endpoint()
            .vpc_endpoint_id(endpoint_id)
            .set_add_route_table_ids(list(change.add_route_table_ids))
            .set_remove_route_table_ids(list(change.remove_route_table_ids))
            .set_add_subnet_ids(list(change.add_subnet_ids))
            .set_remove_subnet_ids(list(change.remove_subnet_ids))
            .set_add_security_group_ids(list(change.add_security_group_ids))
            .set_remove_security_group_ids(list(change.remove_security_group_ids))
            .set_private_dns_enabled(change.private_dns_enabled);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, endpoint_ids: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_vpc_endpoints().set_vpc_endpoint_ids(Some(endpoint_ids.to_vec()));
        let answer = call.send().await.map_err(of_write)?;
        match answer.unsuccessful.unwrap_or_default().into_iter().next() {
            None => Ok(Reply::Done),
            Some(item) => Err(refusal(item)),
        }
    })
}

/// EC2 answers "success" with a list of what it did not delete.
fn refusal(item: UnsuccessfulItem) -> CloudError {
    let (code, message) = item.error.map(|error| (error.code, error.message)).unwrap_or_default();
    CloudError::answered(
        code.unwrap_or_else(|| "InternalError".to_owned()),
        message.unwrap_or_else(|| t!("aws-endpoint-not-deleted", id = item.resource_id.unwrap_or_default())),
    )
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::UnsuccessfulItemError;

    use super::*;
    use crate::cloud::ErrorKind;

    #[test]
    fn what_was_not_deleted_is_an_error() {
        let error =
            UnsuccessfulItemError::builder().code("InvalidVpcEndpoint.NotFound").message("gone").build();
        let refused = refusal(UnsuccessfulItem::builder().resource_id("vpce-1").error(error).build());
        assert_eq!((refused.kind, refused.message.as_str()), (ErrorKind::NotFound, "gone"));
        let unexplained = refusal(UnsuccessfulItem::builder().resource_id("vpce-1").build());
        assert!(unexplained.message.contains("vpce-1"), "{unexplained}");
    }
}
