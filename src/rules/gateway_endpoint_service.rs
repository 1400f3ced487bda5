//! Gateway endpoints exist for S3 and DynamoDB, in the same region.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "gateway-endpoint-service",
    severity: Severity::Error,
    summary: || t!("rule-gateway-endpoint-service-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    rows: &["P1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let region = &context.topology.region;
    let legal = ["s3", "dynamodb"].map(|service| format!("com.amazonaws.{region}.{service}"));
    for (id, endpoint) in context.gateway_endpoints() {
        if legal.contains(&endpoint.service_name) {
            continue;
        }
        let message = t!(
            "rule-gateway-endpoint-service",
            service = &endpoint.service_name,
            name = context.label(id),
            region = region
        );
        let help = t!("rule-gateway-endpoint-service-help", region = region);
        findings.report(id, Some(Field::new("service_name")), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn service(n: &mut Network, name: &str) {
        n.gateway_endpoint(|it| name.clone_into(&mut it.service_name));
    }

    #[test]
    fn another_service_and_another_region() {
        for name in ["com.amazonaws.us-east-1.ssm", "com.amazonaws.eu-west-1.s3"] {
            let message = format!("`{name}` of endpoint `vpce-s3` has no gateway endpoint in us-east-1");
            finds(&RULE, ("vpce-s3", Some("service_name")), &message, |n| service(n, name));
        }
    }

    #[test]
    fn dynamodb_has_one() {
        silent(&RULE, |n| service(n, "com.amazonaws.us-east-1.dynamodb"));
    }
}
