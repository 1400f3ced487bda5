//! Key pairs.

use aws_sdk_ec2::{
    Client,
    types::{Filter, KeyType, ResourceType},
};
use aws_smithy_types::Blob;

use super::{
    answer::{required, tagged},
    failure::{of_read, of_write},
};
use crate::cloud::{CloudError, CloudFuture, Created, KeyMaterial, Reply, Tags};

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
        let answer = call.send().await.map_err(of_write)?;
        // EC2 names what it deleted. Without that there was nothing to delete, or this endpoint knows
        // key pairs by their names alone, as the API did until 2019 and some emulators still do.
        if answer.key_pair_id.is_none()
            && let Some(name) = name_of(ec2, key_pair_id).await?
        {
            ec2.delete_key_pair().key_name(name).send().await.map_err(of_write)?;
        }
        Ok(Reply::Done)
    })
}

/// The name of the key pair with this id, if it is there.
async fn name_of(ec2: &Client, key_pair_id: &str) -> Result<Option<String>, CloudError> {
    let filter = Filter::builder().name("key-pair-id").values(key_pair_id).build();
    let there = ec2.describe_key_pairs().filters(filter).send().await.map_err(of_read)?;
    let mut pairs = there.key_pairs.unwrap_or_default().into_iter();
    let wanted = pairs.find(|pair| pair.key_pair_id() == Some(key_pair_id));
    Ok(wanted.and_then(|pair| pair.key_name))
}
