//! Which describing calls show all that is ours, in three rounds.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    desired::describe_kind,
    look::is_going,
    observed::{Observed, describe_one, stands_alone},
    stamp::{DOCUMENT_TAG, DocumentId},
};
use crate::{
    cloud::{Call, CloudError, DescribeKind, ErrorKind, Filter, LiveObject, Reply, Spec, VpcAttribute},
    model::{Kind, ResourceId},
};

/// An object that the state or the journal knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub live: String,
}

/// Asks for the live side, round by round: what carries our tag; what the state knows and the first
/// round did not show; what else stands in our VPCs. The calls of one round can run at once.
#[derive(Debug, Clone)]
pub struct Observer {
    document: DocumentId,
    known: BTreeMap<ResourceId, Known>,
    accepted: Vec<Known>,
    prefix_lists: bool,
    objects: BTreeSet<DescribeKind>,
    round: u8,
    observed: Observed,
}

/// The kinds that carry our tags.
const TAGGED: &[DescribeKind] = &[
    DescribeKind::Vpcs,
    DescribeKind::Subnets,
    DescribeKind::RouteTables,
    DescribeKind::InternetGateways,
    DescribeKind::EgressOnlyInternetGateways,
    DescribeKind::Addresses,
    DescribeKind::NatGateways,
    DescribeKind::NetworkAcls,
    DescribeKind::SecurityGroups,
    DescribeKind::KeyPairs,
    DescribeKind::Instances,
    DescribeKind::NetworkInterfaces,
    DescribeKind::VpcEndpoints,
];

/// What is listed of a whole VPC, so that what came with it and what others put there shows.
const IN_VPC: &[DescribeKind] = &[
    DescribeKind::Subnets,
    DescribeKind::RouteTables,
    DescribeKind::NetworkAcls,
    DescribeKind::SecurityGroups,
    DescribeKind::NetworkInterfaces,
];

impl Observer {
    /// Begins to look; `prefix_lists` says whether names of prefix lists must be resolved.
    pub fn new(document: DocumentId, known: BTreeMap<ResourceId, Known>, prefix_lists: bool) -> Self {
        let objects = known.values().filter_map(|it| describe_kind(it.kind));
        let objects = objects.filter(|kind| DescribeKind::OBJECTS.contains(kind)).collect();
        Self {
            document,
            known,
            accepted: Vec::new(),
            prefix_lists,
            objects,
            round: 0,
            observed: Observed::default(),
        }
    }

    /// Looks for these kinds of objects too. Beside what the state knows only they are asked for: not
    /// everybody may list what they do not use, and not every endpoint can.
    #[must_use]
    pub fn with(mut self, objects: BTreeSet<DescribeKind>) -> Self {
        self.objects.extend(objects);
        self
    }

    /// Looks for these too, which nobody has marked: what was accepted into the drawing.
    #[must_use]
    pub fn accepted(mut self, accepted: Vec<Known>) -> Self {
        self.accepted = accepted;
        self
    }

    /// The calls of the next round; empty when everything was seen.
    pub fn next_round(&mut self) -> Vec<Call> {
        loop {
            self.round += 1;
            let calls = match self.round {
                1 => self.by_tag(),
                2 => self.by_id(),
                3 => self.in_vpcs(),
                _ => return Vec::new(),
            };
            if !calls.is_empty() {
                return calls;
            }
        }
    }

    /// Takes in a reply. An id that is not there any more is no error.
    pub fn take(&mut self, call: &Call, result: Result<Reply, CloudError>) -> Result<(), CloudError> {
        match result {
            Ok(reply) => {
                self.observed.take(call, reply);
                Ok(())
            }
            Err(error) if error.kind == ErrorKind::NotFound && self.round > 1 => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Whether something that is known did not show. It is gone, or it was made a moment ago and a part
    /// of EC2 has not heard of it yet: another look a while later tells.
    pub fn misses_something(&self) -> bool {
        self.known.values().any(|known| !self.observed.has(&known.live))
    }

    /// What was seen.
    pub fn finish(mut self) -> Observed {
        self.observed.bury();
        self.observed
    }

    fn by_tag(&self) -> Vec<Call> {
        let mut objects = self.objects.clone();
        // What is a part of another object is looked for with it.
        let parts = [
            (DescribeKind::VpnConnections, DescribeKind::CustomerGateways),
            (DescribeKind::VpcBlockPublicAccess, DescribeKind::VpcBlockPublicAccessExclusions),
        ];
        objects.extend(parts.iter().filter(|(of, _)| self.objects.contains(of)).map(|(_, part)| *part));
        // A setting of the account has no tags, and others make exclusions for what is ours.
        let block = [DescribeKind::VpcBlockPublicAccess, DescribeKind::VpcBlockPublicAccessExclusions];
        let block = block.map(|kind| objects.take(&kind));
        let mut calls: Vec<Call> = TAGGED
            .iter()
            .chain(&objects)
            .map(|kind| Call::Describe {
                kind: *kind,
                filters: vec![Filter::tag(DOCUMENT_TAG, self.document.as_str())],
                ids: Vec::new(),
            })
            .collect();
        calls.extend(block.into_iter().flatten().map(Call::describe_all));
        if self.prefix_lists {
            calls.push(Call::describe_all(DescribeKind::PrefixLists));
        }
        calls
    }

    fn by_id(&self) -> Vec<Call> {
        self.known
            .values()
            .chain(&self.accepted)
            .filter(|known| !self.observed.has(&known.live))
            .filter_map(|known| Some(describe_one(describe_kind(known.kind)?, &known.live)))
            .collect()
    }

    /// Only VPCs of ours were described so far, so each of them counts.
    fn in_vpcs(&self) -> Vec<Call> {
        let mut calls = Vec::new();
        for vpc in self.observed.vpcs.keys() {
            calls.extend(IN_VPC.iter().map(|kind| in_vpc(*kind, vpc)));
            calls.extend(dns_reads(vpc));
        }
        // The default table of a transit gateway has no tag of ours until it is found.
        let gateways =
            self.observed.objects.values().filter(|it| it.spec.kind() == DescribeKind::TransitGateways);
        calls.extend(gateways.map(|it| in_vpc(DescribeKind::TransitGatewayRouteTables, &it.id)));
        calls.extend(routers(&self.observed));
        calls
    }
}

/// The calls that show what else others may have put into a VPC: a plan asks for none of it, since it
/// never touches it.
pub fn of_others(vpc: &str) -> impl Iterator<Item = Call> {
    let kinds = [DescribeKind::Instances, DescribeKind::VpcEndpoints, DescribeKind::NatGateways];
    kinds.map(|kind| in_vpc(kind, vpc)).into_iter()
}

/// The calls that show the addresses of NAT gateways and interfaces that were seen and their addresses
/// not.
pub fn of_users(observed: &Observed) -> Vec<Call> {
    let addresses = observed.nat_gateways.values().flat_map(|it| &it.nat_gateway_addresses);
    let alone = observed.network_interfaces.values().filter(|it| stands_alone(it));
    let associations = alone.filter_map(|it| it.association.as_ref()?.allocation_id.as_ref());
    let ids = addresses.filter_map(|it| it.allocation_id.as_ref()).chain(associations);
    let ids: BTreeSet<&String> = ids.collect();
    let unseen = ids.into_iter().filter(|id| !observed.addresses.contains_key(*id));
    unseen.map(|id| describe_one(DescribeKind::Addresses, id)).collect()
}

/// The call that shows which VPN connections end at gateways that were seen, whosever they are; `None`
/// where there are no such gateways.
pub fn of_connections(observed: &Observed) -> Option<Call> {
    let ends = |it: &LiveObject| matches!(it.spec, Spec::VpnGateway { .. } | Spec::TransitGateway { .. });
    observed.objects.values().any(ends).then(|| Call::describe_all(DescribeKind::VpnConnections))
}

/// The calls that show the customer gateways of connections that were seen and their gateways not: others
/// may have moved a connection to one of theirs.
pub fn routers(observed: &Observed) -> Vec<Call> {
    let ids: BTreeSet<&String> = observed.objects.values().filter_map(router).collect();
    let unseen = ids.into_iter().filter(|id| !observed.objects.contains_key(*id));
    unseen.map(|id| describe_one(DescribeKind::CustomerGateways, id)).collect()
}

fn router(connection: &LiveObject) -> Option<&String> {
    match &connection.spec {
        Spec::VpnConnection { customer_gateway_id, .. } if !is_going(&connection.state) => {
            Some(customer_gateway_id)
        }
        _ => None,
    }
}

/// The describing call for everything of a kind in a VPC, or for the tables of a transit gateway.
pub fn in_vpc(kind: DescribeKind, vpc: &str) -> Call {
    let parent = match kind {
        // The setting of the account stands in nothing.
        DescribeKind::VpcBlockPublicAccess => return Call::describe_all(kind),
        DescribeKind::TransitGatewayRouteTables => "transit-gateway-id",
        _ => "vpc-id",
    };
    Call::Describe { kind, filters: vec![Filter::one(parent, vpc)], ids: Vec::new() }
}

/// The calls that read the DNS switches of a VPC.
pub fn dns_reads(vpc: &str) -> Vec<Call> {
    [VpcAttribute::EnableDnsSupport, VpcAttribute::EnableDnsHostnames]
        .map(|attribute| Call::DescribeVpcAttribute { vpc_id: vpc.to_owned(), attribute })
        .into()
}
