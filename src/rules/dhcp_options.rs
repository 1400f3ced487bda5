//! A set of DHCP options names up to four servers, by their addresses.

use std::net::IpAddr;

use super::{Context, Findings, Rule};
use crate::{
    model::{DhcpOptions, Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "dhcp-options",
    severity: Severity::Error,
    summary: || t!("rule-dhcp-options-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html",
    rows: &["D1", "D2"],
    check,
};

const AMAZON: &str = "AmazonProvidedDNS";
const MOST: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, options) in context.dhcp_options() {
        servers(context, findings, id, "domain_name_servers", &options.domain_name_servers);
        servers(context, findings, id, "ntp_servers", &options.ntp_servers);
        if options.domain_name_servers.iter().any(|it| it == AMAZON) {
            switched_off(context, findings, id);
        }
        empty(context, findings, id, options);
    }
}

fn servers(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    list: &'static str,
    servers: &[String],
) {
    for (at, server) in servers.iter().enumerate() {
        let amazon = list == "domain_name_servers" && server == AMAZON;
        if !amazon && server.parse::<IpAddr>().is_err() {
            let message = t!("rule-dhcp-options", name = context.label(id), text = server);
            let help = t!("rule-dhcp-options-help");
            findings.report(id, Some(Field::item(list, at, "")), message, help);
        }
    }
    if servers.len() > MOST {
        let message = t!("rule-dhcp-options-many", name = context.label(id), count = servers.len());
        findings.report(id, Some(Field::new(list)), message, t!("rule-dhcp-options-many-help"));
    }
}

/// VPCs that are told to ask the server of Amazon and have switched it off.
fn switched_off(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId) {
    for vpc in context.index.users(id, "dhcp_options_id") {
        if context.vpc(vpc).is_some_and(|it| !it.enable_dns_support) {
            let message = t!("rule-dhcp-options-off", name = context.label(id), vpc = context.label(vpc));
            let field = Some(Field::new("domain_name_servers"));
            let finding = findings.report(id, field, message, t!("rule-vpc-dns-help"));
            finding.severity(Severity::Warning).also_field(vpc, Some(Field::new("enable_dns_support")));
        }
    }
}

fn empty(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, options: &DhcpOptions) {
    let none = options.domain_name.is_none()
        && options.domain_name_servers.is_empty()
        && options.ntp_servers.is_empty();
    if none {
        let message = t!("rule-dhcp-options-empty", name = context.label(id));
        findings.report(id, None, message, t!("rule-dhcp-options-empty-help"));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::DhcpOptions;

    fn options(n: &mut Network, servers: &[&str]) {
        let domain_name_servers = servers.iter().map(|it| (*it).to_owned()).collect();
        n.put("dopt", DhcpOptions { domain_name_servers, ..DhcpOptions::default() });
        n.vpc(|it| it.dhcp_options_id = Some(id("dopt")));
    }

    #[test]
    fn a_name_five_servers_none_and_one_that_is_off() {
        let message = "`dns.example.com` in DHCP options `dopt` is not an address";
        let place = ("dopt", Some("domain_name_servers[0]"));
        finds(&RULE, place, message, |n| options(n, &["dns.example.com"]));
        let place = ("dopt", Some("domain_name_servers"));
        let message = "DHCP options `dopt` name 5 servers, AWS takes four";
        finds(&RULE, place, message, |n| options(n, &["10.0.0.2"; 5]));
        let message = "DHCP options `dopt` say nothing";
        finds(&RULE, ("dopt", None), message, |n| options(n, &[]));
        let message = "DHCP options `dopt` send hosts to Amazon's DNS server, which VPC `vpc-main` has off";
        finds(&RULE, place, message, |n| {
            options(n, &["AmazonProvidedDNS"]);
            n.vpc(|it| it.enable_dns_support = false);
        });
    }

    #[test]
    fn addresses_and_amazons_server_are_fine() {
        silent(&RULE, |n| options(n, &["AmazonProvidedDNS", "10.0.0.53", "2001:db8::53", "10.0.1.53"]));
    }
}
