//! Instances and endpoints.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Comparison, set_of, text, texts};

impl Comparison<'_> {
    pub(super) fn instance(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "State", "running", text(&live["State"]["Name"]));
        self.same(id, "SubnetId", self.id(&drawn["subnet_id"]), live["SubnetId"].clone());
        self.same(id, "InstanceType", &drawn["instance_type"], &live["InstanceType"]);
        let image = match text(&drawn["ami"]).strip_prefix("resolve:ssm:") {
            Some(parameter) => self.live["parameters"][parameter].clone(),
            None => drawn["ami"].clone(),
        };
        self.same(id, "ImageId", image, live["ImageId"].clone());
        let key = drawn.get("key_pair_id").map(|key| text(&self.drawn[text(key)]["key_name"]));
        self.same(id, "KeyName", key.unwrap_or_default(), text(&live["KeyName"]));
        let interface = &live["NetworkInterfaces"][0];
        self.same(
            id,
            "groups",
            self.ids(&drawn["vpc_security_group_ids"]),
            set_of(&interface["Groups"], "GroupId"),
        );
        self.same(id, "UserData", text(&drawn["user_data"]), text(&live["UserData"]));
        let checks = drawn["source_dest_check"].as_bool().unwrap_or(true);
        self.same(id, "SourceDestCheck", Some(checks), live["SourceDestCheck"].as_bool());
        if let Some(address) = drawn.get("private_ip") {
            self.same(id, "PrivateIpAddress", address, &live["PrivateIpAddress"]);
        }
        let by_subnet = self.drawn[text(&drawn["subnet_id"])]["map_public_ip_on_launch"].as_bool();
        let public = drawn["associate_public_ip_address"].as_bool().or(by_subnet).unwrap_or_default();
        let elastic = self.drawn_of("elastic_ip").any(|(_, address)| address["instance_id"] == id);
        let there = !text(&interface["Association"]["PublicIp"]).is_empty();
        self.same(id, "has a public address", public || elastic, there);
    }

    pub(super) fn gateway_endpoint(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.endpoint(id, "Gateway", drawn, live);
        let tables: BTreeSet<_> = self.ids(&drawn["route_table_ids"]);
        self.same(id, "RouteTableIds", tables, texts(&live["RouteTableIds"]));
    }

    pub(super) fn interface_endpoint(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.endpoint(id, "Interface", drawn, live);
        let subnets = self.ids(&drawn["subnet_ids"]);
        self.same(id, "interfaces", subnets.len(), texts(&live["NetworkInterfaceIds"]).len());
        self.same(id, "SubnetIds", subnets, texts(&live["SubnetIds"]));
        self.same(id, "Groups", self.ids(&drawn["security_group_ids"]), set_of(&live["Groups"], "GroupId"));
        let private_dns = drawn["private_dns_enabled"].as_bool().unwrap_or_default();
        self.same(id, "PrivateDnsEnabled", Some(private_dns), live["PrivateDnsEnabled"].as_bool());
    }

    fn endpoint(&mut self, id: &str, kind: &str, drawn: &Value, live: &Value) {
        self.same(id, "VpcEndpointType", kind, text(&live["VpcEndpointType"]));
        self.same(id, "VpcId", self.id(&drawn["vpc_id"]), live["VpcId"].clone());
        self.same(id, "ServiceName", &drawn["service_name"], &live["ServiceName"]);
        self.same(id, "State", "available", text(&live["State"]).to_ascii_lowercase().as_str());
    }
}
