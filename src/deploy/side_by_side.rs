//! The same work on many things, on all processors.

use std::{
    iter,
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread, vec,
};

/// From so many things on, threads are worth their start.
const SHARED_FROM: usize = 1_000;

/// More would wait for memory and not for the processor.
const MOST_THREADS: usize = 8;

/// How many parts each thread gets, about.
const PARTS_EACH: usize = 8;

/// What came of each thing, part by part.
pub type Results<R> = iter::Flatten<vec::IntoIter<Vec<R>>>;

/// What the work makes of each thing, in their order.
pub fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Results<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    if things.len() < SHARED_FROM || threads == 1 {
        let done: Vec<R> = things.iter().map(work).collect();
        return vec![done].into_iter().flatten();
    }
    // Small parts, each for whoever is free: of two halves one may be all of the costly things.
    let parts: Vec<&[T]> = things.chunks(things.len().div_ceil(PARTS_EACH * threads)).collect();
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done: Vec<(usize, Vec<R>)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = parts.get(at) else { return done };
            done.push((at, part.iter().map(&work).collect()));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
        let mut done = some();
        for other in others {
            done.extend(other.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    let results: Vec<Vec<R>> = done.into_iter().map(|(_, results)| results).collect();
    results.into_iter().flatten()
}

/// Two pieces of work for so many things, the first one on another thread where that is worth its start.
pub fn both<A: Send, B>(
    things: usize,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    if things < SHARED_FROM {
        return (first(), second());
    }
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)), second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for count in [0, 1, 999, 1_000, 1_001, 4_321] {
            let things: Vec<usize> = (0..count).collect();
            assert!(map(&things, |it| it * 2).eq(things.iter().map(|it| it * 2)), "{count}");
        }
    }
}
