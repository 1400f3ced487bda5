//! The subnets of an attachment are better its own.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceKind, routing},
    problem::Severity,
    t,
};

/// The rule. In a subnet with hosts, what goes through the transit gateway passes the network ACL
/// twice; where the ACL lets everything pass that does no harm.
pub const RULE: Rule = Rule {
    code: "transit-attachment-shared",
    severity: Severity::Info,
    summary: || t!("rule-transit-attachment-shared-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-best-design-practices.html",
    rows: &["A11"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, attachment) in context.attachments() {
        for (at, subnet) in attachment.subnet_ids.iter().enumerate() {
            let hosts = context
                .index
                .users(subnet, "subnet_id")
                .any(|user| matches!(context.kind(user), Some(ResourceKind::Instance(_))));
            let Some((acl, _)) = routing::effective_network_acl(context.topology, context.index, subnet)
            else {
                continue;
            };
            let filters =
                context.kind(acl).and_then(ResourceKind::as_network_acl).is_some_and(|it| !it.is_default);
            if !hosts || !filters {
                continue;
            }
            let message = t!(
                "rule-transit-attachment-shared",
                subnet = context.label(subnet),
                name = context.label(id),
                acl = context.label(acl)
            );
            let field = Some(Field::item("subnet_ids", at, ""));
            let help = t!("rule-transit-attachment-shared-help");
            findings.report(id, field, message, help).also(subnet).also(acl);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{NetworkAcl, TransitGateway, TransitGatewayVpcAttachment};

    fn shared(n: &mut Network) {
        n.put("tgw", TransitGateway::default());
        let subnets = vec![id("subnet-private")];
        n.put("tgw-attach", TransitGatewayVpcAttachment::new(id("tgw"), id("vpc-main"), subnets));
        n.put("acl-x", NetworkAcl::new(id("vpc-main")));
        n.subnet("subnet-private", |it| it.network_acl_id = Some(id("acl-x")));
    }

    #[test]
    fn hosts_and_an_attachment_behind_one_acl() {
        let message = "subnet `subnet-private` holds hosts and attachment `tgw-attach`, so that their traffic passes network ACL `acl-x` twice";
        finds(&RULE, ("tgw-attach", Some("subnet_ids[0]")), message, shared);
    }

    #[test]
    fn the_default_acl_does_no_harm() {
        silent(&RULE, |n| {
            shared(n);
            n.subnet("subnet-private", |it| it.network_acl_id = None);
        });
    }
}
