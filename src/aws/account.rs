//! What the account may have and use: zones, images, instance types, quotas.

use aws_sdk_ec2::{
    Client,
    types::{Filter, LocationType},
};

use super::{failure::of_read, live};
use crate::{
    cloud::{
        CloudError, CloudFuture, Live, LiveAccountAttribute, LiveImage, LiveInstanceTypeOffering, Reply,
    },
    t,
};

/// The zones of the region that the account may use.
pub(super) fn zones(ec2: &Client) -> CloudFuture<'_> {
    Box::pin(async move {
        let answer = ec2.describe_availability_zones().send().await.map_err(of_read)?;
        let zones = answer.availability_zones.unwrap_or_default();
        let mut zones: Vec<_> = zones.into_iter().map(live::zone).collect();
        zones.sort_by(|a, b| a.zone_name.cmp(&b.zone_name));
        Ok(Reply::Described(Live::AvailabilityZones(zones)))
    })
}

/// Images by id.
pub(super) fn images<'a>(ec2: &'a Client, image_ids: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.describe_images().set_image_ids(Some(image_ids.to_vec()));
        let images = call.send().await.map_err(of_read)?.images.unwrap_or_default();
        let images = images.into_iter().map(|image| LiveImage {
            image_id: image.image_id.unwrap_or_default(),
            state: image.state.map(|it| it.as_str().to_owned()).unwrap_or_default(),
            architecture: image.architecture.map(|it| it.as_str().to_owned()).unwrap_or_default(),
        });
        Ok(Reply::Described(Live::Images(images.collect())))
    })
}

/// The zones in which instance types are offered.
pub(super) fn offerings<'a>(ec2: &'a Client, instance_types: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        let filter = Filter::builder().name("instance-type").set_values(Some(instance_types.to_vec()));
        let call = ec2
            .describe_instance_type_offerings()
            .location_type(LocationType::AvailabilityZone)
            .filters(filter.build());
        let mut pages = call.into_paginator().items().send();
        let mut offerings = Vec::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(of_read)?;
            offerings.push(LiveInstanceTypeOffering {
                instance_type: item.instance_type.map(|it| it.as_str().to_owned()).unwrap_or_default(),
                availability_zone: item.location.unwrap_or_default(),
            });
        }
        Ok(Reply::Described(Live::InstanceTypeOfferings(offerings)))
    })
}

/// What EC2 says of the account.
pub(super) fn attributes(ec2: &Client) -> CloudFuture<'_> {
    Box::pin(async move {
        let answer = ec2.describe_account_attributes().send().await.map_err(of_read)?;
        let attributes = answer.account_attributes.unwrap_or_default().into_iter();
        let attributes = attributes.map(|attribute| LiveAccountAttribute {
            attribute_name: attribute.attribute_name.unwrap_or_default(),
            attribute_values: attribute
                .attribute_values
                .unwrap_or_default()
                .into_iter()
                .filter_map(|value| value.attribute_value)
                .collect(),
        });
        Ok(Reply::Described(Live::AccountAttributes(attributes.collect())))
    })
}

/// What Service Quotas says that the account may have.
pub(super) fn quota<'a>(
    quotas: &'a aws_sdk_servicequotas::Client,
    service_code: &'a str,
    quota_code: &'a str,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = quotas.get_service_quota().service_code(service_code).quota_code(quota_code);
        let answer = call.send().await.map_err(of_read)?;
        let value = answer.quota.and_then(|quota| quota.value).and_then(whole);
        value
            .map(Reply::ServiceQuota)
            .ok_or_else(|| CloudError::not_understood(t!("aws-quota-empty", code = quota_code)))
    })
}

/// Service Quotas writes every value as a decimal number; what counts objects is a whole one.
fn whole(value: f64) -> Option<usize> {
    format!("{:.0}", value.floor()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_quota_is_a_whole_number() {
        assert_eq!([5.0, 2.9, 0.0].map(whole), [Some(5), Some(2), Some(0)]);
        assert_eq!([-1.0, f64::NAN, f64::INFINITY, 1e300].map(whole), [None; 4]);
    }
}
