//! The forms of what leads out of a VPC or watches over it, and that no field is without a form.

use std::{collections::BTreeSet, fs};

use eframe::egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use serde_json::Value;

use super::show;
use crate::{
    edit::{self, Command},
    model::{Container, Document, Kind, ResourceKind},
    session::Intent,
    ui::tests::{Bench, bench_of, id, retype},
};

/// Two VPCs, two transit gateways, and one of everything else.
fn document() -> Document {
    let mut document = Document::new("all", "us-east-1");
    let first = [Kind::Vpc, Kind::Subnet, Kind::Vpc, Kind::TransitGateway, Kind::TransitGateway];
    for kind in first.iter().chain(Kind::ALL) {
        let containers = [Container::Subnet(id("subnet-1")), Container::Vpc(id("vpc-1")), Container::Region];
        let plan = containers.into_iter().find_map(|into| {
            let command = Command::Place { kind: *kind, into, at: None, name: None };
            edit::plan(&document, &document.topology.index(), &command).ok()
        });
        document.apply(&plan.expect("each kind has its place").transaction).unwrap();
    }
    document
}

fn form(selected: &str) -> Harness<'static, Bench> {
    let mut harness = bench_of(document(), &[selected], |ui, session, view, intents| {
        show(ui, session, &mut view.inspector, intents);
    });
    harness.run();
    harness
}

/// The fields of a resource after the only intent.
fn after(harness: &Harness<'_, Bench>) -> (String, ResourceKind) {
    match harness.state().intents.as_slice() {
        [Intent::Edit(Command::Set { field, to, .. })] => (field.to_string(), (**to).clone()),
        other => panic!("not one change of a field: {other:?}"),
    }
}

/// Types into a field and returns what changes, as the file would hold it.
fn typed(selected: &str, label: &str, text: &str) -> (String, Value) {
    let mut harness = form(selected);
    retype(&mut harness, label, text);
    harness.key_press(Key::Enter);
    harness.run();
    let (field, kind) = after(&harness);
    (field, serde_json::to_value(&kind).unwrap())
}

fn switched(selected: &str, label: &str) -> (String, Value) {
    let mut harness = form(selected);
    harness.get_by_label(label).click();
    harness.run();
    let (field, kind) = after(&harness);
    (field, serde_json::to_value(&kind).unwrap())
}

#[test]
fn looking_at_a_form_changes_nothing() {
    for resource in document().topology.iter() {
        let harness = form(resource.id.as_str());
        assert!(harness.state().intents.is_empty(), "{}", resource.id);
        assert!(harness.query_by_label("Name").is_some(), "{}", resource.id);
    }
}

#[test]
fn what_is_typed_comes_into_the_field() {
    let cases = [
        ("eni-1", "Description", "probe", "description", "\"probe\""),
        ("eni-1", "Private IPv4 address", "10.0.0.9", "private_ip", "\"10.0.0.9\""),
        ("eni-1", "IPv6 addresses", "2001:db8::9", "ipv6_addresses", "[\"2001:db8::9\"]"),
        ("tgw-1", "Amazon side ASN", "64999", "amazon_side_asn", "64999"),
        (
            "vgw-1",
            "CIDR blocks on premises",
            "192.168.0.0/16 172.31.0.0/16",
            "on_premises_cidr_blocks",
            "[\"192.168.0.0/16\",\"172.31.0.0/16\"]",
        ),
        ("vpn-1", "Customer gateway address", "203.0.113.10", "customer_gateway_ip", "\"203.0.113.10\""),
        ("vpn-1", "Customer gateway ASN", "65010", "bgp_asn", "65010"),
        ("pl-1", "Maximum entries", "20", "max_entries", "20"),
        ("dopt-1", "Domain name", "corp.example", "domain_name", "\"corp.example\""),
        ("fl-1", "Log destination", "flows", "log_destination", "\"flows\""),
        ("tg-1", "Port", "8080", "port", "8080"),
        ("pcx-1", "CIDR blocks of the other side", "10.9.0.0/16", "peer_cidr_blocks", "[\"10.9.0.0/16\"]"),
        ("tgw-attach-2", "Region of the other side", "eu-west-1", "peer_region", "\"eu-west-1\""),
        ("vpc-1", "IPv6 CIDR blocks", "2001:db8::/56", "ipv6_cidr_blocks", "[\"2001:db8::/56\"]"),
        ("subnet-1", "IPv6 CIDR block", "2001:db8::/64", "ipv6_cidr_block", "\"2001:db8::/64\""),
        ("i-1", "Secondary private IPv4 addresses", "10.0.0.8", "secondary_private_ips", "[\"10.0.0.8\"]"),
    ];
    for (selected, label, text, field, value) in cases {
        let (changed, kind) = typed(selected, label, text);
        assert_eq!(changed, field, "{selected}");
        assert_eq!(kind[field].to_string(), value, "{selected}");
    }
}

#[test]
fn switches_switch() {
    let cases = [
        ("eice-1", "Preserve client address", "preserve_client_ip"),
        ("lb-1", "Cross-zone load balancing", "enable_cross_zone_load_balancing"),
        ("tgw-attach-1", "Appliance mode", "appliance_mode_support"),
        ("pcx-1", "Requester resolves names of the accepter", "requester_allow_remote_vpc_dns_resolution"),
        ("subnet-1", "DNS64", "enable_dns64"),
        ("tgw-rtb-1", "Default propagation route table", "default_propagation_route_table"),
    ];
    for (selected, label, field) in cases {
        let (changed, kind) = switched(selected, label);
        assert_eq!((changed.as_str(), &kind[field]), (field, &Value::Bool(true)), "{selected}");
    }
}

#[test]
fn an_ipv6_block_of_amazons_has_a_stand_in() {
    let (field, vpc) = switched("vpc-1", "IPv6 block provided by Amazon");
    assert_eq!(field, "assign_generated_ipv6_cidr_block");
    assert_eq!(vpc["ipv6_cidr_blocks"].to_string(), "[\"2001:db8::/56\"]");
}

#[test]
fn lists_grow_by_a_button() {
    let cases = [
        ("pl-1", "Add entry", "entries"),
        ("tgw-rtb-1", "Add route", "routes"),
        ("lb-1", "Add listener", "listeners"),
        ("tg-1", "Add target", "targets"),
        ("bpa-1", "Add exclusion", "exclusions"),
        ("nat-2", "Choose addresses for a zone", "availability_zone_addresses"),
    ];
    for (selected, button, field) in cases {
        let (changed, kind) = switched(selected, button);
        assert_eq!((changed.as_str(), kind[field].as_array().map(Vec::len)), (field, Some(1)), "{selected}");
    }
}

/// The names of all fields below a schema.
fn fields(schema: &Value, out: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                out.extend(properties.keys().cloned());
            }
            map.values().for_each(|below| fields(below, out));
        }
        Value::Array(list) => list.iter().for_each(|below| fields(below, out)),
        _ => {}
    }
}

#[test]
fn every_field_of_the_file_has_a_place_in_a_form() {
    // Fields of a rule, a route and an ACL that one text of a form stands for.
    const TOGETHER: &[&str] = &[
        "kind",
        "to_port",
        "icmp_type",
        "icmp_code",
        "cidr_ipv6",
        "prefix_list_id",
        "destination_cidr_block",
        "destination_ipv6_cidr_block",
        "destination_prefix_list_id",
        "destination_managed_prefix_list_id",
        "gateway_id",
        "egress_only_gateway_id",
        "nat_gateway_id",
        "network_interface_id",
        "vpc_peering_connection_id",
        "transit_gateway_id",
        "blackhole_target",
        "other_target",
        "blackhole",
        "tcp_udp",
        // Facts that no form may change.
        "is_default",
        "main",
        "primary_network_interface_id",
    ];
    let schema = serde_json::to_value(schemars::schema_for!(ResourceKind)).unwrap();
    let mut names = BTreeSet::new();
    fields(&schema, &mut names);
    let mut sources = String::new();
    for file in fs::read_dir("src/ui/inspector").unwrap() {
        let path = file.unwrap().path();
        if !path.to_string_lossy().contains("tests") {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !TOGETHER.contains(&name.as_str()) && !sources.contains(&format!("\"{name}\"")))
        .collect();
    assert!(missing.is_empty(), "no form has {missing:?}");
}
