//! A VPN connection ends at one gateway.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "vpn-connection",
    severity: Severity::Error,
    summary: || t!("rule-vpn-connection-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html",
    rows: &["T7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, connection) in context.vpn_connections() {
        match (&connection.vpn_gateway_id, &connection.transit_gateway_id) {
            (Some(vgw), Some(tgw)) => {
                let message = t!("rule-vpn-connection-both", name = context.label(id));
                let field = Some(Field::new("transit_gateway_id"));
                findings.report(id, field, message, t!("rule-vpn-connection-help")).also(vgw).also(tgw);
            }
            (None, None) => {
                let message = t!("rule-vpn-connection-none", name = context.label(id));
                let finding = findings.report(id, None, message, t!("rule-vpn-connection-help"));
                finding.severity(Severity::Warning);
            }
            (Some(vgw), None) => {
                let fields = context.kind(vgw).and_then(|it| it.as_vpn_gateway());
                if fields.is_none_or(|it| it.vpc_id.is_some()) {
                    continue;
                }
                let message = t!(
                    "rule-vpn-connection-detached",
                    name = context.label(id),
                    gateway = context.label(vgw)
                );
                let finding = findings.report(
                    id,
                    Some(Field::new("vpn_gateway_id")),
                    message,
                    t!("rule-vpn-connection-detached-help"),
                );
                finding.severity(Severity::Warning).also(vgw);
            }
            (None, Some(_)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{TransitGateway, VpnConnection, VpnGateway};

    fn connection(n: &mut Network, gateways: [bool; 2], attached: bool) {
        let vpc_id = attached.then(|| id("vpc-main"));
        n.put("vgw", VpnGateway { vpc_id, ..VpnGateway::default() });
        n.put("tgw", TransitGateway::default());
        let connection = VpnConnection {
            vpn_gateway_id: gateways[0].then(|| id("vgw")),
            transit_gateway_id: gateways[1].then(|| id("tgw")),
            ..VpnConnection::default()
        };
        n.put("vpn", connection);
    }

    #[test]
    fn both_none_and_a_gateway_without_a_vpc() {
        let message = "VPN connection `vpn` names both a virtual private gateway and a transit gateway";
        finds(&RULE, ("vpn", Some("transit_gateway_id")), message, |n| connection(n, [true, true], true));
        let message = "VPN connection `vpn` ends at no gateway of the drawing";
        finds(&RULE, ("vpn", None), message, |n| connection(n, [false, false], true));
        let message =
            "VPN connection `vpn` ends at virtual private gateway `vgw`, which is attached to no VPC";
        finds(&RULE, ("vpn", Some("vpn_gateway_id")), message, |n| connection(n, [true, false], false));
    }

    #[test]
    fn either_gateway_is_fine() {
        silent(&RULE, |n| connection(n, [true, false], true));
        silent(&RULE, |n| connection(n, [false, true], false));
    }
}
