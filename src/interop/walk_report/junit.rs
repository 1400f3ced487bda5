//! Saved checks as JUnit XML, which every CI system shows.

use super::text::reasons;
use crate::{interop::svg::escape, reach::CheckResult};

/// One test case per saved check of the document of this name.
pub fn junit(suite: &str, results: &[CheckResult]) -> String {
    let failed = results.iter().filter(|it| !it.holds).count();
    let cases: String = results.iter().map(|result| case(suite, result)).collect();
    let (suite, count) = (escape(suite), results.len());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites tests=\"{count}\" failures=\"{failed}\">\n\
         <testsuite name=\"{suite}\" tests=\"{count}\" failures=\"{failed}\">\n{cases}</testsuite>\n</testsuites>\n"
    )
}

fn case(suite: &str, result: &CheckResult) -> String {
    let (suite, name) = (escape(suite), escape(&result.name));
    if result.holds {
        return format!("<testcase classname=\"{suite}\" name=\"{name}\"/>\n");
    }
    let reasons = escape(&reasons(result).join("; "));
    format!("<testcase classname=\"{suite}\" name=\"{name}\"><failure message=\"{reasons}\"/></testcase>\n")
}
