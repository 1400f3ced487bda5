//! What a plan finds in its way, and what should be known of it.

use super::{build::Builder, undeployed::undeployed};
use crate::{
    cloud::{Call, Change, Spec},
    deploy::{
        desired::{Desired, is_deployable},
        kinds,
    },
    model::{Field, Resource, ResourceId, ResourceKind},
    problem::{Problem, Severity, Subject},
    t,
};

impl Builder<'_> {
    pub fn problem(
        &mut self,
        code: &'static str,
        severity: Severity,
        on: &ResourceId,
        message: String,
        help: String,
    ) {
        self.problems.push(problem(code, severity, on, message, help));
    }

    /// What this program cannot make is left alone; what would be made to lead to it cannot be.
    pub(super) fn left_alone(&mut self, desired: &Desired, resource: &Resource) {
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
    pub(super) fn undeployed_fields(&mut self, desired: &Desired, resource: &Resource) {
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
    pub(super) fn accepted_elsewhere(&mut self, desired: &Desired, resource: &Resource) {
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
    pub(super) fn other_end(&mut self, resource: &Resource) {
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
    pub(super) fn decided_elsewhere(&mut self, resource: &Resource) {
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
    pub(super) fn region_wide(&mut self) {
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
}

/// A problem of one resource.
pub(super) fn problem(
    code: &'static str,
    severity: Severity,
    on: &ResourceId,
    message: String,
    help: String,
) -> Problem {
    let subjects = vec![Subject { id: on.clone(), field: None }];
    Problem { code, severity, subjects, message, help: Some(help), fixes: Vec::new() }
}
