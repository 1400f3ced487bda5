//! Network interfaces that others own in what is to be removed: whose they are, and whether they go by
//! themselves.
//!
//! An interface names its owner by its type, by who requested it, or in words only: one of a Lambda
//! function becomes a plain `interface` when it is detached, and keeps its description. What is owned by
//! others is never detached or removed.

use std::collections::BTreeSet;

use crate::{cloud::LiveNetworkInterface, t};

const MINUTE: u64 = 60_000;

/// Who owns a network interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A Lambda function, by its name.
    Lambda(String),
    /// A load balancer, by its name.
    LoadBalancer(String),
    /// A database of RDS.
    Rds,
    /// A VPC endpoint, by its id.
    Endpoint(String),
    /// A NAT gateway, by its id.
    NatGateway(String),
    /// An attachment of a transit gateway, by its id.
    TransitGateway(String),
    /// A file system of EFS, in the words of EFS.
    FileSystem(String),
    /// A cluster of EKS, in the words of EKS.
    Cluster(String),
    /// An instance, by its id.
    Instance(String),
    /// Another service of AWS, in its own words.
    Service(String),
    /// Nobody who can be told.
    Unknown(String),
}

/// The beginnings of descriptions by which services name themselves.
const SERVICES: &[&str] =
    &["ElastiCache", "ES ", "RedshiftNetworkInterface", "DMSNetworkInterface", "AWS created"];

impl Owner {
    /// Reads who owns an interface.
    pub fn of(interface: &LiveNetworkInterface) -> Self {
        let words = interface.description.as_str();
        let requester = interface.requester_id.as_deref().unwrap_or_default();
        let after = |start: &str| words.strip_prefix(start).map(|rest| rest.trim().to_owned());
        let last = || words.rsplit(' ').next().unwrap_or_default().to_owned();
        if let Some(name) = after("AWS Lambda VPC ENI-") {
            return Self::Lambda(function(&name));
        }
        if let Some(name) = after("ELB ") {
            return Self::LoadBalancer(balancer(&name));
        }
        // The network plugin of a cluster attaches interfaces to the nodes, whosever these are.
        if words.starts_with("Amazon EKS ") || words.starts_with("aws-K8S-") {
            return Self::Cluster(words.to_owned());
        }
        if let Some(instance) = interface.attachment.as_ref().and_then(|it| it.instance_id.clone())
            && !instance.is_empty()
        {
            return Self::Instance(instance);
        }
        let is_rds = requester == "amazon-rds" || words == "RDSNetworkInterface";
        match interface.interface_type.as_str() {
            "lambda" => Self::Lambda(words.to_owned()),
            "load_balancer" | "network_load_balancer" | "gateway_load_balancer" => {
                Self::LoadBalancer(words.to_owned())
            }
            _ if requester == "amazon-elb" => Self::LoadBalancer(words.to_owned()),
            _ if is_rds => Self::Rds,
            "vpc_endpoint" | "gateway_load_balancer_endpoint" => Self::Endpoint(last()),
            _ if words.starts_with("VPC Endpoint Interface") => Self::Endpoint(last()),
            "nat_gateway" => Self::NatGateway(last()),
            _ if words.starts_with("Interface for NAT Gateway") => Self::NatGateway(last()),
            "transit_gateway" => Self::TransitGateway(last()),
            "efs" => Self::FileSystem(words.to_owned()),
            _ if words.starts_with("EFS mount target") => Self::FileSystem(words.to_owned()),
            _ if SERVICES.iter().any(|start| words.starts_with(start)) => Self::Service(words.to_owned()),
            _ if interface.requester_managed => Self::Service(first(&[words, requester])),
            _ => Self::Unknown(words.to_owned()),
        }
    }

    /// Whether a service of AWS or a program owns it, so that nobody else may change it.
    pub fn is_service(&self) -> bool {
        !matches!(self, Self::Instance(_) | Self::Unknown(_))
    }

    /// Who it is, as inside a sentence.
    pub fn words(&self) -> String {
        match self {
            Self::Lambda(name) => t!("deploy-owner-lambda", name = name),
            Self::LoadBalancer(name) => t!("deploy-owner-balancer", name = name),
            Self::Rds => t!("deploy-owner-rds"),
            Self::Endpoint(id) => t!("deploy-owner-endpoint", id = id),
            Self::NatGateway(id) => t!("deploy-owner-nat", id = id),
            Self::TransitGateway(id) => t!("deploy-owner-transit", id = id),
            Self::FileSystem(words) => t!("deploy-owner-efs", words = words),
            Self::Cluster(words) => t!("deploy-owner-eks", words = words),
            Self::Instance(id) => t!("deploy-owner-instance", id = id),
            Self::Service(words) => t!("deploy-owner-service", words = words),
            Self::Unknown(words) if words.is_empty() => t!("deploy-owner-unknown"),
            Self::Unknown(words) => t!("deploy-owner-described", words = words),
        }
    }

    /// How long it usually takes until such an interface has gone by itself once its owner is deleted,
    /// in seconds; `None` where it stays until somebody removes it.
    ///
    /// These are what users report, of Lambda 12 to 45 minutes (hashicorp/terraform-provider-aws#32130,
    /// serverless/serverless#5008), of load balancers a few; AWS promises nothing.
    pub fn usual_secs(&self) -> Option<u64> {
        match self {
            Self::Lambda(_) => Some(20 * 60),
            Self::LoadBalancer(_) => Some(3 * 60),
            _ => None,
        }
    }

    /// How long it is waited for, in milliseconds.
    pub fn patience_ms(&self) -> u64 {
        match self {
            Self::Lambda(_) => 45 * MINUTE,
            // An interface of an instance that has just ended says nothing any more before it goes.
            Self::LoadBalancer(_) | Self::Unknown(_) => 5 * MINUTE,
            _ => MINUTE,
        }
    }
}

/// `name` of `name-11111111-2222-3333-4444-555555555555`.
fn function(text: &str) -> String {
    let is_uuid = |tail: &str| {
        let parts: Vec<usize> = tail.split('-').map(str::len).collect();
        parts == [8, 4, 4, 4, 12] && tail.bytes().all(|it| it == b'-' || it.is_ascii_hexdigit())
    };
    let cut = text.len().checked_sub(37).and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)));
    cut.filter(|(_, tail)| is_uuid(tail)).map_or(text, |(name, _)| name).to_owned()
}

/// `name` of `app/name/0123456789abcdef`; a classic one has the name alone.
fn balancer(text: &str) -> String {
    text.split('/').nth(1).unwrap_or(text).to_owned()
}

fn first(texts: &[&str]) -> String {
    texts.iter().find(|it| !it.is_empty()).copied().unwrap_or_default().to_owned()
}

/// Something of others that keeps an object of ours from going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupant {
    /// Its id.
    pub id: String,
    /// What it is and whose, in words.
    pub words: String,
    /// How long it usually takes until it has gone by itself, in seconds.
    pub usual_secs: Option<u64>,
    /// How long it is waited for, in milliseconds.
    pub patience_ms: u64,
}

impl Occupant {
    /// `` `eni-1` (Lambda function `f`) ``.
    pub fn line(&self) -> String {
        t!("deploy-occupant", id = &self.id, words = &self.words)
    }
}

/// Which of these interfaces belong to others; `ours` are the ids of everything that is ours.
pub fn occupants<'a>(
    interfaces: impl IntoIterator<Item = &'a LiveNetworkInterface>,
    ours: &BTreeSet<String>,
) -> Vec<Occupant> {
    let foreign = interfaces.into_iter().filter(|it| !is_ours(it, ours));
    foreign
        .map(|it| {
            let owner = Owner::of(it);
            Occupant {
                id: it.network_interface_id.clone(),
                words: owner.words(),
                usual_secs: owner.usual_secs(),
                patience_ms: owner.patience_ms(),
            }
        })
        .collect()
}

/// Whether an interface goes with an instance or another object of ours, which says so in words.
fn is_ours(interface: &LiveNetworkInterface, ours: &BTreeSet<String>) -> bool {
    let instance = interface.attachment.as_ref().and_then(|it| it.instance_id.as_ref());
    let named = interface.description.rsplit(' ').next().unwrap_or_default();
    ours.contains(&interface.network_interface_id)
        || ours.contains(named)
        || instance.is_some_and(|id| ours.contains(id))
}

/// Several with commas.
pub fn list(occupants: &[Occupant]) -> String {
    let lines: Vec<String> = occupants.iter().map(Occupant::line).collect();
    lines.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::LiveInterfaceAttachment;

    fn interface(kind: &str, description: &str, requester: &str) -> LiveNetworkInterface {
        LiveNetworkInterface {
            network_interface_id: "eni-1".to_owned(),
            interface_type: kind.to_owned(),
            description: description.to_owned(),
            requester_id: (!requester.is_empty()).then(|| requester.to_owned()),
            requester_managed: !requester.is_empty(),
            ..LiveNetworkInterface::default()
        }
    }

    #[test]
    fn the_owner_is_told_by_type_requester_or_words() {
        let uuid = "0a1b2c3d-1111-2222-3333-444455556666";
        let lambda = format!("AWS Lambda VPC ENI-my-fn-{uuid}");
        let text = |it: &str| it.to_owned();
        for (kind, words, requester, owner) in [
            ("lambda", lambda.as_str(), "AROAX:123", Owner::Lambda(text("my-fn"))),
            // Detached, it is a plain interface.
            ("interface", lambda.as_str(), "AROAX:123", Owner::Lambda(text("my-fn"))),
            ("interface", "ELB app/web/50dc6c495c0c9188", "amazon-elb", Owner::LoadBalancer(text("web"))),
            ("network_load_balancer", "ELB net/edge/50dc", "amazon-elb", Owner::LoadBalancer(text("edge"))),
            ("interface", "ELB classic", "amazon-elb", Owner::LoadBalancer(text("classic"))),
            ("interface", "RDSNetworkInterface", "amazon-rds", Owner::Rds),
            (
                "vpc_endpoint",
                "VPC Endpoint Interface vpce-9",
                "727180483921",
                Owner::Endpoint(text("vpce-9")),
            ),
            ("nat_gateway", "Interface for NAT Gateway nat-9", "x", Owner::NatGateway(text("nat-9"))),
            (
                "interface",
                "EFS mount target for fs-1 (fsmt-1)",
                "x",
                Owner::FileSystem(text("EFS mount target for fs-1 (fsmt-1)")),
            ),
            ("interface", "Amazon EKS prod", "x", Owner::Cluster(text("Amazon EKS prod"))),
            (
                "interface",
                "ElastiCache c-001",
                "amazon-elasticache",
                Owner::Service(text("ElastiCache c-001")),
            ),
            ("interface", "", "amazon-new", Owner::Service(text("amazon-new"))),
            ("interface", "mine", "", Owner::Unknown(text("mine"))),
        ] {
            assert_eq!(Owner::of(&interface(kind, words, requester)), owner, "{words}");
            assert!(!owner.words().is_empty());
        }
        let attachment =
            LiveInterfaceAttachment { instance_id: Some("i-9".to_owned()), ..Default::default() };
        let of_instance =
            LiveNetworkInterface { attachment: Some(attachment), ..interface("interface", "", "") };
        assert_eq!(Owner::of(&of_instance), Owner::Instance("i-9".to_owned()));
        let of_node = LiveNetworkInterface { description: "aws-K8S-i-9".to_owned(), ..of_instance };
        assert_eq!(Owner::of(&of_node), Owner::Cluster("aws-K8S-i-9".to_owned()));
    }

    #[test]
    fn what_goes_with_an_object_of_ours_is_no_occupant() {
        let ours = BTreeSet::from(["vpce-9".to_owned(), "i-1".to_owned()]);
        let found = [
            interface("vpc_endpoint", "VPC Endpoint Interface vpce-9", "x"),
            interface("vpc_endpoint", "VPC Endpoint Interface vpce-8", "x"),
        ];
        let held = occupants(&found, &ours);
        assert_eq!(held.len(), 1);
        assert!(list(&held).contains("vpce-8"), "{}", list(&held));
    }

    #[test]
    fn only_what_goes_by_itself_is_waited_for_long() {
        let lambda = Owner::Lambda(String::new());
        assert!(lambda.patience_ms() > lambda.usual_secs().unwrap() * 1_000);
        assert_eq!(Owner::Rds.usual_secs(), None);
        assert!(Owner::Rds.patience_ms() <= MINUTE);
    }
}
