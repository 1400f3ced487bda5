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
    order::{Followers, circle, rank},
    problems::problem,
    removal::{user_home, vpc_of},
    replace::Replacements,
    states::settled,
    teardown::Teardown,
    words,
};
use crate::{
    cloud::Call,
    deploy::{
        cost::Cost,
        desired::{Desired, describe_kind, is_deployable},
        estimate::Estimate,
        ids::Ids,
        kinds::{self, Aspect, Context, Frozen, Places},
        lookup::{Lookup, Members},
        observed::{Observed, Owned},
        occupants::Occupant,
        side_by_side,
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

/// What an action on a drawn resource is told by.
struct Named<'r> {
    action: usize,
    resource: &'r Resource,
    /// What the resource is, in words.
    what: String,
    /// What is mended.
    aspects: Vec<Aspect>,
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
    /// Those of ours that end before a resource gets its new object, by resource.
    dying: Lookup<ResourceId, Vec<Owned>>,
    /// The ids of ours.
    pub own_ids: Members<String>,
    /// The live ids that stand for a drawn resource.
    pub kept: Lookup<String, ResourceId>,
    pub actions: Vec<Action>,
    pub steps: Vec<Step>,
    pub points: Lookup<(ResourceId, Point), usize>,
    pub problems: Vec<Problem>,
    /// What is made anew.
    pub replaced: Replacements,
    /// What differs and can neither be changed nor be made anew.
    pub frozen: Lookup<ResourceId, Vec<Frozen>>,
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
            places: Places::default(),
            ids,
            own_ids: ours.iter().map(|owned| owned.live.clone()).collect(),
            ours,
            dying: Lookup::default(),
            kept: Lookup::default(),
            actions: Vec::new(),
            steps: Vec::new(),
            points: Lookup::default(),
            problems,
            replaced: Replacements::new(),
            frozen: Lookup::default(),
            foreign: Vec::new(),
            after_end: Vec::new(),
            after_point: Vec::new(),
        };
        builder.bind();
        builder.replace();
        builder.parts();
        builder.dying();
        builder
    }

    /// Finds out which objects may have to end before a resource gets a new one.
    fn dying(&mut self) {
        let (replaced, lost) = (&self.replaced, &self.request.lost_keys);
        let anew =
            |it: &&Owned| !it.alive || replaced.contains_key(&it.resource) || lost.contains(&it.resource);
        for owned in self.ours.iter().filter(anew) {
            self.dying.entry(owned.resource.clone()).or_default().push(owned.clone());
        }
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
            let drawn = self.desired.index.kind(&owned.resource).map(ResourceKind::kind);
            if !owned.alive || drawn != Some(owned.kind) {
                continue;
            }
            let known = || self.request.known.get(&owned.resource) == Some(&owned.live);
            match self.ids.get(&owned.resource).map(str::to_owned) {
                None => self.keep(&owned.resource, &owned.live),
                Some(other) if known() => {
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
    /// of ours or ends at a gateway of ours: somebody has accepted it into the drawing. In other VPCs an import may have left such
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
            let drawn = desired.index.get(&id).filter(|it| it.kind.kind() == object.kind);
            let Some(drawn) = drawn.filter(|it| kinds::comes_with(it, desired).is_none()) else { continue };
            let live = object.live.to_owned();
            let owned = Owned { resource: drawn.id.clone(), live, kind: object.kind, alive: true };
            let at = vpc_of(self.observed, &owned).or_else(|| user_home(self.observed, &owned));
            let end = self.observed.objects.get(&owned.live).and_then(|it| it.spec.vpn_end());
            let is_inside = at.is_some_and(|vpc| vpcs.contains(vpc))
                || end.is_some_and(|gateway| self.own_ids.contains(gateway));
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

    /// What comparisons of drawn resources look at, once the places are known.
    pub(super) fn context<'c>(&'c self, desired: &'c Desired) -> Context<'c> {
        let places = Some(&self.places);
        Context { desired, ids: &self.ids, stamp: &self.request.stamp, places }
    }

    /// Plans every drawn resource, those first that others stand on.
    fn drawn(&mut self) {
        let desired = Arc::clone(&self.desired);
        let mut resources: Vec<&Resource> = desired.topology.iter().collect();
        resources.sort_by_cached_key(|resource| rank(resource.kind.kind()));
        self.newborns(&desired, &resources);
        self.actions.reserve(resources.len());
        self.steps.reserve(2 * resources.len());
        self.points.reserve(2 * resources.len());
        let cx = self.context(&desired);
        let comparisons = compare(&resources, cx, &self.expected, |it| self.is_made(it));
        let mut named = Vec::with_capacity(resources.len());
        for (resource, mut comparison) in resources.into_iter().zip(comparisons) {
            if !is_deployable(&resource.kind) {
                self.left_alone(&desired, resource);
                continue;
            }
            self.undeployed_fields(&desired, resource);
            self.accepted_elsewhere(&desired, resource);
            self.other_end(resource);
            self.decided_elsewhere(resource);
            let (action, what) = (self.actions.len(), std::mem::take(&mut comparison.what));
            let aspects = self.resource(resource, comparison);
            named.push(Named { action, resource, what, aspects });
        }
        let told = side_by_side::map(&named, |it| self.tell(it));
        for (it, told) in named.iter().zip(told) {
            if let (Some(action), Some((title, reason, consequences))) =
                (self.actions.get_mut(it.action), told)
            {
                (action.title, action.reason, action.consequences) = (title, reason, consequences);
            }
        }
    }

    /// Puts in what is yet to be made, all of it: a difference may look at any.
    fn newborns(&mut self, desired: &Desired, resources: &[&Resource]) {
        let is_new = |resource: &&Resource| self.ids.get(&resource.id).is_none();
        let new: Vec<&Resource> = resources.iter().copied().filter(is_new).collect();
        if !new.is_empty() {
            let cx = Context { desired, ids: &self.ids, stamp: &self.request.stamp, places: None };
            let expected = self.expected.to_mut();
            for resource in new {
                kinds::newborn(resource, cx, expected);
            }
            expected.sort();
        }
        if !resources.is_empty() {
            self.places = Places::of(&self.expected);
        }
    }

    /// Whether the run makes a resource (again).
    fn is_made(&self, resource: &Resource) -> bool {
        self.ids.get(&resource.id).is_none() || self.request.lost_keys.contains(&resource.id)
    }

    /// Plans one resource; answers the aspects that are mended.
    fn resource(&mut self, resource: &Resource, comparison: Comparison) -> Vec<Aspect> {
        let Comparison { live, implicit, pending, create, differences, .. } = comparison;
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
        self.settle(resource, action, pending);
        let (aspects, settling) = self.mend(resource, action, differences);
        if let Some(frozen) = self.frozen.get(&resource.id).cloned() {
            self.freeze(resource, &frozen);
        }
        let differs = !aspects.is_empty() || settling || pending;
        if let Some(action) = self.actions.get_mut(action)
            && action.kind == ActionKind::NoOp
            && differs
        {
            action.kind = ActionKind::Update;
        }
        aspects
    }

    /// The creation, after the end of what stood in its place.
    fn make(
        &mut self,
        resource: &Resource,
        action: usize,
        call: Option<Box<Call>>,
        replaced: Option<String>,
    ) {
        let attempt = self.request.attempts.get(&resource.id).copied().unwrap_or_default();
        let dying = self.dying.get(&resource.id).into_iter().flatten();
        let dying: Vec<Owned> =
            dying.filter(|it| !it.alive || replaced.as_ref() == Some(&it.live)).cloned().collect();
        for owned in &dying {
            self.end(action, owned);
        }
        let create = self.step(action, &resource.id, Work::Create { attempt }, Some(Point::Made));
        for owned in dying {
            self.after_end.push((create, owned.live));
        }
        self.exclusive(resource, create);
        if let Some(action) = self.actions.get_mut(action) {
            action.calls.extend(call.map(|call| *call));
        }
    }

    /// Waits for a state: after a creation, and for what an earlier run left on its way.
    fn settle(&mut self, resource: &Resource, action: usize, pending: bool) {
        let kind = resource.kind.kind();
        let Some(until) = settled(kind) else { return };
        let made = |action: &Action| matches!(action.kind, ActionKind::Create | ActionKind::Replace);
        let new = self.actions.get(action).is_some_and(made);
        if let Some(describe) = describe_kind(kind).filter(|_| new || pending) {
            let work = Work::Wait { describe, live: None, until };
            self.step(action, &resource.id, work, Some(Point::Ready));
        }
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

    /// The title of an action, its reason, and what it means.
    fn tell(&self, named: &Named<'_>) -> Option<(String, String, Vec<String>)> {
        let Named { resource, aspects, .. } = named;
        let action = self.actions.get(named.action)?;
        let lost = self.request.lost_keys.contains(&resource.id) && self.ids.get(&resource.id).is_some();
        let fields = || self.replaced.get(&resource.id).map(|it| it.fields.as_slice()).unwrap_or_default();
        let accepted = kinds::comes_with(resource, &self.desired).is_none();
        let reason = match action.kind {
            ActionKind::Create if lost => t!("deploy-reason-lost-key"),
            ActionKind::Create => t!("deploy-reason-create"),
            ActionKind::Replace => words::replaced(fields()),
            ActionKind::Adopt if accepted => t!("deploy-reason-accepted"),
            ActionKind::Adopt if action.of == Kind::VpcBlockPublicAccess => t!("deploy-reason-setting"),
            ActionKind::Adopt => t!("deploy-reason-adopt"),
            ActionKind::Update if aspects.is_empty() => t!("deploy-reason-pending"),
            ActionKind::Update => words::differs(aspects),
            ActionKind::Delete | ActionKind::NoOp => t!("deploy-reason-none"),
        };
        let title = words::title(action.kind, &named.what);
        Some((title, reason, words::consequences(action.kind, action.of, aspects)))
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
        if !self.request.only_run && !self.request.is_back {
            return true;
        }
        let run = self.observed.tags_of(owned.kind, &owned.live).and_then(|tags| tags.get(RUN_TAG));
        // A setting of the account has no tags: what the last drawing did not have is put back.
        let is_setting = owned.kind == Kind::VpcBlockPublicAccess && !kinds::is_part(&owned.live);
        if self.request.is_back {
            return is_setting || run.is_some();
        }
        is_setting || run.is_some_and(|run| run == self.request.stamp.run.as_str())
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
        let (actions, steps, desired) = (&self.actions, &self.steps, &self.desired);
        let (expected, points) = (self.expected, self.points);
        let price = || {
            drop((expected, points));
            Cost::of(actions, desired, self.observed)
        };
        let order = || {
            let followers = Followers::of(steps);
            (circle(steps, &followers), Estimate::of(actions, steps, &followers), after(actions, steps))
        };
        let (cost, (stuck, estimate, after)) = side_by_side::both(steps.len(), price, order);
        if let Some(step) = stuck.first().and_then(|at| steps.get(*at)) {
            let message = t!("deploy-circle", resource = &step.resource);
            let help = t!("deploy-circle-help");
            self.problems.push(problem("deploy-circle", Severity::Error, &step.resource, message, help));
        }
        for (action, after) in self.actions.iter_mut().zip(after) {
            action.after.extend(after);
        }
        Plan {
            estimate,
            rehearsed_ms: None,
            cost,
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
        }
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

/// The resources whose actions must be over before each action is.
fn after(actions: &[Action], steps: &[Step]) -> Vec<BTreeSet<ResourceId>> {
    let mut before = vec![BTreeSet::new(); actions.len()];
    for step in steps {
        let steps = step.after.iter().filter_map(|at| steps.get(*at));
        let others = steps.filter(|it| it.action != step.action).filter_map(|it| actions.get(it.action));
        if let Some(before) = before.get_mut(step.action) {
            before.extend(others.map(|it| it.resource.clone()));
        }
    }
    // Two actions may be about one resource: what goes and what comes in its place.
    for (before, action) in before.iter_mut().zip(actions) {
        before.remove(&action.resource);
    }
    before
}
