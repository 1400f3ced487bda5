//! DNS resolution over a peering connection needs DNS hostnames on both sides.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "peering-dns",
    severity: Severity::Error,
    summary: || t!("rule-peering-dns-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html",
    rows: &["X7", "X6"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, peering) in context.peerings() {
        let field = if peering.requester_allow_remote_vpc_dns_resolution {
            "requester_allow_remote_vpc_dns_resolution"
        } else if peering.accepter_allow_remote_vpc_dns_resolution {
            "accepter_allow_remote_vpc_dns_resolution"
        } else {
            continue;
        };
        let sides: Vec<&ResourceId> = std::iter::once(&peering.vpc_id).chain(&peering.peer_vpc_id).collect();
        for side in sides {
            let Some(vpc) = context.vpc(side) else { continue };
            if vpc.enable_dns_support && vpc.enable_dns_hostnames {
                continue;
            }
            let label = context.label(side);
            let message = t!("rule-peering-dns", name = context.label(id), vpc = &label);
            let mut to = vpc.clone();
            (to.enable_dns_support, to.enable_dns_hostnames) = (true, true);
            let switch = Field::new("enable_dns_hostnames");
            findings
                .report(id, Some(Field::new(field)), message, t!("rule-peering-dns-help"))
                .also_field(side, Some(switch.clone()))
                .fix(t!("rule-endpoint-private-dns-fix", vpc = label), set(side, switch, to));
        }
        if !peering.auto_accept {
            let message = t!("rule-peering-dns-pending", name = context.label(id));
            let help = t!("rule-peering-route-pending-help");
            findings.report(id, Some(Field::new(field)), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::VpcPeeringConnection;

    fn resolves(n: &mut Network, hostnames: bool) {
        n.other_vpc();
        n.change("vpc-other", |kind| kind.as_vpc_mut().unwrap().enable_dns_hostnames = hostnames);
        let mut peering = VpcPeeringConnection::new(id("vpc-main"), id("vpc-other"));
        peering.accepter_allow_remote_vpc_dns_resolution = true;
        n.put("pcx", peering);
    }

    #[test]
    fn a_side_without_hostnames() {
        let message = "peering connection `pcx` resolves names of the other side, but DNS hostnames of VPC `vpc-other` are off";
        let place = ("pcx", Some("accepter_allow_remote_vpc_dns_resolution"));
        finds(&RULE, place, message, |n| resolves(n, false));
    }

    #[test]
    fn a_connection_that_is_pending() {
        let message = "peering connection `pcx` resolves names of the other side, but is not accepted";
        let place = ("pcx", Some("accepter_allow_remote_vpc_dns_resolution"));
        finds(&RULE, place, message, |n| {
            resolves(n, true);
            n.change("pcx", |kind| kind.as_vpc_peering_connection_mut().unwrap().auto_accept = false);
        });
    }

    #[test]
    fn both_with_hostnames() {
        silent(&RULE, |n| resolves(n, true));
    }

    #[test]
    fn the_fix_switches_them_on() {
        fixes(&RULE, 1, |n| resolves(n, false));
    }
}
