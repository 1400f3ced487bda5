//! How many calls are under way, and how fast they follow each other: as the account allows, which
//! shows in what it throttles.

use super::policy::MAX_IN_FLIGHT;

/// Calls per second at first, and at most: the refill rate of EC2's bucket for calls that are not
/// counted one by one ("Request throttling for the Amazon EC2 API").
pub const CALLS_PER_SECOND: u64 = 20;
/// So many calls may come at once after a rest. EC2's buckets hold more; others share them.
pub const BURST: u64 = 40;

/// A call costs this many parts of a token, so that a whole number of them comes each millisecond.
const WHOLE: u64 = 1_000;
/// Throttled replies within this time are one and the same answer.
const ECHO_MS: u64 = 2_000;
/// How long nothing must be throttled before the rate rises by one call per second.
const CALM_MS: u64 = 1_000;

/// A token bucket whose rate halves when a call is throttled and rises again in calm: what TCP does.
#[derive(Debug, Clone)]
pub(super) struct Governor {
    /// Calls per second now.
    rate: u64,
    /// Calls under way at most now.
    most: usize,
    /// Parts of tokens in the bucket.
    parts: u64,
    filled_ms: u64,
    /// When a call was throttled last.
    slowed_ms: Option<u64>,
    /// When the rate rose last.
    raised_ms: u64,
}

impl Governor {
    pub fn new() -> Self {
        Self {
            rate: CALLS_PER_SECOND,
            most: MAX_IN_FLIGHT,
            parts: BURST * WHOLE,
            filled_ms: 0,
            slowed_ms: None,
            raised_ms: 0,
        }
    }

    /// Whether one more call may be under way.
    pub fn has_room(&self, under_way: usize) -> bool {
        under_way < self.most
    }

    /// Takes a token; where there is none, answers when there will be.
    pub fn take(&mut self, now_ms: u64) -> Result<(), u64> {
        self.fill(now_ms);
        if self.parts >= WHOLE {
            self.parts -= WHOLE;
            return Ok(());
        }
        Err(now_ms + (WHOLE - self.parts).div_ceil(self.rate))
    }

    fn fill(&mut self, now_ms: u64) {
        let passed = now_ms.saturating_sub(self.filled_ms);
        self.filled_ms = self.filled_ms.max(now_ms);
        self.parts = (self.parts + passed.saturating_mul(self.rate)).min(BURST * WHOLE);
    }

    /// A call was throttled. Those that were under way with it say the same; once is enough.
    pub fn throttled(&mut self, now_ms: u64) {
        if self.slowed_ms.is_some_and(|then| now_ms < then + ECHO_MS) {
            return;
        }
        self.fill(now_ms);
        self.slowed_ms = Some(now_ms);
        self.raised_ms = now_ms;
        self.rate = (self.rate / 2).max(1);
        self.most = (self.most / 2).max(1);
        self.parts = 0;
    }

    /// A call was answered without a throttle.
    pub fn answered(&mut self, now_ms: u64) {
        if now_ms < self.raised_ms + CALM_MS {
            return;
        }
        self.fill(now_ms);
        self.raised_ms = now_ms;
        self.rate = (self.rate + 1).min(CALLS_PER_SECOND);
        self.most = (self.most + 1).min(MAX_IN_FLIGHT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many calls may be sent in a time in which one asks as often as one may.
    fn sent(governor: &mut Governor, from_ms: u64, ms: u64) -> u64 {
        let (mut now, mut sent) = (from_ms, 0);
        while now < from_ms + ms {
            match governor.take(now) {
                Ok(()) => sent += 1,
                Err(at) => now = at,
            }
        }
        sent
    }

    #[test]
    fn after_a_burst_the_rate_holds() {
        let mut governor = Governor::new();
        assert_eq!(sent(&mut governor, 0, 1), BURST);
        let later = sent(&mut governor, 1, 10_000);
        assert!((198..=202).contains(&later), "{later}");
    }

    #[test]
    fn a_throttle_halves_and_calm_brings_it_back() {
        let mut governor = Governor::new();
        for at in 0..8 {
            governor.throttled(1_000 + at);
        }
        let slow = sent(&mut governor, 1_010, 10_000);
        assert!((95..=105).contains(&slow), "a burst of throttled replies counts once: {slow}");
        assert!(!governor.has_room(MAX_IN_FLIGHT / 2));
        for at in 0..100 {
            governor.throttled(20_000 + at * ECHO_MS);
        }
        assert!(governor.has_room(0) && !governor.has_room(1), "it never stops altogether");
        let calm = 20_000 + 100 * ECHO_MS;
        for at in 0..40 {
            governor.answered(calm + at * CALM_MS);
        }
        assert!(governor.has_room(MAX_IN_FLIGHT - 1));
        let later = sent(&mut governor, calm + 100_000, 1_000);
        assert!(later >= BURST, "{later}");
    }
}
