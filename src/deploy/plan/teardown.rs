//! The removal of objects in an order that the cloud accepts (rules reference 3.12): for objects that
//! are drawn no more as for everything in a destroy.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Action, ActionKind, Work,
    build::Builder,
    needs::Point,
    order::removal_rank,
    removal::{self, Before},
    removal_objects,
    users::Users,
    words,
};
use crate::{
    cloud::{Call, LiveRouteTable},
    deploy::{
        kinds::Aspect,
        look::is_going,
        lookup::{Lookup, Members},
        observed::{Observed, Owned, is_main},
        occupants::{Occupant, Owner},
        side_by_side,
    },
    model::{Kind, ResourceId},
    problem::Severity,
    t,
};

/// The calls that remove an object, without what must be done before; none where it is on its way.
pub(super) fn calls(observed: &Observed, owned: &Owned) -> Vec<Call> {
    let id = owned.live.clone();
    match owned.kind {
        Kind::Vpc => {
            let main = observed.route_tables.values().find(|table| table.vpc_id == id && is_main(table));
            let mut calls = disassociate(main);
            calls.push(Call::DeleteVpc { vpc_id: id });
            calls
        }
        Kind::Subnet => vec![Call::DeleteSubnet { subnet_id: id }],
        Kind::RouteTable => {
            let mut calls = disassociate(observed.route_tables.get(&id));
            calls.push(Call::DeleteRouteTable { route_table_id: id });
            calls
        }
        Kind::InternetGateway => {
            let live = observed.internet_gateways.get(&id);
            let attached =
                live.into_iter().flat_map(|live| &live.attachments).filter(|it| it.state != "detached");
            let mut calls: Vec<Call> = attached
                .map(|it| Call::DetachInternetGateway {
                    internet_gateway_id: id.clone(),
                    vpc_id: it.vpc_id.clone(),
                })
                .collect();
            calls.push(Call::DeleteInternetGateway { internet_gateway_id: id });
            calls
        }
        Kind::EgressOnlyInternetGateway => {
            vec![Call::DeleteEgressOnlyInternetGateway { egress_only_internet_gateway_id: id }]
        }
        Kind::NatGateway | Kind::RegionalNatGateway => {
            let going = observed.nat_gateways.get(&id).is_some_and(|live| live.state == "deleting");
            (!going).then_some(Call::DeleteNatGateway { nat_gateway_id: id }).into_iter().collect()
        }
        Kind::ElasticIp => {
            let live = observed.addresses.get(&id);
            // An address of a NAT gateway becomes free with the gateway.
            let mut gateways = observed.nat_gateways.values().flat_map(|it| &it.nat_gateway_addresses);
            let of_gateway = gateways.any(|it| it.allocation_id.as_ref() == Some(&id));
            let association = live.filter(|_| !of_gateway).and_then(|live| live.association_id.clone());
            let mut calls: Vec<Call> = association
                .map(|association_id| Call::DisassociateAddress { association_id })
                .into_iter()
                .collect();
            calls.push(Call::ReleaseAddress { allocation_id: id });
            calls
        }
        Kind::NetworkAcl => {
            let mut calls = back_to_default(observed, &id);
            calls.push(Call::DeleteNetworkAcl { network_acl_id: id });
            calls
        }
        Kind::SecurityGroup => vec![Call::DeleteSecurityGroup { group_id: id }],
        Kind::KeyPair => vec![Call::DeleteKeyPair { key_pair_id: id }],
        Kind::Instance => {
            let call = Call::TerminateInstances { instance_ids: vec![id] };
            Some(call).filter(|_| owned.alive).into_iter().collect()
        }
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => {
            let going = observed.vpc_endpoints.get(&id).is_some_and(|live| live.state == "deleting");
            let call = Call::DeleteVpcEndpoints { vpc_endpoint_ids: vec![id] };
            (!going).then_some(call).into_iter().collect()
        }
        _ => removal_objects::calls(observed, owned),
    }
}

/// Takes the subnets off a route table. EC2 drops these associations with their subnets and then
/// answers that they are not there, which is as good; not every endpoint does.
fn disassociate(table: Option<&LiveRouteTable>) -> Vec<Call> {
    let explicit = table.into_iter().flat_map(|table| &table.associations).filter(|it| !it.main);
    let call =
        |association_id: &String| Call::DisassociateRouteTable { association_id: association_id.clone() };
    explicit.map(|it| call(&it.route_table_association_id)).collect()
}

/// Gives the subnets of a network ACL back to the default one of their VPC.
fn back_to_default(observed: &Observed, id: &str) -> Vec<Call> {
    let Some(live) = observed.network_acls.get(id) else { return Vec::new() };
    let mut of_vpc = observed.network_acls.values().filter(|other| other.vpc_id == live.vpc_id);
    let Some(default) = of_vpc.find(|other| other.is_default) else { return Vec::new() };
    let back = |association_id: &String| Call::ReplaceNetworkAclAssociation {
        association_id: association_id.clone(),
        network_acl_id: default.network_acl_id.clone(),
    };
    live.associations.iter().map(|it| back(&it.network_acl_association_id)).collect()
}

/// The title of the removal of an object, by its name tag.
fn title(observed: &Observed, owned: &Owned) -> String {
    let name = observed.tags_of(owned.kind, &owned.live).and_then(|tags| tags.get("Name"));
    let name = name.map_or(owned.resource.as_str(), String::as_str);
    words::title_delete(owned.kind, name, &owned.live)
}

/// Whether an object of this kind is still there for a while after the call that removes it.
pub(super) fn takes_time(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::NatGateway
            | Kind::RegionalNatGateway
            | Kind::Instance
            | Kind::GatewayEndpoint
            | Kind::InterfaceEndpoint
    ) || removal_objects::takes_time(kind)
}

/// Whether the object goes together with its VPC and cannot go before.
fn goes_with_vpc(observed: &Observed, owned: &Owned) -> bool {
    match owned.kind {
        Kind::RouteTable => observed.route_tables.get(&owned.live).is_some_and(is_main),
        Kind::NetworkAcl => observed.network_acls.get(&owned.live).is_some_and(|acl| acl.is_default),
        Kind::SecurityGroup => {
            observed.security_groups.get(&owned.live).is_some_and(|group| group.group_name == "default")
        }
        Kind::TransitGatewayRouteTable => removal_objects::home_of(observed, &owned.live).is_some(),
        _ => false,
    }
}

pub(super) struct Teardown<'b, 'a> {
    builder: &'b mut Builder<'a>,
    removed: Vec<Owned>,
    /// First and last step of the end of each object.
    ends: Lookup<String, (usize, usize)>,
}

impl<'b, 'a> Teardown<'b, 'a> {
    pub fn new(builder: &'b mut Builder<'a>, mut removed: Vec<Owned>) -> Self {
        // By the drawing's names and not by live ids, which come as the calls happened to be answered.
        removed.sort_by_cached_key(|owned| (removal_rank(owned.kind), owned.resource.clone()));
        let mut ends = Lookup::default();
        // What stands in the way of a creation got its end there.
        for (at, step) in builder.steps.iter().enumerate() {
            for (_, live) in &step.ends {
                ends.insert(live.clone(), (at, at));
            }
        }
        Self { builder, removed, ends }
    }

    pub fn plan(mut self) {
        let removed = std::mem::take(&mut self.removed);
        let vpcs: BTreeSet<&str> =
            removed.iter().filter(|owned| owned.kind == Kind::Vpc).map(|owned| owned.live.as_str()).collect();
        let observed = self.builder.observed;
        let (with_vpc, mut alone): (Vec<&Owned>, Vec<&Owned>) =
            removed.iter().partition(|owned| goes_with_vpc(observed, owned));
        alone.retain(|owned| !self.ends.contains_key(&owned.live));
        let titles = side_by_side::map(&alone, |owned| title(observed, owned));
        for (owned, title) in alone.into_iter().zip(titles) {
            self.remove(owned, title, &with_vpc);
        }
        self.revoke_between(&removed);
        self.link(&removed);
        self.builder_after_end();
        self.foreign(&vpcs);
        self.mapped(&removed);
    }

    /// A gateway cannot be detached while an instance or a NAT gateway that stays has a public address
    /// behind it.
    fn mapped(&mut self, removed: &[Owned]) {
        let observed = self.builder.observed;
        let mut mapped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for instance in observed.instances.values() {
            let stays = !is_going(&instance.state) && !self.ends.contains_key(&instance.instance_id);
            if let Some(vpc) = instance.vpc_id.as_deref().filter(|_| stays)
                && instance.public_ip_address.is_some()
            {
                mapped.entry(vpc).or_default().push(&instance.instance_id);
            }
        }
        for nat in observed.nat_gateways.values().filter(|it| it.connectivity_type == "public") {
            if !is_going(&nat.state) && !self.ends.contains_key(&nat.nat_gateway_id) {
                mapped.entry(&nat.vpc_id).or_default().push(&nat.nat_gateway_id);
            }
        }
        for gateway in removed.iter().filter(|it| it.kind == Kind::InternetGateway) {
            let Some(ids) = removal::vpc_of(observed, gateway).and_then(|vpc| mapped.get(vpc)) else {
                continue;
            };
            let message = t!("deploy-mapped", id = gateway.live.clone(), users = ids.join(", "));
            self.builder.problem(
                "deploy-mapped-addresses",
                Severity::Error,
                &gateway.resource,
                message,
                t!("deploy-mapped-help"),
            );
        }
    }

    /// `with_vpc` are the objects that go together with their VPC or transit gateway.
    fn remove(&mut self, owned: &Owned, title: String, with_vpc: &[&Owned]) {
        let action = self.builder.actions.len();
        let reason = if self.builder.request.destroy {
            t!("deploy-reason-destroy")
        } else if self.builder.is_made_first(owned) {
            t!("deploy-reason-replaced")
        } else {
            t!("deploy-reason-delete")
        };
        self.builder.actions.push(Action {
            kind: ActionKind::Delete,
            resource: owned.resource.clone(),
            of: owned.kind,
            live: Some(owned.live.clone()),
            title,
            reason,
            consequences: words::consequences(ActionKind::Delete, owned.kind, &[]),
            after: BTreeSet::new(),
            calls: Vec::new(),
        });
        let steps = self.builder.end(action, owned);
        if steps.is_empty() {
            return;
        }
        let last = steps.end - 1;
        self.ends.insert(owned.live.clone(), (steps.start, last));
        if matches!(owned.kind, Kind::Vpc | Kind::TransitGateway) {
            let observed = self.builder.observed;
            let home = |other: &Owned| match other.kind {
                Kind::TransitGatewayRouteTable => removal_objects::home_of(observed, &other.live),
                _ => removal::vpc_of(observed, other).map(str::to_owned),
            };
            let with_it: Vec<(ResourceId, String)> = with_vpc
                .iter()
                .filter(|other| home(other).as_deref() == Some(owned.live.as_str()))
                .map(|other| (other.resource.clone(), other.live.clone()))
                .collect();
            if let Some(step) = self.builder.steps.get_mut(last) {
                step.ends.extend(with_it);
            }
        }
    }

    /// A group cannot go while a rule of another group names it: such rules of groups that go (or of
    /// the default group that goes with its VPC) are revoked first. Groups that stay mend themselves.
    fn revoke_between(&mut self, removed: &[Owned]) {
        let observed = self.builder.observed;
        let going: Members<&str> =
            removed.iter().filter(|it| it.kind == Kind::SecurityGroup).map(|it| it.live.as_str()).collect();
        for group in observed.security_groups.values() {
            if self.builder.kept.contains_key(&group.group_id) {
                continue;
            }
            let ours = going.contains(group.group_id.as_str());
            let with_vpc = group.group_name == "default" && self.ends.contains_key(&group.vpc_id);
            if !ours && !with_vpc {
                continue;
            }
            for egress in [false, true] {
                let named = |peer: &String| *peer != group.group_id && going.contains(peer.as_str());
                let rules: Vec<_> = group
                    .rules
                    .iter()
                    .filter(|rule| {
                        rule.is_egress == egress && rule.referenced_group_id.as_ref().is_some_and(named)
                    })
                    .collect();
                let Some(first) = rules.first().and_then(|rule| rule.referenced_group_id.clone()) else {
                    continue;
                };
                let owner =
                    if ours && self.ends.contains_key(&group.group_id) { &group.group_id } else { &first };
                let Some((delete, _)) = self.ends.get(owner).copied() else { continue };
                let Some(step) = self.builder.steps.get(delete) else { continue };
                let (action, resource) = (step.action, step.resource.clone());
                let call = Call::RevokeSecurityGroupRules {
                    group_id: group.group_id.clone(),
                    egress,
                    security_group_rule_ids: rules
                        .iter()
                        .map(|rule| rule.security_group_rule_id.clone())
                        .collect(),
                };
                self.builder.note(action, call.clone());
                let revoke = self.builder.step(action, &resource, Work::Remove(Box::new(call)), None);
                for peer in rules.iter().filter_map(|rule| rule.referenced_group_id.as_ref()) {
                    self.before(peer, revoke);
                }
            }
        }
    }

    /// Says that a step must be done before the end of an object begins.
    fn before(&mut self, live: &str, step: usize) {
        if let Some((first, _)) = self.ends.get(live)
            && let Some(end) = self.builder.steps.get_mut(*first)
        {
            end.after.insert(step);
        }
    }

    fn is_made_anew(&self, owned: &Owned) -> bool {
        if self.builder.is_made_first(owned) {
            return false;
        }
        let drawn = self.builder.desired.index.kind(&owned.resource);
        drawn.is_some_and(|kind| kind.kind() == owned.kind)
    }

    fn link(&mut self, removed: &[Owned]) {
        if removed.is_empty() {
            return;
        }
        let awaited: Members<&String> = self.builder.after_end.iter().map(|(_, live)| live).collect();
        let users = Users::of(self.builder.observed);
        let before = side_by_side::map(removed, |owned| {
            let (first, _) = self.ends.get(&owned.live)?;
            Some((*first, self.steps_before(owned, &users, &awaited)))
        });
        let before: Vec<(usize, Vec<usize>)> = before.flatten().collect();
        for (first, before) in before {
            if let Some(end) = self.builder.steps.get_mut(first) {
                end.after.extend(before);
            }
        }
    }

    /// The steps that must be done before the end of an object begins.
    fn steps_before(&self, owned: &Owned, users: &Users<'_>, awaited: &Members<&String>) -> Vec<usize> {
        let is_awaited = awaited.contains(&owned.live);
        let brings = |before: Before<'_>| match before {
            Before::End(live) => self.ends.get(live).map(|(_, last)| *last),
            // What points to an object that is made anew is mended once the new one is
            // there, and that is after the end of the old one.
            Before::Mended(_, aspect) if aspect != Aspect::Detachment && self.is_made_anew(owned) => None,
            // With an interface its public address is free again, for what takes its place.
            Before::Mended(_, Aspect::AddressAssociation)
                if is_awaited && matches!(owned.kind, Kind::Instance | Kind::NetworkInterface) =>
            {
                None
            }
            // So are routes to what another takes the place of: in between they lead nowhere.
            Before::Mended(_, Aspect::Routes) if is_awaited => None,
            Before::Mended(live, aspect) => {
                let resource = self.builder.kept.get(live)?.clone();
                self.builder.points.get(&(resource, Point::Mended(aspect))).copied()
            }
        };
        removal::before(self.builder.observed, users, owned).into_iter().filter_map(brings).collect()
    }

    /// Steps of the drawn side that must come after the end of an object.
    fn builder_after_end(&mut self) {
        for (step, live) in std::mem::take(&mut self.builder.after_end) {
            if let Some((_, last)) = self.ends.get(&live).copied()
                && let Some(step) = self.builder.steps.get_mut(step)
            {
                step.after.insert(last);
            }
        }
    }

    /// Warns of what others put into a VPC that shall go: it is not ours, so it stays, and the VPC
    /// with it.
    fn foreign(&mut self, vpcs: &BTreeSet<&str>) {
        let observed = self.builder.observed;
        for stranger in removal::strangers(observed, vpcs, |live| self.builder.own_ids.contains(live)) {
            let interface = observed.network_interfaces.get(&stranger.live).map(Owner::of);
            let waits = interface.as_ref().and_then(Owner::usual_secs);
            if interface.is_none() {
                let occupant = Occupant {
                    id: stranger.live.clone(),
                    words: t!("deploy-owner-others", kind = words::kind_word(stranger.kind)),
                    usual_secs: None,
                    patience_ms: 0,
                };
                self.builder.foreign.push((stranger.vpc.clone(), occupant));
            }
            let message = t!(
                "deploy-foreign",
                id = stranger.live.clone(),
                what = stranger.what,
                vpc = stranger.vpc.clone()
            );
            let vpc = self.builder.ours.iter().find(|owned| owned.live == stranger.vpc);
            if let Some(resource) = vpc.map(|owned| owned.resource.clone()) {
                let help = match waits {
                    Some(usual) => t!("deploy-foreign-goes", usual = usual.div_ceil(60)),
                    None => t!("deploy-foreign-help"),
                };
                self.builder.problem("deploy-foreign", Severity::Warning, &resource, message, help);
            }
        }
    }
}
