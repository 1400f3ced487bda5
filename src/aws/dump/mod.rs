//! A whole region as the AWS CLI would write it into files: every page of every describing call, in
//! the form that `interop::describe` reads. What files of an account and the account itself say is
//! so imported by the same lines.

mod machines;
mod network;
mod transit;

use aws_sdk_ec2::{Client, types as sdk};
use serde_json::{Value, json};

use super::{connect::Aws, failure::of_read};
use crate::{
    cloud::{CloudError, ErrorKind},
    interop::describe::DumpFile,
};

/// What was read, and what could not be.
#[derive(Debug, Clone, Default)]
pub struct Dump {
    /// One file per call.
    pub files: Vec<DumpFile>,
    /// The arrays that were refused, and why: a narrow policy, or an endpoint that does not know the
    /// call.
    pub refused: Vec<(String, String)>,
}

/// Without these there is no network: where one is refused, so is the import.
const NEEDED: &[&str] = &["Vpcs", "Subnets", "RouteTables"];

/// An array of answers by its name.
type Answer = Result<Vec<Value>, CloudError>;

/// The tags of a resource.
fn tags(list: Option<&Vec<sdk::Tag>>) -> Value {
    let tag = |tag: &sdk::Tag| json!({ "Key": tag.key, "Value": tag.value });
    list.map(|list| list.iter().map(tag).collect()).unwrap_or_default()
}

fn groups(list: Option<&Vec<sdk::GroupIdentifier>>) -> Value {
    let group = |it: &sdk::GroupIdentifier| json!({ "GroupId": it.group_id, "GroupName": it.group_name });
    list.map(|list| list.iter().map(group).collect()).unwrap_or_default()
}

/// Every entry of a list as a value.
fn each<T>(list: Option<&Vec<T>>, entry: impl Fn(&T) -> Value) -> Value {
    list.map(|list| list.iter().map(entry).collect()).unwrap_or_default()
}

/// The word of an optional enumeration of the SDK.
macro_rules! word {
    ($value:expr) => {
        $value.as_ref().map(|it| it.as_str().to_owned())
    };
}
use word;

/// Every page of a call, each item made a value.
macro_rules! all {
    ($call:expr, $convert:path) => {{
        let mut pages = $call.into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push($convert(&item.map_err($crate::aws::failure::of_read)?));
        }
        Ok(items)
    }};
}
use all;

impl Aws {
    /// Reads everything that a drawing can show.
    ///
    /// # Errors
    /// The endpoint does not answer, or a call is refused without which there is no network.
    pub async fn dump(&self) -> Result<Dump, CloudError> {
        let ec2 = &self.reader;
        let mut dump = Dump::default();
        let region = self.region().to_owned();
        let mut take = |name: &str, answer: Answer| match answer {
            Ok(values) => {
                let content = json!({ name: values });
                let path = format!("{region}/{name}.json");
                dump.files.push(DumpFile { path, bytes: content.to_string().into_bytes() });
                Ok(values)
            }
            Err(error) if NEEDED.contains(&name) || is_no_answer(&error) => Err(error),
            Err(error) => {
                dump.refused.push((name.to_owned(), error.message));
                Ok(Vec::new())
            }
        };
        let vpcs = take("Vpcs", network::vpcs(ec2).await)?;
        take("VpcAttributes", network::vpc_attributes(ec2, &vpcs).await)?;
        take("Subnets", network::subnets(ec2).await)?;
        take("RouteTables", network::route_tables(ec2).await)?;
        take("NetworkAcls", network::network_acls(ec2).await)?;
        take("SecurityGroups", network::security_groups(ec2).await)?;
        take("InternetGateways", network::internet_gateways(ec2).await)?;
        take("EgressOnlyInternetGateways", network::egress_only(ec2).await)?;
        take("NatGateways", network::nat_gateways(ec2).await)?;
        take("DhcpOptions", network::dhcp_options(ec2).await)?;
        take("PrefixLists", network::prefix_lists(ec2).await)?;
        let lists = take("ManagedPrefixLists", network::managed_prefix_lists(ec2).await)?;
        take("ManagedPrefixListEntries", network::prefix_list_entries(ec2, &lists).await)?;
        take("VpcPeeringConnections", network::peerings(ec2).await)?;
        take("FlowLogs", network::flow_logs(ec2).await)?;
        take("VpcBlockPublicAccessOptions", network::block_public_access(ec2).await)?;
        take("VpcBlockPublicAccessExclusions", network::block_exclusions(ec2).await)?;
        take("Addresses", machines::addresses(ec2).await)?;
        take("KeyPairs", machines::key_pairs(ec2).await)?;
        take("Reservations", machines::reservations(ec2).await)?;
        take("NetworkInterfaces", machines::network_interfaces(ec2).await)?;
        take("VpcEndpoints", machines::endpoints(ec2).await)?;
        take("InstanceConnectEndpoints", machines::connect_endpoints(ec2).await)?;
        take("VpnGateways", transit::vpn_gateways(ec2).await)?;
        take("VpnConnections", transit::vpn_connections(ec2).await)?;
        take("CustomerGateways", transit::customer_gateways(ec2).await)?;
        take("TransitGateways", transit::gateways(ec2).await)?;
        take("TransitGatewayAttachments", transit::attachments(ec2).await)?;
        take("TransitGatewayVpcAttachments", transit::vpc_attachments(ec2).await)?;
        take("TransitGatewayPeeringAttachments", transit::peering_attachments(ec2).await)?;
        let tables = take("TransitGatewayRouteTables", transit::route_tables(ec2).await)?;
        take("TransitGatewayPropagations", transit::propagations(ec2, &tables).await)?;
        take("TransitGatewayStaticRoutes", transit::routes(ec2, &tables).await)?;
        Ok(dump)
    }
}

/// Whether nobody said no: then every further call would wait as long.
fn is_no_answer(error: &CloudError) -> bool {
    matches!(error.kind, ErrorKind::Unreachable | ErrorKind::LostReply)
}

/// The ids in a field of all values.
fn ids(values: &[Value], field: &str) -> Vec<String> {
    values.iter().filter_map(|it| it.get(field)?.as_str().map(str::to_owned)).collect()
}
