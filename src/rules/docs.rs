//! `docs/rules.md`, made from the rules themselves.

use std::collections::BTreeMap;

use super::{OPTIONAL, RULES, Rule, reference};

const HEAD: &str = r#"# Rules

Made from `src/rules` by `UPDATE_DOCS=1 cargo test --test tidy`; do not edit.

`vpcscape check FILE` and the editor look for the same things:

- **error**: AWS refuses it at deploy, or the design cannot work;
- **warning**: AWS accepts it, and it is probably a mistake;
- **info**: worth knowing, for cost, safety or tidiness.

The severity is that of a rule's usual findings; single ones may be less grave. A number above a
default quota is a warning while a higher quota can be granted, and an error beyond that. Quotas are
those that AWS documents as defaults; an account may have others.

Where a finding can be mended mechanically, the editor offers to do so, and
`vpcscape check FILE --fix` mends errors and warnings as long as each change helps and makes no other
error; `--dry-run` only says what it would do, and `--rule CODE` takes the fixes of one rule, also
of one that only informs.

A finding that is meant to be so is suppressed with a reason: by its button in the editor, or in the
file. The severity of a rule can be changed for a file; `off` silences it. Rules that are off by
default are asked once the file gives them a severity.

```json
"suppressions": [
  { "code": "group-open-to-world", "resource": "sg-honeypot", "reason": "it is there to be attacked" }
],
"severities": { "vpcs-overlap": "off", "flow-log-missing": "warning" }
```

## All rules

| code | severity | what it says | AWS page |
| --- | --- | --- | --- |
"#;

const LIST: &str = "
## What AWS says, and which rule says it

Every row of the list that the rules were written from: V for VPCs, S subnets, R routes, G internet
gateways and addresses, N NAT gateways, A network ACLs, SG groups, P endpoints, X peering, T transit
and virtual private gateways, D DNS, I instances and interfaces, Q quotas, E other things of EC2, L what
other linters check.

| row | what AWS says | rules |
| --- | --- | --- |
";

const PAGES: &str = "
## What they rest on

Each page of the AWS documentation, with the rules that come from it.

| AWS page | rules |
| --- | --- |
";

/// The page: one row per rule, then one per page of AWS's.
pub fn markdown() -> String {
    let rules: String = RULES.iter().map(row).collect();
    let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in RULES {
        let page = rule.url.split('#').next().unwrap_or(rule.url);
        pages.entry(page).or_default().push(rule.code);
    }
    let pages: String = pages.iter().map(|(page, codes)| page_row(page, codes)).collect();
    let list: String = reference::rows().map(reference_row).collect();
    [HEAD, &rules, LIST, &list, PAGES, &pages].concat()
}

fn row(rule: &Rule) -> String {
    let (severity, summary) = (rule.severity.as_str(), (rule.summary)());
    let severity = if OPTIONAL.contains(&rule.code) { "off" } else { severity };
    format!("| `{}` | {severity} | {summary} | [page]({}) |\n", rule.code, rule.url)
}

fn reference_row(row: reference::Row) -> String {
    let codes: Vec<String> = reference::rules_of(row.id).map(|rule| format!("`{}`", rule.code)).collect();
    let answer = if codes.is_empty() { format!("none: {}", row.reason) } else { codes.join(", ") };
    format!("| {} | {} | {answer} |\n", row.id, row.text)
}

fn page_row(page: &str, codes: &[&str]) -> String {
    let title = page.strip_prefix("https://docs.aws.amazon.com/").unwrap_or(page);
    let title = title.strip_suffix(".html").unwrap_or(title);
    let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    format!("| [{title}]({page}) | {} |\n", codes.join(", "))
}
