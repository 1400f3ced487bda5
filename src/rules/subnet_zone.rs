//! A subnet's zone is one of its region.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceId, ResourceKind, Subnet},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-zone",
    severity: Severity::Error,
    summary: || t!("rule-subnet-zone-summary"),
    url: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
    rows: &["S4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let region = &context.topology.region;
    for (id, subnet) in context.subnets() {
        let zone = &subnet.availability_zone;
        if is_zone_of(zone, region) {
            continue;
        }
        let message = t!("rule-subnet-zone", zone = zone, name = context.label(id), region = region);
        let field = Field::new("availability_zone");
        let finding =
            findings.report(id, Some(field.clone()), message, t!("rule-subnet-zone-help", region = region));
        // What shares a zone goes on sharing one: endpoints and attachments serve the zones of their subnets.
        let together: Vec<(&ResourceId, &Subnet)> =
            context.subnets_of(&subnet.vpc_id).filter(|(_, it)| it.availability_zone == *zone).collect();
        let Some(to) = free_zone(context, &together, zone, region) else {
            continue;
        };
        let change = |(id, subnet): &(&ResourceId, &Subnet)| {
            let to = Subnet { availability_zone: to.clone(), ..(*subnet).clone() };
            let to = Box::new(ResourceKind::Subnet(to));
            Command::Set { id: (*id).clone(), field: field.clone(), to }
        };
        let mut commands: Vec<Command> = together.iter().map(change).collect();
        match (commands.len(), commands.pop()) {
            (1, Some(command)) => finding.fix(t!("rule-subnet-zone-fix", zone = &to), command),
            (count, Some(last)) => {
                commands.push(last);
                let label = t!("rule-subnet-zone-fix-many", zone = &to, count = count, wrong = zone);
                finding.fix(label.clone(), Command::Batch { label, commands })
            }
            (_, None) => finding,
        };
    }
}

/// The zone of the same letter, or the first in which no endpoint and no attachment of these subnets has
/// another one.
fn free_zone(
    context: &Context<'_>,
    subnets: &[(&ResourceId, &Subnet)],
    wrong: &str,
    region: &str,
) -> Option<String> {
    let taken: Vec<&str> = subnets
        .iter()
        .flat_map(|(id, _)| context.index.users(id, "subnet_ids"))
        .filter_map(|user| match context.kind(user)? {
            ResourceKind::InterfaceEndpoint(it) => Some(&it.subnet_ids),
            ResourceKind::TransitGatewayVpcAttachment(it) => Some(&it.subnet_ids),
            _ => None,
        })
        .flatten()
        .filter_map(|subnet| context.subnet(subnet))
        .map(|subnet| subnet.availability_zone.as_str())
        .collect();
    let letter = wrong.chars().last().filter(char::is_ascii_lowercase);
    let mut zones = letter.into_iter().chain('a'..='f').map(|letter| format!("{region}{letter}"));
    zones.find(|zone| !taken.contains(&zone.as_str()))
}

/// Zones are named `us-east-1a`; Local and Wavelength zones `us-east-1-bos-1a`.
fn is_zone_of(zone: &str, region: &str) -> bool {
    zone.strip_prefix(region).is_some_and(|rest| {
        let single = rest.len() == 1;
        (single || rest.starts_with('-')) && rest.ends_with(|c: char| c.is_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{check, fix::trial, testing::*},
        RULE,
    };
    use crate::model::{Route, RouteDestination, RouteTarget, TransitGateway, TransitGatewayVpcAttachment};

    fn zone(n: &mut Network, zone: &str) {
        n.subnet("subnet-private", |it| zone.clone_into(&mut it.availability_zone));
    }

    #[test]
    fn a_zone_of_another_region_and_no_zone_at_all() {
        let message = "`eu-west-1b` of subnet `subnet-private` is not an Availability Zone of us-east-1";
        let place = ("subnet-private", Some("availability_zone"));
        finds(&RULE, place, message, |n| zone(n, "eu-west-1b"));
        let message = "`us-east-1` of subnet `subnet-private` is not an Availability Zone of us-east-1";
        finds(&RULE, place, message, |n| zone(n, "us-east-1"));
    }

    #[test]
    fn local_zones_are_allowed() {
        silent(&RULE, |n| zone(n, "us-east-1-bos-1a"));
    }

    #[test]
    fn subnets_of_one_wrong_zone_move_together() {
        let mut n = network();
        n.put("tgw", TransitGateway::default());
        let attached = vec![id("subnet-private")];
        n.put("att", TransitGatewayVpcAttachment::new(id("tgw"), id("vpc-main"), attached));
        let destination = RouteDestination::Ipv4(net("172.16.0.0/12"));
        let route = Route { destination, target: RouteTarget::TransitGateway(id("tgw")) };
        n.table("rtb-public", |it| it.routes.push(route));
        for name in ["subnet-private", "subnet-public"] {
            n.subnet(name, |it| "mars-1b".clone_into(&mut it.availability_zone));
        }
        let before = check(&n.0, &n.0.topology.index());
        let found: Vec<_> = before.iter().filter(|it| it.code == RULE.code).collect();
        assert_eq!(found.len(), 2, "{found:#?}");
        for problem in found {
            assert_eq!(problem.fixes[0].label, "Use us-east-1b for the 2 subnets in mars-1b");
            assert_eq!(trial(&n.0, &before, problem, &problem.fixes[0]), None);
        }
    }

    #[test]
    fn the_fix_keeps_the_letter() {
        fixes(&RULE, 1, |n| zone(n, "eu-west-1b"));
    }

    #[test]
    fn the_fix_leaves_zones_in_which_an_endpoint_has_another_subnet() {
        let (problem, _) = one(&RULE, |n| {
            n.endpoint(|it| it.subnet_ids.push(id("subnet-public")));
            zone(n, "eu-west-1a");
        });
        assert_eq!(problem.fixes[0].label, "Use us-east-1b");
    }
}
