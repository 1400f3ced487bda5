//! What is drawn against what stands: every resource for itself, so that all processors can help.

use super::{side_by_side, words};
use crate::{
    cloud::Call,
    deploy::{
        kinds::{self, Aspect, Context, Frozen},
        look::Look,
        observed::Observed,
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
    /// The call that makes it, where it is to be made.
    pub create: Option<Call>,
    /// What can be mended.
    pub differences: Vec<Difference>,
    /// What cannot.
    pub frozen: Vec<Frozen>,
    /// What it is, in words.
    pub what: String,
}

/// Compares each resource. `expected` has what is yet to be made as AWS makes it; `attempt` answers how
/// many objects the run has made for a resource before, for those that it makes (again).
pub(super) fn compare(
    resources: &[&Resource],
    cx: Context<'_>,
    expected: &Observed,
    attempt: impl Fn(&Resource) -> Option<u32> + Sync,
) -> Vec<Comparison> {
    side_by_side::map(resources, |resource| Comparison {
        create: attempt(resource).and_then(|attempt| kinds::create(resource, cx, attempt)),
        differences: differences(resource, cx, expected),
        frozen: kinds::frozen(resource, cx, expected),
        what: words::what(resource),
    })
}

fn differences(resource: &Resource, cx: Context<'_>, expected: &Observed) -> Vec<Difference> {
    let is_new = cx.ids.get(&resource.id).is_none();
    let is_found = kinds::comes_with(resource, cx.desired).is_some();
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
