//! The drawing against what stands: every field of every resource.

mod kinds;
mod network;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use vpcscape::net::Ipv6Net;

/// Compares the resources of a file with what [`read_back`](super::read_back::read) found; each
/// difference is a sentence.
pub fn differences(drawing: &Value, live: &Value) -> Vec<String> {
    let drawn = drawing["resources"].as_object().expect("a file has resources");
    let mut comparison = Comparison { drawn, live, ids: BTreeMap::new(), wrong: Vec::new() };
    for (id, resource) in drawn {
        comparison.find(id, resource);
    }
    for (id, resource) in drawn {
        if let Some(object) = comparison.object(id) {
            comparison.tags(id, resource, object);
            comparison.fields(id, resource, object);
        }
    }
    comparison.wrong
}

/// The list in which objects of a kind stand, and the field of their id.
fn place(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "vpc" => ("vpcs", "VpcId"),
        "subnet" => ("subnets", "SubnetId"),
        "route_table" => ("route_tables", "RouteTableId"),
        "internet_gateway" => ("internet_gateways", "InternetGatewayId"),
        "egress_only_internet_gateway" => ("egress_only_internet_gateways", "EgressOnlyInternetGatewayId"),
        "nat_gateway" => ("nat_gateways", "NatGatewayId"),
        "elastic_ip" => ("addresses", "AllocationId"),
        "network_acl" => ("network_acls", "NetworkAclId"),
        "security_group" => ("security_groups", "GroupId"),
        "instance" => ("instances", "InstanceId"),
        "key_pair" => ("key_pairs", "KeyPairId"),
        "gateway_endpoint" | "interface_endpoint" => ("vpc_endpoints", "VpcEndpointId"),
        other => panic!("the comparison does not know `{other}`"),
    }
}

struct Comparison<'a> {
    drawn: &'a Map<String, Value>,
    live: &'a Value,
    /// What each resource became: by its id in the drawing, the id in EC2.
    ids: BTreeMap<String, String>,
    wrong: Vec<String>,
}

impl<'a> Comparison<'a> {
    /// Finds the object of a resource by the tag that names the resource.
    fn find(&mut self, id: &str, resource: &Value) {
        let (list, key) = place(text(&resource["kind"]));
        let of_resource = |object: &&Value| tag(object, "vpcscape:resource") == Some(id);
        let alive = |object: &&Value| object["State"] != "deleted" && object["State"]["Name"] != "terminated";
        let found: Vec<_> = self.live[list]
            .as_array()
            .expect("every list is there")
            .iter()
            .filter(of_resource)
            .filter(alive)
            .collect();
        match found.as_slice() {
            [object] => {
                self.ids.insert(id.to_owned(), text(&object[key]).to_owned());
            }
            others => self.wrong.push(format!("{id}: {} objects carry its tag", others.len())),
        }
    }

    /// The object of a resource.
    fn object(&self, id: &str) -> Option<&'a Value> {
        let (list, key) = place(text(&self.drawn[id]["kind"]));
        let live = self.ids.get(id)?;
        self.live[list].as_array()?.iter().find(|object| object[key] == live.as_str())
    }

    /// The EC2 id of a resource that a field of the drawing names.
    fn id(&self, reference: &Value) -> Value {
        let drawn = text(reference);
        Value::from(self.ids.get(drawn).map_or_else(|| format!("nothing for {drawn}"), Clone::clone))
    }

    /// The EC2 ids of a list of references, in order of the ids.
    fn ids(&self, references: &Value) -> BTreeSet<String> {
        let list = references.as_array().into_iter().flatten();
        list.map(|reference| text(&self.id(reference)).to_owned()).collect()
    }

    /// A block of the drawing as it is in the account: an IPv6 block that Amazon gave lies elsewhere,
    /// and what is inside keeps its place.
    fn real_block(&self, block: &str) -> String {
        let Ok(inner) = block.parse::<Ipv6Net>() else { return block.to_owned() };
        for (id, vpc) in self.drawn_of("vpc") {
            let drawn = text(&vpc["ipv6_cidr_blocks"][0]).parse::<Ipv6Net>();
            let live =
                self.object(id).map(|live| text(&live["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]));
            if let (Ok(drawn), Some(Ok(real))) = (drawn, live.map(str::parse::<Ipv6Net>))
                && drawn.contains(&inner)
            {
                let place = u128::from(inner.network()) - u128::from(drawn.network());
                let moved = Ipv6Net::new((u128::from(real.network()) + place).into(), inner.prefix_len());
                return moved.expect("the length is that of a block").to_string();
            }
        }
        block.to_owned()
    }

    /// The resources of a kind in the drawing.
    fn drawn_of(&self, kind: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.drawn.iter().filter(move |(_, resource)| resource["kind"] == kind)
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, id: &str, field: &str, drawn: T, live: T) {
        if drawn != live {
            self.wrong.push(format!("{id}: {field} is {live:?}, drawn {drawn:?}"));
        }
    }

    fn tags(&mut self, id: &str, resource: &Value, object: &Value) {
        let mut wanted: BTreeMap<&str, &str> = BTreeMap::from([("vpcscape:resource", id)]);
        wanted.insert("Name", text(&resource["name"]));
        for (key, value) in resource["tags"].as_object().into_iter().flatten() {
            wanted.insert(key, text(value));
        }
        for (key, value) in wanted {
            self.same(id, &format!("tag {key}"), Some(value), tag(object, key));
        }
        let own = |key: &str| tag(object, key).is_some_and(|value| !value.is_empty());
        self.same(id, "tag vpcscape:document", true, own("vpcscape:document"));
    }

    fn fields(&mut self, id: &str, resource: &Value, object: &Value) {
        match text(&resource["kind"]) {
            "vpc" => self.vpc(id, resource, object),
            "subnet" => self.subnet(id, resource, object),
            "route_table" => self.route_table(id, resource, object),
            "internet_gateway" | "egress_only_internet_gateway" => {
                self.internet_gateway(id, resource, object)
            }
            "nat_gateway" => self.nat_gateway(id, resource, object),
            "elastic_ip" => self.elastic_ip(id, resource, object),
            "network_acl" => self.network_acl(id, resource, object),
            "security_group" => self.security_group(id, resource, object),
            "instance" => self.instance(id, resource, object),
            "key_pair" => self.key_pair(id, resource, object),
            "gateway_endpoint" => self.gateway_endpoint(id, resource, object),
            _ => self.interface_endpoint(id, resource, object),
        }
    }
}

/// A text, empty where there is none.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The set of one field of a list of objects.
fn set_of(list: &Value, field: &str) -> BTreeSet<String> {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| text(&item[field]).to_owned()).collect()
}

/// A list of texts as a set.
fn texts(list: &Value) -> BTreeSet<String> {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| text(item).to_owned()).collect()
}

/// The value of a tag.
fn tag<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    let tags = object["Tags"].as_array()?;
    tags.iter().find(|tag| tag["Key"] == key).and_then(|tag| tag["Value"].as_str())
}
