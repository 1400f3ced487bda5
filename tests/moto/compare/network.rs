//! VPCs, subnets, routing and gateways.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Comparison, set_of, text};

const DRAWN_TARGETS: &[&str] = &["gateway_id", "nat_gateway_id", "instance_id", "egress_only_gateway_id"];
const LIVE_TARGETS: &[&str] = &["GatewayId", "NatGatewayId", "InstanceId", "EgressOnlyInternetGatewayId"];

impl Comparison<'_> {
    pub(super) fn vpc(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "CidrBlock", &drawn["cidr_block"], &live["CidrBlock"]);
        let mut blocks = super::texts(&drawn["secondary_cidr_blocks"]);
        blocks.insert(text(&drawn["cidr_block"]).to_owned());
        let associated = live["CidrBlockAssociationSet"].as_array().into_iter().flatten();
        let associated: BTreeSet<_> = associated
            .filter(|block| block["CidrBlockState"]["State"] == "associated")
            .map(|block| text(&block["CidrBlock"]).to_owned())
            .collect();
        self.same(id, "blocks", blocks, associated);
        let generated = drawn["ipv6_cidr_blocks"].as_array().map_or(0, Vec::len);
        let given = live["Ipv6CidrBlockAssociationSet"].as_array().map_or(0, Vec::len);
        self.same(id, "IPv6 blocks", generated, given);
        self.same(id, "EnableDnsSupport", &drawn["enable_dns_support"], &live["EnableDnsSupport"]);
        self.same(id, "EnableDnsHostnames", &drawn["enable_dns_hostnames"], &live["EnableDnsHostnames"]);
        self.same(id, "InstanceTenancy", &drawn["instance_tenancy"], &live["InstanceTenancy"]);
    }

    pub(super) fn subnet(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "VpcId", self.id(&drawn["vpc_id"]), live["VpcId"].clone());
        self.same(id, "CidrBlock", &drawn["cidr_block"], &live["CidrBlock"]);
        self.same(id, "AvailabilityZone", &drawn["availability_zone"], &live["AvailabilityZone"]);
        let ipv6 = drawn.get("ipv6_cidr_block").map(|block| self.real_block(text(block)));
        let given = &live["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"];
        self.same(id, "Ipv6CidrBlock", ipv6.as_deref(), given.as_str());
        let assigns = drawn["assign_ipv6_address_on_creation"].as_bool().unwrap_or_default();
        self.same(
            id,
            "AssignIpv6AddressOnCreation",
            Some(assigns),
            live["AssignIpv6AddressOnCreation"].as_bool(),
        );
        let public = drawn["map_public_ip_on_launch"].as_bool().unwrap_or_default();
        self.same(id, "MapPublicIpOnLaunch", Some(public), live["MapPublicIpOnLaunch"].as_bool());

        let subnet = &live["SubnetId"];
        let table = drawn.get("route_table_id").map(|table| text(&self.id(table)).to_owned());
        self.same(id, "route table", table, self.holder("route_tables", "RouteTableId", subnet));
        let acl = match drawn.get("network_acl_id") {
            Some(acl) => text(&self.id(acl)).to_owned(),
            None => self.default_acl(&live["VpcId"]),
        };
        self.same(id, "network ACL", Some(acl), self.holder("network_acls", "NetworkAclId", subnet));
    }

    /// The one object of a list whose associations name this subnet.
    fn holder(&self, list: &str, key: &str, subnet: &Value) -> Option<String> {
        let holders: Vec<_> = self.live[list]
            .as_array()?
            .iter()
            .filter(|holder| set_of(&holder["Associations"], "SubnetId").contains(text(subnet)))
            .map(|holder| text(&holder[key]).to_owned())
            .collect();
        (!holders.is_empty()).then(|| holders.join(" and "))
    }

    fn default_acl(&self, vpc: &Value) -> String {
        let acls = self.live["network_acls"].as_array().into_iter().flatten();
        let mut default = acls.filter(|acl| acl["IsDefault"] == true && acl["VpcId"] == *vpc);
        default.next().map(|acl| text(&acl["NetworkAclId"]).to_owned()).unwrap_or_default()
    }

    pub(super) fn route_table(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "VpcId", self.id(&drawn["vpc_id"]), live["VpcId"].clone());
        let associations = live["Associations"].as_array().into_iter().flatten();
        let main = associations.clone().any(|association| association["Main"] == true);
        self.same(id, "main", drawn["main"].as_bool().unwrap_or_default(), main);
        let subnets: BTreeSet<_> = self
            .drawn_of("subnet")
            .filter(|(_, subnet)| subnet["route_table_id"] == id)
            .map(|(subnet, _)| text(&self.id(&Value::from(subnet.as_str()))).to_owned())
            .collect();
        let explicit = associations.filter(|association| association["Main"] != true);
        let explicit: BTreeSet<_> = explicit.map(|it| text(&it["SubnetId"]).to_owned()).collect();
        self.same(id, "explicit associations", subnets, explicit);
        self.same(id, "routes", self.drawn_routes(id, drawn), live_routes(live));
        let active = live["Routes"].as_array().into_iter().flatten().all(|route| route["State"] == "active");
        self.same(id, "all routes are active", true, active);
    }

    /// Static routes by destination, and one entry per gateway endpoint of the table: the id of its
    /// prefix list is made up by the cloud.
    fn drawn_routes(&self, id: &str, drawn: &Value) -> BTreeMap<String, String> {
        let mut routes = BTreeMap::new();
        for route in drawn["routes"].as_array().into_iter().flatten() {
            let target = DRAWN_TARGETS
                .iter()
                .find_map(|field| route.get(*field))
                .expect("the drawing's routes have a target of this file");
            let destination = ["destination_cidr_block", "destination_ipv6_cidr_block"]
                .iter()
                .find_map(|field| route[field].as_str())
                .expect("the drawing's routes have a block");
            routes.insert(self.real_block(destination), text(&self.id(target)).to_owned());
        }
        for (endpoint, resource) in self.drawn_of("gateway_endpoint") {
            if super::texts(&resource["route_table_ids"]).contains(id) {
                let live = text(&self.id(&Value::from(endpoint.as_str()))).to_owned();
                routes.insert(format!("prefix list of {live}"), live);
            }
        }
        routes
    }

    pub(super) fn internet_gateway(&mut self, id: &str, drawn: &Value, live: &Value) {
        let wanted: BTreeSet<_> =
            drawn.get("vpc_id").map(|vpc| text(&self.id(vpc)).to_owned()).into_iter().collect();
        self.same(id, "attachments", wanted, set_of(&live["Attachments"], "VpcId"));
    }

    pub(super) fn nat_gateway(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "SubnetId", self.id(&drawn["subnet_id"]), live["SubnetId"].clone());
        self.same(id, "ConnectivityType", &drawn["connectivity_type"], &live["ConnectivityType"]);
        self.same(id, "State", "available", text(&live["State"]));
        let wanted: BTreeSet<_> = drawn
            .get("allocation_id")
            .map(|address| text(&self.id(address)).to_owned())
            .into_iter()
            .collect();
        let mut addresses = set_of(&live["NatGatewayAddresses"], "AllocationId");
        addresses.remove("");
        self.same(id, "addresses", wanted, addresses);
    }

    pub(super) fn elastic_ip(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "Domain", "vpc", text(&live["Domain"]));
        let instance = drawn.get("instance_id").map(|instance| text(&self.id(instance)).to_owned());
        self.same(id, "InstanceId", instance.as_deref().unwrap_or_default(), text(&live["InstanceId"]));
        let of_gateway = self.drawn_of("nat_gateway").any(|(_, gateway)| gateway["allocation_id"] == id);
        let associated = !text(&live["AssociationId"]).is_empty();
        self.same(id, "is associated", instance.is_some() || of_gateway, associated);
    }
}

/// The routes but the local one, in the shape of [`Comparison::drawn_routes`].
fn live_routes(live: &Value) -> BTreeMap<String, String> {
    let routes = live["Routes"].as_array().into_iter().flatten();
    let routes = routes.filter(|route| route["GatewayId"] != "local");
    routes
        .map(|route| {
            let target = LIVE_TARGETS.iter().find_map(|field| route[field].as_str());
            let target = target.unwrap_or("nothing").to_owned();
            if route["DestinationPrefixListId"].is_string() {
                return (format!("prefix list of {target}"), target);
            }
            let ipv6 = text(&route["DestinationIpv6CidrBlock"]);
            (route["DestinationCidrBlock"].as_str().unwrap_or(ipv6).to_owned(), target)
        })
        .collect()
}
