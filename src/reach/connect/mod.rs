//! How an operator gets a shell on an instance of the drawing: straight by SSH, by SSH through a
//! bastion, by an EC2 Instance Connect Endpoint, by Session Manager; or what stands in the way.
//!
//! The operator sits somewhere in the internet, at an address that the rules of the drawing admit. The
//! private key stays there: a bastion only forwards (`ProxyJump`), it is never handed a key or an agent.

mod command;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use command::{Operator, is_user, key_files, shell, ssh_config};

use super::{
    flow::{Flow, Party},
    network::Network,
    trace::{Blocker, Verdict},
    walk::walk,
};
use crate::{
    model::{InterfaceEndpoint, Kind, ResourceId, ResourceKind},
    net::Protocol,
    t,
};

/// Where SSH listens.
const SSH: u16 = 22;
/// Where the services of Systems Manager listen.
const HTTPS: u16 = 443;
/// What Session Manager needs. `ec2messages` is for agents before 3.3.40 only.
const SERVICES: [&str; 2] = ["ssm", "ssmmessages"];
/// So many walks are tried at most to find a bastion.
const MOST_WALKS: usize = 4096;

/// A way to a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// By SSH to the instance's public address.
    Direct,
    /// By SSH through these hosts, the outermost first.
    Jump(Vec<ResourceId>),
    /// By this EC2 Instance Connect Endpoint.
    Endpoint(ResourceId),
    /// By Session Manager, which the instance calls by these interface endpoints; without any, over
    /// the internet.
    SessionManager(Vec<ResourceId>),
}

/// A way that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Which one.
    pub access: Access,
    /// The flows of it that are blocked, each with everything in its way.
    pub blocked: Vec<(Flow, Vec<Blocker>)>,
}

/// What is known about getting to one instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The instance.
    pub host: ResourceId,
    /// The ways that work, the plainest first.
    pub works: Vec<Access>,
    /// One of each kind that does not, the one with the fewest blockers first.
    pub fails: Vec<Attempt>,
}

impl Access {
    /// What it is, in words.
    pub fn title(&self, network: &Network<'_>) -> String {
        let names = |ids: &[ResourceId]| {
            let names: Vec<String> = ids.iter().map(|id| network.label(id)).collect();
            names.join(", ")
        };
        match self {
            Self::Direct => t!("reach-connect-direct"),
            Self::Jump(hosts) => t!("reach-connect-jump", hosts = names(hosts)),
            Self::Endpoint(id) => t!("reach-connect-endpoint", name = network.label(id)),
            Self::SessionManager(by) if by.is_empty() => t!("reach-connect-session"),
            Self::SessionManager(by) => t!("reach-connect-session-endpoints", names = names(by)),
        }
    }

    /// The word in reports: `ssh`, `ssh-jump`, `instance-connect-endpoint`, `session-manager`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Direct => "ssh",
            Self::Jump(_) => "ssh-jump",
            Self::Endpoint(_) => "instance-connect-endpoint",
            Self::SessionManager(_) => "session-manager",
        }
    }

    /// What it needs besides a network path.
    pub fn note(&self, network: &Network<'_>, host: &ResourceId) -> Option<String> {
        let messages = || endpoint_of(network, host, "ec2messages").is_some();
        match self {
            Self::Direct | Self::Jump(_) => None,
            Self::Endpoint(_) => Some(t!("reach-connect-endpoint-note")),
            Self::SessionManager(by) if by.is_empty() || messages() => Some(t!("reach-connect-session-note")),
            Self::SessionManager(_) => Some(t!("reach-connect-session-old-agents")),
        }
    }
}

/// Finds the ways to a shell on an instance; `None` where the id is none of an instance with an
/// interface.
pub fn connect(network: &Network<'_>, host: &ResourceId) -> Option<Connection> {
    network.kind(host)?.as_instance()?;
    network.of_owner(host).next()?;
    let mut found = Connection { host: host.clone(), works: Vec::new(), fails: Vec::new() };
    let outcomes = [
        Some(direct(network, host)),
        jump(network, host),
        by_endpoint(network, host),
        Some(session_manager(network, host)),
    ];
    for attempt in outcomes.into_iter().flatten() {
        if attempt.blocked.is_empty() {
            found.works.push(attempt.access);
        } else {
            found.fails.push(attempt);
        }
    }
    found.fails.sort_by_key(Attempt::weight);
    Some(found)
}

impl Attempt {
    fn new(access: Access) -> Self {
        Self { access, blocked: Vec::new() }
    }

    /// How much stands in the way.
    fn weight(&self) -> usize {
        self.blocked.iter().map(|(_, blockers)| blockers.len()).sum()
    }

    /// Walks one flow that the way needs.
    fn needs(&mut self, network: &Network<'_>, from: Party, to: Party, port: u16) {
        let flow = Flow::new(from, to, Protocol::Tcp, port);
        let trace = walk(network, &flow);
        if trace.verdict() == Verdict::Blocked {
            self.blocked.push((flow, trace.blockers));
        }
    }
}

fn resource(id: &ResourceId) -> Party {
    Party::Resource(id.clone())
}

fn direct(network: &Network<'_>, host: &ResourceId) -> Attempt {
    let mut attempt = Attempt::new(Access::Direct);
    attempt.needs(network, Party::Internet, resource(host), SSH);
    attempt
}

/// Through one bastion, or through two where no single one will do.
fn jump(network: &Network<'_>, host: &ResourceId) -> Option<Attempt> {
    let reaches = |from: Party, to: &ResourceId| {
        walk(network, &Flow::new(from, resource(to), Protocol::Tcp, SSH)).verdict() == Verdict::Reachable
    };
    let hosts = network.index.of_kind(Kind::Instance).iter().filter(|id| *id != host);
    let is_public = |id: &&&ResourceId| {
        network.of_owner(id).any(|it| it.addresses.iter().any(|held| held.public.is_some()))
    };
    let (public, private): (Vec<_>, Vec<_>) = hosts.take(MOST_WALKS).partition(|id| is_public(&id));
    let entries: Vec<&ResourceId> =
        public.iter().copied().filter(|id| reaches(Party::Internet, id)).collect();
    if let Some(entry) = entries.iter().find(|id| reaches(resource(id), host)) {
        return Some(Attempt::new(Access::Jump(vec![(*entry).clone()])));
    }
    let mut walks = MOST_WALKS;
    for middle in public.iter().chain(&private).filter(|id| reaches(resource(id), host)) {
        for entry in entries.iter().filter(|id| *id != middle) {
            walks = walks.checked_sub(1)?;
            if reaches(resource(entry), middle) {
                return Some(Attempt::new(Access::Jump(vec![(*entry).clone(), (*middle).clone()])));
            }
        }
    }
    // None works: the one that is nearest to it tells most. What has no public address is no bastion.
    let attempts = public.into_iter().map(|bastion| {
        let mut attempt = Attempt::new(Access::Jump(vec![bastion.clone()]));
        attempt.needs(network, Party::Internet, resource(bastion), SSH);
        attempt.needs(network, resource(bastion), resource(host), SSH);
        attempt
    });
    attempts.min_by_key(Attempt::weight)
}

/// By an EC2 Instance Connect Endpoint of the instance's VPC.
fn by_endpoint(network: &Network<'_>, host: &ResourceId) -> Option<Attempt> {
    let vpcs: BTreeSet<&ResourceId> = network.of_owner(host).map(|it| &it.vpc).collect();
    let endpoints = network.index.of_kind(Kind::InstanceConnectEndpoint).iter();
    let attempts = endpoints.filter(|id| network.of_owner(id).any(|it| vpcs.contains(&it.vpc))).map(|id| {
        let mut attempt = Attempt::new(Access::Endpoint(id.clone()));
        attempt.needs(network, resource(id), resource(host), SSH);
        attempt
    });
    attempts.min_by_key(Attempt::weight)
}

/// By Session Manager: the agent on the instance calls each service by the endpoint that its name
/// resolves to, else over the internet.
fn session_manager(network: &Network<'_>, host: &ResourceId) -> Attempt {
    let endpoints = SERVICES.map(|service| endpoint_of(network, host, service));
    let by = endpoints.into_iter().flatten().cloned().collect();
    let mut attempt = Attempt::new(Access::SessionManager(by));
    for endpoint in endpoints.into_iter().flatten() {
        attempt.needs(network, resource(host), resource(endpoint), HTTPS);
    }
    if endpoints.iter().any(Option::is_none) {
        attempt.needs(network, resource(host), Party::Internet, HTTPS);
    }
    attempt
}

/// The interface endpoint of the instance's VPC that stands for a service under its usual name.
fn endpoint_of<'n>(network: &'n Network<'_>, host: &ResourceId, service: &str) -> Option<&'n ResourceId> {
    let vpc = &network.of_owner(host).next()?.vpc;
    let resolves = network.vpc(vpc).is_some_and(|it| it.enable_dns_support && it.enable_dns_hostnames);
    let is_it = |it: &InterfaceEndpoint| {
        it.vpc_id == *vpc && it.private_dns_enabled && it.service_name.rsplit('.').next() == Some(service)
    };
    let mut endpoints = network.index.resources_of(Kind::InterfaceEndpoint).filter(|_| resolves);
    endpoints
        .find(|it| matches!(&it.kind, ResourceKind::InterfaceEndpoint(fields) if is_it(fields)))
        .map(|it| &it.id)
}
