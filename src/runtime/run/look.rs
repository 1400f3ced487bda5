//! Asking: what is there, and again where the cloud is busy.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use super::{target::Cloud, workspace::Workspace};
use crate::{
    cloud::{Call, CloudError, ErrorKind, Reply, explain},
    deploy::{
        Desired, Known, Observed, Observer,
        engine::{HIDDEN_MS, back_off},
    },
    model::ResourceId,
    t,
};

/// How often a question is asked again when the cloud is busy.
const MAX_ASKS: u32 = 6;

impl Workspace {
    /// Describes the live side. After a crash an object may exist of which nobody knows yet, and it
    /// can stay hidden for a while: then this looks again until it shows or surely is not there.
    pub(super) async fn observe(&self, known: &BTreeMap<ResourceId, Known>) -> Result<Observed, String> {
        let began = Instant::now();
        let mut waited_ms = 0;
        loop {
            let observed = self.look(known).await?;
            let unknown = self.open.as_ref().filter(|run| run.has_unknown_creations());
            let Some(run) = unknown else { return Ok(observed) };
            let known_ids = known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect();
            let ours = observed.ours(&self.state.document, &known_ids);
            let all = run.unknown.iter().all(|(id, _)| ours.iter().any(|owned| owned.resource == *id));
            if all || waited_ms >= HIDDEN_MS {
                return Ok(observed);
            }
            self.pause(2_000).await;
            waited_ms = match &self.cloud {
                Cloud::Simulated(..) => waited_ms + 2_000,
                Cloud::Real(_) => u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            };
        }
    }

    pub(super) async fn look(&self, known: &BTreeMap<ResourceId, Known>) -> Result<Observed, String> {
        let desired = Desired::new(&self.document, &self.region);
        let named = desired.names_prefix_lists();
        let mut observer =
            Observer::new(self.state.document.clone(), known.clone(), named).with(desired.object_kinds());
        loop {
            let calls = observer.next_round();
            if calls.is_empty() {
                return Ok(observer.finish());
            }
            for (call, result) in self.ask_all(calls).await? {
                observer.take(&call, result).map_err(|error| words(&call, &error))?;
            }
        }
    }

    /// Asks several questions, at once where the cloud is real.
    async fn ask_all(&self, calls: Vec<Call>) -> Result<Vec<(Call, Result<Reply, CloudError>)>, String> {
        let Cloud::Real(_) = &self.cloud else {
            let mut answers = Vec::new();
            for call in calls {
                let result = self.ask(&call).await;
                answers.push((call, result));
            }
            return Ok(answers);
        };
        let mut answers = Vec::new();
        let mut set = JoinSet::new();
        for (at, call) in calls.into_iter().enumerate() {
            let cloud = self.cloud.clone();
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

    pub(super) async fn ask(&self, call: &Call) -> Result<Reply, CloudError> {
        ask(&self.cloud, call).await
    }

    async fn pause(&self, ms: u64) {
        pause(&self.cloud, ms).await;
    }
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
