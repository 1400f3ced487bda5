//! Networks to start from. Each is a file of `saved-topologies/`, so that the file that ships and the
//! template are one.

use super::native;
use crate::model::Document;

/// The names of the templates, in the order in which they are offered.
pub fn names() -> &'static [&'static str] {
    &["bastion-nat", "private-endpoints"]
}

/// A new document from the template of this name.
pub fn document(name: &str) -> Option<Document> {
    native::read(text(name)?.as_bytes()).ok()
}

/// The file of a template.
fn text(name: &str) -> Option<&'static str> {
    match name {
        "bastion-nat" => Some(include_str!("../../saved-topologies/bastion-nat.vpcscape.json")),
        "private-endpoints" => Some(include_str!("../../saved-topologies/private-endpoints.vpcscape.json")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        model::{Check, CheckExpectation, Kind, ResourceId},
        net::Protocol,
        problem::Severity,
        reach, rules,
    };

    #[test]
    fn every_template_is_a_canonical_file_without_errors_whose_checks_hold() {
        for name in names() {
            let document = native::read(text(name).unwrap().as_bytes())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(native::write(&document).unwrap(), text(name).unwrap(), "{name}");
            let index = document.topology.index();
            let problems = rules::check(&document, &index);
            let serious: Vec<_> = problems.iter().filter(|it| it.severity != Severity::Info).collect();
            assert!(serious.is_empty(), "{name}: {serious:#?}");
            for check in reach::run_checks(&document, &index) {
                assert!(check.holds, "{name}: {check:#?}");
            }
            assert!(!document.checks.is_empty(), "{name}");
        }
    }

    /// A template with saved checks of these flows, and without resources of some kinds and the routes
    /// that lead to them.
    fn reduced(name: &str, gone: &[Kind]) -> Document {
        let mut document = document(name).unwrap();
        document.topology.resources.retain(|_, it| !gone.contains(&it.kind.kind()));
        let there: Vec<ResourceId> = document.topology.resources.keys().cloned().collect();
        for resource in document.topology.resources.values_mut() {
            if let Some(table) = Arc::make_mut(resource).kind.as_route_table_mut() {
                table.routes.retain(|it| it.target.resource().is_none_or(|id| there.contains(id)));
            }
        }
        document
    }

    /// The names of the saved checks that do not hold.
    fn red(document: &Document) -> Vec<String> {
        let results = reach::run_checks(document, &document.topology.index());
        results.into_iter().filter(|it| !it.holds).map(|it| it.name).collect()
    }

    #[test]
    fn the_tutorial_is_true_step_by_step_as_saved_checks() {
        let flows = [
            ("internet", "i-bastion", 22),
            ("i-bastion", "internet", 443),
            ("i-bastion", "i-private", 22),
            ("internet", "i-private", 22),
            ("i-private", "internet", 443),
            ("i-private", "internet", 43),
        ];
        let nat = [Kind::NatGateway, Kind::ElasticIp];
        let all = [Kind::NatGateway, Kind::ElasticIp, Kind::InternetGateway];
        let mut step_3 = reduced("bastion-nat", &nat);
        for resource in step_3.topology.resources.values_mut() {
            if let Some(table) = Arc::make_mut(resource).kind.as_route_table_mut() {
                table.routes.clear();
            }
        }
        let steps = [
            (2, reduced("bastion-nat", &all), [false, false, true, false, false, false]),
            (3, step_3, [false, false, true, false, false, false]),
            (5, reduced("bastion-nat", &nat), [true, true, true, false, false, false]),
            (6, reduced("bastion-nat", &[]), [true, true, true, false, true, true]),
        ];
        for (step, mut document, truths) in steps {
            for wrong in [false, true] {
                document.checks.clear();
                for ((from, to, port), truth) in flows.into_iter().zip(truths) {
                    let reachable = truth != wrong;
                    let expect =
                        if reachable { CheckExpectation::Reachable } else { CheckExpectation::Blocked };
                    let (protocol, port) = (Protocol::Tcp, Some(port));
                    let check = Check { from: from.to_owned(), to: to.to_owned(), protocol, port, expect };
                    document.checks.insert(format!("{from} to {to} at {port:?}"), check);
                }
                let count = if wrong { flows.len() } else { 0 };
                assert_eq!(red(&document).len(), count, "after step {step}: {:?}", red(&document));
            }
        }
    }

    #[test]
    fn the_checks_of_the_templates_turn_red_when_what_they_are_about_goes() {
        let cut_off = ["private host reaches a whois server", "private host reaches the internet"];
        assert_eq!(red(&reduced("bastion-nat", &[Kind::NatGateway])), cut_off);
        let outside = [
            "bastion reaches the internet",
            "internet reaches the bastion by SSH",
            "private host reaches a whois server",
            "private host reaches the internet",
        ];
        assert_eq!(red(&reduced("bastion-nat", &[Kind::InternetGateway])), outside);
        let gateways = ["host reaches DynamoDB", "host reaches S3"];
        assert_eq!(red(&reduced("private-endpoints", &[Kind::GatewayEndpoint])), gateways);
        let interfaces =
            ["host reaches EC2 messages", "host reaches Session Manager", "host reaches Systems Manager"];
        assert_eq!(red(&reduced("private-endpoints", &[Kind::InterfaceEndpoint])), interfaces);
    }

    #[test]
    fn an_unknown_name_has_no_template() {
        assert_eq!(document("bastion"), None);
    }
}
