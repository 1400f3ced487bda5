//! Key pairs: imported, or made by AWS.

use super::Frozen;
use crate::{
    cloud::{Call, LiveKeyPair, Tags},
    deploy::observed::Observed,
    model::{KeyPair, KeyType},
};

pub fn create(key: &KeyPair, tags: Tags) -> Call {
    let key_name = key.key_name.clone();
    if let Some(public_key) = &key.public_key {
        return Call::ImportKeyPair { key_name, public_key_material: public_key.trim().to_owned(), tags };
    }
    let key_type = match key.key_type {
        KeyType::Ed25519 => "ed25519",
        KeyType::Rsa => "rsa",
    };
    Call::CreateKeyPair { key_name, key_type: key_type.to_owned(), tags }
}

pub fn newborn(key: &KeyPair, id: String, observed: &mut Observed) {
    let live =
        LiveKeyPair { key_pair_id: id.clone(), key_name: key.key_name.clone(), ..LiveKeyPair::default() };
    observed.key_pairs.insert(id, live);
}

/// The key itself, without the comment behind it.
fn bare(public_key: &str) -> String {
    public_key.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

pub fn frozen(key: &KeyPair, id: &str, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.key_pairs.get(id) else { return };
    Frozen::check(out, "key_name", &live.key_name, &key.key_name);
    if let (Some(wanted), Some(now)) = (&key.public_key, &live.public_key) {
        Frozen::check(out, "public_key", &bare(now), &bare(wanted));
    }
}
