//! Describing calls.

use std::collections::BTreeMap;

use super::{
    catalogue,
    filters::{Listed, passes},
    ids::{self, IdKind, refuse},
    objects::id_kind,
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
    /// The objects that answer it, in the order of their ids; `show` makes what the reply shows of each.
    fn answer<S, T: Listed>(
        &self,
        kind: IdKind,
        objects: &BTreeMap<String, S>,
        show: impl Fn(&S) -> T,
    ) -> Result<Vec<T>, CloudError> {
        for filter in self.filters {
            check_filter::<T>(filter)?;
        }
        let mut chosen = BTreeMap::new();
        for id in self.ids {
            let object = kind.find(objects, id)?;
            if self.hides(id) {
                return Err(kind.not_found(id));
            }
            chosen.insert(id, object);
        }
        if self.ids.is_empty() {
            chosen.extend(objects.iter().filter(|(id, _)| !self.hides(id)));
        }
        let shown = chosen.into_values().map(show);
        Ok(shown.filter(|object| self.filters.iter().all(|filter| passes(object, filter))).collect())
    }

    /// The same for objects that are shown as they are kept.
    fn listed<T: Listed + Clone>(
        &self,
        kind: IdKind,
        objects: &BTreeMap<String, T>,
    ) -> Result<Vec<T>, CloudError> {
        self.answer(kind, objects, T::clone)
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
            DescribeKind::Vpcs => Live::Vpcs(question.answer(ids::VPC, &self.vpcs, |vpc| vpc.live.clone())?),
            DescribeKind::Subnets => {
                Live::Subnets(
                    question.answer(ids::SUBNET, &self.subnets, |subnet| self.shown_subnet(subnet))?,
                )
            }
            DescribeKind::RouteTables => {
                Live::RouteTables(
                    question.answer(ids::RTB, &self.route_tables, |table| self.shown_table(table))?,
                )
            }
            DescribeKind::InternetGateways => {
                Live::InternetGateways(question.listed(ids::IGW, &self.internet_gateways)?)
            }
            DescribeKind::EgressOnlyInternetGateways => Live::EgressOnlyInternetGateways(
                question.listed(ids::EIGW, &self.egress_only_internet_gateways)?,
            ),
            DescribeKind::Addresses => Live::Addresses(question.listed(ids::EIP, &self.addresses)?),
            DescribeKind::NatGateways => Live::NatGateways(question.listed(ids::NAT, &self.nat_gateways)?),
            DescribeKind::NetworkAcls => Live::NetworkAcls(question.listed(ids::ACL, &self.network_acls)?),
            DescribeKind::SecurityGroups => {
                Live::SecurityGroups(question.listed(ids::SG, &self.security_groups)?)
            }
            DescribeKind::KeyPairs => Live::KeyPairs(question.listed(ids::KEY, &self.key_pairs)?),
            DescribeKind::Instances => Live::Instances(question.listed(ids::INSTANCE, &self.instances)?),
            DescribeKind::NetworkInterfaces => {
                Live::NetworkInterfaces(question.listed(ids::ENI, &self.network_interfaces)?)
            }
            DescribeKind::VpcEndpoints => {
                Live::VpcEndpoints(question.listed(ids::VPCE, &self.vpc_endpoints)?)
            }
            DescribeKind::PrefixLists => {
                let lists = catalogue::prefix_lists(&self.region).into_iter();
                let lists = lists.map(|list| (list.prefix_list_id.clone(), list)).collect();
                Live::PrefixLists(question.listed(ids::PREFIX_LIST, &lists)?)
            }
            DescribeKind::VpcBlockPublicAccess => Live::Objects(self.block_under(wanted)),
            _ => {
                let of_kind = self.objects.iter().filter(|(_, it)| it.spec.kind() == kind);
                let of_kind = of_kind.map(|(id, it)| (id.clone(), it.clone())).collect();
                Live::Objects(question.listed(id_kind(kind), &of_kind)?)
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
            self.show_instance(route);
        }
        shown.routes.extend(self.propagated(table));
        shown
    }
}
