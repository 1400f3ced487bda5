//! The simulated cloud behind the interface of the real one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::state::SimulatedCloud;
use crate::cloud::{Call, CloudApi, CloudFuture};

/// A simulated cloud behind [`CloudApi`].
///
/// A call is carried out at once, at the virtual clock's time. Who drives it moves the clock:
/// at once in a test, in step with real time, scaled or not, in the program.
#[derive(Debug)]
pub struct SimulatedApi {
    cloud: Mutex<SimulatedCloud>,
}

impl SimulatedApi {
    /// Wraps a cloud.
    pub fn new(cloud: SimulatedCloud) -> Self {
        Self { cloud: Mutex::new(cloud) }
    }

    /// Moves the virtual clock on by `ms` milliseconds.
    pub fn advance(&self, ms: u64) {
        self.lock().advance(ms);
    }

    /// Moves the virtual clock to `now_ms` milliseconds, unless it is further already.
    pub fn advance_to(&self, now_ms: u64) {
        self.lock().settle(now_ms);
    }

    /// The virtual clock, in milliseconds.
    pub fn now_ms(&self) -> u64 {
        self.lock().now_ms()
    }

    /// A copy of the cloud as it stands, to be kept or looked at.
    pub fn snapshot(&self) -> SimulatedCloud {
        self.lock().clone()
    }

    /// A change half made by a thread that panicked is still a consistent cloud: `handle` checks
    /// before it changes anything.
    fn lock(&self) -> MutexGuard<'_, SimulatedCloud> {
        self.cloud.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CloudApi for SimulatedApi {
    fn call<'a>(&'a self, call: &'a Call) -> CloudFuture<'a> {
        Box::pin(async move {
            let mut cloud = self.lock();
            let now_ms = cloud.now_ms();
            cloud.handle(call, now_ms)
        })
    }
}
