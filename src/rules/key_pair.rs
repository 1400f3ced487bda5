//! What EC2 takes as the name of a key pair and as a public key.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, KeyPair, Kind, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "key-pair",
    severity: Severity::Error,
    summary: || t!("rule-key-pair-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html",
    rows: &["E1"],
    check,
};

const MAX_NAME: usize = 255;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<&str, &ResourceId> = BTreeMap::new();
    for id in context.index.of_kind(Kind::KeyPair) {
        let Some(pair) = context.kind(id).and_then(ResourceKind::as_key_pair) else {
            continue;
        };
        look_at_name(context, findings, id, pair);
        look_at_key(context, findings, id, pair);
        if let Some(other) = first.insert(&pair.key_name, id) {
            let message = t!(
                "rule-key-pair-twice",
                name = context.label(id),
                other = context.label(other),
                text = &pair.key_name
            );
            let field = Some(Field::new("key_name"));
            findings.report(id, field, message, t!("rule-key-pair-twice-help")).also(other);
        }
    }
}

fn look_at_name(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, pair: &KeyPair) {
    let name = &pair.key_name;
    // A blank at either end is refused in the console and lost in the CLI; it is never meant.
    if name.is_empty() || name.len() > MAX_NAME || !name.is_ascii() || name.trim() != name {
        let message = t!("rule-key-pair-name", name = context.label(id), text = name);
        findings.report(id, Some(Field::new("key_name")), message, t!("rule-key-pair-name-help"));
    }
}

fn look_at_key(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, pair: &KeyPair) {
    let Some(key) = pair.public_key.as_deref().map(str::trim) else {
        return;
    };
    let field = Some(Field::new("public_key"));
    if key.contains("PRIVATE KEY") {
        let message = t!("rule-key-pair-private", name = context.label(id));
        findings.report(id, field, message, t!("rule-key-pair-private-help"));
    } else if ["ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|it| key.starts_with(it)) {
        let kind = key.split(' ').next().unwrap_or_default();
        let message = t!("rule-key-pair-kind", name = context.label(id), kind = kind);
        findings.report(id, field, message, t!("rule-key-pair-kind-help"));
    } else if key.is_empty() || key.starts_with("ssh-") && key.split_whitespace().nth(1).is_none() {
        let message = t!("rule-key-pair-empty", name = context.label(id));
        findings.report(id, field, message, t!("rule-key-pair-kind-help"));
    } else if !is_known_form(key) {
        let message = t!("rule-key-pair-form", name = context.label(id));
        findings.report(id, field, message, t!("rule-key-pair-kind-help"));
    }
}

/// The three forms that EC2 imports: OpenSSH's, that of RFC 4716, and DER as Base64, which begins with
/// the byte of a sequence.
fn is_known_form(key: &str) -> bool {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '\r' | '\n');
    let openssh = key.starts_with("ssh-rsa ") || key.starts_with("ssh-ed25519 ");
    openssh || key.contains("BEGIN") || key.starts_with('M') && key.chars().all(is_base64)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::KeyPair;

    fn pair(n: &mut Network, name: &str, key_name: &str, key: Option<&str>) {
        let fields = KeyPair {
            key_name: key_name.to_owned(),
            public_key: key.map(str::to_owned),
            ..KeyPair::default()
        };
        n.put(name, fields);
    }

    #[test]
    fn names_are_ascii_and_unique() {
        let message = "EC2 refuses `Schlüssel` as the name of key pair `key-a`";
        finds(&RULE, ("key-a", Some("key_name")), message, |n| pair(n, "key-a", "Schlüssel", None));
        let message = "key pairs `key-b` and `key-a` are both named `ops`";
        finds(&RULE, ("key-b", Some("key_name")), message, |n| {
            pair(n, "key-a", "ops", None);
            pair(n, "key-b", "ops", None);
        });
    }

    #[test]
    fn private_keys_other_algorithms_and_halves() {
        let place = ("key-a", Some("public_key"));
        let message = "key pair `key-a` has a private key where the public one belongs";
        let key = "-----BEGIN OPENSSH PRIVATE KEY-----";
        finds(&RULE, place, message, |n| pair(n, "key-a", "ops", Some(key)));
        let message = "EC2 does not import the ecdsa-sha2-nistp256 key of key pair `key-a`";
        finds(&RULE, place, message, |n| pair(n, "key-a", "ops", Some("ecdsa-sha2-nistp256 AAAA me")));
        let message = "the public key of key pair `key-a` is not complete";
        finds(&RULE, place, message, |n| pair(n, "key-a", "ops", Some("ssh-ed25519")));
        let message = "the public key of key pair `key-a` is in no form that EC2 imports";
        finds(&RULE, place, message, |n| pair(n, "key-a", "ops", Some("not a key")));
    }

    #[test]
    fn ed25519_and_rsa_are_fine() {
        silent(&RULE, |n| {
            pair(n, "key-a", "ops", Some("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB me@host"));
            pair(n, "key-b", "Ops", Some("ssh-rsa AAAAB3NzaC1yc2E"));
            pair(n, "key-c", "der", Some("MIIBIjANBgkq\nhkiG9w0BAQEF"));
            pair(n, "key-d", "ssh2", Some("---- BEGIN SSH2 PUBLIC KEY ----"));
        });
    }
}
