//! Finding again what was deployed: by the tags that every object of ours carries.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    keep,
    look::{look_at, words},
    workspace::Workspace,
};
use crate::{
    cloud::{Call, DescribeKind, Filter, Live, Reply},
    deploy::{
        Desired, DocumentId,
        stamp::{DOCUMENT_TAG, RESOURCE_TAG, Stamp},
        state::Deployed,
    },
    model::{ResourceId, ResourceKind},
    t,
};

impl Workspace {
    /// Rebuilds the state file from tags: takes the document whose tagged VPCs are those of the
    /// drawing. Refuses where there is a state already, where nothing fits, and where several do.
    /// Answers the resources that were found with their ids.
    pub async fn adopt(&mut self) -> Result<Vec<(ResourceId, String)>, String> {
        if self.state.deployments.contains_key(self.scope()) {
            return Err(t!("deploy-adopt-known", scope = self.scope().to_owned()));
        }
        let document = self.candidate().await?;
        self.state.document = document.clone();
        let standing = self.standing_kinds(&document).await;
        let desired = Desired::new(&self.document, &self.region);
        let (observed, _) = look_at(&self.cloud, &document, &BTreeMap::new(), &desired, standing).await?;
        let mut found = BTreeMap::new();
        for owned in observed.ours(&document, &BTreeMap::new()) {
            let drawn = self.document.topology.kind(&owned.resource).map(ResourceKind::kind);
            // What is drawn no more is ours all the same: the next plan removes it.
            if owned.alive && drawn.is_none_or(|drawn| drawn == owned.kind) {
                found.entry(owned.resource).or_insert((owned.kind, owned.live));
            }
        }
        let resources = found
            .iter()
            .map(|(id, (kind, live))| {
                let drawn = self.document.topology.get(id);
                let tag_keys = drawn.map(|it| Stamp::user_tags(it).into_keys().collect()).unwrap_or_default();
                (id.clone(), Deployed { kind: kind.as_str().to_owned(), id: live.clone(), tag_keys })
            })
            .collect();
        let scope = self.scope().to_owned();
        self.state.set(&scope, resources);
        if let Some(paths) = &self.paths {
            keep::write(&paths.state(), &self.state.to_json())?;
        }
        Ok(found.into_iter().map(|(id, (_, live))| (id, live)).collect())
    }

    /// The kinds that not every network has and of which something of this document stands. Who may not
    /// list one, or an endpoint that does not know it, has none of them.
    async fn standing_kinds(&self, document: &DocumentId) -> BTreeSet<DescribeKind> {
        let mut standing = BTreeSet::new();
        for kind in DescribeKind::OBJECTS.iter().copied() {
            let filters = vec![Filter::tag(DOCUMENT_TAG, document.as_str())];
            let reply = self.ask(&Call::Describe { kind, filters, ids: Vec::new() }).await;
            if matches!(reply, Ok(Reply::Described(Live::Objects(list))) if !list.is_empty()) {
                standing.insert(kind);
            }
        }
        standing
    }

    /// The document whose VPCs stand in the account under the ids of this drawing.
    async fn candidate(&self) -> Result<DocumentId, String> {
        let call = Call::describe_all(DescribeKind::Vpcs);
        let reply = self.ask(&call).await.map_err(|error| words(&call, &error))?;
        let Reply::Described(Live::Vpcs(vpcs)) = reply else { return Err(t!("deploy-adopt-nothing")) };
        let fitting: BTreeSet<&str> = vpcs
            .iter()
            .filter(|vpc| {
                let resource = vpc.tags.get(RESOURCE_TAG).and_then(|text| ResourceId::new(text).ok());
                let drawn = resource.and_then(|id| self.document.topology.kind(&id));
                matches!(drawn, Some(ResourceKind::Vpc(_)))
            })
            .filter_map(|vpc| vpc.tags.get(DOCUMENT_TAG).map(String::as_str))
            .collect();
        let mut fitting = fitting.into_iter();
        match (fitting.next(), fitting.next()) {
            (None, _) => Err(t!("deploy-adopt-nothing")),
            (Some(only), None) => DocumentId::parse(only).ok_or_else(|| t!("deploy-adopt-nothing")),
            (Some(one), Some(other)) => Err(t!("deploy-adopt-several", one = one, other = other)),
        }
    }
}
