//! IPv4 and IPv6 blocks: canonical form, overlap, and the search for a free block.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The range of RFC 3849, which no network uses: its blocks stand for those that are not known yet.
pub const DOCUMENTATION_IPV6: Ipv6Net =
    Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0x0db8, 0, 0, 0, 0, 0, 0), 32);

/// Why a text is not a block.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// The text does not have the shape `ADDRESS/LENGTH`.
    #[error("`{0}` is not a block of the form `10.0.0.0/16`")]
    Malformed(String),
}

/// Reads an IPv4 block and clears its host bits, as EC2 does (`100.68.0.18/18` is `100.68.0.0/18`).
pub fn parse_ipv4(text: &str) -> Result<Ipv4Net, CidrError> {
    text.trim().parse::<Ipv4Net>().map(|net| net.trunc()).map_err(|_| CidrError::Malformed(text.to_owned()))
}

/// Reads a block of either family and clears its host bits. A bare address is a block of one.
pub fn parse(text: &str) -> Result<IpNet, CidrError> {
    let text = text.trim();
    if let Ok(net) = text.parse::<IpNet>() {
        return Ok(net.trunc());
    }
    text.parse::<std::net::IpAddr>().map(IpNet::from).map_err(|_| CidrError::Malformed(text.to_owned()))
}

/// Whether two blocks share an address.
pub fn overlap(a: &Ipv4Net, b: &Ipv4Net) -> bool {
    a.contains(b) || b.contains(a)
}

/// How many addresses a block holds.
pub fn size(net: &Ipv4Net) -> u64 {
    1u64 << (32 - u32::from(net.prefix_len()))
}

/// The lowest block of length `prefix` inside `within` that overlaps none of `used`.
///
/// Runs in O(n log n) over `used`; returns `None` when nothing of that size is free.
pub fn next_free(within: &Ipv4Net, used: &[Ipv4Net], prefix: u8) -> Option<Ipv4Net> {
    if prefix < within.prefix_len() || prefix > 32 {
        return None;
    }
    let step = 1u64 << (32 - u32::from(prefix));
    let end = u64::from(u32::from(within.network())) + size(within);
    let mut taken: Vec<(u64, u64)> = used
        .iter()
        .filter(|net| overlap(net, within))
        .map(|net| {
            let start = u64::from(u32::from(net.network()));
            (start, start + size(net))
        })
        .collect();
    taken.sort_unstable();
    let mut at = u64::from(u32::from(within.network()));
    for (start, stop) in taken {
        if at + step <= start {
            break;
        }
        if stop > at {
            at = stop.div_ceil(step) * step;
        }
    }
    if at + step > end {
        return None;
    }
    let address = u32::try_from(at).ok()?;
    Ipv4Net::new(Ipv4Addr::from(address), prefix).ok()
}

/// The lowest IPv6 block of `prefix` bits inside `within` that overlaps none of `used`.
pub fn next_free_ipv6(within: &Ipv6Net, used: &[Ipv6Net], prefix: u8) -> Option<Ipv6Net> {
    let apart = |a: &Ipv6Net, b: &Ipv6Net| !a.contains(b) && !b.contains(a);
    within.subnets(prefix).ok()?.find(|block| used.iter().all(|other| apart(block, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> Ipv4Net {
        parse_ipv4(text).unwrap()
    }

    #[test]
    fn host_bits_are_cleared() {
        assert_eq!(net("100.68.0.18/18"), net("100.68.0.0/18"));
    }

    #[test]
    fn the_next_free_block_skips_what_is_taken() {
        let used = [net("10.0.0.0/24"), net("10.0.2.0/23")];
        assert_eq!(next_free(&net("10.0.0.0/16"), &used, 24), Some(net("10.0.1.0/24")));
        assert_eq!(next_free(&net("10.0.0.0/16"), &used, 23), Some(net("10.0.4.0/23")));
        assert_eq!(next_free(&net("10.0.0.0/24"), &used, 24), None);
    }

    #[test]
    fn the_next_free_block_of_ipv6_skips_what_is_taken() {
        let block = |text: &str| text.parse::<Ipv6Net>().unwrap();
        let used = [block("2001:db8::/64"), block("2001:db8:0:1::/64")];
        assert_eq!(next_free_ipv6(&block("2001:db8::/56"), &used, 64), Some(block("2001:db8:0:2::/64")));
        assert_eq!(next_free_ipv6(&block("2001:db8::/63"), &used, 64), None);
        assert_eq!(next_free_ipv6(&block("2001:db8::/56"), &used, 48), None);
    }
}
