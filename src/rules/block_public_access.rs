//! VPC Block Public Access stops what the drawing relies on.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{
        BlockExclusion, BlockMode, ExclusionMode, Field, ResourceId, ResourceKind, RouteTarget, Subnet,
        VpcBlockPublicAccess,
    },
    problem::Severity,
    t,
};

/// The rule. The setting overrides every route and every group.
pub const RULE: Rule = Rule {
    code: "block-public-access",
    severity: Severity::Error,
    summary: || t!("rule-block-public-access-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html",
    rows: &["G11"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, setting) in context.block_public_access() {
        exclusions(context, findings, id, setting);
        if setting.internet_gateway_block_mode != BlockMode::BlockBidirectional {
            continue;
        }
        let mut blocked: BTreeMap<&ResourceId, Vec<&ResourceId>> = BTreeMap::new();
        for (subnet, fields) in context.subnets() {
            if uses_gateway(context, subnet) && !is_excluded(setting, subnet, fields) {
                blocked.entry(&fields.vpc_id).or_default().push(subnet);
            }
        }
        for (vpc, subnets) in blocked {
            let message = t!(
                "rule-block-public-access",
                vpc = context.label(vpc),
                subnets = context.labels(subnets.iter().copied())
            );
            let field = Some(Field::new("internet_gateway_block_mode"));
            let finding = findings.report(id, field, message, t!("rule-block-public-access-help")).also(vpc);
            subnets.into_iter().fold(finding, super::Finding::also);
        }
    }
}

/// Whether a subnet's table leads to an internet gateway or an egress-only one.
fn uses_gateway(context: &Context<'_>, subnet: &ResourceId) -> bool {
    context.effective_table(subnet).is_some_and(|(_, table)| {
        table.routes.iter().any(|route| match &route.target {
            RouteTarget::EgressOnlyGateway(_) => true,
            RouteTarget::Gateway(id) => matches!(context.kind(id), Some(ResourceKind::InternetGateway(_))),
            _ => false,
        })
    })
}

/// Whether some exclusion lets the subnet's traffic pass, at least outwards.
fn is_excluded(setting: &VpcBlockPublicAccess, subnet: &ResourceId, fields: &Subnet) -> bool {
    setting.exclusions.iter().any(|exclusion| {
        exclusion.subnet_id.as_ref() == Some(subnet) || exclusion.vpc_id.as_ref() == Some(&fields.vpc_id)
    })
}

/// The most exclusions by default.
const QUOTA: usize = 50;

fn exclusions(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    setting: &VpcBlockPublicAccess,
) {
    for (at, exclusion) in setting.exclusions.iter().enumerate() {
        let BlockExclusion { vpc_id, subnet_id, internet_gateway_exclusion_mode: mode } = exclusion;
        if vpc_id.is_some() == subnet_id.is_some() {
            let message = t!("rule-block-public-access-both", number = at + 1, name = context.label(id));
            let help = t!("rule-block-public-access-both-help");
            findings.report(id, Some(Field::item("exclusions", at, "")), message, help);
        }
        let bidirectional = setting.internet_gateway_block_mode == BlockMode::BlockBidirectional;
        if *mode == ExclusionMode::AllowEgress && !bidirectional {
            let message = t!("rule-block-public-access-egress", number = at + 1, name = context.label(id));
            let help = t!("rule-block-public-access-egress-help");
            let field = Field::item("exclusions", at, "internet_gateway_exclusion_mode");
            findings.report(id, Some(field), message, help);
        }
    }
    if setting.exclusions.len() > QUOTA {
        let count = setting.exclusions.len();
        let message = t!("rule-block-public-access-quota", name = context.label(id), count = count);
        let field = Some(Field::new("exclusions"));
        findings.report(id, field, message, t!("rule-quota-help")).severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{BlockExclusion, BlockMode, ExclusionMode, VpcBlockPublicAccess};

    fn setting(n: &mut Network, mode: BlockMode, exclusions: Vec<BlockExclusion>) {
        n.put("bpa", VpcBlockPublicAccess { internet_gateway_block_mode: mode, exclusions });
    }

    fn subnet() -> BlockExclusion {
        BlockExclusion { subnet_id: Some(id("subnet-public")), ..BlockExclusion::default() }
    }

    #[test]
    fn a_public_subnet_that_is_blocked() {
        let message = "Block Public Access stops all internet traffic of VPC `vpc-main`, on which `subnet-public` relies";
        finds(&RULE, ("bpa", Some("internet_gateway_block_mode")), message, |n| {
            setting(n, BlockMode::BlockBidirectional, Vec::new());
        });
    }

    #[test]
    fn exclusions_that_aws_refuses() {
        let message = "exclusion 1 of `bpa` does not name exactly one VPC or subnet";
        finds(&RULE, ("bpa", Some("exclusions[0]")), message, |n| {
            let both = BlockExclusion { vpc_id: Some(id("vpc-main")), ..subnet() };
            setting(n, BlockMode::BlockIngress, vec![both]);
        });
        let message = "exclusion 1 of `bpa` allows egress only, and the setting does not block egress";
        finds(&RULE, ("bpa", Some("exclusions[0].internet_gateway_exclusion_mode")), message, |n| {
            let egress =
                BlockExclusion { internet_gateway_exclusion_mode: ExclusionMode::AllowEgress, ..subnet() };
            setting(n, BlockMode::BlockIngress, vec![egress]);
        });
        let message = "`bpa` has 51 exclusions, the default quota is 50";
        finds(&RULE, ("bpa", Some("exclusions")), message, |n| {
            setting(n, BlockMode::BlockIngress, vec![subnet(); 51]);
        });
    }

    #[test]
    fn an_excluded_subnet_and_a_setting_that_is_off() {
        silent(&RULE, |n| setting(n, BlockMode::BlockBidirectional, vec![subnet()]));
        silent(&RULE, |n| setting(n, BlockMode::Off, Vec::new()));
    }
}
