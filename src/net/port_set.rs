//! Sets of ports.

use std::fmt;

use super::PortRange;

/// A set of ports: ranges that neither overlap nor touch, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct PortSet(Vec<PortRange>);

impl PortSet {
    /// No port.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Every port.
    pub fn all() -> Self {
        Self(vec![PortRange::ALL])
    }

    /// Whether no port is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every port is in it.
    pub fn is_all(&self) -> bool {
        self.0 == [PortRange::ALL]
    }

    /// Whether a port is in it.
    pub fn contains(&self, port: u16) -> bool {
        self.0.iter().any(|range| range.contains(port))
    }

    /// The ranges, in order.
    pub fn ranges(&self) -> &[PortRange] {
        &self.0
    }

    /// Adds the ports of a range.
    pub fn insert(&mut self, new: PortRange) {
        let mut merged = new;
        self.0.retain(|it| {
            let apart =
                u32::from(it.to) + 1 < u32::from(new.from) || u32::from(new.to) + 1 < u32::from(it.from);
            if !apart {
                merged = PortRange { from: merged.from.min(it.from), to: merged.to.max(it.to) };
            }
            apart
        });
        let at = self.0.partition_point(|it| it.from < merged.from);
        self.0.insert(at, merged);
    }

    /// Adds the ports of another set.
    pub fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|range| self.insert(*range));
    }

    /// The ports of a range that are in the set.
    pub fn within(&self, range: PortRange) -> Self {
        let cut = |it: &PortRange| PortRange::new(it.from.max(range.from), it.to.min(range.to));
        Self(self.0.iter().filter_map(cut).collect())
    }

    /// Takes the ports of a range away.
    pub fn remove(&mut self, range: PortRange) {
        let before = |it: &PortRange| PortRange::new(it.from, range.from.checked_sub(1)?.min(it.to));
        let after = |it: &PortRange| PortRange::new(range.to.checked_add(1)?.max(it.from), it.to);
        self.0 = self.0.iter().flat_map(|it| before(it).into_iter().chain(after(it))).collect();
    }
}

impl From<PortRange> for PortSet {
    fn from(range: PortRange) -> Self {
        Self(vec![range])
    }
}

impl fmt::Display for PortSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, range) in self.0.iter().enumerate() {
            write!(f, "{}{range}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn range(from: u16, to: u16) -> PortRange {
        PortRange { from, to }
    }

    #[test]
    fn ranges_that_touch_become_one() {
        let mut set = PortSet::none();
        for (from, to) in [(80, 90), (443, 443), (91, 100), (1, 5), (70, 79), (444, 450)] {
            set.insert(range(from, to));
        }
        assert_eq!(set.to_string(), "1-5, 70-100, 443-450");
        set.remove(range(75, 444));
        assert_eq!(set.to_string(), "1-5, 70-74, 445-450");
        set.insert(PortRange::ALL);
        assert!(set.is_all());
    }

    #[test]
    fn it_does_what_a_set_of_single_ports_does() {
        let mut seed = 7_u32;
        let mut next = |most: u16| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u16::try_from(seed >> 16).unwrap() % most
        };
        for _ in 0..200 {
            let (mut set, mut plain) = (PortSet::none(), BTreeSet::new());
            for _ in 0..12 {
                let from = next(60);
                let it = range(from, from + next(12));
                match next(3) {
                    0 => {
                        set.remove(it);
                        plain.retain(|port| !it.contains(*port));
                    }
                    1 if !set.is_empty() && next(4) == 0 => {
                        set = set.within(it);
                        plain.retain(|port| it.contains(*port));
                    }
                    _ => {
                        set.insert(it);
                        plain.extend(it.from..=it.to);
                    }
                }
                let same = (0..100).all(|port| set.contains(port) == plain.contains(&port));
                assert!(same, "{set} is not {plain:?}");
            }
        }
    }
}
