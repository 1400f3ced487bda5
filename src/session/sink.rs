//! Who carries out effects.

use super::{Effect, Event};

/// The outside world as the window sees it: takes effects, hands back what came of them. The runtime
/// implements it with files, dialogs and threads; tests script it.
pub trait EffectSink {
    /// Begins to carry out one effect; never waits for it.
    fn dispatch(&mut self, effect: Effect);

    /// What happened since the last call, in order.
    fn drain(&mut self) -> Vec<Event>;
}
