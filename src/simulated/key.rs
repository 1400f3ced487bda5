//! Key pairs.

use super::{
    ids::{self, refuse},
    state::{Answer, SimulatedCloud, hash_text, mix},
};
use crate::cloud::{CloudError, Created, KeyMaterial, LiveKeyPair, Reply, Tags};

/// The type of a public key in OpenSSH form; `None` where it is none that EC2 takes.
fn type_of_public_key(text: &str) -> Option<&'static str> {
    let mut words = text.split_whitespace();
    let key_type = match words.next()? {
        "ssh-ed25519" => "ed25519",
        "ssh-rsa" => "rsa",
        _ => return None,
    };
    let body = words.next()?;
    let is_base64 = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    (is_base64 && body.starts_with("AAAA")).then_some(key_type)
}

/// A value in the form of a fingerprint: it stands for the digest that EC2 computes.
fn fingerprint(text: &str) -> String {
    let halves = [mix(hash_text(text)), mix(hash_text(text).rotate_left(32))];
    let bytes = halves.iter().flat_map(|half| half.to_be_bytes()).map(|byte| format!("{byte:02x}"));
    bytes.collect::<Vec<_>>().join(":")
}

impl SimulatedCloud {
    pub(super) fn import_key_pair(&mut self, key_name: &str, public_key: &str, tags: &Tags) -> Answer {
        self.check_key_name(key_name)?;
        let Some(key_type) = type_of_public_key(public_key) else {
            return refuse("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
        };
        let created = self.keep_key_pair(key_name, key_type, public_key.trim(), tags);
        Ok(Reply::Created(created))
    }

    pub(super) fn create_key_pair(&mut self, key_name: &str, key_type: &str, tags: &Tags) -> Answer {
        self.check_key_name(key_name)?;
        let word = match key_type {
            "ed25519" => "ssh-ed25519",
            "rsa" => "ssh-rsa",
            other => {
                return refuse("InvalidParameterValue", format!("Invalid value '{other}' for keyType."));
            }
        };
        let body = format!("{:016x}", mix(self.seed ^ hash_text(key_name)));
        let mut created =
            self.keep_key_pair(key_name, key_type, &format!("{word} AAAA{body} {key_name}"), tags);
        // It opens nothing: it stands where the real one would.
        created.key_material = Some(KeyMaterial::new(format!(
            "-----BEGIN SIMULATED PRIVATE KEY-----\n{body}\n-----END SIMULATED PRIVATE KEY-----\n"
        )));
        Ok(Reply::Created(created))
    }

    fn check_key_name(&self, key_name: &str) -> Result<(), CloudError> {
        if key_name.is_empty() || key_name.len() > 255 || !key_name.is_ascii() {
            return refuse(
                "InvalidParameterValue",
                format!("Value ({key_name}) for parameter keyName is invalid."),
            );
        }
        if self.key_pairs.values().any(|pair| pair.key_name == key_name) {
            return refuse("InvalidKeyPair.Duplicate", format!("The keypair '{key_name}' already exists."));
        }
        Ok(())
    }

    fn keep_key_pair(&mut self, key_name: &str, key_type: &str, public_key: &str, tags: &Tags) -> Created {
        let id = self.new_id(ids::KEY.prefix);
        let key_fingerprint = Some(fingerprint(public_key));
        let pair = LiveKeyPair {
            key_pair_id: id.clone(),
            key_name: key_name.to_owned(),
            key_type: Some(key_type.to_owned()),
            key_fingerprint: key_fingerprint.clone(),
            public_key: Some(public_key.to_owned()),
            tags: tags.clone(),
        };
        self.key_pairs.insert(id.clone(), pair);
        Created { id, key_fingerprint, ..Created::default() }
    }

    pub(super) fn delete_key_pair(&mut self, key_pair_id: &str) -> Answer {
        ids::KEY.check(key_pair_id)?;
        self.key_pairs.remove(key_pair_id);
        self.forget(key_pair_id);
        Ok(Reply::Done)
    }
}
