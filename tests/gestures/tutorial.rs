//! The tutorial network, built by gestures alone, is the template that ships.

use std::collections::BTreeMap;

use eframe::egui::{Key, Modifiers, pos2};
use vpcscape::model::{Document, Kind, ResourceId, ResourceKind};

use crate::window::{Window, template};

/// The network with its ids replaced by kind and name, so that two drawings of the same network are
/// equal; where the boxes stand is left out.
fn network(document: &Document) -> (String, BTreeMap<String, ResourceKind>, BTreeMap<String, String>) {
    let topology = &document.topology;
    let key = |id: &ResourceId| {
        let resource = topology.get(id)?;
        ResourceId::new(&format!("{}.{}", resource.kind.kind().as_str(), resource.name)).ok()
    };
    let mut resources = BTreeMap::new();
    for resource in topology.iter() {
        let mut kind = resource.kind.clone();
        let orphaned = kind.map_references(&mut |id| key(id));
        assert!(orphaned.is_empty(), "{} mentions what does not exist: {orphaned:?}", resource.id);
        assert!(resource.tags.is_empty(), "{} has tags", resource.id);
        let name = key(&resource.id).expect("a resource of the document").to_string();
        assert!(resources.insert(name.clone(), kind).is_none(), "two resources are called `{name}`");
    }
    let end = |text: &str| {
        let id = ResourceId::new(text).ok().and_then(|id| key(&id));
        id.map_or_else(|| text.to_owned(), |id| id.to_string())
    };
    let checks = document.checks.iter().map(|(name, check)| {
        let port = check.port.unwrap_or_default();
        let flow =
            format!("{} {} {port} {} {:?}", end(&check.from), end(&check.to), check.protocol, check.expect);
        (name.clone(), flow)
    });
    (document.name.clone(), resources, checks.collect())
}

/// Builds the network of the template `bastion-nat`; the numbers are the tutorial's steps.
pub fn build(window: &mut Window) {
    vpc(window);
    subnets(window);
    gateway(window);
    tables(window);
    instances(window);
    groups(window);
    nat(window);
    document(window);
}

fn rename(window: &mut Window, node: &str, name: &str) {
    window.fit();
    window.click_node(node);
    window.type_into("Name", name);
}

/// 1. A VPC, nothing else. What AWS makes with it comes along.
fn vpc(window: &mut Window) {
    let middle = window.at("region", 0.3, 0.4);
    window.drag_from_palette(Kind::Vpc, middle);
    window.type_into("Name", "tutorial");
    window.press("DNS hostnames");
    rename(window, "rtb-1-main", "tutorial-main");
    rename(window, "acl-1-default", "tutorial-default");
    rename(window, "sg-1-default", "tutorial-default");
}

/// 2. A public and a private subnet, in one zone.
fn subnets(window: &mut Window) {
    window.fit();
    let upper = window.at("vpc-1/us-east-1a", 0.3, 0.3);
    window.drag_from_palette(Kind::Subnet, upper);
    window.type_into("Name", "public");
    window.press("Auto-assign public IPv4");
    window.fit();
    let lower = window.at("vpc-1/us-east-1a", 0.3, 0.93);
    window.drag_from_palette(Kind::Subnet, lower);
    window.type_into("Name", "private");
}

/// 3. An internet gateway, attached.
fn gateway(window: &mut Window) {
    window.fit();
    let title = window.at("vpc-1", 0.5, 0.05);
    window.drag_from_palette(Kind::InternetGateway, title);
    window.type_into("Name", "tutorial");
}

/// 4. A table for the public subnet with a route to the gateway; the main one for the private subnet.
fn tables(window: &mut Window) {
    window.fit();
    let title = window.at("vpc-1", 0.5, 0.05);
    window.drag_from_palette(Kind::RouteTable, title);
    window.type_into("Name", "public");
    window.fit();
    let table = window.rect("rtb-1").center();
    window.connect("subnet-1", table);
    let main = window.rect("rtb-1-main").center();
    window.connect("subnet-2", main);
    window.fit();
    let gateway = window.rect("igw-1").center();
    window.connect("subnet-1", gateway);
}

/// 5. A host in each subnet, and the key pair of both.
fn instances(window: &mut Window) {
    for (subnet, host, name) in [("subnet-1", "i-1", "bastion"), ("subnet-2", "i-2", "private")] {
        window.fit();
        let inside = window.at(subnet, 0.4, 0.75);
        window.drag_from_palette(Kind::Instance, inside);
        rename(window, host, name);
    }
    window.fit();
    let below = window.at("region", 0.5, 0.97);
    window.drag_from_palette(Kind::KeyPair, below);
    window.type_into("Name", "tutorial");
    window.type_into("Key pair name", "tutorial");
    for host in ["i-1", "i-2"] {
        window.fit();
        let key = window.rect("key-1").center();
        window.connect(host, key);
    }
}

/// The bastion's group admits SSH from the operator, the private one's from the bastion's group.
fn groups(window: &mut Window) {
    for (group, host, name, description) in [
        ("sg-1", "i-1", "bastion", "SSH from the operator"),
        ("sg-2", "i-2", "private", "SSH from the bastion"),
    ] {
        window.fit();
        let title = window.at("vpc-1", 0.5, 0.05);
        window.drag_from_palette(Kind::SecurityGroup, title);
        window.type_into("Name", name);
        window.type_into("Group name", name);
        window.type_into("Description", description);
        window.press("Add inbound rule");
        window.type_into("Ports of inbound rule 1", "22");
        if group == "sg-1" {
            window.type_into("Source of inbound rule 1", "203.0.113.10/32");
            window.type_into("Description of inbound rule 1", "The operator: put your own address here");
        } else {
            window.choose("Peer type of inbound rule 1", "Security group");
            window.choose("Source of inbound rule 1", "bastion");
        }
        window.fit();
        let chip = window.rect(group).center();
        window.connect(host, chip);
    }
}

/// 6. A NAT gateway with its Elastic IP, and the private subnet's way out through it.
fn nat(window: &mut Window) {
    window.fit();
    let inside = window.at("subnet-1", 0.98, 0.7);
    window.drag_from_palette(Kind::NatGateway, inside);
    window.type_into("Name", "tutorial");
    window.press("Show eip-1");
    window.type_into("Name", "nat");
    window.fit();
    let nat = window.rect("nat-1").center();
    window.connect("subnet-2", nat);
}

/// The document's name, and the statements that must stay true.
fn document(window: &mut Window) {
    window.click_at(pos2(450.0, 500.0));
    window.key(Key::Escape);
    window.type_into("Document name", "bastion-nat");
    let wanted = template("bastion-nat");
    for (name, check) in &wanted.checks {
        let end = |text: &str| match text {
            "i-bastion" => "i-1".to_owned(),
            "i-private" => "i-2".to_owned(),
            other => other.to_owned(),
        };
        window.type_into("New check name", name);
        window.press("Add check");
        window.type_into(&format!("From, in check {name}"), &end(&check.from));
        window.type_into(&format!("To, in check {name}"), &end(&check.to));
        window.type_into(&format!("Port, in check {name}"), &check.port.unwrap_or_default().to_string());
        if check.expect == vpcscape::model::CheckExpectation::Reachable {
            window.press(&format!("{name} must be reachable"));
        }
    }
}

#[test]
fn gestures_alone_build_the_tutorial_and_undo_and_redo_are_exact() {
    let mut window = Window::empty();
    let before = window.document().clone();
    build(&mut window);
    assert_eq!(network(window.document()), network(&template("bastion-nat")));

    let built = window.document().clone();
    let steps = window.session().history().depth();
    assert!(steps > 30, "every gesture is a step: {steps}");
    for _ in 0..steps {
        window.key_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.document(), &before);
    assert!(window.session().history().undo_step().is_none());
    for _ in 0..steps {
        window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    assert_eq!(window.document(), &built);
    window.fit();
    crate::pictures::compare(&mut window, "tutorial");
}
