//! A route whose target does not take packets still wins, and drops them.

use ipnet::{IpNet, Ipv4Net};

use super::{Context, Findings, Rule, set, without_route};
use crate::{
    edit::Command,
    model::{
        Container, Field, ResourceId, ResourceKind, Route, RouteDestination, RouteTable, RouteTarget,
        VpnGateway, routing,
    },
    problem::Severity,
    t,
};

/// The rule. AWS refuses a route to a gateway that is attached nowhere.
pub const RULE: Rule = Rule {
    code: "route-blackhole",
    severity: Severity::Error,
    summary: || t!("rule-route-blackhole-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    rows: &["R16"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            match &route.target {
                RouteTarget::Gateway(gateway) => detached(context, findings, (id, table), at, gateway),
                RouteTarget::NetworkInterface(interface) => {
                    unattached(context, findings, (id, table), at, interface);
                }
                RouteTarget::Blackhole(target) => gone(context, findings, (id, table), at, target),
                _ => {}
            }
        }
    }
}

/// A gateway that is attached to no VPC: AWS refuses the route.
fn detached(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, table): (&ResourceId, &RouteTable),
    at: usize,
    gateway: &ResourceId,
) {
    let (what, taken) = match context.kind(gateway) {
        Some(ResourceKind::InternetGateway(it)) if it.vpc_id.is_none() => {
            (t!("rule-route-blackhole-igw"), context.index.internet_gateway(&table.vpc_id))
        }
        Some(ResourceKind::VpnGateway(it)) if it.vpc_id.is_none() => {
            (t!("rule-route-blackhole-vgw"), context.index.vpn_gateway(&table.vpc_id))
        }
        _ => return,
    };
    let message = t!(
        "rule-route-blackhole",
        destination = destination(table, at),
        name = context.label(id),
        what = what,
        gateway = context.label(gateway)
    );
    let field = Field::item("routes", at, "gateway_id");
    let finding = findings
        .report(id, Some(field), message, t!("rule-route-blackhole-help"))
        .also_field(gateway, Some(Field::new("vpc_id")));
    if taken.is_none()
        && let Some((label, command)) = attach(context, gateway, &table.vpc_id)
    {
        finding.fix(label, command);
    }
}

/// The change that attaches a gateway to a VPC.
pub(super) fn attach(
    context: &Context<'_>,
    gateway: &ResourceId,
    vpc: &ResourceId,
) -> Option<(String, Command)> {
    // What tables of other VPCs say of it would be wrong then.
    let is_elsewhere = |user: &ResourceId| context.topology.vpc_of(user).is_some_and(|it| it != vpc);
    if context.index.referrers(gateway).iter().any(|(user, _)| is_elsewhere(user)) {
        return None;
    }
    // Nor would what it knows on premises go together with a further block of the VPC.
    let known = routing::known_on_premises(context.topology, context.index, gateway);
    let is_covered = |block: &Ipv4Net| known.iter().any(|it| IpNet::V4(*block).contains(it));
    if context.vpc(vpc).is_some_and(|it| it.secondary_cidr_blocks.iter().any(is_covered)) {
        return None;
    }
    let command = match context.kind(gateway)? {
        // The hosts that it could not serve would be more findings than the routes that it mends.
        ResourceKind::InternetGateway(_) if hosts_without_address(context, gateway, vpc) > 0 => return None,
        ResourceKind::InternetGateway(_) => {
            Command::MoveInto { id: gateway.clone(), into: Container::Vpc(vpc.clone()), at: None }
        }
        ResourceKind::VpnGateway(fields) => {
            let to = VpnGateway { vpc_id: Some(vpc.clone()), ..fields.clone() };
            set(gateway, Field::new("vpc_id"), to)
        }
        _ => return None,
    };
    let (gateway, vpc) = (context.label(gateway), context.label(vpc));
    Some((t!("rule-route-blackhole-fix", gateway = gateway, vpc = vpc), command))
}

/// How many instances have routes to an internet gateway and no public address, beyond the routes to it.
fn hosts_without_address(context: &Context<'_>, gateway: &ResourceId, vpc: &ResourceId) -> usize {
    let leads = |route: &&Route| matches!(&route.target, RouteTarget::Gateway(to) if to == gateway);
    let tables = context.index.users(vpc, "vpc_id");
    let tables = tables.filter_map(|id| context.kind(id)?.as_route_table());
    let routes = tables.flat_map(|it| &it.routes).filter(leads).count();
    let is_public = |subnet: &ResourceId| {
        let everything = RouteDestination::Ipv4(Ipv4Net::default());
        let table = context.effective_table(subnet).map(|(_, table)| table);
        table.is_some_and(|it| it.routes.iter().filter(leads).any(|it| it.destination == everything))
    };
    let public = context.subnets_of(vpc).map(|(id, _)| id).filter(|id| is_public(id));
    let hosts = public.flat_map(|id| context.index.users(id, "subnet_id"));
    let hosts = hosts.filter_map(|id| Some((id, context.kind(id)?.as_instance()?)));
    hosts.filter(|(id, it)| !context.has_public_address(id, it)).count().saturating_sub(routes)
}

/// An interface that is attached to no instance: AWS takes the route and drops the packets. One that
/// a service of AWS owns is attached to something that is not drawn.
fn unattached(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, table): (&ResourceId, &RouteTable),
    at: usize,
    interface: &ResourceId,
) {
    let fields = context.kind(interface).and_then(ResourceKind::as_network_interface);
    if fields.is_none_or(|it| it.instance_id.is_some() || it.is_service_owned()) {
        return;
    }
    let message = t!(
        "rule-route-blackhole-interface",
        destination = destination(table, at),
        name = context.label(id),
        interface = context.label(interface)
    );
    let field = Field::item("routes", at, "network_interface_id");
    let help = t!("rule-route-blackhole-interface-help");
    let finding = findings.report(id, Some(field), message, help).severity(Severity::Warning);
    let (label, command) = without_route(id, table, at);
    finding.also_field(interface, Some(Field::new("instance_id"))).fix(label, command);
}

/// A target that no longer exists.
fn gone(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, table): (&ResourceId, &RouteTable),
    at: usize,
    target: &str,
) {
    let message = t!(
        "rule-route-blackhole-gone",
        destination = destination(table, at),
        name = context.label(id),
        target = target
    );
    let field = Field::item("routes", at, "blackhole_target");
    let (label, command) = without_route(id, table, at);
    findings
        .report(id, Some(field), message, t!("rule-route-blackhole-gone-help"))
        .severity(Severity::Warning)
        .fix(label, command);
}

fn destination(table: &RouteTable, at: usize) -> String {
    table.routes.get(at).map(|route| route.destination.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{InternetGateway, NetworkInterface, RouteTarget, VpnGateway};

    fn to(n: &mut Network, target: RouteTarget) {
        n.table("rtb-main", |it| it.routes = vec![default_route(target)]);
    }

    fn to_a_spare_gateway(n: &mut Network) {
        n.put("vgw", VpnGateway::default());
        to(n, RouteTarget::Gateway(id("vgw")));
    }

    fn to_an_interface(n: &mut Network, instance: Option<&str>) {
        let mut interface = NetworkInterface::new(id("subnet-public"));
        interface.instance_id = instance.map(id);
        n.put("eni", interface);
        to(n, RouteTarget::NetworkInterface(id("eni")));
    }

    fn to_what_is_gone(n: &mut Network) {
        to(n, RouteTarget::Blackhole("nat-0abc".to_owned()));
    }

    #[test]
    fn other_targets_that_take_nothing() {
        let message = "the route to 0.0.0.0/0 in table `rtb-main` leads to virtual private gateway `vgw`, which is not attached";
        finds(&RULE, ("rtb-main", Some("routes[0].gateway_id")), message, to_a_spare_gateway);
        let message = "the route to 0.0.0.0/0 in table `rtb-main` leads to network interface `eni`, which is attached to no instance";
        let place = ("rtb-main", Some("routes[0].network_interface_id"));
        finds(&RULE, place, message, |n| to_an_interface(n, None));
        let message = "the target `nat-0abc` of the route to 0.0.0.0/0 in table `rtb-main` is gone";
        finds(&RULE, ("rtb-main", Some("routes[0].blackhole_target")), message, to_what_is_gone);
    }

    #[test]
    fn an_attached_interface_is_fine() {
        silent(&RULE, |n| to_an_interface(n, Some("i-bastion")));
    }

    #[test]
    fn the_other_fixes() {
        fixes(&RULE, 1, to_a_spare_gateway);
        fixes(&RULE, 1, |n| to_an_interface(n, None));
        fixes(&RULE, 1, to_what_is_gone);
    }

    fn detach(n: &mut Network) {
        n.put("igw-main", InternetGateway::default());
    }

    #[test]
    fn a_route_to_a_detached_gateway() {
        let message = "the route to 0.0.0.0/0 in table `rtb-public` leads to internet gateway `igw-main`, which is not attached";
        finds(&RULE, ("rtb-public", Some("routes[0].gateway_id")), message, detach);
    }

    #[test]
    fn a_detached_gateway_without_routes_is_fine() {
        silent(&RULE, |n| n.put("igw-spare", InternetGateway::default()));
    }

    #[test]
    fn the_fix_attaches_it() {
        fixes(&RULE, 1, detach);
    }

    #[test]
    fn it_is_not_offered_where_it_serves_few_of_the_hosts() {
        let breaking = |hosts: usize| {
            move |n: &mut Network| {
                detach(n);
                n.subnet("subnet-public", |it| it.map_public_ip_on_launch = false);
                let bastion = n.0.topology.kind(&id("i-bastion")).unwrap().clone();
                (1..hosts).for_each(|at| n.put(&format!("i-{at}"), bastion.clone()));
            }
        };
        let offered = |hosts| one(&RULE, breaking(hosts)).0.fixes.len();
        assert_eq!((offered(1), offered(2)), (1, 0));
    }
}
