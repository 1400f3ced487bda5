//! VPC Block Public Access: a setting of the account, and its exclusions.

use super::{
    clock::Change as Later,
    ids::{self, IdKind, refuse},
    objects_check::is_gone,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{Change, CloudError, LiveObject, Reply, Spec, Tags, block_id};

/// Under which key the setting is kept, once it was changed.
const KEY: &str = "block-public-access";

impl SimulatedCloud {
    /// The setting; what every account has at first, until it is changed.
    fn block(&self) -> LiveObject {
        let first = || LiveObject {
            id: KEY.to_owned(),
            state: "default-state".to_owned(),
            state_reason: None,
            spec: Spec::VpcBlockPublicAccess {
                internet_gateway_block_mode: "off".to_owned(),
                managed_by: "account".to_owned(),
                exclusions_allowed: true,
            },
            tags: Tags::new(),
        };
        self.objects.get(KEY).cloned().unwrap_or_else(first)
    }

    /// The setting under each id that it is asked for; without one, under that of what is set now.
    pub(super) fn block_under(&self, wanted: &[String]) -> Vec<LiveObject> {
        let live = self.block();
        let now = match &live.spec {
            Spec::VpcBlockPublicAccess { internet_gateway_block_mode, .. } => {
                block_id(internet_gateway_block_mode)
            }
            _ => KEY.to_owned(),
        };
        let ids = if wanted.is_empty() { vec![now] } else { wanted.to_vec() };
        ids.into_iter().map(|id| LiveObject { id, ..live.clone() }).collect()
    }

    pub(super) fn check_exclusion(&self, resource: &str) -> Result<(), CloudError> {
        match IdKind::of(resource) {
            Some(ids::VPC) => ids::VPC.find(&self.vpcs, resource).map(|_| ())?,
            _ => ids::SUBNET.find(&self.subnets, resource).map(|_| ())?,
        }
        let exclusions = || {
            let all = self.objects.values().filter(|it| !is_gone(it));
            all.filter_map(|it| match &it.spec {
                Spec::VpcBlockPublicAccessExclusion { resource_id, .. } => Some(resource_id),
                _ => None,
            })
        };
        if exclusions().any(|it| it == resource) {
            return refuse("InvalidParameterValue", format!("An exclusion of {resource} exists already."));
        }
        Ok(())
    }

    pub(super) fn change_block(&mut self, id: &str, change: &Change) -> Answer {
        match change {
            Change::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode: mode } => {
                if !matches!(mode.as_str(), "off" | "block-bidirectional" | "block-ingress") {
                    return refuse("InvalidParameterValue", format!("Value ({mode}) is no block mode."));
                }
                let mut live = self.block();
                if let Spec::VpcBlockPublicAccess { internet_gateway_block_mode, .. } = &mut live.spec {
                    internet_gateway_block_mode.clone_from(mode);
                }
                "update-in-progress".clone_into(&mut live.state);
                self.objects.insert(KEY.to_owned(), live);
                self.plan(KEY, Later::ObjectSoon);
            }
            Change::ModifyVpcBlockPublicAccessExclusion { internet_gateway_exclusion_mode: mode } => {
                let object = ids::BLOCK_EXCLUSION.find_mut(&mut self.objects, id)?;
                if is_gone(object) {
                    return Err(ids::BLOCK_EXCLUSION.not_found(id));
                }
                if let Spec::VpcBlockPublicAccessExclusion { internet_gateway_exclusion_mode, .. } =
                    &mut object.spec
                {
                    internet_gateway_exclusion_mode.clone_from(mode);
                }
                "update-in-progress".clone_into(&mut object.state);
                self.plan(id, Later::ObjectSoon);
            }
            _ => {}
        }
        Ok(Reply::Done)
    }
}
