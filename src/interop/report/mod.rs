//! Findings as text for people, as JSON for scripts, as SARIF for code hosts.

mod json;
mod places;
mod sarif;
mod text;

pub use json::json;
pub use sarif::sarif;
pub use text::{Styles, text};

use crate::problem::{Problem, Severity, Subject};

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// AWS will refuse these, or the design cannot work.
    pub errors: usize,
    /// Probably mistakes.
    pub warnings: usize,
    /// Worth knowing.
    pub infos: usize,
}

impl Summary {
    /// Counts the findings.
    pub fn of(problems: &[Problem]) -> Self {
        let count = |severity| problems.iter().filter(|it| it.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }
}

/// A subject as a path from the resources of the file: `subnet-a.cidr_block`.
fn place(subject: &Subject) -> String {
    match &subject.field {
        Some(field) => format!("{}.{field}", subject.id),
        None => subject.id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{
        edit::Command,
        model::{Field, ResourceId},
        problem::Fix,
        rules::Review,
    };

    fn review() -> Review {
        Review { problems: problems(), suppressed: Vec::new() }
    }

    /// The first finding is meant to be so.
    fn one_suppressed() -> Review {
        let mut review = review();
        let first = review.problems.remove(0);
        review.suppressed.push((first, "a test".to_owned()));
        review
    }

    fn problems() -> Vec<Problem> {
        let id = |text| ResourceId::new(text).unwrap();
        let overlap = Problem {
            code: "subnet-overlap",
            severity: Severity::Error,
            subjects: vec![
                Subject { id: id("subnet-b"), field: Some(Field::new("cidr_block")) },
                Subject { id: id("subnet-a"), field: None },
            ],
            message: "the blocks overlap".to_owned(),
            help: Some("choose another".to_owned()),
            fixes: vec![Fix {
                label: "Use 10.0.2.0/24".to_owned(),
                command: Command::Delete { ids: Vec::new() },
            }],
        };
        let full = Problem {
            code: "subnet-full",
            severity: Severity::Warning,
            subjects: vec![Subject { id: id("subnet-a"), field: None }],
            message: "nearly full".to_owned(),
            help: None,
            fixes: Vec::new(),
        };
        vec![overlap, full]
    }

    const FILE: &str = "{\n  \"resources\": {\n    \"subnet-a\": {},\n    \"subnet-b\": { \"cidr_block\": \"10.0.0.0/25\" }\n  }\n}\n";

    #[test]
    fn text_reads_like_a_compilers() {
        assert_eq!(
            text("net.vpcscape.json", FILE, &review(), &Styles::plain()),
            "error[subnet-overlap]: the blocks overlap\n \
               --> net.vpcscape.json:4:19\n  \
               |\n\
             4 |     \"subnet-b\": { \"cidr_block\": \"10.0.0.0/25\" }\n  \
               |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ subnet-b.cidr_block\n  \
               = see: subnet-a\n  \
               = help: choose another\n\n\
             warning[subnet-full]: nearly full\n \
               --> net.vpcscape.json:3:5\n  \
               |\n\
             3 |     \"subnet-a\": {},\n  \
               |     ^^^^^^^^^^ subnet-a\n\n\
             net.vpcscape.json: 1 error, 1 warning\n"
        );
        assert_eq!(text("a.json", "", &Review::default(), &Styles::plain()), "a.json: no problems\n");
    }

    #[test]
    fn a_file_of_one_line_is_cut_to_what_matters() {
        let file = format!(
            "{{\"name\": \"{}\", {}",
            "x".repeat(300),
            FILE.replace('\n', "").trim_start_matches('{')
        );
        let out = text("a.json", &file, &review(), &Styles::plain());
        assert!(out.lines().all(|line| line.chars().count() < 140), "{out}");
        assert!(out.contains("^^^^^^^^^^^^^^^^^^^^^^^^^^^ subnet-b.cidr_block"), "{out}");
    }

    #[test]
    fn without_the_text_of_a_file_the_path_stands_for_the_place() {
        let out = text("a.json", "", &review(), &Styles::plain());
        assert!(out.contains("  --> a.json: subnet-b.cidr_block\n"), "{out}");
    }

    #[test]
    fn json_has_the_published_form() {
        let value: Value = serde_json::from_str(&json(&review())).unwrap();
        assert_eq!(value["format"], "vpcscape-check/1");
        assert_eq!(value["summary"], serde_json::json!({ "errors": 1, "warnings": 1, "infos": 0 }));
        assert_eq!(
            value["problems"][0],
            serde_json::json!({
                "code": "subnet-overlap", "severity": "error", "resources": ["subnet-b", "subnet-a"],
                "field": "cidr_block", "message": "the blocks overlap", "help": "choose another",
                "fixes": [{ "label": "Use 10.0.2.0/24" }]
            })
        );
        assert!(value["problems"][1].get("field").is_none());
    }

    #[test]
    fn sarif_points_into_the_file() {
        let value: Value = serde_json::from_str(&sarif("a b.vpcscape.json", FILE, &review())).unwrap();
        assert_eq!(value["version"], "2.1.0");
        let run = &value["runs"][0];
        let result = &run["results"][0];
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], "subnet-overlap");
        assert_eq!(result["level"], "error");
        let place = &result["locations"][0];
        assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "a%20b.vpcscape.json");
        let region = serde_json::json!({ "startLine": 4, "startColumn": 19, "endColumn": 46 });
        assert_eq!(place["physicalLocation"]["region"], region);
        assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "resources.subnet-b.cidr_block");
    }

    #[test]
    fn what_is_suppressed_stands_apart() {
        let review = one_suppressed();
        let out = text("a.json", "", &review, &Styles::plain());
        assert!(!out.contains("error["), "{out}");
        assert!(out.contains("suppressed[subnet-overlap]: the blocks overlap\n"), "{out}");
        assert!(out.contains("  = reason: a test\n"), "{out}");
        assert!(out.ends_with("1 finding is suppressed in the file\n"), "{out}");
        let value: Value = serde_json::from_str(&json(&review)).unwrap();
        assert_eq!(value["suppressed"][0]["reason"], "a test");
        assert_eq!(value["suppressed"][0]["code"], "subnet-overlap");
        assert_eq!(value["problems"].as_array().unwrap().len(), problems().len() - 1);
        let value: Value = serde_json::from_str(&sarif("a.json", "", &review)).unwrap();
        let results = value["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), problems().len());
        let suppression = &results.last().unwrap()["suppressions"][0];
        assert_eq!(
            (suppression["kind"].as_str(), suppression["justification"].as_str()),
            (Some("inSource"), Some("a test"))
        );
        assert!(results[0].get("suppressions").is_none());
    }
}
