//! Each kind that leads out of a VPC or watches over it: dragged from the palette, and one of its fields
//! changed in the inspector; and the arrows that join two networks.

use serde_json::{Value, json};
use vpcscape::{
    edit::{self, Command},
    model::{Container, Document, Kind, ResourceId},
};

use crate::window::{REGION, Window, id};

/// What the inspector is asked for.
enum Change {
    Type(&'static str, &'static str),
    Press(&'static str),
    Choose(&'static str, &'static str),
}

fn place(document: &mut Document, kind: Kind, into: Container) {
    let command = Command::Place { kind, into, at: None, name: None };
    let planned = edit::plan(document, &document.topology.index(), &command).expect("it is taken");
    document.apply(&planned.transaction).expect("the plan fits");
}

/// Two VPCs, the first with a subnet and an instance, and two transit gateways.
fn two_networks() -> Document {
    let mut document = Document::new("two", REGION);
    place(&mut document, Kind::Vpc, Container::Region);
    place(&mut document, Kind::Vpc, Container::Region);
    place(&mut document, Kind::Subnet, Container::Vpc(id("vpc-1")));
    place(&mut document, Kind::Instance, Container::Subnet(id("subnet-1")));
    place(&mut document, Kind::TransitGateway, Container::Region);
    place(&mut document, Kind::TransitGateway, Container::Region);
    document
}

/// Drops a kind onto a box, which selects what comes of it, and changes it; answers the field.
fn drop_and_change(kind: Kind, onto: &str, change: &Change, field: &str) -> Value {
    let mut document = two_networks();
    if kind == Kind::VpnConnection {
        place(&mut document, Kind::VpnGateway, Container::Vpc(id("vpc-1")));
    }
    let mut window = Window::on(document);
    window.fit();
    let to = match onto {
        "region" => window.at("region", 0.5, 0.98),
        "subnet-1" => window.at("subnet-1", 0.95, 0.9),
        vpc => window.at(vpc, 0.5, 0.05),
    };
    window.drag_from_palette(kind, to);
    let placed: Vec<ResourceId> = window.session().selection().to_vec();
    let [placed] = placed.as_slice() else { panic!("{kind:?} is not selected: {placed:?}") };
    assert_eq!(window.document().topology.get(placed).expect("it is drawn").kind.kind(), kind);
    match change {
        Change::Type(label, text) => window.type_into(label, text),
        Change::Press(label) => window.press(label),
        Change::Choose(label, entry) => window.choose(label, entry),
    }
    let kind = window.document().topology.kind(placed).expect("it is still there");
    serde_json::to_value(kind).expect("it can be written")[field].clone()
}

/// A kind, the box that it is dropped onto, what is changed then, and the field with its value afterwards.
type Case = (Kind, &'static str, Change, &'static str, Value);

fn check(cases: &[Case]) {
    for (kind, onto, change, field, expected) in cases {
        assert_eq!(drop_and_change(*kind, onto, change, field), *expected, "{kind:?}");
    }
}

#[test]
fn each_kind_of_a_vpc_is_dropped_and_changed() {
    use Change::{Choose, Press, Type};
    let cases = [
        (Kind::NetworkInterface, "subnet-1", Type("Description", "probe"), "description", json!("probe")),
        (
            Kind::InstanceConnectEndpoint,
            "subnet-1",
            Press("Preserve client address"),
            "preserve_client_ip",
            json!(true),
        ),
        (Kind::VpnGateway, "vpc-1", Type("Amazon side ASN", "64999"), "amazon_side_asn", json!(64999)),
        (
            Kind::TransitGatewayVpcAttachment,
            "vpc-1",
            Press("Appliance mode"),
            "appliance_mode_support",
            json!(true),
        ),
        (
            Kind::LoadBalancer,
            "vpc-1",
            Choose("Type", "Application"),
            "load_balancer_type",
            json!("application"),
        ),
        (Kind::TargetGroup, "vpc-1", Type("Port", "8080"), "port", json!(8080)),
    ];
    check(&cases);
}

#[test]
fn each_kind_of_the_region_is_dropped_and_changed() {
    use Change::{Choose, Press, Type};
    let cases = [
        (
            Kind::VpcPeeringConnection,
            "vpc-1",
            Press("Requester resolves names of the accepter"),
            "requester_allow_remote_vpc_dns_resolution",
            json!(true),
        ),
        (Kind::TransitGateway, "region", Type("Description", "hub"), "description", json!("hub")),
        (
            Kind::TransitGatewayRouteTable,
            "region",
            Press("Default association route table"),
            "default_association_route_table",
            json!(true),
        ),
        (
            Kind::TransitGatewayPeeringAttachment,
            "region",
            Type("Region of the other side", "eu-west-1"),
            "peer_region",
            json!("eu-west-1"),
        ),
        (
            Kind::VpnConnection,
            "region",
            Type("Customer gateway address", "203.0.113.10"),
            "customer_gateway_ip",
            json!("203.0.113.10"),
        ),
        (Kind::ManagedPrefixList, "region", Type("Maximum entries", "20"), "max_entries", json!(20)),
        (
            Kind::DhcpOptions,
            "region",
            Type("Domain name", "corp.example"),
            "domain_name",
            json!("corp.example"),
        ),
        (Kind::FlowLog, "subnet-1", Type("Log destination", "flows"), "log_destination", json!("flows")),
        (Kind::FlowLog, "vpc-1", Choose("Traffic", "Rejected only"), "traffic_type", json!("REJECT")),
        (
            Kind::VpcBlockPublicAccess,
            "region",
            Choose("Block mode", "Off"),
            "internet_gateway_block_mode",
            json!("off"),
        ),
    ];
    check(&cases);
}

#[test]
fn gateways_that_have_nothing_but_their_vpc_get_a_name_and_what_they_lack() {
    for kind in [Kind::EgressOnlyInternetGateway, Kind::RegionalNatGateway] {
        let mut window = Window::on(two_networks());
        window.fit();
        let title = window.at("vpc-1", 0.5, 0.05);
        window.drag_from_palette(kind, title);
        let placed = window.session().selection()[0].clone();
        window.type_into("Name", "outwards");
        assert_eq!(window.document().topology.get(&placed).expect("it is drawn").name, "outwards");
        assert!(window.sees(placed.as_str()));
    }
}

#[test]
fn an_arrow_between_two_vpcs_is_a_peering_connection() {
    let mut window = Window::on(two_networks());
    window.fit();
    let other = window.at("vpc-2", 0.5, 0.05);
    window.connect("vpc-1", other);
    let peering = window.document().topology.kind(&id("pcx-1")).expect("a peering connection");
    let fields = peering.as_vpc_peering_connection().expect("it is one");
    assert_eq!((&fields.vpc_id, &fields.peer_vpc_id), (&id("vpc-1"), &Some(id("vpc-2"))));
    assert!(window.sees("pcx-1"));
}
