//! Cuts references that lead nowhere or to the wrong kind, so that the document loads again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::context::Import;
use crate::{
    interop::native,
    model::{ResourceId, Topology},
    t,
};

/// Cuts until nothing dangles: what must name something that is gone goes itself.
pub(super) fn cut(import: &mut Import<'_>) {
    loop {
        let mut topology = Topology::new(import.region.clone());
        topology.resources =
            import.resources.iter().map(|(id, it)| (id.clone(), Arc::new(it.clone()))).collect();
        let mut bad: BTreeMap<ResourceId, BTreeSet<ResourceId>> = BTreeMap::new();
        native::each_broken_reference(&topology, &mut |from, field, to, what| {
            import.report.dangle(format!("{from}.{field}"), what);
            bad.entry(from.clone()).or_default().insert(to.clone());
        });
        if bad.is_empty() {
            return;
        }
        for (id, targets) in bad {
            let Some(resource) = import.resources.get_mut(&id) else { continue };
            let mut keep = |to: &ResourceId| (!targets.contains(to)).then(|| to.clone());
            let orphaned = resource.kind.map_references(&mut keep);
            if let Some(field) = orphaned.first() {
                import.report.left_out(id.as_str(), t!("import-orphan", field = field));
                import.resources.remove(&id);
            }
        }
    }
}
