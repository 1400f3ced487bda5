//! One step under way: which call comes next, and what a reply means.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    occupied,
    policy::{Doing, HIDDEN_MS, Patience, SETTLE_MS, back_off, patience, retry, settle_patience},
    poll::look,
};
use crate::{
    cloud::{Call, Change, CloudError, DescribeKind, ErrorKind, Filter, Reply},
    deploy::{
        desired::{Desired, describe_kind},
        ids::Ids,
        kinds::{self, Aspect, Context},
        look::Look,
        observed::Observed,
        occupants::Occupant,
        plan::{Step, Until, Work},
        stamp::{DOCUMENT_TAG, RESOURCE_TAG, RUN_TAG, Stamp},
    },
    model::{Resource, ResourceKind},
    t,
};

/// What everything looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a> {
    pub desired: &'a Desired,
    pub ids: &'a Ids,
    pub stamp: &'a Stamp,
    /// The ids of everything that is ours.
    pub ours: &'a BTreeSet<String>,
    /// What others have in VPCs that shall go.
    pub foreign: &'a [(String, Occupant)],
    /// Whether what others keep from going is left.
    pub leave_foreign: bool,
}

impl<'a> World<'a> {
    fn context(self) -> Context<'a> {
        Context { desired: self.desired, ids: self.ids, stamp: self.stamp, places: None }
    }
}

/// What a step does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phase {
    /// Asks which image a parameter names.
    Image(String),
    /// Makes the object.
    Create,
    /// Looks whether a creation took effect; what it made may be hidden until this moment.
    Recover { until_ms: u64 },
    /// Removes a key pair whose private key was lost with the reply.
    DropKey(String),
    /// Looks for what came with the VPC.
    Find,
    /// Reads what is to be compared.
    Read { left: VecDeque<Call>, seen: Box<Observed> },
    /// Mends what differs.
    Mend(VecDeque<Call>),
    /// Looks whether a state is reached.
    Poll,
    /// Removes.
    Remove(Call),
    /// Looks who is in what could not be removed.
    Occupied { call: Call, error: CloudError },
}

/// What comes of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Go on at once.
    Next,
    /// Go on later.
    Pause { ms: u64, detail: String },
    /// The step is done; it may have found or made the object of its resource.
    Done(Option<Found>),
    /// The step has failed.
    Failed(String),
    /// Others are in the way: it goes on later, once they have gone.
    Held { ms: u64, held: Vec<Occupant>, detail: String },
    /// Others are in the way and stay: the step has failed.
    Blocked { held: Vec<Occupant>, detail: String },
    /// Others are in the way and are left: the step is given up.
    Left { held: Vec<Occupant>, detail: String },
    /// A parameter names this image.
    Image { name: String, id: String },
    /// The step is done, and with it more is known of objects.
    Learnt(Box<Ids>),
}

/// The object of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub live: String,
    pub made: bool,
}

/// A step under way.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) phase: Phase,
    pub(super) tries: u32,
    pub(super) began_ms: u64,
    rounds: u32,
    attempt: u32,
    /// Whether a reply to the creation was lost.
    lost: bool,
    /// What was mended already: a description that does not show it yet is no reason to do it again.
    done: Vec<Call>,
    /// Whether it asks for itself alone: where one of several ids is unknown, EC2 answers for none.
    alone: bool,
}

/// How often a step compares again before it gives up: each round ends with a surprise.
const MAX_ROUNDS: u32 = 8;
/// How often a creation is sent again after its reply was lost.
const MAX_SENDS: u32 = 5;

impl Task {
    pub fn new(step: &Step, world: World<'_>, now_ms: u64) -> Self {
        let mut attempt = 0;
        let phase = match &step.work {
            Work::Create { attempt: nth } => {
                attempt = *nth;
                image_of(step, world).map_or(Phase::Create, Phase::Image)
            }
            Work::Find => Phase::Find,
            Work::Mend(aspect) => read_phase(*aspect, step, world),
            Work::Wait { .. } => Phase::Poll,
            Work::Remove(call) => Phase::Remove((**call).clone()),
        };
        Self {
            phase,
            tries: 0,
            began_ms: now_ms,
            rounds: 0,
            attempt,
            lost: false,
            done: Vec::new(),
            alone: false,
        }
    }

    /// The kind of object whose state it looks at next, where one call can ask for several of them.
    pub fn looks_at(&self, step: &Step) -> Option<DescribeKind> {
        match &step.work {
            Work::Wait { describe, .. } if self.phase == Phase::Poll && !self.alone => Some(*describe),
            _ => None,
        }
    }

    /// From now on it asks for itself alone.
    pub fn ask_alone(&mut self) {
        self.alone = true;
    }

    /// The next call; `None` when there is none left to make.
    pub fn call(&self, step: &Step, world: World<'_>) -> Option<Call> {
        let resource = world.desired.index.get(&step.resource);
        match &self.phase {
            Phase::Image(name) => Some(Call::GetSsmParameter { name: name.clone() }),
            Phase::Create => kinds::create(resource?, world.context(), Some(self.attempt)),
            Phase::Recover { .. } => by_tags(resource?, world.stamp),
            Phase::DropKey(id) => Some(Call::DeleteKeyPair { key_pair_id: id.clone() }),
            Phase::Find => {
                let vpc = kinds::comes_with(resource?, world.desired)?;
                let kind = describe_kind(resource?.kind.kind())?;
                Some(crate::deploy::observe::in_vpc(kind, &world.ids.of(vpc)))
            }
            Phase::Read { left, .. } | Phase::Mend(left) => left.front().cloned(),
            Phase::Poll => match &step.work {
                Work::Wait { describe, live, .. } => {
                    let live = live.clone().unwrap_or_else(|| world.ids.of(&step.resource));
                    Some(Call::describe_ids(*describe, [live]))
                }
                _ => None,
            },
            Phase::Remove(call) => Some(call.clone()),
            Phase::Occupied { call, .. } => occupied::asks(call),
        }
    }

    /// What a reply to the call means.
    pub fn react(
        &mut self,
        step: &Step,
        call: &Call,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        match &self.phase {
            Phase::Image(name) => self.image(name.clone(), result, now_ms),
            Phase::Create => self.created(call, result, now_ms),
            Phase::Recover { until_ms } => self.recovered(step, *until_ms, call, result, world, now_ms),
            Phase::DropKey(_) => match result {
                Ok(_) => self.go(Phase::Create),
                Err(error) if error.kind == ErrorKind::NotFound => self.go(Phase::Create),
                Err(error) => self.again(call, &error, Doing::Removing, now_ms),
            },
            Phase::Find => self.found(step, call, result, world, now_ms),
            Phase::Read { .. } => self.read(step, call, result, world, now_ms),
            Phase::Mend(_) => self.mended(step, call, result, world, now_ms),
            Phase::Poll => self.polled(step, call, result, world, now_ms),
            Phase::Remove(_) => self.removed(call, result, now_ms),
            Phase::Occupied { call, error } => {
                let (call, error) = (call.clone(), error.clone());
                self.occupied(call, &error, result, world, now_ms)
            }
        }
    }

    fn go(&mut self, phase: Phase) -> Verdict {
        self.phase = phase;
        Verdict::Next
    }

    /// Tries the same call again later, or gives up.
    pub(super) fn again(&mut self, call: &Call, error: &CloudError, doing: Doing, now_ms: u64) -> Verdict {
        let elapsed = now_ms.saturating_sub(self.began_ms);
        let delay = if is_final(error) { None } else { retry(error.kind, doing, self.tries, elapsed) };
        self.tries += 1;
        match delay {
            Some(ms) => Verdict::Pause {
                ms,
                detail: t!("deploy-retry", action = call.name(), code = error.code.clone()),
            },
            None => Verdict::Failed(sentence(call, error)),
        }
    }

    fn image(&mut self, name: String, result: Result<Reply, CloudError>, now_ms: u64) -> Verdict {
        let call = Call::GetSsmParameter { name: name.clone() };
        match result {
            Ok(Reply::Parameter(id)) => {
                self.phase = Phase::Create;
                Verdict::Image { name, id }
            }
            Ok(_) => Verdict::Failed(t!("deploy-image-unknown", name = name)),
            Err(error) => self.again(&call, &error, Doing::Reading, now_ms),
        }
    }

    fn created(&mut self, call: &Call, result: Result<Reply, CloudError>, now_ms: u64) -> Verdict {
        let error = match result {
            Ok(reply) => {
                return match reply.id() {
                    Some(id) => Verdict::Done(Some(Found { live: id.to_owned(), made: true })),
                    None => Verdict::Failed(t!("deploy-no-id", action = call.name())),
                };
            }
            Err(error) => error,
        };
        let unknown =
            matches!(error.kind, ErrorKind::LostReply | ErrorKind::NotUnderstood | ErrorKind::Internal);
        if unknown && call.has_client_token() {
            self.tries += 1;
            if self.tries > MAX_SENDS {
                return Verdict::Failed(sentence(call, &error));
            }
            let detail = t!("deploy-retry", action = call.name(), code = error.code.clone());
            return Verdict::Pause { ms: back_off(self.tries, 500, 8_000), detail };
        }
        if unknown || error.kind == ErrorKind::AlreadyExists {
            self.rounds += 1;
            self.lost |= unknown;
            // Where every reply came, what is there already is not from this step: one look is enough.
            let most = match (unknown, self.lost) {
                (true, _) => MAX_SENDS,
                (false, true) => 2,
                (false, false) => 1,
            };
            if self.rounds > most {
                return Verdict::Failed(sentence(call, &error));
            }
            let hidden_ms = if self.lost { HIDDEN_MS } else { 0 };
            return self.go(Phase::Recover { until_ms: now_ms + hidden_ms });
        }
        self.again(call, &error, Doing::Writing, now_ms)
    }

    /// A creation without a token may only be sent again once it is sure that it had no effect: an
    /// object can stay hidden from describing calls for a while.
    fn recovered(
        &mut self,
        step: &Step,
        until_ms: u64,
        call: &Call,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        let mut seen = Observed::default();
        match result {
            Ok(reply) => seen.take(call, reply),
            Err(error) => return self.again(call, &error, Doing::Reading, now_ms),
        }
        let live = seen.objects().find(|object| object.alive).map(|object| object.live.to_owned());
        let makes_key = matches!(
            world.desired.index.kind(&step.resource),
            Some(ResourceKind::KeyPair(key)) if key.public_key.is_none()
        );
        match live {
            Some(live) if makes_key => self.go(Phase::DropKey(live)),
            Some(live) => Verdict::Done(Some(Found { live, made: true })),
            None if now_ms < until_ms => {
                self.tries += 1;
                Verdict::Pause { ms: back_off(self.tries, 500, 5_000), detail: t!("deploy-recovering") }
            }
            None => self.go(Phase::Create),
        }
    }

    fn found(
        &mut self,
        step: &Step,
        call: &Call,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        let mut seen = Observed::default();
        match result {
            Ok(reply) => seen.take(call, reply),
            Err(error) => return self.again(call, &error, Doing::Reading, now_ms),
        }
        let resource = world.desired.index.get(&step.resource);
        let live = resource.and_then(|resource| {
            let vpc = world.ids.of(kinds::comes_with(resource, world.desired)?);
            kinds::find_in_vpc(resource, &vpc, &seen)
        });
        match live {
            Some(live) => Verdict::Done(Some(Found { live, made: false })),
            None if now_ms.saturating_sub(self.began_ms) < SETTLE_MS => {
                self.tries += 1;
                Verdict::Pause { ms: back_off(self.tries, 500, 5_000), detail: t!("deploy-finding") }
            }
            None => Verdict::Failed(t!("deploy-not-found-in-vpc", resource = &step.resource)),
        }
    }

    fn read(
        &mut self,
        step: &Step,
        call: &Call,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        let reply = match result {
            Ok(reply) => reply,
            Err(error) => return self.again(call, &error, Doing::Reading, now_ms),
        };
        let Phase::Read { left, seen } = &mut self.phase else {
            return Verdict::Next;
        };
        seen.take(call, reply);
        left.pop_front();
        if !left.is_empty() {
            return Verdict::Next;
        }
        let (Work::Mend(aspect), Some(resource)) = (&step.work, world.desired.index.get(&step.resource))
        else {
            return Verdict::Done(None);
        };
        let live = world.ids.of(&step.resource);
        let hidden = *aspect != Aspect::DnsSwitches && is_listed_by_id(*aspect) && !seen.has(&live);
        if hidden {
            if now_ms.saturating_sub(self.began_ms) >= SETTLE_MS {
                return Verdict::Failed(t!("deploy-vanished", id = live));
            }
            self.tries += 1;
            let phase = read_phase(*aspect, step, world);
            self.phase = phase;
            return Verdict::Pause { ms: back_off(self.tries, 500, 5_000), detail: t!("deploy-finding") };
        }
        let mut calls = kinds::diff(*aspect, resource, world.context(), seen);
        let differs = !calls.is_empty();
        calls.retain(|call| !self.done.contains(call));
        if !calls.is_empty() {
            return self.go(Phase::Mend(calls.into()));
        }
        match kinds::settling(*aspect, resource, world.context(), seen) {
            Look::Never(reason) => Verdict::Failed(reason),
            Look::Reached if !differs => settled(*aspect, world, seen),
            Look::NotYet(state) => self.settle(*aspect, step, &live, state, world, now_ms),
            Look::Reached | Look::Absent => {
                self.settle(*aspect, step, &live, t!("deploy-finding"), world, now_ms)
            }
        }
    }

    /// Looks again later whether what was mended has taken effect.
    fn settle(
        &mut self,
        aspect: Aspect,
        step: &Step,
        live: &str,
        state: String,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        self.phase = read_phase(aspect, step, world);
        let patience = settle_patience(aspect);
        self.wait(patience, now_ms, live, &state, |secs| {
            wait_words(false, live, &state, secs, patience.usual_secs)
        })
    }

    /// The pause before the next look, unless it has taken too long.
    fn wait(
        &mut self,
        patience: Patience,
        now_ms: u64,
        live: &str,
        state: &str,
        detail: impl Fn(u64) -> String,
    ) -> Verdict {
        let elapsed = now_ms.saturating_sub(self.began_ms);
        if elapsed >= patience.budget_ms {
            return Verdict::Failed(t!("deploy-wait-over", id = live, state = state, secs = elapsed / 1_000));
        }
        Verdict::Pause { ms: patience.pause_ms(elapsed), detail: detail(elapsed / 1_000) }
    }

    /// A surprise (a lost reply, something there already or not there yet) means that the comparison
    /// no longer holds: it is made again.
    fn mended(
        &mut self,
        step: &Step,
        call: &Call,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        let Err(error) = result else {
            let Phase::Mend(left) = &mut self.phase else {
                return Verdict::Next;
            };
            self.done.extend(left.pop_front());
            let Work::Mend(aspect) = &step.work else { return Verdict::Done(None) };
            return match (left.is_empty(), aspect.settles()) {
                (false, _) => Verdict::Next,
                (true, false) => Verdict::Done(None),
                (true, true) => self.go(read_phase(*aspect, step, world)),
            };
        };
        let surprise = matches!(
            error.kind,
            ErrorKind::LostReply
                | ErrorKind::NotUnderstood
                | ErrorKind::Internal
                | ErrorKind::AlreadyExists
                | ErrorKind::NotFound
        );
        if !(surprise || is_taken(call, &error)) || is_final(&error) {
            return self.again(call, &error, Doing::Writing, now_ms);
        }
        self.rounds += 1;
        if self.rounds > MAX_ROUNDS {
            return Verdict::Failed(sentence(call, &error));
        }
        if let Work::Mend(aspect) = step.work {
            self.phase = read_phase(aspect, step, world);
        }
        let detail = t!("deploy-retry", action = call.name(), code = error.code.clone());
        // What would be there twice is only done again once it would surely show.
        let ms = if adds_another(call) { HIDDEN_MS } else { back_off(self.rounds, 500, 10_000) };
        Verdict::Pause { ms, detail }
    }

    fn polled(
        &mut self,
        step: &Step,
        call: &Call,
        result: Result<Reply, CloudError>,
        world: World<'_>,
        now_ms: u64,
    ) -> Verdict {
        let Work::Wait { live, until, .. } = &step.work else {
            return Verdict::Done(None);
        };
        let live = live.clone().unwrap_or_else(|| world.ids.of(&step.resource));
        let mut seen = Observed::default();
        match result {
            Ok(reply) => seen.take(call, reply),
            Err(error) if error.kind == ErrorKind::NotFound => {}
            Err(error) => return self.again(call, &error, Doing::Reading, now_ms),
        }
        let patience = patience(*until);
        let elapsed = now_ms.saturating_sub(self.began_ms);
        let state = match look(*until, &live, &seen) {
            Look::Reached => return stands(*until, world, &seen),
            Look::Never(reason) => return Verdict::Failed(reason),
            Look::Absent if elapsed >= SETTLE_MS => return Verdict::Failed(t!("deploy-vanished", id = live)),
            Look::Absent => t!("deploy-finding"),
            Look::NotYet(state) => state,
        };
        // It is there: the one that is unknown was another.
        self.alone = false;
        let ends = *until == Until::Gone;
        self.wait(patience, now_ms, &live, &state, |secs| {
            wait_words(ends, &live, &state, secs, patience.usual_secs)
        })
    }

    fn removed(&mut self, call: &Call, result: Result<Reply, CloudError>, now_ms: u64) -> Verdict {
        match result {
            Ok(_) => Verdict::Done(None),
            Err(error) if is_gone(call, &error) => Verdict::Done(None),
            Err(error) if Self::looks_who(call, &error) => {
                self.go(Phase::Occupied { call: call.clone(), error })
            }
            Err(error) if is_in_use(call, &error) => {
                let error = CloudError { kind: ErrorKind::DependencyViolation, ..error };
                self.again(call, &error, Doing::Removing, now_ms)
            }
            Err(error) => self.again(call, &error, Doing::Removing, now_ms),
        }
    }
}

/// The end of a wait; it may have shown by which id a transit gateway knows a VPN connection.
fn stands(until: Until, world: World<'_>, seen: &Observed) -> Verdict {
    let attachments = match until {
        Until::Standing => kinds::vpn_parts(world.context(), seen).attachments,
        _ => BTreeMap::new(),
    };
    if attachments.is_empty() {
        return Verdict::Done(None);
    }
    let mut learnt = Ids::default();
    learnt.attachments = attachments;
    Verdict::Learnt(Box::new(learnt))
}

fn wait_words(ends: bool, live: &str, state: &str, secs: u64, usual: u64) -> String {
    if ends {
        t!("deploy-wait-gone", id = live, state = state, secs = secs, usual = usual)
    } else {
        t!("deploy-wait", id = live, state = state, secs = secs, usual = usual)
    }
}

/// Whether a second call of this kind would add a second thing beside the first.
fn adds_another(call: &Call) -> bool {
    match call {
        Call::AssociateVpcCidrBlock { amazon_provided_ipv6_cidr_block, .. } => {
            *amazon_provided_ipv6_cidr_block
        }
        Call::CreateObject { spec, .. } => spec.is_part(),
        _ => false,
    }
}

/// The end of a comparison; it may have shown which block Amazon gave, or which gateway was made.
fn settled(aspect: Aspect, world: World<'_>, seen: &Observed) -> Verdict {
    let mut learnt = Ids::default();
    match aspect {
        Aspect::AddBlocks => learnt.ipv6_blocks = kinds::ipv6_blocks(world.desired, world.ids, seen),
        Aspect::CustomerGateway => learnt.learn(kinds::vpn_parts(world.context(), seen)),
        _ => return Verdict::Done(None),
    }
    Verdict::Learnt(Box::new(learnt))
}

fn image_of(step: &Step, world: World<'_>) -> Option<String> {
    let instance = world.desired.index.kind(&step.resource)?.as_instance()?;
    let name = kinds::image_parameter(instance)?;
    (!world.ids.images.contains_key(name)).then(|| name.to_owned())
}

fn read_phase(aspect: Aspect, step: &Step, world: World<'_>) -> Phase {
    let resource = world.desired.index.get(&step.resource);
    let left = resource.map(|resource| kinds::reads(aspect, resource, world.context())).unwrap_or_default();
    Phase::Read { left: left.into(), seen: Box::default() }
}

/// Whether the aspect is read from a description of the object itself.
fn is_listed_by_id(aspect: Aspect) -> bool {
    !matches!(
        aspect,
        Aspect::RouteTableAssociation
            | Aspect::AclAssociation
            | Aspect::MainTable
            | Aspect::EdgeAssociations
            | Aspect::Associations
            | Aspect::AddressRelease
            | Aspect::InterfaceAddresses
            | Aspect::CustomerGateway
            | Aspect::Exclusions
    )
}

/// The describing call that finds what this run made for a resource.
fn by_tags(resource: &Resource, stamp: &Stamp) -> Option<Call> {
    Some(Call::Describe {
        kind: describe_kind(resource.kind.kind())?,
        filters: vec![
            Filter::tag(DOCUMENT_TAG, stamp.document.as_str()),
            Filter::tag(RESOURCE_TAG, resource.id.as_str()),
            Filter::tag(RUN_TAG, stamp.run.as_str()),
        ],
        ids: Vec::new(),
    })
}

/// Names of things outside the drawing that are not there: no time will mend that.
fn is_final(error: &CloudError) -> bool {
    ["InvalidAMIID.NotFound", "ParameterNotFound", "InvalidKeyPair.NotFound", "InvalidServiceName"]
        .iter()
        .any(|code| error.is_code(code))
}

/// Whether the error may say that another interface has just come to this place on the instance.
fn is_taken(call: &Call, error: &CloudError) -> bool {
    let attaches = matches!(call, Call::ChangeObject { change: Change::AttachNetworkInterface { .. }, .. });
    attaches && error.is_code("InvalidParameterValue")
}

/// Whether the error says that what was to be removed is not there.
fn is_gone(call: &Call, error: &CloudError) -> bool {
    match call {
        // Right after the end of a NAT gateway this names the gateway's interface, not the address.
        Call::ReleaseAddress { .. } => error.kind == ErrorKind::NotFound && error.code.contains("llocation"),
        Call::DetachInternetGateway { .. } => {
            error.kind == ErrorKind::NotFound || error.is_code("Gateway.NotAttached")
        }
        _ => error.kind == ErrorKind::NotFound,
    }
}

/// Whether the error says that an interface is still attached: right after the end of its instance it may be.
fn is_in_use(call: &Call, error: &CloudError) -> bool {
    let deletes = matches!(call, Call::DeleteObject { kind: DescribeKind::NetworkInterfaces, .. });
    deletes && (error.is_code("InvalidParameterValue") || error.is_code("InvalidNetworkInterface.InUse"))
}

/// AWS's message with ours beside it.
pub(super) fn sentence(call: &Call, error: &CloudError) -> String {
    let (action, code, message) = (call.name(), error.code.clone(), error.message.clone());
    match crate::cloud::explain(error) {
        Some(ours) => {
            t!("deploy-refused-explained", action = action, code = code, message = message, ours = ours)
        }
        None => t!("deploy-refused", action = action, code = code, message = message),
    }
}
