//! What is drawn against what stands: every resource for itself, so that all processors can help.

use super::{
    states::{is_pending, settled},
    words,
};
use crate::{
    cloud::Call,
    deploy::{
        kinds::{self, Aspect, Context},
        look::Look,
        observed::Observed,
        side_by_side::{self, Results},
    },
    model::Resource,
};

/// What differs in one aspect of a resource.
pub(super) struct Difference {
    pub aspect: Aspect,
    /// What mends it.
    pub calls: Vec<Call>,
    /// Whether an earlier run left it on its way.
    pub settles: bool,
}

/// What the comparison of one resource shows.
pub(super) struct Comparison {
    /// The id of the object that it is, where there is one.
    pub live: Option<String>,
    /// Whether AWS makes it together with another.
    pub implicit: bool,
    /// Whether an earlier run left the object on its way.
    pub pending: bool,
    /// The call that makes it, where it is to be made.
    pub create: Option<Box<Call>>,
    /// What can be mended.
    pub differences: Vec<Difference>,
    /// What it is, in words.
    pub what: String,
}

/// Compares each resource. `expected` has what is yet to be made as AWS makes it; `is_made` answers whether
/// the run makes a resource (again).
pub(super) fn compare(
    resources: &[&Resource],
    cx: Context<'_>,
    expected: &Observed,
    is_made: impl Fn(&Resource) -> bool + Sync,
) -> Results<Comparison> {
    side_by_side::map(resources, |resource| {
        let live = cx.ids.get(&resource.id);
        let kind = resource.kind.kind();
        let implicit = kinds::comes_with(resource, cx.desired).is_some();
        Comparison {
            live: live.map(str::to_owned),
            implicit,
            pending: settled(kind).is_some() && live.is_some_and(|live| is_pending(expected, kind, live)),
            create: if is_made(resource) { kinds::create(resource, cx, None).map(Box::new) } else { None },
            differences: differences(resource, (live.is_none(), implicit), cx, expected),
            what: words::what(resource),
        }
    })
}

fn differences(
    resource: &Resource,
    (is_new, is_found): (bool, bool),
    cx: Context<'_>,
    expected: &Observed,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    for aspect in kinds::aspects(resource.kind.kind()).iter().copied() {
        // The call that makes an object says its tags.
        if aspect == Aspect::Tags && is_new && !is_found {
            continue;
        }
        let calls = kinds::diff(aspect, resource, cx, expected);
        let settles = kinds::settling(aspect, resource, cx, expected) != Look::Reached;
        // What AWS puts into new groups and network ACLs depends on the VPC and has changed over the
        // years: it is read back rather than assumed.
        let is_read_back = is_new && matches!(aspect, Aspect::GroupRules | Aspect::AclEntries);
        if !calls.is_empty() || settles || is_read_back {
            differences.push(Difference { aspect, calls, settles });
        }
    }
    differences
}
