//! Addresses, blocks, ports and protocols: plain arithmetic that knows nothing of AWS.

pub mod cidr;
pub mod port_set;
pub mod ports;
pub mod protocol;

pub use ipnet::{IpNet, Ipv4Net, Ipv6Net};
pub use port_set::PortSet;
pub use ports::PortRange;
pub use protocol::Protocol;
