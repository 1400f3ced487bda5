//! Key pairs.

use aws_sdk_ec2::{
    Client,
    types::{KeyType, ResourceType},
};
use aws_smithy_types::Blob;

use super::{
    answer::{required, tagged},
    failure::of_write,
};
use crate::cloud::{CloudFuture, Created, KeyMaterial, Reply, Tags};

pub(super) fn import<'a>(
    ec2: &'a Client,
    name: &'a str,
    public_key: &'a str,
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .import_key_pair()
            .key_name(name)
            .public_key_material(Blob::new(public_key.as_bytes()))
            .set_tag_specifications(tagged(ResourceType::KeyPair, tags))
            .send()
            .await
            .map_err(of_write)?;
        Ok(Reply::Created(Created {
            id: required(made.key_pair_id)?,
            key_fingerprint: made.key_fingerprint,
            ..Created::default()
        }))
    })
}

pub(super) fn create<'a>(
    ec2: &'a Client,
    name: &'a str,
    key_type: &'a str,
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_key_pair()
            .key_name(name)
            .key_type(KeyType::from(key_type))
            .set_tag_specifications(tagged(ResourceType::KeyPair, tags))
            .send()
            .await
            .map_err(of_write)?;
        Ok(Reply::Created(Created {
            id: required(made.key_pair_id)?,
            key_fingerprint: made.key_fingerprint,
            key_material: made.key_material.map(KeyMaterial::new),
            ..Created::default()
        }))
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, key_pair_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_key_pair().key_pair_id(key_pair_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
