//! Ranges of TCP and UDP ports.

use std::fmt;

/// An inclusive range of ports, both ends 0 to 65535.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PortRange {
    /// First port of the range.
    pub from: u16,
    /// Last port of the range, not below `from`.
    pub to: u16,
}

impl PortRange {
    /// Every port.
    pub const ALL: Self = Self { from: 0, to: u16::MAX };
    /// The ephemeral ports that clients of all systems, NAT gateways and load balancers use.
    pub const EPHEMERAL: Self = Self { from: 1024, to: u16::MAX };

    /// A range from `from` to `to`, or `None` when the ends are the wrong way round.
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// The range that holds one port.
    pub fn single(port: u16) -> Self {
        Self { from: port, to: port }
    }

    /// Whether `port` lies in the range.
    pub fn contains(self, port: u16) -> bool {
        (self.from..=self.to).contains(&port)
    }

    /// Whether all of `other` lies in the range.
    pub fn covers(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to { write!(f, "{}", self.from) } else { write!(f, "{}-{}", self.from, self.to) }
    }
}
