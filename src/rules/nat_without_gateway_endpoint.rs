//! Traffic to S3 and DynamoDB need not go through a NAT gateway, which bills each byte.

use super::{Context, Findings, Rule, context::nat_of_table, gateway_endpoint_blocked::would_block};
use crate::{
    edit::Command,
    model::{Container, Field, Kind, ResourceId, ResourceKind, RouteTable},
    problem::Severity,
    t,
};

/// The rule. For a VPC without an endpoint for S3 it proposes one; DynamoDB is not so common that
/// its absence says anything, but an endpoint that is there should serve every such table.
pub const RULE: Rule = Rule {
    code: "nat-without-gateway-endpoint",
    severity: Severity::Info,
    summary: || t!("rule-nat-without-gateway-endpoint-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    rows: &["R14", "P1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        if nat_of_table(table).is_none() {
            continue;
        }
        let mut has_storage = false;
        for endpoint in context.index.users(&table.vpc_id, "vpc_id") {
            let Some(fields) = context.kind(endpoint).and_then(ResourceKind::as_gateway_endpoint) else {
                continue;
            };
            has_storage |= fields.service_name.rsplit('.').next() == Some("s3");
            let in_table = |other: &ResourceId| {
                let other = context.kind(other).and_then(ResourceKind::as_gateway_endpoint);
                other.is_some_and(|other| other.service_name == fields.service_name)
            };
            if fields.route_table_ids.is_empty() || context.index.endpoints_of_table(id).iter().any(in_table)
            {
                // An endpoint without any table is the matter of `gateway-endpoint-tables`.
                continue;
            }
            let message = t!(
                "rule-nat-without-gateway-endpoint-table",
                table = context.label(id),
                name = context.label(endpoint)
            );
            let mut to = fields.clone();
            to.route_table_ids.push(id.clone());
            let field = Field::new("route_table_ids");
            let command =
                Command::Set { id: endpoint.clone(), field: field.clone(), to: Box::new(to.into()) };
            let label = t!(
                "rule-nat-without-gateway-endpoint-table-fix",
                table = context.label(id),
                name = context.label(endpoint)
            );
            let finding = findings
                .report(id, None, message, t!("rule-nat-without-gateway-endpoint-table-help"))
                .also_field(endpoint, Some(field));
            if !would_block(context, id, table) {
                finding.fix(label, command);
            }
        }
        if !has_storage {
            propose(context, findings, id, table);
        }
    }
}

fn propose(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, table: &RouteTable) {
    let message = t!("rule-nat-without-gateway-endpoint", table = context.label(id));
    let finding = findings.report(id, None, message, t!("rule-nat-without-gateway-endpoint-help"));
    if context.vpc(&table.vpc_id).is_none() || would_block(context, id, table) {
        return;
    }
    let name = "s3";
    let endpoint = context.topology.free_id(Kind::GatewayEndpoint, name);
    let service_name = format!("com.amazonaws.{}.s3", context.topology.region);
    let fields = crate::model::GatewayEndpoint {
        vpc_id: table.vpc_id.clone(),
        service_name,
        route_table_ids: vec![id.clone()],
    };
    let place = Command::Place {
        kind: Kind::GatewayEndpoint,
        into: Container::Vpc(table.vpc_id.clone()),
        at: None,
        name: Some(name.to_owned()),
    };
    let field = Field::new("route_table_ids");
    let set = Command::Set { id: endpoint, field, to: Box::new(fields.into()) };
    let label = t!("rule-nat-without-gateway-endpoint-fix", table = context.label(id));
    finding.fix(label.clone(), Command::Batch { label, commands: vec![place, set] });
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{RouteTable, RouteTarget, Vpc};

    fn without(n: &mut Network) {
        n.0.topology.resources.remove(&id("vpce-s3"));
    }

    fn second_table(n: &mut Network) {
        let mut table = RouteTable::new(id("vpc-main"));
        table.routes.push(default_route(RouteTarget::NatGateway(id("nat-main"))));
        n.put("rtb-second", table);
    }

    #[test]
    fn no_endpoint_for_s3() {
        let message = "what the subnets of table `rtb-main` send to S3 goes through a NAT gateway";
        finds(&RULE, ("rtb-main", None), message, without);
    }

    #[test]
    fn an_endpoint_that_leaves_a_table_out() {
        let message =
            "table `rtb-second` leads to a NAT gateway and is not one of gateway endpoint `vpce-s3`";
        finds(&RULE, ("rtb-second", None), message, second_table);
    }

    #[test]
    fn tables_without_nat_are_fine() {
        silent(&RULE, |n| {
            without(n);
            n.table("rtb-main", |it| it.routes.clear());
        });
    }

    #[test]
    fn the_fix_makes_the_endpoint_or_adds_the_table() {
        fixes(&RULE, 1, without);
        fixes(&RULE, 1, second_table);
        fixes(&RULE, 1, |n| {
            without(n);
            n.put("vpce-s3-old", Vpc::new(net("10.7.0.0/16")));
        });
    }
}
