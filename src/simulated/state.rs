//! What there is in the simulated account.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{clock::Due, dispatch::Replay, faults::Faults, limits::Limits};
use crate::cloud::{
    CloudError, LiveAddress, LiveEgressOnlyInternetGateway, LiveInstance, LiveInternetGateway, LiveKeyPair,
    LiveNatGateway, LiveNetworkAcl, LiveNetworkInterface, LiveObject, LiveRouteTable, LiveSecurityGroup,
    LiveSubnet, LiveVpc, LiveVpcEndpoint, Reply,
};

/// What a call comes to.
pub(super) type Answer = Result<Reply, CloudError>;

/// One account in one region of an EC2 that exists only in memory.
///
/// The same seed and the same calls at the same times give the same ids and the same replies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimulatedCloud {
    pub(super) seed: u64,
    pub(super) region: String,
    pub(super) now_ms: u64,
    /// How many ids were given out.
    pub(super) ids: u64,
    /// How many public addresses were given out.
    pub(super) public_addresses: u32,
    /// How many calls of each action came in.
    pub(super) calls: BTreeMap<String, u32>,
    pub(super) faults: Faults,
    pub(super) limits: Limits,
    pub(super) vpcs: BTreeMap<String, Vpc>,
    pub(super) subnets: BTreeMap<String, LiveSubnet>,
    pub(super) internet_gateways: BTreeMap<String, LiveInternetGateway>,
    #[serde(default)]
    pub(super) egress_only_internet_gateways: BTreeMap<String, LiveEgressOnlyInternetGateway>,
    pub(super) route_tables: BTreeMap<String, LiveRouteTable>,
    pub(super) addresses: BTreeMap<String, LiveAddress>,
    pub(super) nat_gateways: BTreeMap<String, LiveNatGateway>,
    pub(super) network_acls: BTreeMap<String, LiveNetworkAcl>,
    pub(super) security_groups: BTreeMap<String, LiveSecurityGroup>,
    pub(super) key_pairs: BTreeMap<String, LiveKeyPair>,
    pub(super) instances: BTreeMap<String, LiveInstance>,
    /// The stopped instances that get a public address again when they start.
    #[serde(default)]
    pub(super) addresses_at_start: BTreeSet<String>,
    pub(super) network_interfaces: BTreeMap<String, LiveNetworkInterface>,
    pub(super) vpc_endpoints: BTreeMap<String, LiveVpcEndpoint>,
    #[serde(default)]
    pub(super) objects: BTreeMap<String, LiveObject>,
    /// When each object was made, in milliseconds of the virtual clock; kept where replies may be stale.
    pub(super) born: BTreeMap<String, u64>,
    /// What changes by itself, soonest first.
    pub(super) due: Vec<Due>,
    /// The replies to calls with a client token, by action and token.
    pub(super) replays: BTreeMap<String, Replay>,
}

/// A VPC with the switches that describing it does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Vpc {
    pub live: LiveVpc,
    pub enable_dns_support: bool,
    pub enable_dns_hostnames: bool,
}

impl SimulatedCloud {
    /// A cloud with what every account has at first: a default VPC with a subnet in each zone.
    pub fn new(seed: u64, region: &str) -> Self {
        let mut cloud = Self::empty(seed, region);
        cloud.make_default_vpc();
        cloud
    }

    fn empty(seed: u64, region: &str) -> Self {
        Self {
            seed,
            region: region.to_owned(),
            now_ms: 0,
            ids: 0,
            public_addresses: 0,
            calls: BTreeMap::new(),
            faults: Faults::default(),
            limits: Limits::default(),
            vpcs: BTreeMap::new(),
            subnets: BTreeMap::new(),
            internet_gateways: BTreeMap::new(),
            egress_only_internet_gateways: BTreeMap::new(),
            route_tables: BTreeMap::new(),
            addresses: BTreeMap::new(),
            nat_gateways: BTreeMap::new(),
            network_acls: BTreeMap::new(),
            security_groups: BTreeMap::new(),
            key_pairs: BTreeMap::new(),
            instances: BTreeMap::new(),
            addresses_at_start: BTreeSet::new(),
            network_interfaces: BTreeMap::new(),
            vpc_endpoints: BTreeMap::new(),
            objects: BTreeMap::new(),
            born: BTreeMap::new(),
            due: Vec::new(),
            replays: BTreeMap::new(),
        }
    }

    /// The same cloud with these faults.
    #[must_use]
    pub fn with_faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// The same cloud with these quotas.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The virtual clock, in milliseconds since the cloud was made.
    pub fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// How many calls of an action came in so far, refused ones too.
    pub fn calls_of(&self, action: &str) -> u32 {
        self.calls.get(action).copied().unwrap_or_default()
    }

    /// A new id: the prefix and 17 hexadecimal digits, as EC2 gives them.
    pub(super) fn new_id(&mut self, prefix: &str) -> String {
        self.ids += 1;
        let id = format!("{prefix}0{:016x}", mix(self.seed.wrapping_add(self.ids.wrapping_mul(GOLDEN))));
        // Only stale replies ask for it; otherwise a long life would leave a long list.
        if self.faults.stale_ms > 0 {
            self.born.insert(id.clone(), self.now_ms);
        }
        id
    }

    /// A new public address, of the block that RFC 2544 keeps off the internet.
    pub(super) fn new_public_ip(&mut self) -> String {
        const BENCHMARK_BLOCK: u32 = 0xC612_0000;
        const BENCHMARK_SIZE: u32 = 1 << 17;
        self.public_addresses += 1;
        std::net::Ipv4Addr::from(BENCHMARK_BLOCK + self.public_addresses % BENCHMARK_SIZE).to_string()
    }

    /// Drops an object's traces.
    pub(super) fn forget(&mut self, id: &str) {
        self.born.remove(id);
    }
}

/// The increment of `SplitMix64`: the golden ratio in 64 bits.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The output function of `SplitMix64`, a bijection: different inputs give different ids.
pub(super) fn mix(input: u64) -> u64 {
    let mut value = input;
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A number from a text, the same on every machine (FNV-1a).
pub(super) fn hash_text(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
