//! Describing calls.

use std::collections::BTreeMap;

use super::{
    catalogue,
    filters::{Listed, passes},
    ids::{self, IdKind, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{CloudError, DescribeKind, Filter, Live, LiveRouteTable, LiveSubnet, Reply};

/// A question: which ids, which filters, and whether what is new may still be hidden.
struct Question<'a> {
    cloud: &'a SimulatedCloud,
    ids: &'a [String],
    filters: &'a [Filter],
    is_stale: bool,
}

impl Question<'_> {
    /// The objects that answer it.
    fn answer<T: Listed>(&self, kind: IdKind, objects: BTreeMap<String, T>) -> Result<Vec<T>, CloudError> {
        for filter in self.filters {
            check_filter::<T>(filter)?;
        }
        for id in self.ids {
            kind.check(id)?;
            if !objects.contains_key(id) || self.hides(id) {
                return Err(kind.not_found(id));
            }
        }
        let listed = objects.into_iter().filter(|(id, _)| !self.hides(id));
        let chosen = listed.filter(|(id, _)| self.ids.is_empty() || self.ids.contains(id));
        Ok(chosen
            .map(|(_, object)| object)
            .filter(|object| self.filters.iter().all(|one| passes(object, one)))
            .collect())
    }

    /// Whether this reply comes from a part of EC2 that has not heard of the object yet.
    fn hides(&self, id: &str) -> bool {
        let Some(born) = self.cloud.born.get(id) else {
            return false;
        };
        self.is_stale && born.saturating_add(self.cloud.faults.stale_ms) > self.cloud.now_ms
    }
}

fn check_filter<T: Listed>(filter: &Filter) -> Result<(), CloudError> {
    let is_tag = filter.name == "tag-key" || filter.name.starts_with("tag:");
    if is_tag || T::FILTERS.contains(&filter.name.as_str()) {
        return Ok(());
    }
    refuse("InvalidParameterValue", format!("The filter '{}' is invalid", filter.name))
}

impl SimulatedCloud {
    pub(super) fn describe(&self, kind: DescribeKind, filters: &[Filter], wanted: &[String]) -> Answer {
        let action = kind.action();
        let is_stale =
            self.draw("stale", action, self.calls_of(action), self.faults.stale_describe_per_mille);
        let question = Question { cloud: self, ids: wanted, filters, is_stale };
        Ok(Reply::Described(match kind {
            DescribeKind::Vpcs => {
                let vpcs = self.vpcs.iter().map(|(id, vpc)| (id.clone(), vpc.live.clone())).collect();
                Live::Vpcs(question.answer(ids::VPC, vpcs)?)
            }
            DescribeKind::Subnets => {
                let subnets = self.subnets.iter().map(|(id, subnet)| (id.clone(), self.shown_subnet(subnet)));
                Live::Subnets(question.answer(ids::SUBNET, subnets.collect())?)
            }
            DescribeKind::RouteTables => {
                let tables =
                    self.route_tables.iter().map(|(id, table)| (id.clone(), self.shown_table(table)));
                Live::RouteTables(question.answer(ids::RTB, tables.collect())?)
            }
            DescribeKind::InternetGateways => {
                Live::InternetGateways(question.answer(ids::IGW, self.internet_gateways.clone())?)
            }
            DescribeKind::Addresses => Live::Addresses(question.answer(ids::EIP, self.addresses.clone())?),
            DescribeKind::NatGateways => {
                Live::NatGateways(question.answer(ids::NAT, self.nat_gateways.clone())?)
            }
            DescribeKind::NetworkAcls => {
                Live::NetworkAcls(question.answer(ids::ACL, self.network_acls.clone())?)
            }
            DescribeKind::SecurityGroups => {
                Live::SecurityGroups(question.answer(ids::SG, self.security_groups.clone())?)
            }
            DescribeKind::KeyPairs => Live::KeyPairs(question.answer(ids::KEY, self.key_pairs.clone())?),
            DescribeKind::Instances => {
                Live::Instances(question.answer(ids::INSTANCE, self.instances.clone())?)
            }
            DescribeKind::NetworkInterfaces => {
                Live::NetworkInterfaces(question.answer(ids::ENI, self.network_interfaces.clone())?)
            }
            DescribeKind::VpcEndpoints => {
                Live::VpcEndpoints(question.answer(ids::VPCE, self.vpc_endpoints.clone())?)
            }
            DescribeKind::PrefixLists => {
                let lists = catalogue::prefix_lists(&self.region).into_iter();
                let lists = lists.map(|list| (list.prefix_list_id.clone(), list)).collect();
                Live::PrefixLists(question.answer(ids::PREFIX_LIST, lists)?)
            }
        }))
    }

    fn shown_subnet(&self, subnet: &LiveSubnet) -> LiveSubnet {
        LiveSubnet { available_ip_address_count: self.free_addresses(subnet), ..subnet.clone() }
    }

    fn shown_table(&self, table: &LiveRouteTable) -> LiveRouteTable {
        let mut shown = table.clone();
        for route in &mut shown.routes {
            self.route_state(table, route).clone_into(&mut route.state);
        }
        shown
    }
}
