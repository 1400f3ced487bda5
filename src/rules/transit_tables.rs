//! An attachment has one table that routes what comes from it, and is known in some table.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, Kind, ResourceId, TransitGatewayRouteTable},
    problem::Severity,
    t,
};

/// The rule. Both are needed: the association says which table routes what comes from an attachment,
/// propagation or a static route how others find it.
pub const RULE: Rule = Rule {
    code: "transit-tables",
    severity: Severity::Error,
    summary: || t!("rule-transit-tables-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html",
    rows: &["T6"],
    check,
};

type Table<'a> = (&'a ResourceId, &'a TransitGatewayRouteTable);

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.index.of_kind(Kind::TransitGatewayRouteTable).is_empty() {
        // AWS makes a table with the gateway, which associates and learns everything by default.
        return;
    }
    let mut tables: BTreeMap<&ResourceId, Vec<Table<'_>>> = BTreeMap::new();
    for (id, table) in context.transit_tables() {
        tables.entry(&table.transit_gateway_id).or_default().push((id, table));
    }
    let vpcs = context.attachments().map(|(id, it)| (id, &it.transit_gateway_id));
    let vpns = context.vpn_connections().filter_map(|(id, it)| Some((id, it.transit_gateway_id.as_ref()?)));
    for (id, gateway) in vpcs.chain(vpns) {
        if let Some(tables) = tables.get(gateway) {
            look(context, findings, id, tables);
        }
    }
}

fn look(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, tables: &[Table<'_>]) {
    let name = || context.label(id);
    let associated: Vec<&Table<'_>> =
        tables.iter().filter(|(_, table)| table.associations.contains(id)).collect();
    match associated.as_slice() {
        [] => {
            let message = t!("rule-transit-tables-none", name = name());
            let finding = findings.report(id, None, message, t!("rule-transit-tables-none-help"));
            // With a default table AWS may associate it by itself, if it is made anew.
            let default = tables.iter().any(|(_, table)| table.default_association_route_table);
            let finding = if default { finding.severity(Severity::Warning) } else { finding };
            if let Some((at, table)) = chosen(tables, |it| it.default_association_route_table) {
                let mut to = (*table).clone();
                to.associations.push(id.clone());
                let label = t!("rule-transit-tables-none-fix", name = name(), table = context.label(at));
                finding.fix(label, set(at, Field::new("associations"), to));
            }
        }
        [_] => {}
        [(first, _), (second, table), ..] => {
            let (one, two) = (context.label(first), context.label(second));
            let message = t!("rule-transit-tables-twice", name = name(), first = one, second = &two);
            let mut to = (*table).clone();
            to.associations.retain(|it| it != id);
            let field = Field::new("associations");
            let label = t!("rule-transit-tables-twice-fix", name = name(), table = two);
            findings
                .report(second, Some(field.clone()), message, t!("rule-transit-tables-twice-help"))
                .also(id)
                .also(first)
                .fix(label, set(second, field, to));
        }
    }
    let known = tables.iter().any(|(_, table)| {
        let fixed = || table.routes.iter().any(|it| it.transit_gateway_attachment_id.as_ref() == Some(id));
        table.propagations.contains(id) || fixed()
    });
    if known {
        return;
    }
    let message = t!("rule-transit-tables-unknown", name = name());
    let help = t!("rule-transit-tables-unknown-help");
    let finding = findings.report(id, None, message, help).severity(Severity::Warning);
    if let Some((at, table)) = chosen(tables, |it| it.default_propagation_route_table) {
        let mut to = (*table).clone();
        to.propagations.push(id.clone());
        let label = t!("rule-transit-tables-unknown-fix", name = name(), table = context.label(at));
        finding.fix(label, set(at, Field::new("propagations"), to));
    }
}

/// The default table, or the only one.
fn chosen<'a>(
    tables: &'a [Table<'a>],
    is_default: fn(&TransitGatewayRouteTable) -> bool,
) -> Option<&'a Table<'a>> {
    tables.iter().find(|(_, table)| is_default(table)).or(match tables {
        [only] => Some(only),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{TransitGateway, TransitGatewayRouteTable, TransitGatewayVpcAttachment};

    fn tables(n: &mut Network, count: usize, associated: usize, known: bool) {
        n.put("tgw", TransitGateway::default());
        let subnets = vec![id("subnet-private")];
        n.put("tgw-attach", TransitGatewayVpcAttachment::new(id("tgw"), id("vpc-main"), subnets));
        for at in 0..count {
            let mut table = TransitGatewayRouteTable::new(id("tgw"));
            if at < associated {
                table.associations.push(id("tgw-attach"));
            }
            if known {
                table.propagations.push(id("tgw-attach"));
            }
            n.put(&format!("tgw-rtb-{at}"), table);
        }
    }

    #[test]
    fn no_table_two_tables_and_unknown_to_all() {
        let message = "attachment `tgw-attach` is associated with no route table of the transit gateway, which drops what comes from it";
        finds(&RULE, ("tgw-attach", None), message, |n| tables(n, 1, 0, true));
        let message = "attachment `tgw-attach` is associated with two tables, `tgw-rtb-0` and `tgw-rtb-1`";
        finds(&RULE, ("tgw-rtb-1", Some("associations")), message, |n| tables(n, 2, 2, true));
        let message =
            "no route table of the transit gateway knows attachment `tgw-attach`, so nothing reaches it";
        finds(&RULE, ("tgw-attach", None), message, |n| tables(n, 1, 1, false));
    }

    #[test]
    fn associated_and_known_or_left_to_aws() {
        silent(&RULE, |n| tables(n, 1, 1, true));
        silent(&RULE, |n| tables(n, 0, 0, false));
    }

    #[test]
    fn the_fixes() {
        fixes(&RULE, 1, |n| tables(n, 1, 0, true));
        fixes(&RULE, 1, |n| tables(n, 2, 2, true));
        fixes(&RULE, 1, |n| tables(n, 1, 1, false));
    }
}
