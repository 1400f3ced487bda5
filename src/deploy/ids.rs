//! Which live id stands for which resource.

use std::{borrow::Cow, collections::BTreeMap};

use ipnet::Ipv6Net;

use super::lookup::Lookup;
use crate::model::ResourceId;

/// The end of the placeholder of a customer gateway that is yet to be made.
pub const CUSTOMER_GATEWAY: &str = "/customer-gateway";

/// Live ids by resource, and the names that a region resolves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    live: Lookup<ResourceId, String>,
    /// `pl-…` by name.
    pub prefix_lists: BTreeMap<String, String>,
    /// The IPv6 blocks that Amazon gave to VPCs; the drawing has one that stands for it.
    pub ipv6_blocks: BTreeMap<ResourceId, Ipv6Net>,
    /// `cgw-…` by the VPN connection that it belongs to.
    pub customer_gateways: BTreeMap<ResourceId, String>,
    /// `tgw-attach-…` by the VPN connection that it is.
    pub attachments: BTreeMap<ResourceId, String>,
    /// `ami-…` by the name of the parameter that holds it.
    pub images: BTreeMap<String, String>,
}

impl Ids {
    /// The live id of a resource; `@` and its own id while it has none, which is how a plan shows what
    /// is yet to be made (no id of AWS begins so).
    pub fn of(&self, id: &ResourceId) -> String {
        self.shown(id).into_owned()
    }

    /// The same to look at.
    pub fn shown(&self, id: &ResourceId) -> Cow<'_, str> {
        self.get(id).map_or_else(|| format!("@{id}").into(), Cow::Borrowed)
    }

    /// The live ids of several resources.
    pub fn of_all(&self, ids: &[ResourceId]) -> Vec<String> {
        ids.iter().map(|id| self.of(id)).collect()
    }

    /// The live id of a resource that has one.
    pub fn get(&self, id: &ResourceId) -> Option<&str> {
        self.live.get(id).map(String::as_str)
    }

    /// Says which object a resource is.
    pub fn bind(&mut self, id: ResourceId, live: String) {
        self.live.insert(id, live);
    }

    /// Says that a resource has no object any more.
    pub fn unbind(&mut self, id: &ResourceId) {
        self.live.swap_remove(id);
        self.attachments.remove(id);
    }

    /// The id by which a transit gateway knows what is attached to it: of a VPN connection another one
    /// than its own.
    pub fn attachment(&self, id: &ResourceId) -> String {
        self.attachments.get(id).cloned().unwrap_or_else(|| self.of(id))
    }

    /// The customer gateway of a VPN connection; a placeholder while it has none.
    pub fn customer_gateway(&self, id: &ResourceId) -> String {
        self.customer_gateways.get(id).cloned().unwrap_or_else(|| format!("@{id}{CUSTOMER_GATEWAY}"))
    }

    /// Takes in what was found out about other objects than those that resources are bound to.
    pub fn learn(&mut self, found: Self) {
        self.prefix_lists.extend(found.prefix_lists);
        self.ipv6_blocks.extend(found.ipv6_blocks);
        self.customer_gateways.extend(found.customer_gateways);
        self.attachments.extend(found.attachments);
        self.images.extend(found.images);
    }

    /// Every pair, in the order of resources.
    pub fn iter(&self) -> impl Iterator<Item = (&ResourceId, &str)> {
        let pairs: BTreeMap<&ResourceId, &str> =
            self.live.iter().map(|(id, live)| (id, live.as_str())).collect();
        pairs.into_iter()
    }

    /// The id of a prefix list that is given by name or id.
    pub fn prefix_list(&self, name: &str) -> String {
        self.prefix_lists.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }
}
