use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;

use super::*;
use crate::{
    model::{
        ConnectivityType, Container, ElasticIp, GatewayEndpoint, Instance, InterfaceEndpoint,
        InternetGateway, KeyPair, Kind, NatGateway, Other, Resource, ResourceKind, RouteTable, SecurityGroup,
        Subnet, Vpc,
    },
    scene::{NodeKind, Scene, Shape, SpatialIndex, build, samples},
};

fn scene_of(document: &Document) -> Scene {
    build(document, &document.topology.index())
}

fn is_pill(node: &Node) -> bool {
    node.shape == Shape::Pin && matches!(node.kind, NodeKind::Resource(_))
}

/// Siblings share no more than a border, children stay inside (gateways stand on the border).
fn check_geometry(scene: &Scene) {
    for node in &scene.nodes {
        let Some(parent) = node.parent.and_then(|at| scene.nodes.get(at)) else { continue };
        let room =
            if is_pill(node) { parent.rect.expand(crate::scene::size::PILL_HEIGHT) } else { parent.rect };
        assert!(
            room.contains(node.rect.corner())
                && node.rect.right <= room.right + 0.01
                && node.rect.bottom <= room.bottom + 0.01,
            "{:?} {:?} reaches out of {:?} {:?}",
            node.id,
            node.rect,
            parent.id,
            parent.rect
        );
    }
    let index = SpatialIndex::new(scene);
    for (at, node) in scene.nodes.iter().enumerate() {
        for other in index.in_rect(&node.rect.expand(-0.5)) {
            let sibling = &scene.nodes[other];
            assert!(
                other == at || sibling.parent != node.parent || node.parent.is_none(),
                "{:?} {:?} covers {:?} {:?}",
                node.id,
                node.rect,
                sibling.id,
                sibling.rect
            );
        }
    }
}

/// Every resource is a box or a badge.
fn check_complete(document: &Document, scene: &Scene) {
    let boxes = scene.nodes.iter().filter_map(|node| node.id.resource());
    let badges = scene.nodes.iter().flat_map(|node| &node.badges).filter_map(|badge| badge.resource.as_ref());
    let shown: BTreeSet<&ResourceId> = boxes.chain(badges).collect();
    for resource in document.topology.iter() {
        assert!(shown.contains(&resource.id), "{:?} is nowhere", resource.id);
    }
}

/// What a random resource is made of: a kind, three numbers to choose its references by, and a place.
type Seed = (u8, usize, usize, usize, Option<(i32, i32, Option<i32>)>);

fn pick(prefix: &str, number: usize, of: usize) -> ResourceId {
    // One more than exist, so that some references lead nowhere.
    samples::id(&format!("{prefix}{}", number % (of + 1)))
}

fn random_kind(seed: &Seed) -> ResourceKind {
    let (kind, a, b, c, _) = *seed;
    let vpc = pick("vpc-", a, 3);
    let subnet = pick("subnet-", b, 6);
    match kind % 9 {
        0 => InternetGateway { vpc_id: (c % 2 == 0).then_some(vpc) }.into(),
        1 => Instance::new(subnet).into(),
        2 => NatGateway {
            subnet_id: subnet,
            connectivity_type: ConnectivityType::Public,
            allocation_id: Some(pick("eip-", c, 3)),
            secondary_allocation_ids: Vec::new(),
            private_ip: None,
        }
        .into(),
        3 => GatewayEndpoint {
            vpc_id: vpc,
            service_name: format!("com.amazonaws.us-east-1.{}", if c % 2 == 0 { "s3" } else { "dynamodb" }),
            route_table_ids: Vec::new(),
        }
        .into(),
        4 => InterfaceEndpoint {
            vpc_id: vpc,
            service_name: format!("com.amazonaws.us-east-1.svc{}", c % 5),
            subnet_ids: vec![subnet, pick("subnet-", c, 6)],
            security_group_ids: Vec::new(),
            private_dns_enabled: false,
            subnet_configurations: Vec::new(),
        }
        .into(),
        5 => SecurityGroup::new(vpc, "g", "g").into(),
        6 => KeyPair { key_name: "k".to_owned(), ..KeyPair::default() }.into(),
        7 => RouteTable { main: c % 2 == 0, ..RouteTable::new(vpc) }.into(),
        _ => ResourceKind::Other(Other { kind_name: "transit_gateway".to_owned(), ..Other::default() }),
    }
}

fn random_document(seeds: Vec<Seed>) -> Document {
    let mut document = Document::new("random", "eu-west-1");
    for number in 0..3 {
        samples::put(&mut document, &format!("vpc-{number}"), Vpc::new("10.0.0.0/16".parse().unwrap()));
        samples::put(
            &mut document,
            &format!("eip-{number}"),
            ElasticIp { instance_id: Some(samples::id("i-x")), ..crate::model::ElasticIp::default() },
        );
    }
    for number in 0..6 {
        let zone = format!("eu-west-1{}", ["a", "b"][number % 2]);
        let subnet = Subnet::new(pick("vpc-", number, 3), "10.0.0.0/24".parse().unwrap(), zone);
        samples::put(&mut document, &format!("subnet-{number}"), subnet);
    }
    document
        .diagram
        .lanes
        .insert(samples::id("vpc-1"), vec!["eu-west-1c".to_owned(), "eu-west-1c".to_owned()]);
    let keys: Vec<ResourceId> = document.topology.resources.keys().cloned().collect();
    for (at, seed) in seeds.iter().enumerate() {
        let key = samples::id(&format!("r{at}"));
        let resource = Resource::new(key.clone(), format!("r {at}"), random_kind(seed));
        document.topology.resources.insert(key.clone(), Arc::new(resource));
        if let Some((x, y, width)) = seed.4 {
            let place = Placement { x, y, width, height: width };
            document.diagram.placements.insert(key, place);
            // Some of the containers are placed too.
            document.diagram.placements.insert(keys[at % keys.len()].clone(), place);
        }
    }
    document
}

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let place = prop::option::weighted(0.4, (-300..900_i32, -300..900_i32, prop::option::of(-10..600_i32)));
    prop::collection::vec((any::<u8>(), 0..100_usize, 0..100_usize, 0..100_usize, place), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn boxes_never_overlap_and_nothing_is_lost(seeds in seeds()) {
        let document = random_document(seeds);
        let scene = scene_of(&document);
        check_geometry(&scene);
        check_complete(&document, &scene);
        prop_assert_eq!(&scene, &scene_of(&document));
        for node in &scene.nodes {
            if let Some(parent) = node.parent {
                prop_assert!(scene.nodes[parent].depth + 1 == node.depth);
            }
        }
    }

    #[test]
    fn tidying_is_a_layout_that_stays(seeds in seeds()) {
        let mut document = random_document(seeds);
        let index = document.topology.index();
        document.diagram.placements = tidy(&document, &index).into_iter().collect();
        let once = scene_of(&document);
        check_geometry(&once);
        document.diagram.placements = tidy(&document, &index).into_iter().collect();
        prop_assert_eq!(once, scene_of(&document));
    }
}

#[test]
fn the_networks_of_the_templates_are_laid_out_well() {
    for document in
        [samples::bastion_nat(), samples::private_endpoints(), samples::unfinished(), samples::tiers(3, 2)]
    {
        let scene = scene_of(&document);
        check_geometry(&scene);
        check_complete(&document, &scene);
        let public = scene.node(&NodeId::Resource(samples::id("subnet-public")));
        let private = scene.node(&NodeId::Resource(samples::id("subnet-private")));
        if let (Some(public), Some(private)) = (public, private) {
            assert!(public.rect.bottom < private.rect.top, "public subnets stand above private ones");
        }
    }
}

#[test]
fn a_placement_of_the_user_is_kept() {
    let mut document = samples::bastion_nat();
    let places =
        [("subnet-private", 30, 420), ("i-app", 40, 90), ("vpc-main", 300, 200), ("sg-app", 10, 300)];
    for (key, x, y) in places {
        document.diagram.placements.insert(samples::id(key), Placement { x, y, width: None, height: None });
    }
    let scene = scene_of(&document);
    for (key, x, y) in places {
        let node = scene.node(&NodeId::Resource(samples::id(key))).unwrap();
        let found = (node.rect.left - node.origin.x, node.rect.top - node.origin.y);
        assert_eq!(found, (x as f32, y as f32), "{key}");
    }
    check_geometry(&scene);
}

#[test]
fn origins_are_what_placements_are_relative_to() {
    let document = samples::private_endpoints();
    let scene = scene_of(&document);
    for node in &scene.nodes {
        let NodeId::Resource(id) = &node.id else { continue };
        let kind = document.topology.kind(id).unwrap().kind();
        let container = document.topology.container(id);
        assert_eq!(scene.origin_in(&container, kind), Some(node.origin), "{id}");
    }
    let lane = Container::Lane(samples::id("vpc-main"), "us-east-1a".to_owned());
    let corner = scene.container(&lane).unwrap().rect.corner();
    assert_eq!(scene.origin_in(&lane, Kind::Subnet), Some(corner));
}

#[test]
fn containers_grow_and_shrink_and_keep_a_chosen_size() {
    let mut document = samples::bastion_nat();
    let subnet = NodeId::Resource(samples::id("subnet-private"));
    let small = scene_of(&document).node(&subnet).unwrap().rect;
    for number in 0..12 {
        let key = format!("i-extra-{number}");
        samples::put(&mut document, &key, Instance::new(samples::id("subnet-private")));
    }
    let large = scene_of(&document).node(&subnet).unwrap().rect;
    assert!(large.height() > small.height());
    document.topology.resources.retain(|id, _| !id.as_str().starts_with("i-extra"));
    assert_eq!(scene_of(&document).node(&subnet).unwrap().rect, small);
    let chosen = Placement { x: 22, y: 400, width: Some(800), height: Some(500) };
    document.diagram.placements.insert(samples::id("subnet-private"), chosen);
    let rect = scene_of(&document).node(&subnet).unwrap().rect;
    assert!(rect.width() >= 800.0 && rect.height() >= 500.0);
}

#[test]
fn zones_of_subnets_and_drawn_lanes_are_columns() {
    let mut document = samples::bastion_nat();
    let zones = ["us-east-1c", "no-such-zone", "us-east-1a"].map(str::to_owned).to_vec();
    document.diagram.lanes.insert(samples::id("vpc-main"), zones.clone());
    let scene = scene_of(&document);
    let lefts: Vec<f32> = zones
        .iter()
        .map(|zone| scene.node(&NodeId::Lane(samples::id("vpc-main"), zone.clone())).unwrap().rect.left)
        .collect();
    assert!(lefts.windows(2).all(|pair| pair[0] < pair[1]), "{lefts:?}");
    check_geometry(&scene);
}
