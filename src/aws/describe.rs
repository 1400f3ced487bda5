//! Describing calls: every page, as plain data ordered by id.

use std::collections::BTreeMap;

use aws_sdk_ec2::{Client, types::Filter as SdkFilter};

use super::{
    answer::list,
    failure::of_read,
    live, live_network,
    objects_live::{self, Asked},
};
use crate::cloud::{
    CloudError, CloudFuture, DescribeKind, Filter, Live, LiveSecurityGroup, LiveSecurityGroupRule, Reply,
};

/// EC2 takes at most this many values in one filter.
const FILTER_VALUES: usize = 200;

/// What one describing call asks for.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    filters: &'a [Filter],
    ids: &'a [String],
}

impl Wanted<'_> {
    fn filters(self) -> Option<Vec<SdkFilter>> {
        let filter = |filter: &Filter| {
            SdkFilter::builder().name(&filter.name).set_values(Some(filter.values.clone())).build()
        };
        (!self.filters.is_empty()).then(|| self.filters.iter().map(filter).collect())
    }

    fn ids(self) -> Option<Vec<String>> {
        list(self.ids)
    }
}

pub(super) fn describe<'a>(
    ec2: &'a Client,
    kind: DescribeKind,
    filters: &'a [Filter],
    ids: &'a [String],
) -> CloudFuture<'a> {
    let wanted = Wanted { filters, ids };
    match kind {
        DescribeKind::Vpcs => vpcs(ec2, wanted),
        DescribeKind::Subnets => subnets(ec2, wanted),
        DescribeKind::RouteTables => route_tables(ec2, wanted),
        DescribeKind::InternetGateways => internet_gateways(ec2, wanted),
        DescribeKind::EgressOnlyInternetGateways => egress_only_internet_gateways(ec2, wanted),
        DescribeKind::Addresses => addresses(ec2, wanted),
        DescribeKind::NatGateways => nat_gateways(ec2, wanted),
        DescribeKind::NetworkAcls => network_acls(ec2, wanted),
        DescribeKind::SecurityGroups => security_groups(ec2, wanted),
        DescribeKind::KeyPairs => key_pairs(ec2, wanted),
        DescribeKind::Instances => instances(ec2, wanted),
        DescribeKind::NetworkInterfaces => network_interfaces(ec2, wanted),
        DescribeKind::VpcEndpoints => vpc_endpoints(ec2, wanted),
        DescribeKind::PrefixLists => prefix_lists(ec2, wanted),
        _ => {
            let asked = Asked { ids: wanted.ids(), filters: wanted.filters() };
            objects_live::describe(ec2, kind, asked, filters)
        }
    }
}

/// A describing call with pages: every item converted, ordered by id. The SDK gives each call types
/// of its own, so that only a macro can say it once.
macro_rules! paged {
    ($(#[$doc:meta])* $name:ident, $action:ident, $set_ids:ident, $set_filters:ident, $convert:path, $id:ident, $live:ident) => {
        $(#[$doc])*
        fn $name<'a>(ec2: &'a Client, wanted: Wanted<'a>) -> CloudFuture<'a> {
            Box::pin(async move {
                let call = ec2.$action().$set_ids(wanted.ids()).$set_filters(wanted.filters());
                let mut pages = call.into_paginator().items().send();
                let mut items = Vec::new();
                while let Some(item) = pages.next().await {
                    items.push($convert(item.map_err(of_read)?));
                }
                items.sort_by(|a, b| a.$id.cmp(&b.$id));
                Ok(Reply::Described(Live::$live(items)))
            })
        }
    };
}

paged!(vpcs, describe_vpcs, set_vpc_ids, set_filters, live_network::vpc, vpc_id, Vpcs);
paged!(subnets, describe_subnets, set_subnet_ids, set_filters, live_network::subnet, subnet_id, Subnets);
paged!(
    route_tables,
    describe_route_tables,
    set_route_table_ids,
    set_filters,
    live_network::route_table,
    route_table_id,
    RouteTables
);
paged!(
    internet_gateways,
    describe_internet_gateways,
    set_internet_gateway_ids,
    set_filters,
    live_network::internet_gateway,
    internet_gateway_id,
    InternetGateways
);
paged!(
    egress_only_internet_gateways,
    describe_egress_only_internet_gateways,
    set_egress_only_internet_gateway_ids,
    set_filters,
    live_network::egress_only_internet_gateway,
    egress_only_internet_gateway_id,
    EgressOnlyInternetGateways
);
paged!(
    /// This call alone names the parameter `Filter`.
    nat_gateways,
    describe_nat_gateways,
    set_nat_gateway_ids,
    set_filter,
    live::nat_gateway,
    nat_gateway_id,
    NatGateways
);
paged!(
    network_acls,
    describe_network_acls,
    set_network_acl_ids,
    set_filters,
    live_network::network_acl,
    network_acl_id,
    NetworkAcls
);
paged!(
    network_interfaces,
    describe_network_interfaces,
    set_network_interface_ids,
    set_filters,
    live_network::network_interface,
    network_interface_id,
    NetworkInterfaces
);
paged!(
    vpc_endpoints,
    describe_vpc_endpoints,
    set_vpc_endpoint_ids,
    set_filters,
    live::vpc_endpoint,
    vpc_endpoint_id,
    VpcEndpoints
);
paged!(
    prefix_lists,
    describe_prefix_lists,
    set_prefix_list_ids,
    set_filters,
    live::prefix_list,
    prefix_list_id,
    PrefixLists
);

fn addresses<'a>(ec2: &'a Client, wanted: Wanted<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.describe_addresses().set_allocation_ids(wanted.ids());
        let answer = call.set_filters(wanted.filters()).send().await.map_err(of_read)?;
        let mut items: Vec<_> = answer.addresses.unwrap_or_default().into_iter().map(live::address).collect();
        items.sort_by(|a, b| a.allocation_id.cmp(&b.allocation_id));
        Ok(Reply::Described(Live::Addresses(items)))
    })
}

fn key_pairs<'a>(ec2: &'a Client, wanted: Wanted<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.describe_key_pairs().include_public_key(true).set_key_pair_ids(wanted.ids());
        let answer = call.set_filters(wanted.filters()).send().await.map_err(of_read)?;
        let mut items: Vec<_> =
            answer.key_pairs.unwrap_or_default().into_iter().map(live::key_pair).collect();
        // Some emulators ignore the parameter.
        items.retain(|item| wanted.ids.is_empty() || wanted.ids.contains(&item.key_pair_id));
        items.sort_by(|a, b| a.key_pair_id.cmp(&b.key_pair_id));
        Ok(Reply::Described(Live::KeyPairs(items)))
    })
}

fn instances<'a>(ec2: &'a Client, wanted: Wanted<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.describe_instances().set_instance_ids(wanted.ids());
        let mut pages = call.set_filters(wanted.filters()).into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(reservation) = pages.next().await {
            let launched = reservation.map_err(of_read)?.instances.unwrap_or_default();
            items.extend(launched.into_iter().map(live::instance));
        }
        items.sort_by(|a, b| a.instance_id.cmp(&b.instance_id));
        Ok(Reply::Described(Live::Instances(items)))
    })
}

fn security_groups<'a>(ec2: &'a Client, wanted: Wanted<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.describe_security_groups().set_group_ids(wanted.ids());
        let mut pages = call.set_filters(wanted.filters()).into_paginator().items().send();
        let mut groups: BTreeMap<String, LiveSecurityGroup> = BTreeMap::new();
        while let Some(group) = pages.next().await {
            let group = live_network::security_group(group.map_err(of_read)?);
            groups.insert(group.group_id.clone(), group);
        }
        let ids: Vec<String> = groups.keys().cloned().collect();
        for (group_id, rule) in rules_by_group(ec2, &ids).await? {
            if let Some(group) = groups.get_mut(&group_id) {
                group.rules.push(rule);
            }
        }
        for group in groups.values_mut() {
            group.rules.sort_by(|a, b| a.security_group_rule_id.cmp(&b.security_group_rule_id));
        }
        Ok(Reply::Described(Live::SecurityGroups(groups.into_values().collect())))
    })
}

/// The rules of these groups.
pub(super) async fn rules_of(
    ec2: &Client,
    group_ids: &[String],
) -> Result<Vec<LiveSecurityGroupRule>, CloudError> {
    let rules = rules_by_group(ec2, group_ids).await?;
    Ok(rules.into_iter().map(|(_, rule)| rule).collect())
}

/// The rules of these groups, each with its group's id.
async fn rules_by_group(
    ec2: &Client,
    group_ids: &[String],
) -> Result<Vec<(String, LiveSecurityGroupRule)>, CloudError> {
    let mut rules = Vec::new();
    for ids in group_ids.chunks(FILTER_VALUES) {
        let filter = SdkFilter::builder().name("group-id").set_values(Some(ids.to_vec())).build();
        let call = ec2.describe_security_group_rules().filters(filter);
        let mut pages = call.into_paginator().items().send();
        while let Some(rule) = pages.next().await {
            let rule = rule.map_err(of_read)?;
            rules.push((rule.group_id.clone().unwrap_or_default(), live_network::rule(rule)));
        }
    }
    Ok(rules)
}
