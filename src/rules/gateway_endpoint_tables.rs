//! A gateway endpoint works through route tables, and one per service in each.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "gateway-endpoint-tables",
    severity: Severity::Error,
    summary: || t!("rule-gateway-endpoint-tables-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html#gateway-endpoint-routing",
    rows: &["P1", "R15"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&ResourceId, &str), &ResourceId> = BTreeMap::new();
    for (id, endpoint) in context.gateway_endpoints() {
        if endpoint.route_table_ids.is_empty() {
            let message = t!("rule-gateway-endpoint-tables-none", name = context.label(id));
            let help = t!("rule-gateway-endpoint-tables-none-help");
            let field = Some(Field::new("route_table_ids"));
            findings.report(id, field, message, help).severity(Severity::Warning);
        }
        for (at, table) in endpoint.route_table_ids.iter().enumerate() {
            let Some(other) = first.insert((table, &endpoint.service_name), id) else {
                continue;
            };
            let message = t!(
                "rule-gateway-endpoint-tables",
                name = context.label(id),
                other = context.label(other),
                service = &endpoint.service_name,
                table = context.label(table)
            );
            let field = Some(Field::item("route_table_ids", at, ""));
            let help = t!("rule-gateway-endpoint-tables-help");
            findings.report(id, field, message, help).also(other).also(table);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::GatewayEndpoint;

    #[test]
    fn two_endpoints_of_one_service_in_one_table() {
        let message = "`vpce-s3-b` and `vpce-s3` both route `com.amazonaws.us-east-1.s3` in table `rtb-main`";
        finds(&RULE, ("vpce-s3-b", Some("route_table_ids[0]")), message, |n| {
            let twin = GatewayEndpoint {
                vpc_id: id("vpc-main"),
                service_name: "com.amazonaws.us-east-1.s3".to_owned(),
                route_table_ids: vec![id("rtb-main")],
            };
            n.put("vpce-s3-b", twin);
        });
    }

    #[test]
    fn no_table_at_all() {
        let message = "gateway endpoint `vpce-s3` is in no route table, so nothing uses it";
        finds(&RULE, ("vpce-s3", Some("route_table_ids")), message, |n| {
            n.gateway_endpoint(|it| it.route_table_ids.clear());
        });
    }

    #[test]
    fn several_tables_are_fine() {
        silent(&RULE, |n| {
            n.gateway_endpoint(|it| it.route_table_ids = vec![id("rtb-main"), id("rtb-public")])
        });
    }
}
