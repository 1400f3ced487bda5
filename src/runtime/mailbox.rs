//! The way back: what happened outside, for the window to fetch.

use std::{
    fmt,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use crate::session::Event;

/// So many events may wait for the window; who has more waits with them.
const CAPACITY: usize = 256;

/// Wakes the window up.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// Where threads put what happened. Cheap to clone.
#[derive(Clone)]
pub struct Mailbox {
    events: SyncSender<Event>,
    wake: Waker,
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

impl Mailbox {
    /// A mailbox and its other end.
    pub fn new(wake: Waker) -> (Self, Receiver<Event>) {
        let (events, fetched) = sync_channel(CAPACITY);
        (Self { events, wake }, fetched)
    }

    /// Puts an event in and wakes the window; waits where too many wait already. For threads of the
    /// background only: the window's own thread would wait for itself.
    pub fn put(&self, event: Event) {
        // The window is gone when this fails, and nobody waits for the event.
        self.events.send(event).ok();
        (self.wake)();
    }
}
