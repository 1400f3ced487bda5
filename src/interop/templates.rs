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
    use super::*;
    use crate::{problem::Severity, reach, rules};

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

    #[test]
    fn an_unknown_name_has_no_template() {
        assert_eq!(document("bastion"), None);
    }
}
