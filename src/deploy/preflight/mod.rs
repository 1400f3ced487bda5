//! What can be known before anything is made: whether the credentials allow every call of a plan,
//! whether the account has room, whether zones, machine types, images and key pairs are as the drawing
//! expects. Everything is asked, and everything that was found is told at once.

mod findings;
mod quotas;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    ids::CUSTOMER_GATEWAY,
    kinds::image_parameter,
    plan::{ActionKind, Plan},
};
use crate::{
    cloud::{
        Call, CloudError, DescribeKind, ErrorKind, Live, LiveAvailabilityZone, LiveEgressOnlyInternetGateway,
        LiveImage, LiveInternetGateway, LiveKeyPair, LiveNatGateway, LiveObject, LiveSubnet, LiveVpc,
        LiveVpcEndpoint, Reply,
    },
    model::{Instance, Kind, ResourceId, ResourceKind},
    problem::Problem,
};

/// The code of the finding that the credentials do not allow a call.
pub const PERMISSION: &str = "preflight-permission";

/// Asks in two rounds; the calls of one round can run at once. The second one asks what the first made
/// a question: images that parameters name, and quotas of which the default would not do.
#[derive(Debug)]
pub struct Preflight<'a> {
    plan: &'a Plan,
    round: u8,
    seen: Seen,
}

/// What was answered. A list that is `None` was not asked for, or there was no answer.
#[derive(Debug, Default)]
struct Seen {
    zones: Option<Vec<LiveAvailabilityZone>>,
    vpcs: Option<Vec<LiveVpc>>,
    subnets: Vec<LiveSubnet>,
    internet_gateways: Option<Vec<LiveInternetGateway>>,
    egress_only: Option<Vec<LiveEgressOnlyInternetGateway>>,
    addresses: Option<usize>,
    nat_gateways: Option<Vec<LiveNatGateway>>,
    endpoints: Option<Vec<LiveVpcEndpoint>>,
    key_pairs: Vec<LiveKeyPair>,
    /// What joins networks, by what listed it.
    objects: BTreeMap<DescribeKind, Vec<LiveObject>>,
    /// The zones in which each type is offered.
    offerings: Option<BTreeMap<String, BTreeSet<String>>>,
    /// The image that each parameter names.
    parameters: BTreeMap<String, Option<String>>,
    /// Each image; `None` where there is none.
    images: BTreeMap<String, Option<LiveImage>>,
    attributes: BTreeMap<String, String>,
    /// What the account may have, by the code of the quota.
    quotas: BTreeMap<String, usize>,
    /// Actions that the credentials do not allow, with what the cloud said.
    denied: BTreeMap<&'static str, String>,
    /// Actions of which nobody said whether they are allowed.
    no_dry_run: BTreeSet<&'static str>,
    /// Questions without an answer.
    unanswered: BTreeSet<&'static str>,
}

impl<'a> Preflight<'a> {
    /// Begins to ask for a plan.
    pub fn new(plan: &'a Plan) -> Self {
        Self { plan, round: 0, seen: Seen::default() }
    }

    /// The calls of the next round; empty when everything was asked.
    pub fn next_round(&mut self) -> Vec<Call> {
        if self.plan.is_empty() {
            return Vec::new();
        }
        loop {
            self.round += 1;
            let calls = match self.round {
                1 => self.first(),
                2 => self.images().chain(quotas::questions(self.plan, &self.seen)).collect(),
                _ => return Vec::new(),
            };
            if !calls.is_empty() {
                return calls;
            }
        }
    }

    /// Everything that is known to be a question.
    fn first(&self) -> Vec<Call> {
        let mut calls = Vec::new();
        let lists: &[(Kind, &[DescribeKind])] = &[
            (Kind::Vpc, &[DescribeKind::Vpcs]),
            (Kind::InternetGateway, &[DescribeKind::InternetGateways]),
            (Kind::EgressOnlyInternetGateway, &[DescribeKind::EgressOnlyInternetGateways]),
            (Kind::ElasticIp, &[DescribeKind::Addresses]),
            (Kind::NatGateway, &[DescribeKind::NatGateways, DescribeKind::Subnets]),
            (Kind::GatewayEndpoint, &[DescribeKind::VpcEndpoints]),
            (Kind::KeyPair, &[DescribeKind::KeyPairs]),
            (Kind::RegionalNatGateway, &[DescribeKind::NatGateways, DescribeKind::Subnets]),
            (Kind::VpnGateway, &[DescribeKind::VpnGateways]),
            (Kind::VpnConnection, &[DescribeKind::VpnConnections]),
            (Kind::TransitGateway, &[DescribeKind::TransitGateways]),
            (Kind::TransitGatewayVpcAttachment, &[DescribeKind::TransitGatewayVpcAttachments]),
            (Kind::TransitGatewayPeeringAttachment, &[DescribeKind::TransitGatewayPeeringAttachments]),
            (Kind::TransitGatewayRouteTable, &[DescribeKind::TransitGatewayRouteTables]),
            (Kind::ManagedPrefixList, &[DescribeKind::ManagedPrefixLists]),
        ];
        let makes = lists.iter().filter(|(kind, _)| self.makes(*kind)).flat_map(|(_, kinds)| *kinds);
        // Two kinds of NAT gateways are listed by one call.
        let lists: BTreeSet<DescribeKind> = makes.copied().chain(parts(self.plan)).collect();
        calls.extend(lists.into_iter().map(Call::describe_all));
        if self.makes(Kind::ElasticIp) {
            calls.push(Call::DescribeAccountAttributes);
        }
        if self.makes(Kind::Subnet) {
            calls.push(Call::DescribeAvailabilityZones);
        }
        let types: BTreeSet<String> = self.instances().map(|(_, it)| it.instance_type.clone()).collect();
        if !types.is_empty() {
            calls.push(Call::DescribeInstanceTypeOfferings { instance_types: types.into_iter().collect() });
        }
        let parameters: BTreeSet<&str> = self.instances().filter_map(|(_, it)| image_parameter(it)).collect();
        calls.extend(parameters.into_iter().map(|name| Call::GetSsmParameter { name: name.to_owned() }));
        calls.extend(dry_runs(self.plan));
        calls
    }

    fn images(&self) -> impl Iterator<Item = Call> {
        let ids: BTreeSet<&String> = self.instances().filter_map(|(_, it)| self.seen.image_id(it)).collect();
        // One call each: a call for several fails as a whole where one is not there.
        ids.into_iter().map(|id| Call::DescribeImages { image_ids: vec![id.clone()] })
    }

    /// Takes in a reply, or takes note that there is none.
    pub fn take(&mut self, call: &Call, result: Result<Reply, CloudError>) {
        match (call, result) {
            (Call::DryRun { .. }, Err(error)) if error.kind == ErrorKind::Denied => {
                self.seen.denied.insert(call.name(), error.message);
            }
            (Call::DryRun { .. }, Err(error)) if error.is_code("DryRunNotHonoured") => {
                self.seen.no_dry_run.insert(call.name());
            }
            (Call::GetSsmParameter { name }, Ok(Reply::Parameter(id))) => {
                self.seen.parameters.insert(name.clone(), Some(id));
            }
            (Call::GetSsmParameter { name }, Err(error)) if error.kind == ErrorKind::NotFound => {
                self.seen.parameters.insert(name.clone(), None);
            }
            (Call::GetServiceQuota { quota_code, .. }, Ok(Reply::ServiceQuota(value))) => {
                self.seen.quotas.insert(quota_code.clone(), value);
            }
            // A dry run: allowed, or not found since it does not exist yet: EC2 asks for the permission
            // first. A quota: the documented default stands in, and the finding says so.
            (Call::DryRun { .. } | Call::GetServiceQuota { .. }, _) => {}
            (Call::DescribeImages { image_ids }, Err(error)) if is_missing_image(&error) => {
                self.seen.images.extend(image_ids.iter().map(|id| (id.clone(), None)));
            }
            (Call::DescribeImages { image_ids }, Ok(Reply::Described(Live::Images(images)))) => {
                for id in image_ids {
                    let image = images.iter().find(|it| it.image_id == *id).cloned();
                    self.seen.images.insert(id.clone(), image);
                }
            }
            (Call::Describe { kind, .. }, Ok(Reply::Described(Live::Objects(list)))) => {
                self.seen.objects.insert(*kind, list);
            }
            (_, Ok(Reply::Described(live))) => self.seen.take(live),
            (_, Err(error)) if error.kind == ErrorKind::Denied => {
                self.seen.denied.insert(call.name(), error.message);
            }
            _ => _ = self.seen.unanswered.insert(call.name()),
        }
    }

    /// Everything that was found.
    pub fn finish(self) -> Vec<Problem> {
        let mut found = findings::find(self.plan, &self.seen);
        found.extend(quotas::find(self.plan, &self.seen));
        found
    }

    fn makes(&self, kind: Kind) -> bool {
        made(self.plan, kind).next().is_some()
    }

    fn instances(&self) -> impl Iterator<Item = (&'a ResourceId, &'a Instance)> {
        instances(self.plan)
    }
}

/// The resources of a kind that a plan makes.
fn made(plan: &Plan, kind: Kind) -> impl Iterator<Item = &ResourceId> {
    let makes = |action: ActionKind| matches!(action, ActionKind::Create | ActionKind::Replace);
    let actions = plan.actions.iter().filter(move |it| it.of == kind && makes(it.kind));
    actions.map(|it| &it.resource)
}

/// The kinds of parts that a plan makes.
fn parts(plan: &Plan) -> impl Iterator<Item = DescribeKind> {
    let calls = plan.actions.iter().flat_map(|action| &action.calls);
    calls.filter_map(|call| match call {
        Call::CreateObject { spec, .. } if spec.is_part() => Some(spec.kind()),
        _ => None,
    })
}

fn instances(plan: &Plan) -> impl Iterator<Item = (&ResourceId, &Instance)> {
    made(plan, Kind::Instance).filter_map(|id| match plan.desired.index.kind(id)? {
        ResourceKind::Instance(instance) => Some((id, instance)),
        _ => None,
    })
}

fn is_missing_image(error: &CloudError) -> bool {
    error.kind == ErrorKind::NotFound || error.is_code("InvalidAMIID.Malformed")
}

impl Seen {
    fn take(&mut self, live: Live) {
        match live {
            Live::AvailabilityZones(list) => self.zones = Some(list),
            Live::Vpcs(list) => self.vpcs = Some(list),
            Live::Subnets(list) => self.subnets = list,
            Live::InternetGateways(list) => self.internet_gateways = Some(list),
            Live::EgressOnlyInternetGateways(list) => self.egress_only = Some(list),
            Live::Addresses(list) => self.addresses = Some(list.len()),
            Live::NatGateways(list) => self.nat_gateways = Some(list),
            Live::VpcEndpoints(list) => self.endpoints = Some(list),
            Live::KeyPairs(list) => self.key_pairs = list,
            Live::InstanceTypeOfferings(list) => {
                let offerings = self.offerings.get_or_insert_default();
                for it in list {
                    offerings.entry(it.instance_type).or_default().insert(it.availability_zone);
                }
            }
            Live::AccountAttributes(list) => {
                for it in list {
                    let first = it.attribute_values.into_iter().next().unwrap_or_default();
                    self.attributes.insert(it.attribute_name, first);
                }
            }
            _ => {}
        }
    }

    /// The image that an instance starts from, as far as it is known.
    fn image_id<'s>(&'s self, instance: &'s Instance) -> Option<&'s String> {
        match image_parameter(instance) {
            Some(name) => self.parameters.get(name)?.as_ref(),
            None => Some(&instance.ami),
        }
    }
}

/// One dry run for each kind of call that a plan makes, by preference of a call whose objects are there.
fn dry_runs(plan: &Plan) -> Vec<Call> {
    let mut chosen: BTreeMap<&'static str, (bool, Call)> = BTreeMap::new();
    for call in plan.actions.iter().flat_map(|action| &action.calls).filter(|call| call.takes_dry_run()) {
        if chosen.get(call.name()).is_some_and(|(is_whole, _)| *is_whole) {
            continue;
        }
        if let Some((is_whole, call)) = stand_in(plan, call) {
            chosen.insert(call.name(), (is_whole, call));
        }
    }
    chosen.into_values().map(|(_, call)| Call::DryRun { call: Box::new(call) }).collect()
}

/// The call with made-up ids for what is yet to be made, and whether there was no need of any. It
/// carries no token: that of the call itself stays unused.
fn stand_in(plan: &Plan, call: &Call) -> Option<(bool, Call)> {
    let mut value = serde_json::to_value(call).ok()?;
    let mut is_whole = true;
    fill(plan, &mut value, &mut is_whole);
    if let Some(token) = value.get_mut("client_token") {
        *token = Value::Null;
    }
    Some((is_whole, serde_json::from_value(value).ok()?))
}

fn fill(plan: &Plan, value: &mut Value, is_whole: &mut bool) {
    match value {
        Value::String(text) => {
            if text.starts_with('@') && text.ends_with(CUSTOMER_GATEWAY) {
                *is_whole = false;
                "cgw-00000000000000000".clone_into(text);
                return;
            }
            let Some(id) = text.strip_prefix('@').and_then(|id| ResourceId::new(id).ok()) else { return };
            *is_whole = false;
            *text = made_up_id(plan.desired.index.kind(&id).map(ResourceKind::kind));
        }
        Value::Array(list) => list.iter_mut().for_each(|it| fill(plan, it, is_whole)),
        Value::Object(map) => map.values_mut().for_each(|it| fill(plan, it, is_whole)),
        _ => {}
    }
}

/// An id of the right form that names nothing.
fn made_up_id(kind: Option<Kind>) -> String {
    let prefix = match kind {
        Some(Kind::Subnet) => "subnet",
        Some(Kind::RouteTable) => "rtb",
        Some(Kind::InternetGateway) => "igw",
        Some(Kind::EgressOnlyInternetGateway) => "eigw",
        Some(Kind::NatGateway | Kind::RegionalNatGateway) => "nat",
        Some(Kind::ElasticIp) => "eipalloc",
        Some(Kind::NetworkAcl) => "acl",
        Some(Kind::SecurityGroup) => "sg",
        Some(Kind::Instance) => "i",
        Some(Kind::NetworkInterface) => "eni",
        Some(Kind::KeyPair) => "key",
        Some(Kind::GatewayEndpoint | Kind::InterfaceEndpoint) => "vpce",
        Some(Kind::VpcPeeringConnection) => "pcx",
        Some(Kind::TransitGateway) => "tgw",
        Some(
            Kind::TransitGatewayVpcAttachment | Kind::TransitGatewayPeeringAttachment | Kind::VpnConnection,
        ) => "tgw-attach",
        Some(Kind::TransitGatewayRouteTable) => "tgw-rtb",
        Some(Kind::VpnGateway) => "vgw",
        Some(Kind::ManagedPrefixList) => "pl",
        Some(Kind::DhcpOptions) => "dopt",
        _ => "vpc",
    };
    format!("{prefix}-00000000000000000")
}
