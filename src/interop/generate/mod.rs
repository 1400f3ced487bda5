//! Large realistic networks from a seed, for trials and measurements.
//!
//! Resources are added in the order in which AWS would make them, each referring to earlier ones
//! only, so that the network is legal wherever the wanted number cuts it off. Quotas are not looked at.

mod builder;
mod vpc;

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use crate::model::Document;

/// The smallest network: a VPC and the three resources that AWS makes with it.
pub const MIN_RESOURCES: usize = 4;

/// A network of `count` resources (at least [`MIN_RESOURCES`]). The same `count` and `seed` give the
/// same document on every machine.
pub fn network(count: usize, seed: u64) -> Document {
    let count = count.max(MIN_RESOURCES);
    let document = Document::new(format!("generated-{count}"), "us-east-1");
    let mut builder = builder::Builder::new(document, count);
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let mut number = 0;
    while !builder.is_full() {
        vpc::add(&mut builder, &mut dice, number);
        number += 1;
    }
    builder.finish()
}

/// Seeded chance.
struct Dice(ChaCha8Rng);

impl Dice {
    /// A number from `from` to `to`, both included.
    fn range(&mut self, from: usize, to: usize) -> usize {
        let span = to.saturating_sub(from) as u64 + 1;
        from + (self.0.next_u64() % span) as usize
    }

    /// One of a list that is not empty.
    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.range(0, list.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{interop::native, model::Kind, problem::Severity, rules};

    #[test]
    fn the_number_is_exact_and_the_seed_decides() {
        for count in [4, 5, 11, 40, 137, 1000] {
            assert_eq!(network(count, 1).topology.resources.len(), count);
        }
        assert_eq!(network(300, 7), network(300, 7));
        assert_ne!(network(300, 7), network(300, 8));
        assert_eq!(network(0, 7).topology.resources.len(), MIN_RESOURCES);
    }

    #[test]
    fn networks_are_legal_wherever_the_number_cuts_them_off() {
        for count in (4..160).step_by(3).chain([600]) {
            let document = network(count, count as u64);
            let text = native::write(&document).unwrap();
            assert_eq!(native::read(text.as_bytes()).unwrap(), document);
            let problems = rules::check(&document, &document.topology.index());
            let errors: Vec<_> = problems.iter().filter(|it| it.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{count}: {errors:#?}");
        }
    }

    #[test]
    fn a_large_network_has_every_kind_of_a_plain_vpc() {
        let document = network(1000, 3);
        for kind in Kind::ALL.iter().filter(|kind| **kind <= Kind::InterfaceEndpoint) {
            assert!(document.topology.of_kind(*kind).count() > 0, "{}", kind.as_str());
        }
    }
}
