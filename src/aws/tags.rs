//! Tags of objects of any kind.

use aws_sdk_ec2::{Client, types::Tag};

use super::{answer::sdk_tags, failure::of_write};
use crate::cloud::{CloudFuture, Reply, Tags};

pub(super) fn create<'a>(ec2: &'a Client, resources: &'a [String], tags: &'a Tags) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.create_tags().set_resources(Some(resources.to_vec())).set_tags(Some(sdk_tags(tags)));
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, resources: &'a [String], keys: &'a [String]) -> CloudFuture<'a> {
    Box::pin(async move {
        // A tag without a value is removed whatever its value is.
        let tags = keys.iter().map(|key| Tag::builder().key(key).build()).collect();
        let call = ec2.delete_tags().set_resources(Some(resources.to_vec())).set_tags(Some(tags));
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
