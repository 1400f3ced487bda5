//! Tables that are only asked and never gone through: an answer costs the same however long they are.

use indexmap::{IndexMap, IndexSet};

/// Values by key.
pub(super) type Lookup<K, V> = IndexMap<K, V, foldhash::fast::RandomState>;

/// Which there are.
pub(super) type Members<K> = IndexSet<K, foldhash::fast::RandomState>;
