//! Tables of which an answer costs the same however long they are; gone through they are in the order
//! in which they were filled.

use indexmap::{IndexMap, IndexSet};

/// Values by key.
pub type Lookup<K, V> = IndexMap<K, V, foldhash::fast::RandomState>;

/// Which there are.
pub(super) type Members<K> = IndexSet<K, foldhash::fast::RandomState>;
