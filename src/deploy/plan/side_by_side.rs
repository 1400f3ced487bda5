//! The same work on many things, on all processors.

use std::{num::NonZero, thread};

/// From so many things on, threads are worth their start.
const SHARED_FROM: usize = 1_000;

/// More would wait for memory and not for the processor.
const MOST_THREADS: usize = 8;

/// What the work makes of each thing, in their order.
pub(super) fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    if things.len() < SHARED_FROM || threads == 1 {
        return things.iter().map(work).collect();
    }
    let part = |things: &[T]| things.iter().map(&work).collect::<Vec<R>>();
    let mut parts = things.chunks(things.len().div_ceil(threads));
    thread::scope(|scope| {
        let first = parts.next().unwrap_or_default();
        let others: Vec<_> = parts.map(|things| scope.spawn(|| part(things))).collect();
        let mut results = part(first);
        results.reserve(things.len() - results.len());
        for other in others {
            results.extend(other.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)));
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for count in [0, 1, 999, 1_000, 1_001, 4_321] {
            let things: Vec<usize> = (0..count).collect();
            assert_eq!(map(&things, |it| it * 2), things.iter().map(|it| it * 2).collect::<Vec<_>>());
        }
    }
}
