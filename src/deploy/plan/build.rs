//! The plan of a deploy: the drawing against the live side.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Action, ActionKind, Plan, Step, Until, Work,
    compare::{Comparison, Difference, compare},
    needs::{Need, Point, needs},
    order::{circle, rank},
    removal::{user_home, vpc_of},
    replace::Replacements,
    side_by_side,
    states::{is_pending, settled},
    teardown::Teardown,
    undeployed::undeployed,
    words,
};
use crate::{
    cloud::{Call, Change, Spec},
    deploy::{
        cost::Cost,
        desired::{Desired, describe_kind, is_deployable},
        estimate::Estimate,
        ids::Ids,
        kinds::{self, Aspect, Context, Frozen, Places},
        lookup::{Lookup, Members},
        observed::{Observed, Owned},
        occupants::Occupant,
        stamp::{DOCUMENT_TAG, RUN_TAG, Stamp},
    },
    model::{Field, Kind, Resource, ResourceId, ResourceKind},
    problem::{Problem, Severity, Subject},
    t,
};

/// What a plan is made of.
#[derive(Debug, Clone)]
pub struct Request {
    /// What shall be there; nothing for a destroy.
    pub desired: Desired,
    /// Whether everything is removed.
    pub destroy: bool,
    /// Whether only what the run made is removed.
    pub only_run: bool,
    /// Whether the drawing is the one before the run: what the run took over without making it is left.
    pub is_back: bool,
    /// The account, for the reader.
    pub account: String,
    /// The marks of the run that would carry it out.
    pub stamp: Stamp,
    /// The ids that state and journal know.
    pub known: BTreeMap<ResourceId, String>,
    /// Key pairs that AWS made without our getting the private key.
    pub lost_keys: BTreeSet<ResourceId>,
    /// How many objects the run has made for a resource before.
    pub attempts: BTreeMap<ResourceId, u32>,
    /// What stands in the way already: findings of the rules.
    pub problems: Vec<Problem>,
}

/// Works out what is to be done. Pure: equal requests and observations give equal plans.
pub fn plan(request: Request, observed: &Observed) -> Plan {
    let mut builder = Builder::new(request, observed);
    builder.drawn();
    builder.removed();
    builder.link();
    builder.finish()
}

pub(super) struct Builder<'a> {
    /// What was asked for; what shall be there has been taken out of it.
    pub request: Request,
    pub desired: Arc<Desired>,
    pub observed: &'a Observed,
    /// The observation, with what is yet to be made put in as AWS makes it.
    expected: Cow<'a, Observed>,
    /// Look-ups into what is expected.
    places: Places,
    pub ids: Ids,
    pub ours: Vec<Owned>,
    /// The ids of ours.
    own_ids: Members<String>,
    /// The live ids that stand for a drawn resource.
    pub kept: Lookup<String, ResourceId>,
    pub actions: Vec<Action>,
    pub steps: Vec<Step>,
    pub points: Lookup<(ResourceId, Point), usize>,
    pub problems: Vec<Problem>,
    /// What is made anew.
    pub replaced: Replacements,
    /// What others have in VPCs that shall go.
    pub foreign: Vec<(String, Occupant)>,
    /// Steps that must come after the end of an object: step, live id.
    pub after_end: Vec<(usize, String)>,
    /// Steps that must come after what another resource reaches.
    pub after_point: Vec<(usize, Need)>,
}

impl<'a> Builder<'a> {
    fn new(mut request: Request, observed: &'a Observed) -> Self {
        let ours = observed.ours(&request.stamp.document, &request.known);
        let mut ids = Ids::default();
        ids.prefix_lists.clone_from(&observed.prefix_lists);
        let problems = std::mem::take(&mut request.problems);
        let region = request.desired.topology.region.clone();
        let desired = std::mem::replace(&mut request.desired, Desired::nothing(&region));
        let mut builder = Self {
            desired: Arc::new(desired),
            request,
            observed,
            expected: Cow::Borrowed(observed),
            places: Places::of(observed),
            ids,
            own_ids: ours.iter().map(|owned| owned.live.clone()).collect(),
            ours,
            kept: Lookup::default(),
            actions: Vec::new(),
            steps: Vec::new(),
            points: Lookup::default(),
            problems,
            replaced: Replacements::new(),
            foreign: Vec::new(),
            after_end: Vec::new(),
            after_point: Vec::new(),
        };
        builder.bind();
        builder.replace();
        builder.parts();
        builder
    }

    /// Finds out which objects are parts of what is drawn.
    fn parts(&mut self) {
        let desired = Arc::clone(&self.desired);
        let cx = Context { desired: &desired, ids: &self.ids, stamp: &self.request.stamp, places: None };
        let (parts, kept) = (kinds::vpn_parts(cx, self.observed), kinds::parts_kept(cx, self.observed));
        self.kept.extend(kept);
        self.ids.learn(parts);
    }

    /// Finds out which object stands for which drawn resource.
    fn bind(&mut self) {
        let ours = std::mem::take(&mut self.ours);
        for owned in &ours {
            let drawn = self.desired.topology.kind(&owned.resource).map(ResourceKind::kind);
            if !owned.alive || drawn != Some(owned.kind) {
                continue;
            }
            let known = self.request.known.get(&owned.resource) == Some(&owned.live);
            match self.ids.get(&owned.resource).map(str::to_owned) {
                None => self.keep(&owned.resource, &owned.live),
                Some(other) if known => {
                    self.kept.swap_remove(&other);
                    self.keep(&owned.resource, &owned.live);
                    self.warn_twice(&owned.resource, &owned.live, &other);
                }
                Some(other) => self.warn_twice(&owned.resource, &other, &owned.live),
            }
        }
        self.ours = ours;
        let desired = Arc::clone(&self.desired);
        for resource in desired.topology.iter() {
            let Some(vpc) = kinds::comes_with(resource, &desired).and_then(|vpc| self.ids.get(vpc)) else {
                continue;
            };
            if self.ids.get(&resource.id).is_none()
                && let Some(live) = kinds::find_in_vpc(resource, vpc, self.observed)
                && !self.kept.contains_key(&live)
            {
                self.keep(&resource.id, &live);
            }
        }
        self.accepted(&desired);
        self.ids.ipv6_blocks = kinds::ipv6_blocks(&desired, &self.ids, self.observed);
    }

    /// What the drawing has under the id of an object that nobody has marked and that stands in a VPC
    /// of ours: somebody has accepted it into the drawing. In other VPCs an import may have left such
    /// ids, and what is deployed of it is a copy.
    fn accepted(&mut self, desired: &Desired) {
        let ours = self.ours.iter().filter(|it| it.kind == Kind::Vpc && it.alive);
        let vpcs: BTreeSet<String> = ours.map(|it| it.live.clone()).collect();
        if vpcs.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for object in self.observed.objects().filter(|it| it.alive && !it.tags.contains_key(DOCUMENT_TAG)) {
            let Ok(id) = ResourceId::new(object.live) else { continue };
            let drawn = desired.topology.get(&id).filter(|it| it.kind.kind() == object.kind);
            let Some(drawn) = drawn.filter(|it| kinds::comes_with(it, desired).is_none()) else { continue };
            let live = object.live.to_owned();
            let owned = Owned { resource: drawn.id.clone(), live, kind: object.kind, alive: true };
            let at = vpc_of(self.observed, &owned).or_else(|| user_home(self.observed, &owned));
            let is_inside = at.is_some_and(|vpc| vpcs.contains(vpc));
            if is_inside && self.ids.get(&owned.resource).is_none() {
                found.push(owned);
            }
        }
        for owned in found {
            self.keep(&owned.resource, &owned.live);
        }
    }

    fn keep(&mut self, resource: &ResourceId, live: &str) {
        self.kept.insert(live.to_owned(), resource.clone());
        self.ids.bind(resource.clone(), live.to_owned());
    }

    fn warn_twice(&mut self, resource: &ResourceId, kept: &str, other: &str) {
        let message = words::twice(resource, kept, other);
        self.problem("deploy-duplicate", Severity::Warning, resource, message, t!("deploy-twice-help"));
    }

    pub fn problem(
        &mut self,
        code: &'static str,
        severity: Severity,
        on: &ResourceId,
        message: String,
        help: String,
    ) {
        let subjects = vec![Subject { id: on.clone(), field: None }];
        self.problems.push(Problem {
            code,
            severity,
            subjects,
            message,
            help: Some(help),
            fixes: Vec::new(),
        });
    }

    pub fn context<'c>(&'c self, desired: &'c Desired) -> Context<'c> {
        let places = Some(&self.places);
        Context { desired, ids: &self.ids, stamp: &self.request.stamp, places }
    }

    /// Plans every drawn resource, those first that others stand on.
    fn drawn(&mut self) {
        let desired = Arc::clone(&self.desired);
        let mut resources: Vec<&Resource> = desired.topology.iter().collect();
        resources.sort_by_key(|resource| rank(resource.kind.kind()));
        self.newborns(&desired, &resources);
        self.actions.reserve(resources.len());
        self.steps.reserve(2 * resources.len());
        let cx = self.context(&desired);
        let comparisons = compare(&resources, cx, &self.expected, |it| self.attempt(it));
        for (resource, comparison) in resources.into_iter().zip(comparisons) {
            if !is_deployable(&resource.kind) {
                self.left_alone(&desired, resource);
                continue;
            }
            self.undeployed_fields(&desired, resource);
            self.accepted_elsewhere(&desired, resource);
            self.other_end(resource);
            self.decided_elsewhere(resource);
            self.resource(&desired, resource, comparison);
        }
    }

    /// Puts in what is yet to be made, all of it: a difference may look at any.
    fn newborns(&mut self, desired: &Desired, resources: &[&Resource]) {
        let is_new = |resource: &&Resource| self.ids.get(&resource.id).is_none();
        let new: Vec<&Resource> = resources.iter().copied().filter(is_new).collect();
        if new.is_empty() {
            return;
        }
        let cx = Context { desired, ids: &self.ids, stamp: &self.request.stamp, places: None };
        let expected = self.expected.to_mut();
        for resource in new {
            kinds::newborn(resource, cx, expected);
        }
        self.places = Places::of(expected);
    }

    /// How many objects the run has made for a resource before, if it makes one (again).
    fn attempt(&self, resource: &Resource) -> Option<u32> {
        let id = &resource.id;
        let is_made = self.ids.get(id).is_none() || self.request.lost_keys.contains(id);
        is_made.then(|| self.request.attempts.get(id).copied().unwrap_or_default())
    }

    /// What this program cannot make is left alone; what would be made to lead to it cannot be.
    fn left_alone(&mut self, desired: &Desired, resource: &Resource) {
        let is_made = |id: &ResourceId| desired.index.kind(id).is_some_and(is_deployable);
        let user = desired.index.referrers(&resource.id).iter().map(|(id, _)| id).find(|id| is_made(id));
        let (severity, message, help) = match user {
            None => (Severity::Warning, t!("deploy-other", name = resource.label()), t!("deploy-other-help")),
            Some(user) => (
                Severity::Error,
                t!("deploy-other-used", name = resource.label(), user = user),
                t!("deploy-other-used-help", user = user),
            ),
        };
        self.problem("deploy-unknown-kind", severity, &resource.id, message, help);
    }

    /// A field that this program cannot deploy is no part of a plan that pretends to be the drawing.
    fn undeployed_fields(&mut self, desired: &Desired, resource: &Resource) {
        for field in undeployed(&resource.kind, &desired.topology) {
            self.problems.push(Problem {
                code: "deploy-unknown-field",
                severity: Severity::Error,
                subjects: vec![Subject { id: resource.id.clone(), field: Some(Field::new(field)) }],
                message: t!("deploy-field", field = field, name = resource.label()),
                help: Some(t!("deploy-field-help")),
                fixes: Vec::new(),
            });
        }
    }

    /// The other side of a connection to another account or region is not ours to accept.
    fn accepted_elsewhere(&mut self, desired: &Desired, resource: &Resource) {
        let wants = match &resource.kind {
            ResourceKind::VpcPeeringConnection(it) => it.auto_accept,
            ResourceKind::TransitGatewayPeeringAttachment(it) => it.auto_accept,
            _ => false,
        };
        let cx = self.context(desired);
        if wants && !kinds::accepts(&resource.kind, cx) {
            let message = t!("deploy-accept-elsewhere", name = resource.label());
            let help = t!("deploy-accept-elsewhere-help");
            self.problem("deploy-accept-elsewhere", Severity::Warning, &resource.id, message, help);
        }
    }

    /// What a VPN connection needs to know of its other end.
    fn other_end(&mut self, resource: &Resource) {
        let ResourceKind::VpnConnection(it) = &resource.kind else { return };
        if it.customer_gateway_ip.is_none() {
            let message = t!("deploy-vpn-no-router", name = resource.label());
            let help = t!("deploy-vpn-no-router-help");
            self.problem("deploy-vpn-router", Severity::Error, &resource.id, message, help);
        }
        if kinds::has_lost_routes(it) {
            let message = t!("deploy-vpn-static-transit", name = resource.label());
            let help = t!("deploy-vpn-static-transit-help");
            self.problem("deploy-vpn-routes", Severity::Warning, &resource.id, message, help);
        }
    }

    /// Where an organisation decides about Block Public Access, an account cannot.
    fn decided_elsewhere(&mut self, resource: &Resource) {
        let ResourceKind::VpcBlockPublicAccess(it) = &resource.kind else { return };
        let Some(Spec::VpcBlockPublicAccess { managed_by, exclusions_allowed, internet_gateway_block_mode }) =
            kinds::block_setting(self.observed).map(|it| &it.spec)
        else {
            return;
        };
        let help = t!("deploy-block-policy-help");
        let mode = internet_gateway_block_mode.clone();
        let message = t!("deploy-block-policy", name = resource.label(), mode = mode);
        let no_exclusions = t!("deploy-block-no-exclusions", name = resource.label());
        let now = kinds::block_as_it_is(it, self.context(&self.desired), self.observed);
        if managed_by != "account" && now.as_ref() != Some(it) {
            self.problem("deploy-block-policy", Severity::Error, &resource.id, message, help);
        } else if !exclusions_allowed && !it.exclusions.is_empty() {
            self.problem("deploy-block-policy", Severity::Error, &resource.id, no_exclusions, help);
        }
    }

    /// Says of each action that changes a setting of the region what that means beyond the drawing.
    fn region_wide(&mut self) {
        let region = self.desired.topology.region.clone();
        let now = kinds::block_setting(self.observed).map(|it| &it.spec);
        let Some(Spec::VpcBlockPublicAccess { internet_gateway_block_mode: now, .. }) = now else { return };
        for action in &mut self.actions {
            let change = action.calls.iter().find_map(|call| match call {
                Call::ChangeObject {
                    change: Change::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode },
                    ..
                } => Some(internet_gateway_block_mode),
                _ => None,
            });
            let words = |to: &String| {
                t!("deploy-block-region", region = region.clone(), from = now.clone(), to = to.clone())
            };
            action.consequences.extend(change.map(words));
        }
    }

    fn resource(&mut self, desired: &Desired, resource: &Resource, comparison: Comparison) {
        let live = self.ids.get(&resource.id).map(str::to_owned);
        let implicit = kinds::comes_with(resource, desired).is_some();
        let lost = live.is_some() && self.request.lost_keys.contains(&resource.id);
        let ours = live.as_ref().is_some_and(|live| self.own_ids.contains(live));
        let action = self.actions.len();
        let replaced = self.replaced.get(&resource.id).cloned();
        let kind = match (&live, implicit) {
            (None, false) if replaced.is_some() => ActionKind::Replace,
            (None, false) => ActionKind::Create,
            (None, true) => ActionKind::Adopt,
            (Some(_), _) if !ours => ActionKind::Adopt,
            (Some(_), _) if lost => ActionKind::Create,
            (Some(_), _) => ActionKind::NoOp,
        };
        self.actions.push(Action {
            kind,
            resource: resource.id.clone(),
            of: resource.kind.kind(),
            live: live.clone().or_else(|| replaced.as_ref().map(|it| it.live.clone())),
            title: String::new(),
            reason: String::new(),
            consequences: Vec::new(),
            after: BTreeSet::new(),
            calls: Vec::new(),
        });
        let Comparison { create, differences, frozen, what } = comparison;
        match kind {
            ActionKind::Create => self.make(resource, action, create, live.filter(|_| lost)),
            ActionKind::Replace => {
                let old = replaced.filter(|it| !it.create_first).map(|it| it.live);
                self.make(resource, action, create, old);
            }
            ActionKind::Adopt if live.is_none() => {
                self.step(action, &resource.id, Work::Find, Some(Point::Made));
            }
            _ => {}
        }
        let settling = self.settle(resource, action);
        let (aspects, pending) = self.mend(resource, action, differences);
        self.freeze(resource, &frozen);
        self.name(resource, action, what, &aspects, settling || pending);
    }

    /// The creation, after the end of what stood in its place.
    fn make(&mut self, resource: &Resource, action: usize, call: Option<Call>, replaced: Option<String>) {
        let attempt = self.request.attempts.get(&resource.id).copied().unwrap_or_default();
        let dying: Vec<Owned> = self
            .ours
            .iter()
            .filter(|owned| {
                owned.resource == resource.id && (!owned.alive || replaced.as_ref() == Some(&owned.live))
            })
            .cloned()
            .collect();
        for owned in &dying {
            self.end(action, owned);
        }
        let create = self.step(action, &resource.id, Work::Create { attempt }, Some(Point::Made));
        for owned in dying {
            self.after_end.push((create, owned.live));
        }
        self.exclusive(resource, create);
        if let Some(action) = self.actions.get_mut(action) {
            action.calls.extend(call);
        }
    }

    /// Waits for a state: after a creation, and for what an earlier run left on its way.
    fn settle(&mut self, resource: &Resource, action: usize) -> bool {
        let kind = resource.kind.kind();
        let Some(until) = settled(kind) else { return false };
        let live = self.ids.get(&resource.id).map(str::to_owned);
        let pending = live.as_ref().is_some_and(|live| is_pending(self.observed, kind, live));
        let made = |action: &Action| matches!(action.kind, ActionKind::Create | ActionKind::Replace);
        let new = self.actions.get(action).is_some_and(made);
        if !new && !pending {
            return false;
        }
        if let Some(describe) = describe_kind(kind) {
            let work = Work::Wait { describe, live: None, until };
            self.step(action, &resource.id, work, Some(Point::Ready));
        }
        pending
    }

    /// Plans what differs, and what an earlier run left on its way; answers the aspects that differ and
    /// whether anything is on its way.
    fn mend(
        &mut self,
        resource: &Resource,
        action: usize,
        differences: Vec<Difference>,
    ) -> (Vec<Aspect>, bool) {
        let (mut mended, mut pending) = (Vec::new(), false);
        for Difference { aspect, calls, settles } in differences {
            pending |= settles && calls.is_empty();
            let step = self.step(action, &resource.id, Work::Mend(aspect), Some(Point::Mended(aspect)));
            self.exclusive(resource, step);
            if !calls.is_empty() {
                mended.push(aspect);
            }
            if let Some(action) = self.actions.get_mut(action) {
                action.calls.extend(calls);
            }
        }
        (mended, pending)
    }

    fn freeze(&mut self, resource: &Resource, frozen: &[Frozen]) {
        for frozen in frozen {
            self.problems.push(Problem {
                code: super::REPLACEMENT,
                severity: Severity::Error,
                subjects: vec![Subject { id: resource.id.clone(), field: Some(Field::new(frozen.field)) }],
                message: words::frozen(resource, frozen),
                help: Some(t!("deploy-replace-help")),
                fixes: Vec::new(),
            });
        }
    }

    fn name(&mut self, resource: &Resource, action: usize, what: String, aspects: &[Aspect], settling: bool) {
        let lost = self.ids.get(&resource.id).is_some() && self.request.lost_keys.contains(&resource.id);
        let fields = self.replaced.get(&resource.id).map(|it| it.fields.clone()).unwrap_or_default();
        let accepted = kinds::comes_with(resource, &self.desired).is_none();
        let Some(action) = self.actions.get_mut(action) else { return };
        if action.kind == ActionKind::NoOp && (!aspects.is_empty() || settling) {
            action.kind = ActionKind::Update;
        }
        action.title = words::title(action.kind, what);
        action.reason = match action.kind {
            ActionKind::Create if lost => t!("deploy-reason-lost-key"),
            ActionKind::Create => t!("deploy-reason-create"),
            ActionKind::Replace => words::replaced(&fields),
            ActionKind::Adopt if accepted => t!("deploy-reason-accepted"),
            ActionKind::Adopt if action.of == Kind::VpcBlockPublicAccess => t!("deploy-reason-setting"),
            ActionKind::Adopt => t!("deploy-reason-adopt"),
            ActionKind::Update if aspects.is_empty() => t!("deploy-reason-pending"),
            ActionKind::Update => words::differs(aspects),
            ActionKind::Delete | ActionKind::NoOp => t!("deploy-reason-none"),
        };
        action.consequences = words::consequences(action.kind, action.of, aspects);
    }

    pub fn step(&mut self, action: usize, resource: &ResourceId, work: Work, point: Option<Point>) -> usize {
        let at = self.steps.len();
        self.steps.push(Step {
            action,
            resource: resource.clone(),
            work,
            after: BTreeSet::new(),
            ends: Vec::new(),
        });
        if let Some(point) = point {
            self.points.insert((resource.clone(), point), at);
        }
        at
    }

    fn removed(&mut self) {
        let parts = kinds::parts(self.observed, &self.request.stamp.document);
        let removed: Vec<Owned> = self
            .ours
            .iter()
            .chain(&parts)
            .filter(|owned| !self.kept.contains_key(&owned.live) && self.may_go(owned))
            .cloned()
            .collect();
        Teardown::new(self, removed).plan();
    }

    /// A rollback leaves what earlier runs made, and what others made.
    fn may_go(&self, owned: &Owned) -> bool {
        let run = self.observed.tags_of(owned.kind, &owned.live).and_then(|tags| tags.get(RUN_TAG));
        // A setting of the account has no tags: what the last drawing did not have is put back.
        let is_setting = owned.kind == Kind::VpcBlockPublicAccess && !kinds::is_part(&owned.live);
        if self.request.is_back {
            return is_setting || run.is_some();
        }
        !self.request.only_run || is_setting || run.is_some_and(|run| run == self.request.stamp.run.as_str())
    }

    /// Turns what each step needs into the steps that bring it about.
    fn link(&mut self) {
        let before = |step: &Step| -> Vec<usize> {
            let needs = needs(&self.desired, &step.resource, &step.work).into_iter();
            needs.filter_map(|need| self.brings(need)).collect()
        };
        let before = side_by_side::map(&self.steps, before);
        for (at, (step, before)) in self.steps.iter_mut().zip(before).enumerate() {
            step.after.extend(before.into_iter().filter(|before| *before != at));
        }
        for (at, point) in std::mem::take(&mut self.after_point) {
            let before = self.points.get(&point).copied().filter(|before| *before != at);
            if let (Some(before), Some(step)) = (before, self.steps.get_mut(at)) {
                step.after.insert(before);
            }
        }
    }

    /// The step that brings a point about.
    fn brings(&self, (resource, point): Need) -> Option<usize> {
        let step = self.points.get(&(resource.clone(), point));
        let step = match point {
            Point::Ready => step.or_else(|| self.points.get(&(resource, Point::Made))),
            _ => step,
        };
        step.copied()
    }

    fn finish(mut self) -> Plan {
        self.region_wide();
        let stuck = circle(&self.steps);
        if let Some(step) = stuck.first().and_then(|at| self.steps.get(*at)) {
            let resource = step.resource.clone();
            let message = t!("deploy-circle", resource = &resource);
            self.problem("deploy-circle", Severity::Error, &resource, message, t!("deploy-circle-help"));
        }
        let action_of: Vec<usize> = self.steps.iter().map(|step| step.action).collect();
        for step in &self.steps {
            for before in &step.after {
                let other = action_of.get(*before).and_then(|action| self.actions.get(*action));
                let resource = other.map(|action| action.resource.clone());
                if let Some(action) = self.actions.get_mut(step.action) {
                    action.after.extend(resource.filter(|resource| *resource != action.resource));
                }
            }
        }
        let mut plan = Plan {
            estimate: Estimate::default(),
            rehearsed_ms: None,
            cost: Cost::of(&self.actions, &self.desired.topology, &self.desired.index, self.observed),
            account: self.request.account,
            caller: super::Caller::default(),
            destroy: self.request.destroy,
            only_run: self.request.only_run,
            foreign: self.foreign,
            leave_foreign: false,
            actions: self.actions,
            steps: self.steps,
            problems: self.problems,
            desired: Arc::unwrap_or_clone(self.desired),
            ids: self.ids,
            stamp: self.request.stamp,
        };
        plan.estimate = Estimate::of(&plan);
        plan
    }

    /// Plans the end of an object within an action: the call, unless it is on its way out, and the
    /// wait where it takes its time. Returns the steps' range and notes the calls.
    pub fn end(&mut self, action: usize, owned: &Owned) -> std::ops::Range<usize> {
        let first = self.steps.len();
        for call in super::teardown::calls(self.observed, owned) {
            // What is still joined to something can go only once it has left that.
            if let Some(describe) = super::removal_objects::leaves_first(self.observed, &call) {
                let live = Some(owned.live.clone());
                let work = Work::Wait { describe, live, until: Until::Detached };
                self.step(action, &owned.resource, work, None);
            }
            self.step(action, &owned.resource, Work::Remove(Box::new(call.clone())), None);
            if let Some(action) = self.actions.get_mut(action) {
                action.calls.push(call);
            }
        }
        let describe = if kinds::is_part(&owned.live) {
            kinds::part_ends(&owned.live)
        } else {
            describe_kind(owned.kind).filter(|_| super::teardown::takes_time(owned.kind))
        };
        if let Some(describe) = describe {
            let work = Work::Wait { describe, live: Some(owned.live.clone()), until: Until::Gone };
            self.step(action, &owned.resource, work, None);
        }
        let end = self.steps.len();
        for at in first + 1..end {
            if let Some(step) = self.steps.get_mut(at) {
                step.after.insert(at - 1);
            }
        }
        if let Some(step) = self.steps.get_mut(end.saturating_sub(1)).filter(|_| end > first) {
            step.ends.push((owned.resource.clone(), owned.live.clone()));
        }
        first..end
    }

    /// The call of an action, for those that only note.
    pub fn note(&mut self, action: usize, call: Call) {
        if let Some(action) = self.actions.get_mut(action) {
            action.calls.push(call);
        }
    }
}
