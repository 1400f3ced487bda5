//! Looking for drift, and setting some of it back.

use super::{
    keep::fresh_number,
    look::words,
    workspace::{Goal, Workspace},
};
use crate::{
    cloud::ErrorKind,
    deploy::{
        Drift, RunId,
        drift::{Change, Sight, as_described},
        observe::{of_connections, of_others, of_users, routers},
    },
    interop::describe::{self, DumpFile},
    model::Document,
    t,
};

impl Workspace {
    /// Describes the live side, to be compared with the drawing.
    pub async fn sight(&self) -> Result<Sight, String> {
        let known = self.known();
        let mut observed = self.observe(&known).await?;
        let vpcs: Vec<String> = observed.vpcs.keys().cloned().collect();
        for call in vpcs.iter().flat_map(|vpc| of_others(vpc)) {
            let reply = self.ask(&call).await.map_err(|error| words(&call, &error))?;
            observed.take(&call, reply);
        }
        if let Some(call) = of_connections(&observed) {
            match self.ask(&call).await {
                Ok(reply) => observed.take_connections(&call, reply),
                // Who has no VPN connections need not be allowed to list them.
                Err(error) if error.kind == ErrorKind::Denied => {}
                Err(error) => return Err(words(&call, &error)),
            }
        }
        observed.bury();
        for call in of_users(&observed).into_iter().chain(routers(&observed)) {
            match self.ask(&call).await {
                Ok(reply) => observed.take(&call, reply),
                // Released between the two questions.
                Err(error) if error.kind == ErrorKind::NotFound => {}
                Err(error) => return Err(words(&call, &error)),
            }
        }
        let run = RunId::from_number(fresh_number());
        let request = self.request(Goal::Deploy, run);
        // A folder's name says which region its files are of.
        let path = format!("{}/live.json", self.region);
        let bytes = as_described(&observed).to_string().into_bytes();
        let live = describe::import(vec![DumpFile { path, bytes }], "");
        let live = live.map_or_else(|_| Document::new("", &*self.region), |it| it.document);
        Ok(Sight { request, known, observed, live })
    }

    /// Describes the live side and tells what was changed behind the drawing's back.
    pub async fn drift(&self) -> Result<Vec<Drift>, String> {
        Ok(self.sight().await?.drift(&self.document))
    }

    /// What [`Goal::Restore`] sets back from now on.
    ///
    /// # Errors
    /// One sentence: others added one of these, or a run of the whole drawing is not over. An open restore
    /// goes on with these too.
    pub fn restrict(&mut self, items: &[Drift]) -> Result<(), String> {
        if self.open.as_ref().is_some_and(|run| run.only.is_empty()) {
            return Err(t!("deploy-restore-open-run"));
        }
        if let Some(added) = items.iter().find(|it| it.change == Change::Added) {
            return Err(t!("deploy-restore-added", id = added.live.clone()));
        }
        self.resume_restore();
        self.only.extend(items.iter().filter_map(|it| it.resource.clone()));
        Ok(())
    }

    /// Whether the open run is a restore; [`Goal::Restore`] then goes on with that one alone.
    pub fn resume_restore(&mut self) -> bool {
        self.only = self.open.as_ref().map(|run| run.only.clone()).unwrap_or_default();
        !self.only.is_empty()
    }
}
