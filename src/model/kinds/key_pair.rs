use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Visit;
use crate::model::{Field, ResourceId};

/// A key pair for SSH: a public key of the user's, or a pair that AWS makes at deploy. A private key
/// is never part of a document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyPair {
    /// The name in EC2; unique per region.
    pub key_name: String,
    /// The type of a pair that AWS makes.
    #[serde(default)]
    pub key_type: KeyType,
    /// The public key to import, in the form of `id_ed25519.pub`; AWS makes a pair where it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

/// The algorithm of a key pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyType {
    /// Ed25519.
    #[default]
    Ed25519,
    /// RSA, 2048 bits.
    Rsa,
}

impl KeyPair {
    /// The file into which the private key goes that AWS makes with a pair of this name, beside the
    /// document whose file name without its ending is `stem`.
    pub fn private_key_file(stem: &str, key_name: &str) -> String {
        let legal = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
        let name: String = key_name.chars().map(legal).take(100).collect();
        format!("{stem}-{name}.pem")
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, _: Visit<'_, 'a>) {}

    pub(in crate::model) fn map_references(
        &mut self,
        _: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        _: &mut Vec<Field>,
    ) {
    }
}
