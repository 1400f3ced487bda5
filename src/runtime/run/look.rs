//! Asking: what is there, and again where the cloud is busy.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use super::{target::Cloud, workspace::Workspace};
use crate::{
    cloud::{Call, CloudError, DescribeKind, ErrorKind, Reply, explain},
    deploy::{
        Desired, DocumentId, Known, Observed, Observer, Plan, Preflight, RunState,
        engine::{HIDDEN_MS, back_off},
    },
    model::ResourceId,
    problem::Problem,
    t,
};

/// How often a question is asked again when the cloud is busy.
const MAX_ASKS: u32 = 6;

impl Workspace {
    /// Describes the live side. After a crash an object may exist of which nobody knows yet, and what was
    /// made a moment ago can stay hidden for a while: then this looks again until everything shows or
    /// surely is not there. Planned any earlier, what is hidden would be made a second time.
    pub(super) async fn observe(&self, known: &BTreeMap<ResourceId, Known>) -> Result<Observed, String> {
        let began = Instant::now();
        let mut waited_ms = 0;
        loop {
            let (observed, misses) = self.look_whole(known).await?;
            let unknown = self.open.as_ref().filter(|run| run.has_unknown_creations());
            let shows = |run: &RunState| {
                let known_ids = known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect();
                let ours = observed.ours(&self.state.document, &known_ids);
                run.unknown.iter().all(|(id, _)| ours.iter().any(|owned| owned.resource == *id))
            };
            if (unknown.is_none_or(shows) && !misses) || waited_ms >= HIDDEN_MS {
                return Ok(observed);
            }
            self.pause(2_000).await;
            waited_ms = match &self.cloud {
                Cloud::Simulated(..) => waited_ms + 2_000,
                Cloud::Real(_) => u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            };
        }
    }

    /// Looks; also tells whether something that is known did not show.
    async fn look_whole(&self, known: &BTreeMap<ResourceId, Known>) -> Result<(Observed, bool), String> {
        let desired = Desired::new(&self.document, &self.region);
        let standing = self.state.object_kinds(self.scope(), self.open.as_ref());
        look_at(&self.cloud, &self.state.document, known, &desired, standing).await
    }

    /// Asks what can be known of a plan before anything is made.
    pub(super) async fn preflight(&self, plan: &Plan) -> Result<Vec<Problem>, String> {
        let mut preflight = Preflight::new(plan);
        loop {
            let calls = preflight.next_round();
            if calls.is_empty() {
                return Ok(preflight.finish());
            }
            for (call, result) in ask_all(&self.cloud, calls).await? {
                preflight.take(&call, result);
            }
        }
    }

    pub(super) async fn ask(&self, call: &Call) -> Result<Reply, CloudError> {
        ask(&self.cloud, call).await
    }

    async fn pause(&self, ms: u64) {
        pause(&self.cloud, ms).await;
    }
}

/// Describes what is ours in a cloud, these kinds of objects beside those that are drawn or known; also
/// tells whether something that is known did not show.
pub(super) async fn look_at(
    cloud: &Cloud,
    document: &DocumentId,
    known: &BTreeMap<ResourceId, Known>,
    desired: &Desired,
    standing: BTreeSet<DescribeKind>,
) -> Result<(Observed, bool), String> {
    let mut observer = Observer::new(document.clone(), known.clone(), desired.names_prefix_lists())
        .with(desired.object_kinds())
        .with(standing)
        .accepted(desired.accepted(known));
    loop {
        let calls = observer.next_round();
        if calls.is_empty() {
            let misses = observer.misses_something();
            return Ok((observer.finish(), misses));
        }
        for (call, result) in ask_all(cloud, calls).await? {
            observer.take(&call, result).map_err(|error| words(&call, &error))?;
        }
    }
}

/// Asks several questions, at once where the cloud is real.
async fn ask_all(cloud: &Cloud, calls: Vec<Call>) -> Result<Vec<(Call, Result<Reply, CloudError>)>, String> {
    let Cloud::Real(_) = cloud else {
        let mut answers = Vec::new();
        for call in calls {
            let result = ask(cloud, &call).await;
            answers.push((call, result));
        }
        return Ok(answers);
    };
    let mut answers = Vec::new();
    let mut set = JoinSet::new();
    for (at, call) in calls.into_iter().enumerate() {
        let cloud = cloud.clone();
        set.spawn(async move {
            let result = ask(&cloud, &call).await;
            (at, call, result)
        });
    }
    while let Some(joined) = set.join_next().await {
        answers.push(joined.map_err(|error| error.to_string())?);
    }
    answers.sort_by_key(|(at, _, _)| *at);
    Ok(answers.into_iter().map(|(_, call, result)| (call, result)).collect())
}

/// Asks a question; again where the cloud is busy or the reply was lost, since asking changes nothing.
async fn ask(cloud: &Cloud, call: &Call) -> Result<Reply, CloudError> {
    let mut tries = 0;
    loop {
        let result = match cloud {
            Cloud::Simulated(api, _) => crate::cloud::CloudApi::call(api.as_ref(), call).await,
            Cloud::Real(api) => api.call(call).await,
        };
        let most = |error: &CloudError| match error.kind {
            ErrorKind::Throttled | ErrorKind::Internal => MAX_ASKS,
            // A silent endpoint costs a whole timeout each time.
            ErrorKind::LostReply => 1,
            _ => 0,
        };
        match result {
            Err(error) if tries < most(&error) => {
                pause(cloud, back_off(tries, 300, 5_000)).await;
                tries += 1;
            }
            result => return result,
        }
    }
}

async fn pause(cloud: &Cloud, ms: u64) {
    match cloud {
        Cloud::Simulated(api, _) => api.advance(ms),
        Cloud::Real(_) => tokio::time::sleep(Duration::from_millis(ms)).await,
    }
}

/// AWS's message with ours beside it.
pub(super) fn words(call: &Call, error: &CloudError) -> String {
    let (action, code, message) = (call.name(), error.code.clone(), error.message.clone());
    match explain(error) {
        Some(ours) => {
            t!("deploy-refused-explained", action = action, code = code, message = message, ours = ours)
        }
        None => t!("deploy-refused", action = action, code = code, message = message),
    }
}
