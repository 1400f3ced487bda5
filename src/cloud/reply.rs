//! What a cloud answers, call by call.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::live::Live;

/// What a cloud answers to a call that it carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Something was made.
    Created(Created),
    /// It is done, or under way where the object has a state.
    Done,
    /// What there is.
    Described(Live),
    /// A switch is on or off.
    Switch(bool),
    /// The value of a parameter.
    Parameter(String),
    /// How many the account may have.
    ServiceQuota(usize),
    /// Who calls.
    Identity(CallerIdentity),
}

impl Reply {
    /// A reply that carries nothing but an id.
    pub fn created(id: impl Into<String>) -> Self {
        Self::Created(Created { id: id.into(), ..Created::default() })
    }

    /// The id of what was made.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Created(created) => Some(&created.id),
            _ => None,
        }
    }
}

/// What the cloud says of an object that it has just made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Created {
    /// The id: of the object, or of the association for a call that associates.
    pub id: String,
    /// The ids of authorised rules, in the order of the call.
    pub security_group_rule_ids: Vec<String>,
    /// The address that was allocated.
    pub public_ip: Option<String>,
    /// The fingerprint of a key pair.
    pub key_fingerprint: Option<String>,
    /// The private key of a pair that the cloud made: nobody can ask for it a second time.
    #[serde(skip)]
    pub key_material: Option<KeyMaterial>,
}

/// A private key. It is never shown by `Debug` and never serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyMaterial(String);

impl KeyMaterial {
    /// Wraps the PEM text.
    pub fn new(pem: impl Into<String>) -> Self {
        Self(pem.into())
    }

    /// The PEM text, to be written to a file that only its owner may read.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for KeyMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyMaterial(hidden)")
    }
}

/// Who the credentials belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerIdentity {
    /// The account's number, twelve digits.
    pub account: String,
    /// The ARN of the user or role.
    pub arn: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_shows_neither_in_debug_nor_in_json() {
        let reply = Reply::Created(Created {
            id: "key-1".to_owned(),
            key_material: Some(KeyMaterial::new("-----BEGIN secret")),
            ..Created::default()
        });
        assert!(!format!("{reply:?}").contains("secret"));
        assert!(!serde_json::to_string(&reply).unwrap().contains("secret"));
    }
}
