//! The ways to a shell as what one types: commands for a POSIX shell, and a piece of `ssh_config`.
//!
//! What the drawing does not know before a deploy - ids, addresses that AWS chooses - is looked up by
//! the command itself, by the tag that a deploy puts on everything.

use std::{collections::BTreeMap, net::IpAddr, path::Path};

use super::{Access, SSH};
use crate::{
    model::{Document, KeyPair, Kind, ResourceId, ResourceKind},
    reach::{addresses::position_of, network::Network},
    t,
};

/// The tag that names the resource of the drawing on what was deployed.
const RESOURCE_TAG: &str = "vpcscape:resource";

/// What is known about the one who connects, beside the drawing.
#[derive(Debug, Clone, Copy)]
pub struct Operator<'a> {
    /// The user on the hosts, such as `ec2-user`.
    pub user: &'a str,
    /// The files of private keys, by key pair.
    pub keys: &'a BTreeMap<ResourceId, String>,
    /// The AWS ids of what was deployed, by resource.
    pub live: &'a BTreeMap<ResourceId, String>,
}

/// Whether a name can be that of a user on a host: it must not be read as an option or a host.
pub fn is_user(text: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !text.is_empty() && text.len() <= 64 && !text.starts_with('-') && text.chars().all(legal)
}

/// The files into which a deploy of this document writes the private keys that AWS makes, by key pair.
/// Of a pair that the user made, only the user knows the file.
pub fn key_files(network: &Network<'_>, document: &Path) -> BTreeMap<ResourceId, String> {
    let stem = Document::file_stem(document);
    let made = network.index.resources_of(Kind::KeyPair).filter_map(|it| {
        let pair = it.kind.as_key_pair().filter(|pair| pair.public_key.is_none())?;
        let file = document.with_file_name(KeyPair::private_key_file(&stem, &pair.key_name));
        Some((it.id.clone(), file.to_string_lossy().into_owned()))
    });
    made.collect()
}

/// A text that is known, or a question to AWS.
enum Fact {
    Known(String),
    Ask(String),
}

/// The commands that open the shell, one per line.
pub fn shell(
    network: &Network<'_>,
    host: &ResourceId,
    access: &Access,
    operator: &Operator<'_>,
) -> Vec<String> {
    let mut script = Script { network, operator, lines: Vec::new() };
    match access {
        Access::Direct => {
            let key = script.key(host).map(|key| format!("-i {} ", quoted(&key))).unwrap_or_default();
            let host = script.login("HOST", host, true);
            script.lines.push(format!("ssh {key}{host}"));
        }
        Access::Jump(bastions) => {
            script.add_keys(bastions.iter().chain([host]));
            let mut jumps = Vec::new();
            for (at, bastion) in bastions.iter().enumerate() {
                let name = if at == 0 { "JUMP".to_owned() } else { format!("JUMP_{}", at + 1) };
                jumps.push(script.login(&name, bastion, at == 0));
            }
            let host = script.login("HOST", host, false);
            script.lines.push(format!("ssh -J {} {host}", jumps.join(",")));
        }
        Access::Endpoint(endpoint) => {
            let id = script.instance("HOST", host);
            let region = script.region();
            let user = quoted(operator.user);
            let chosen =
                script.live(endpoint).map(|it| format!(" --eice-options endpointId={}", quoted(&it)));
            script.lines.push(format!(
                "aws ec2-instance-connect ssh{region} --instance-id {id} --connection-type eice --os-user {user}{}",
                chosen.unwrap_or_default()
            ));
        }
        Access::SessionManager(_) => {
            let id = script.instance("HOST", host);
            let region = script.region();
            script.lines.push(format!("aws ssm start-session{region} --target {id}"));
        }
    }
    script.lines
}

/// The hosts of a way as a piece of `ssh_config`: afterwards `ssh RESOURCE` is enough.
pub fn ssh_config(
    network: &Network<'_>,
    host: &ResourceId,
    access: &Access,
    operator: &Operator<'_>,
) -> Vec<String> {
    let script = Script { network, operator, lines: Vec::new() };
    let mut lines = Vec::new();
    match access {
        Access::Direct => script.entry(&mut lines, host, true, None),
        Access::Jump(bastions) => {
            let mut before: Option<&ResourceId> = None;
            for (at, bastion) in bastions.iter().enumerate() {
                let proxy = before.map(|it| format!("ProxyJump {it}"));
                script.entry(&mut lines, bastion, at == 0, proxy);
                before = Some(bastion);
            }
            script.entry(&mut lines, host, false, before.map(|it| format!("ProxyJump {it}")));
        }
        Access::Endpoint(_) => {
            let region = script.region();
            let proxy = format!(
                "ProxyCommand aws ec2-instance-connect open-tunnel{region} --instance-id %h --remote-port %p"
            );
            script.tunnel(&mut lines, host, proxy);
        }
        Access::SessionManager(_) => {
            let region = script.region();
            let proxy = format!(
                "ProxyCommand aws ssm start-session{region} --target %h --document-name AWS-StartSSHSession --parameters portNumber=%p"
            );
            script.tunnel(&mut lines, host, proxy);
        }
    }
    lines
}

/// Lines that are being written.
struct Script<'a> {
    network: &'a Network<'a>,
    operator: &'a Operator<'a>,
    lines: Vec<String>,
}

impl Script<'_> {
    /// `user@address`; an address that has to be asked for goes into a variable first.
    fn login(&mut self, variable: &str, id: &ResourceId, outside: bool) -> String {
        let user = quoted(self.operator.user);
        match self.address(id, outside) {
            Fact::Known(address) => format!("{user}@{}", quoted(&address)),
            Fact::Ask(question) => {
                self.lines.push(format!("{variable}=$({question})"));
                format!("{user}@\"${variable}\"")
            }
        }
    }

    /// The AWS id of an instance.
    fn instance(&mut self, variable: &str, id: &ResourceId) -> String {
        if let Some(live) = self.live(id) {
            return quoted(&live);
        }
        let question = self.ask(id, "InstanceId");
        self.lines.push(format!("{variable}=$({question})"));
        format!("\"${variable}\"")
    }

    /// Keys for several hosts go into the agent of the operator's own machine.
    fn add_keys<'k>(&mut self, hosts: impl Iterator<Item = &'k ResourceId>) {
        let mut keys: Vec<String> = Vec::new();
        for key in hosts.filter_map(|id| self.key(id)) {
            let key = quoted(&key);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if !keys.is_empty() {
            self.lines.push(format!("ssh-add {}", keys.join(" ")));
        }
    }

    fn key(&self, id: &ResourceId) -> Option<String> {
        let pair = self.network.kind(id)?.as_instance()?.key_pair_id.as_ref()?;
        let file = self.operator.keys.get(pair)?;
        Some(if file.starts_with('-') { format!("./{file}") } else { file.clone() })
    }

    /// The AWS id: of what was deployed, or kept by an import.
    fn live(&self, id: &ResourceId) -> Option<String> {
        let imported = || is_aws_id(id.as_str()).then(|| id.to_string());
        self.operator.live.get(id).cloned().or_else(imported)
    }

    fn address(&self, id: &ResourceId, outside: bool) -> Fact {
        let primary = self.network.of_owner(id).find(|it| it.host.is_none());
        let held = primary.map(|it| it.addresses.as_slice()).unwrap_or_default();
        if !outside {
            let fields = self.network.kind(id).and_then(ResourceKind::as_instance);
            return match fields.and_then(|it| it.private_ip) {
                Some(address) => Fact::Known(address.to_string()),
                None => Fact::Ask(self.ask(id, "PrivateIpAddress")),
            };
        }
        match held.iter().find_map(|it| it.public) {
            Some(IpAddr::V6(address)) => {
                let fields = self.network.kind(id).and_then(ResourceKind::as_instance);
                if fields.is_some_and(|it| it.ipv6_addresses.contains(&address)) {
                    Fact::Known(address.to_string())
                } else {
                    Fact::Ask(self.ask(id, "Ipv6Address"))
                }
            }
            Some(address) if position_of(address).is_none() => Fact::Known(address.to_string()),
            _ => Fact::Ask(self.ask(id, "PublicIpAddress")),
        }
    }

    /// A question for one field of a running instance.
    fn ask(&self, id: &ResourceId, field: &str) -> String {
        let which = match self.live(id) {
            Some(live) => format!("--instance-ids {}", quoted(&live)),
            None => format!(
                "--filters Name=tag:{RESOURCE_TAG},Values={} Name=instance-state-name,Values=running",
                quoted(id.as_str())
            ),
        };
        let region = self.region();
        format!(
            "aws ec2 describe-instances{region} {which} --query 'Reservations[0].Instances[0].{field}' --output text"
        )
    }

    fn region(&self) -> String {
        format!(" --region {}", quoted(&self.network.topology.region))
    }

    /// One `Host` of `ssh_config`, with the resource's id as its name, which has no blanks or signs.
    fn entry(&self, lines: &mut Vec<String>, id: &ResourceId, outside: bool, proxy: Option<String>) {
        let address = self.address(id, outside);
        let mut entry = vec![format!(
            "HostName {}",
            config_word(&match &address {
                Fact::Known(address) => address.clone(),
                Fact::Ask(_) => format!("ADDRESS-OF-{id}"),
            })
        )];
        if let Fact::Ask(question) = address {
            entry.insert(0, format!("# {}", t!("reach-connect-fill-in")));
            entry.insert(1, format!("# {question}"));
        }
        self.finish(lines, id, entry, proxy);
    }

    /// A `Host` behind a tunnel of the AWS CLI: its name is the instance's id.
    fn tunnel(&self, lines: &mut Vec<String>, id: &ResourceId, proxy: String) {
        let entry = match self.live(id) {
            Some(live) => vec![format!("HostName {}", config_word(&live))],
            None => vec![
                format!("# {}", t!("reach-connect-fill-in")),
                format!("# {}", self.ask(id, "InstanceId")),
                format!("HostName ID-OF-{id}"),
            ],
        };
        self.finish(lines, id, entry, Some(proxy));
    }

    fn finish(
        &self,
        lines: &mut Vec<String>,
        id: &ResourceId,
        mut entry: Vec<String>,
        proxy: Option<String>,
    ) {
        entry.push(format!("User {}", config_word(self.operator.user)));
        entry.push(format!("Port {SSH}"));
        if let Some(key) = self.key(id) {
            entry.push(format!("IdentityFile {}", config_word(&key.replace('%', "%%"))));
            entry.push("IdentitiesOnly yes".to_owned());
        }
        entry.extend(proxy);
        lines.push(format!("Host {id}"));
        lines.extend(entry.into_iter().map(|line| format!("    {line}")));
    }
}

/// A text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '%' | '+');
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A text as one word of `ssh_config`, where a line ends a value and quotes hold blanks together.
fn config_word(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() && *c != '"').collect();
    if text.contains(char::is_whitespace) || text.contains('#') { format!("\"{text}\"") } else { text }
}

/// Whether a text has the form of an AWS id, such as `i-0123456789abcdef0`.
fn is_aws_id(text: &str) -> bool {
    let digits = text.rsplit('-').next().unwrap_or_default();
    digits.len() < text.len()
        && matches!(digits.len(), 8 | 17)
        && digits.bytes().all(|it| it.is_ascii_hexdigit())
}
