//! How everything that is made gets its mark: tags that say which document, resource and run it is
//! from, and client tokens that follow from the same three.

use std::{fmt, io};

use serde::{Deserialize, Serialize};

use super::ids::Ids;
use crate::{
    cloud::Tags,
    model::{Kind, Resource},
};

/// The tag that names the document; its value stands in the state file.
pub const DOCUMENT_TAG: &str = "vpcscape:document";
/// The tag that names the resource of the document.
pub const RESOURCE_TAG: &str = "vpcscape:resource";
/// The tag that names the run which made the object.
pub const RUN_TAG: &str = "vpcscape:run";

/// The name of a document in tags: made up once, by the first deploy, and kept in the state file, so
/// that two copies of a file never take each other's objects for their own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(String);

/// The name of a run in tags and in the journal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(String);

impl DocumentId {
    /// A document id from a number that nobody else draws.
    pub fn from_number(number: u64) -> Self {
        Self(format!("doc-{number:016x}"))
    }

    /// The document id of a tag; `None` where it is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("doc-")?;
        let fits = digits.len() == 16 && digits.bytes().all(|it| it.is_ascii_hexdigit());
        fits.then(|| Self(text.to_owned()))
    }

    /// The text of the tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RunId {
    /// A run id from a number that nobody else draws.
    pub fn from_number(number: u64) -> Self {
        Self(format!("run-{number:016x}"))
    }

    /// The text of the tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose things are made, and in which run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The document.
    pub document: DocumentId,
    /// The run.
    pub run: RunId,
}

impl Stamp {
    /// The user's tags of a resource: `Name` and the further ones.
    pub fn user_tags(resource: &Resource) -> Tags {
        let mut tags: Tags = resource.tags.clone();
        if !resource.name.is_empty() {
            tags.insert("Name".to_owned(), resource.name.clone());
        }
        tags
    }

    /// Every tag of a new object, in the order of keys.
    pub fn pairs<'a>(&'a self, resource: &'a Resource) -> Vec<(&'a str, &'a str)> {
        let own = [
            (DOCUMENT_TAG, self.document.as_str()),
            (RESOURCE_TAG, resource.id.as_str()),
            (RUN_TAG, self.run.as_str()),
        ];
        let name = Some(("Name", resource.name.as_str())).filter(|(_, name)| !name.is_empty());
        let set = |key: &str| own.iter().chain(&name).any(|(own, _)| *own == key);
        let drawn = resource.tags.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let mut pairs: Vec<_> = drawn.filter(|(key, _)| !set(key)).chain(own).chain(name).collect();
        pairs.sort_unstable();
        pairs
    }

    /// Every tag of a new object.
    pub fn tags(&self, resource: &Resource) -> Tags {
        let pairs = self.pairs(resource).into_iter();
        pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    /// The client token of the `attempt`-th object that this run makes for a resource, 41 ASCII
    /// characters (EC2 takes 64). The same always gives the same token, also after a crash. Drawn
    /// otherwise since, or beside other objects, it is another one: EC2 refuses a token that comes with
    /// other parameters, and what the first one may have made is found by its tags.
    pub fn token(&self, resource: &Resource, ids: &Ids, attempt: u32) -> String {
        let mut hash = Fingerprint::default();
        for part in [self.document.as_str(), "/", self.run.as_str(), "/", resource.id.as_str(), "/"] {
            hash.update(part.as_bytes());
        }
        hash.update(&attempt.to_le_bytes());
        if let Err(error) = serde_json::to_writer(&mut hash, &resource.kind) {
            hash.update(error.to_string().as_bytes());
        }
        for (key, value) in self.pairs(resource) {
            for part in ["/", key, "=", value] {
                hash.update(part.as_bytes());
            }
        }
        // Of these kinds, what they mention is there before the call, so that it says the same again.
        let names_others = matches!(
            resource.kind.kind(),
            Kind::Instance | Kind::NatGateway | Kind::GatewayEndpoint | Kind::InterfaceEndpoint
        );
        resource.kind.each_reference(&mut |_, to| {
            if names_others {
                hash.update(b"/");
                hash.update(ids.get(to).unwrap_or_default().as_bytes());
            }
        });
        format!("vpcscape-{}", hash.finish())
    }
}

/// FNV-1a over 128 bits: tells versions apart, keeps no secret.
#[derive(Debug, Clone)]
pub struct Fingerprint(u128);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fingerprint {
    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    }

    /// The hash as 32 hexadecimal digits.
    pub fn finish(&self) -> String {
        format!("{:032x}", self.0)
    }
}

impl io::Write for Fingerprint {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The [`Fingerprint`] of some bytes.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut hash = Fingerprint::default();
    hash.update(bytes);
    hash.finish()
}
