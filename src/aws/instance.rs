//! Instances.

use aws_sdk_ec2::{
    Client,
    types::{
        AttributeBooleanValue, AttributeValue, InstanceNetworkInterfaceSpecification, InstanceType,
        ResourceType,
    },
};

use super::{
    answer::{created, list, tagged_all},
    failure::of_write,
};
use crate::cloud::{CloudFuture, InstanceAttribute, Reply, RunInstances};

/// What one launch makes and what therefore carries the tags.
const MADE: [ResourceType; 3] =
    [ResourceType::Instance, ResourceType::Volume, ResourceType::NetworkInterface];

pub(super) fn run<'a>(ec2: &'a Client, wanted: &'a RunInstances) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .run_instances()
            .min_count(1)
            .max_count(1)
            .image_id(&wanted.image_id)
            .instance_type(InstanceType::from(wanted.instance_type.as_str()))
            .set_key_name(wanted.key_name.clone())
            .network_interfaces(primary_interface(wanted))
            .set_user_data(wanted.user_data.as_deref().map(aws_smithy_types::base64::encode))
            .set_tag_specifications(tagged_all(MADE, &wanted.tags))
            .set_client_token(wanted.client_token.clone())
            .send()
            .await
            .map_err(of_write)?;
        let instance = made.instances.unwrap_or_default().into_iter().next();
        created(instance.and_then(|instance| instance.instance_id))
    })
}

/// Whether there is a public address can only be said of an interface, and then the subnet, the
/// groups and the private address have to be said there too.
fn primary_interface(wanted: &RunInstances) -> InstanceNetworkInterfaceSpecification {
    InstanceNetworkInterfaceSpecification::builder()
        .device_index(0)
        .subnet_id(&wanted.subnet_id)
        .set_groups(list(&wanted.security_group_ids))
        .set_private_ip_address(wanted.private_ip_address.clone())
        .set_associate_public_ip_address(wanted.associate_public_ip_address)
        // AWS's own default; some emulators leave the interface behind unless it is said.
        .delete_on_termination(true)
        .build()
}

pub(super) fn terminate<'a>(ec2: &'a Client, instance_ids: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.terminate_instances().set_instance_ids(Some(instance_ids.to_vec()));
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn stop<'a>(ec2: &'a Client, instance_ids: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.stop_instances().set_instance_ids(Some(instance_ids.to_vec()));
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn start<'a>(ec2: &'a Client, instance_ids: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.start_instances().set_instance_ids(Some(instance_ids.to_vec()));
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn modify<'a>(
    ec2: &'a Client,
    instance_id: &'a str,
    attribute: &'a InstanceAttribute,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.modify_instance_attribute().instance_id(instance_id);
        let call = match attribute {
            InstanceAttribute::SourceDestCheck(value) => {
                call.source_dest_check(AttributeBooleanValue::builder().value(*value).build())
            }
            InstanceAttribute::Groups(ids) => call.set_groups(Some(ids.clone())),
            InstanceAttribute::InstanceType(kind) => {
                call.instance_type(AttributeValue::builder().value(kind).build())
            }
        };
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_of_the_interface_stands_at_the_interface() {
        let wanted = RunInstances {
            subnet_id: "subnet-1".to_owned(),
            private_ip_address: Some("10.0.0.9".to_owned()),
            associate_public_ip_address: Some(false),
            ..RunInstances::default()
        };
        let interface = primary_interface(&wanted);
        assert_eq!(interface.subnet_id(), Some("subnet-1"));
        assert_eq!(interface.private_ip_address(), Some("10.0.0.9"));
        assert_eq!(interface.associate_public_ip_address(), Some(false));
        assert_eq!(interface.delete_on_termination(), Some(true));
        // No list at all, so that EC2 takes the VPC's default group.
        assert!(interface.groups.is_none());
    }
}
