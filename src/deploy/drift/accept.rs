//! Accepting what drifted: the drawing is changed to what is there. Nothing in the account changes.
//!
//! What was changed has its fields taken over; what is gone is removed with what cannot be without it;
//! what others added is imported under its own id, by which the next deploy knows that it is meant.
//! Each is tried on a copy: what does not end the drift is refused, with the reason.

use super::{
    Change, Drift, Sight, bindings,
    fields::{Terms, fields_of, with_fields, with_ipv6, with_tags},
};
use crate::{
    cloud::Spec,
    deploy::{
        Desired,
        ids::Ids,
        kinds::{self, Aspect, Context},
        observed::stands_alone,
        occupants::Owner,
        plan::{self, Plan},
        stamp::DOCUMENT_TAG,
    },
    edit::{self, Command},
    model::{Document, Kind, Resource, ResourceId, ResourceKind, Topology},
    t,
};

/// What comes of accepting something.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The change of the drawing.
    pub command: Command,
    /// The drawing with it.
    pub document: Document,
    /// What the edit says, such as what went along.
    pub notes: Vec<String>,
    /// What the user should know besides.
    pub besides: Vec<String>,
    /// What still differs.
    pub left: Vec<Drift>,
}

/// Works out how a drawing becomes what is there; `before` is all that drifted.
///
/// # Errors
/// One sentence: why this cannot be accepted.
pub fn accept(
    sight: &Sight,
    document: &Document,
    before: &[Drift],
    item: &Drift,
) -> Result<Accepted, String> {
    let name = item.resource.as_ref().and_then(|id| document.topology.get(id));
    let name = name.map_or(item.live.as_str(), Resource::label).to_owned();
    let (plan, ids) = sight.planned(document);
    let cx = Context { desired: &plan.desired, ids: &ids, stamp: &plan.stamp, places: None };
    let live = Desired::new(&sight.live, &document.topology.region).topology;
    let terms = Terms::new(&document.topology, &ids, cx);
    let desk = Desk { sight, document, live, terms, plan: &plan };
    let commands = match (item.change, &item.resource) {
        (Change::Changed, Some(id)) => desk.changed(item, id)?,
        (Change::Missing, Some(id)) => vec![Command::Delete { ids: vec![id.clone()] }],
        _ => desk.added(item)?,
    };
    let change = item.change.as_str();
    if commands.is_empty() {
        return Err(t!("deploy-accept-remains", name = &name, change = change));
    }
    let command = Command::Batch { label: t!("deploy-accept-label", name = &name), commands };
    let planned = edit::plan(document, &document.topology.index(), &command)
        .map_err(|it| t!("deploy-accept-refused", name = &name, why = it.message, change = change))?;
    let mut after = document.clone();
    after.apply(&planned.transaction).map_err(|_| t!("edit-stale"))?;
    let left = sight.drift(&after);
    let same = |a: &Drift, b: &Drift| a.change == b.change && a.live == b.live;
    if left.iter().any(|it| same(it, item)) {
        return Err(t!("deploy-accept-remains", name = &name, change = change));
    }
    let new = left.iter().find(|it| !it.fixed.is_empty() && !before.iter().any(|old| same(old, it)));
    if let Some(new) = new {
        return Err(t!(
            "deploy-accept-breaks",
            name = &name,
            other = new.live.clone(),
            detail = new.detail.clone(),
            change = change
        ));
    }
    let besides = desk.router_of_others(&item.live).into_iter().collect();
    Ok(Accepted { command, document: after, notes: planned.notes, besides, left })
}

impl Sight {
    /// The plan of a drawing, and which object each resource is or was.
    fn planned(&self, document: &Document) -> (Plan, Ids) {
        let mut request = self.request.clone();
        request.desired = Desired::new(document, &self.request.desired.topology.region);
        let plan = plan::plan(request, &self.observed);
        let ids = bindings(&plan, &self.known);
        (plan, ids)
    }
}

struct Desk<'a> {
    sight: &'a Sight,
    document: &'a Document,
    /// What is there, in the drawing's region.
    live: Topology,
    terms: Terms<'a>,
    plan: &'a Plan,
}

impl Desk<'_> {
    fn changed(&self, item: &Drift, id: &ResourceId) -> Result<Vec<Command>, String> {
        let drawn = self.document.topology.get(id).ok_or_else(|| t!("edit-gone", id = id))?;
        let mut resource = drawn.clone();
        let mut commands = Vec::new();
        let mut fields: Vec<&str> = item.fixed.clone();
        for aspect in &item.aspects {
            if *aspect == Aspect::Acceptance {
                return Err(t!("deploy-accept-pending", name = drawn.label()));
            }
            let known = fields_of(*aspect, drawn.kind.kind());
            fields.extend(known.ok_or_else(|| self.not_shown(drawn, &aspect.words()))?);
        }
        if item.aspects.contains(&Aspect::Tags) {
            resource = with_tags(&resource, &item.live, &self.sight.observed);
        }
        if item.aspects.contains(&Aspect::MainTable) {
            commands.push(self.main_table(drawn)?);
        }
        let mut needed = Vec::new();
        if !fields.is_empty() {
            self.has_router(&item.live)?;
            let live =
                self.standing(drawn, &item.live).ok_or_else(|| self.not_shown(drawn, &fields.join(", ")))?;
            let mut kind = with_fields(&drawn.kind, &live, &fields)
                .ok_or_else(|| self.not_shown(drawn, &fields.join(", ")))?;
            if item.aspects.iter().any(|it| matches!(it, Aspect::AddBlocks | Aspect::RemoveBlocks)) {
                with_ipv6(&mut kind, &live);
            }
            let leads_to = |why| t!("deploy-accept-leads-to", name = drawn.label(), why = why);
            self.needs(&kind, &mut needed).map_err(leads_to)?;
            if item.aspects.contains(&Aspect::Associations) {
                needed.extend(self.without_associations(id, &kind));
            }
            resource.kind = kind;
        }
        if resource != *drawn {
            needed.push(resource);
        }
        if !needed.is_empty() {
            commands.push(Command::TakeOver { resources: needed });
        }
        Ok(commands)
    }

    fn not_shown(&self, drawn: &Resource, what: &str) -> String {
        t!("deploy-accept-not-shown", name = drawn.label(), what = what)
    }

    /// What stands for a drawn resource, in the drawing's terms.
    fn standing(&self, drawn: &Resource, live: &str) -> Option<ResourceKind> {
        let ResourceKind::VpcBlockPublicAccess(setting) = &drawn.kind else { return self.found(live) };
        // An import leaves out what is off, and knows nothing of what was drawn.
        let now = kinds::block_as_it_is(setting, self.terms.cx, &self.sight.observed)?;
        Some(ResourceKind::VpcBlockPublicAccess(now))
    }

    /// A live resource in the drawing's terms.
    fn found(&self, live: &str) -> Option<ResourceKind> {
        let id = ResourceId::new(live).ok()?;
        let mut kind = self.terms.translated(&self.live.get(&id)?.kind)?;
        if let ResourceKind::ElasticIp(address) = &mut kind
            && (address.instance_id.is_some() || self.is_on_primary(live))
        {
            // That of an instance, and the primary one of an interface, go without saying.
            address.private_ip_address = None;
        }
        Some(kind)
    }

    /// Whether an Elastic IP address is on the primary private address of an interface.
    fn is_on_primary(&self, address: &str) -> bool {
        let observed = &self.sight.observed;
        let Some(address) = observed.addresses.get(address) else { return false };
        let interface = address.network_interface_id.as_ref();
        let interface = interface.and_then(|id| observed.network_interfaces.get(id));
        interface.is_some_and(|it| address.private_ip_address.as_ref() == Some(&it.private_ip_address))
    }

    /// The other tables that are drawn with attachments which a table of a transit gateway has now: each
    /// attachment has one.
    fn without_associations(&self, table: &ResourceId, now: &ResourceKind) -> Vec<Resource> {
        let Some(now) = now.as_transit_gateway_route_table() else { return Vec::new() };
        let tables = self.document.topology.of_kind(Kind::TransitGatewayRouteTable);
        let mut changed = Vec::new();
        for drawn in tables.filter(|it| it.id != *table) {
            let mut other = drawn.clone();
            if let Some(it) = other.kind.as_transit_gateway_route_table_mut() {
                it.associations.retain(|attachment| !now.associations.contains(attachment));
            }
            if other != *drawn {
                changed.push(other);
            }
        }
        changed
    }

    /// Another table has become the main one.
    fn main_table(&self, drawn: &Resource) -> Result<Command, String> {
        let vpc = drawn.kind.as_route_table().and_then(|it| self.terms.cx.ids.get(&it.vpc_id));
        let main = vpc.and_then(|vpc| self.sight.observed.main_table(vpc));
        let table = main.and_then(|it| self.terms.named(&it.route_table_id)).cloned();
        let table = table.ok_or_else(|| self.not_shown(drawn, &Aspect::MainTable.words()))?;
        Ok(Command::SetMainRouteTable { table })
    }

    /// What others added, with what it needs that is not drawn either.
    fn added(&self, item: &Drift) -> Result<Vec<Command>, String> {
        if let Some(setting) = self.excluded(&item.live)? {
            return Ok(vec![Command::TakeOver { resources: vec![setting] }]);
        }
        let mut resources = Vec::new();
        self.import(&item.live, can_be_accepted, &mut resources)?;
        Ok(vec![Command::TakeOver { resources }])
    }

    /// The drawn setting with an exclusion that others made.
    fn excluded(&self, live: &str) -> Result<Option<Resource>, String> {
        let spec = self.sight.observed.objects.get(live).map(|it| &it.spec);
        let Some(Spec::VpcBlockPublicAccessExclusion { resource_id, .. }) = spec else { return Ok(None) };
        self.not_of_other(live)?;
        let refused = || t!("deploy-accept-unknown", id = live);
        let of = self.terms.named(resource_id).ok_or_else(refused)?;
        let kind = self.document.topology.kind(of).map(ResourceKind::kind);
        let at = |wanted: Kind| (kind == Some(wanted)).then(|| of.clone());
        let exclusion = spec.and_then(|spec| kinds::exclusion_of(spec, at(Kind::Vpc), at(Kind::Subnet)));
        let drawn = self.document.topology.of_kind(Kind::VpcBlockPublicAccess).next();
        let (Some(exclusion), Some(mut setting)) = (exclusion, drawn.cloned()) else {
            return Err(refused());
        };
        let block = setting.kind.as_vpc_block_public_access_mut().ok_or_else(refused)?;
        block.exclusions.push(exclusion);
        Ok(Some(setting))
    }

    /// The customer gateway of a VPN connection, with its id.
    fn router(&self, connection: &str) -> Option<&str> {
        match &self.sight.observed.objects.get(connection)?.spec {
            Spec::VpnConnection { customer_gateway_id, .. } => Some(customer_gateway_id),
            _ => None,
        }
    }

    /// What is to be known of a customer gateway that is used as it is and is not ours.
    fn router_of_others(&self, connection: &str) -> Option<String> {
        let router = self.router(connection)?;
        let tags = self.sight.observed.tags(router)?;
        let note = t!("deploy-accept-router-stays", id = router);
        (!tags.contains_key(DOCUMENT_TAG)).then_some(note)
    }

    /// Refuses a VPN connection whose customer gateway another drawing has made, or cannot be seen.
    fn has_router(&self, connection: &str) -> Result<(), String> {
        let Some(router) = self.router(connection) else { return Ok(()) };
        if self.sight.observed.tags(router).is_none() {
            return Err(t!("deploy-accept-no-router", name = connection, router = router));
        }
        self.not_of_other(router)
    }

    /// Refuses what another drawing has made.
    fn not_of_other(&self, live: &str) -> Result<(), String> {
        let owner = self.sight.observed.tags(live).and_then(|tags| tags.get(DOCUMENT_TAG));
        if owner.is_some_and(|owner| owner != self.plan.stamp.document.as_str()) {
            return Err(t!("deploy-accept-of-other", id = live));
        }
        Ok(())
    }

    /// Refuses what a service of AWS owns.
    fn not_of_service(&self, live: &str) -> Result<(), String> {
        let Some(interface) = self.sight.observed.network_interfaces.get(live) else { return Ok(()) };
        let owner = Owner::of(interface);
        if owner.is_service() || !stands_alone(interface) {
            return Err(t!("deploy-accept-of-service", id = live, owner = owner.words()));
        }
        Ok(())
    }

    fn import(&self, live: &str, can_be: fn(Kind) -> bool, out: &mut Vec<Resource>) -> Result<(), String> {
        if out.iter().any(|it| it.id.as_str() == live) {
            return Ok(());
        }
        self.not_of_other(live)?;
        self.not_of_service(live)?;
        self.has_router(live)?;
        let refused = || t!("deploy-accept-unknown", id = live);
        let id = ResourceId::new(live).map_err(|_| refused())?;
        let found = self.live.get(&id).ok_or_else(refused)?;
        let mut kind = self.terms.translated(&found.kind).ok_or_else(refused)?;
        if let ResourceKind::NatGateway(gateway) = &mut kind {
            // Nobody drew it: where it is made anew, AWS may choose again.
            gateway.private_ip = None;
        }
        if !can_be(kind.kind()) {
            return Err(refused());
        }
        out.push(Resource { kind: kind.clone(), ..found.clone() });
        if kind.kind() == Kind::NetworkInterface {
            self.addresses_of(&id, out)?;
        }
        self.needs(&kind, out)
    }

    /// The Elastic IP addresses of an interface come along with it: only it says that they are meant.
    fn addresses_of(&self, interface: &ResourceId, out: &mut Vec<Resource>) -> Result<(), String> {
        let is_its = |it: &&Resource| {
            let address = it.kind.as_elastic_ip();
            address.and_then(|it| it.network_interface_id.as_ref()) == Some(interface)
                && self.terms.named(it.id.as_str()).is_none()
        };
        let addresses = self.live.of_kind(Kind::ElasticIp).filter(is_its);
        addresses.map(|it| it.id.as_str()).try_for_each(|it| self.import(it, can_come_along, out))
    }

    /// Brings along what is mentioned and not drawn.
    fn needs(&self, kind: &ResourceKind, out: &mut Vec<Resource>) -> Result<(), String> {
        for reference in kind.references() {
            if self.document.topology.get(&reference.to).is_none() {
                self.import(reference.to.as_str(), can_come_along, out)?;
            }
        }
        Ok(())
    }
}

/// The kinds that others add and that an import says all of that a deploy needs.
fn can_be_accepted(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Subnet
            | Kind::RouteTable
            | Kind::NetworkAcl
            | Kind::SecurityGroup
            | Kind::Instance
            | Kind::NatGateway
            | Kind::RegionalNatGateway
            | Kind::NetworkInterface
            | Kind::VpnConnection
            | Kind::GatewayEndpoint
            | Kind::InterfaceEndpoint
    )
}

/// Those that are accepted with what uses them: an Elastic IP address is in no VPC, and only its NAT
/// gateway or interface says that it is meant.
fn can_come_along(kind: Kind) -> bool {
    can_be_accepted(kind) || kind == Kind::ElasticIp
}

/// What comes of accepting several things.
#[derive(Debug, Clone)]
pub struct AcceptedAll {
    /// What was taken over, in this order.
    pub taken: Vec<Drift>,
    /// What was not, with the reason.
    pub refused: Vec<(Drift, String)>,
    /// The changes of the drawing.
    pub commands: Vec<Command>,
    /// The drawing with them.
    pub document: Document,
    /// What the edits say.
    pub notes: Vec<String>,
    /// What the user should know besides.
    pub besides: Vec<String>,
    /// What still differs.
    pub left: Vec<Drift>,
}

impl AcceptedAll {
    fn of(sight: &Sight, document: &Document) -> Self {
        Self {
            taken: Vec::new(),
            refused: Vec::new(),
            commands: Vec::new(),
            document: document.clone(),
            notes: Vec::new(),
            besides: Vec::new(),
            left: sight.drift(document),
        }
    }
}

/// Accepts some of what drifted.
pub fn accept_all(sight: &Sight, document: &Document, items: Vec<Drift>) -> AcceptedAll {
    let mut done = AcceptedAll::of(sight, document);
    take(sight, &mut done, items);
    done
}

/// Accepts everything, also what shows only then: a route to what is gone leads nowhere.
pub fn accept_everything(sight: &Sight, document: &Document) -> AcceptedAll {
    let mut done = AcceptedAll::of(sight, document);
    loop {
        let tried = |it: &Drift| done.refused.iter().any(|(old, _)| old.live == it.live);
        let items: Vec<Drift> = done.left.iter().filter(|it| !tried(it)).cloned().collect();
        let before = done.commands.len();
        take(sight, &mut done, items);
        if done.commands.len() == before {
            return done;
        }
    }
}

/// One after the other: what was added first, since others may lead to it, what is gone last.
fn take(sight: &Sight, done: &mut AcceptedAll, mut items: Vec<Drift>) {
    items.sort_by_key(|it| match it.change {
        Change::Added => 0,
        Change::Changed => 1,
        Change::Missing => 2,
    });
    for item in items {
        let same = |it: &&Drift| it.change == item.change && it.live == item.live;
        // What went along with another is gone from the list.
        let Some(now) = done.left.iter().find(same).cloned() else {
            done.taken.push(item);
            continue;
        };
        match accept(sight, &done.document, &done.left, &now) {
            Ok(accepted) => {
                done.taken.push(now);
                done.commands.push(accepted.command);
                done.notes.extend(accepted.notes);
                done.besides.extend(accepted.besides);
                done.document = accepted.document;
                done.left = accepted.left;
            }
            Err(why) => done.refused.push((now, why)),
        }
    }
}
