use super::*;
use crate::scene::{BadgeKind, NodeId, build, samples};

fn scene() -> Scene {
    let document = samples::private_endpoints();
    build(&document, &document.topology.index())
}

fn at(scene: &Scene, key: &str) -> usize {
    scene.position(&NodeId::Resource(samples::id(key))).unwrap()
}

#[test]
fn the_deepest_box_is_hit() {
    let scene = scene();
    let index = SpatialIndex::new(&scene);
    let card = at(&scene, "i-app");
    let subnet = at(&scene, "subnet-private");
    let vpc = at(&scene, "vpc-main");
    assert_eq!(index.hit(scene.nodes[card].rect.center()), Some(card));
    let corner = scene.nodes[subnet].rect.corner();
    assert_eq!(index.hit(Point::new(corner.x + 2.0, corner.y + 40.0)), Some(subnet));
    let corner = scene.nodes[vpc].rect.corner();
    assert_eq!(index.hit(Point::new(corner.x + 3.0, corner.y + 60.0)), Some(vpc));
    let gateway = at(&scene, "igw-main");
    assert_eq!(index.hit(scene.nodes[gateway].rect.center()), Some(gateway));
    assert_eq!(index.hit(Point::new(-5000.0, 0.0)), None);
    let hits = index.hits(scene.nodes[card].rect.center());
    assert_eq!(hits.first(), Some(&card));
    assert!(hits.contains(&subnet) && hits.contains(&vpc));
}

#[test]
fn every_node_is_found_at_its_own_place_and_only_there() {
    let scene = scene();
    let index = SpatialIndex::new(&scene);
    for window in
        [Rect::from_size(0.0, 0.0, 300.0, 300.0), Rect::from_size(200.0, 300.0, 150.0, 700.0), scene.bounds]
    {
        let walked: Vec<usize> = scene
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.rect.intersects(&window))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(index.in_rect(&window), walked);
    }
    assert_eq!(index.arrows_in_rect(&scene, &scene.bounds), (0..scene.arrows.len()).collect::<Vec<_>>());
    assert!(index.arrows_in_rect(&scene, &Rect::from_size(-900.0, -900.0, 5.0, 5.0)).is_empty());
}

#[test]
fn a_badge_leads_to_its_resource() {
    let scene = scene();
    let index = SpatialIndex::new(&scene);
    let nat = at(&scene, "nat-a");
    let (_, rect) = marks::badge_rects(&scene.nodes[nat])[0];
    let (node, badge) = index.badge_at(&scene, rect.center()).unwrap();
    let badge = &scene.nodes[node].badges[badge];
    assert_eq!(badge.kind, BadgeKind::PublicAddress);
    assert_eq!(badge.resource, Some(samples::id("eip-nat")));
    let title = scene.nodes[nat].rect.corner();
    assert_eq!(index.badge_at(&scene, title), None);
}

#[test]
fn arrows_are_hit_on_their_line_and_label() {
    let scene = scene();
    let index = SpatialIndex::new(&scene);
    for (at, arrow) in scene.arrows.iter().enumerate() {
        let (a, b) = (arrow.points[0], arrow.points[1]);
        let middle = Point::new(f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y) + 1.0);
        let hit = index.hit_arrow(middle, 4.0).unwrap();
        assert!(hit == at || scene.arrows[hit].to == arrow.to);
        if !arrow.label.is_empty() {
            assert!(index.hit_arrow(arrow.label_at, 0.0).is_some());
        }
    }
    assert_eq!(index.hit_arrow(Point::new(-900.0, 0.0), 4.0), None);
}

#[test]
fn borders_of_frames_can_be_grabbed() {
    let scene = scene();
    let index = SpatialIndex::new(&scene);
    let subnet = at(&scene, "subnet-private");
    let rect = scene.nodes[subnet].rect;
    let on_border = Point::new(rect.right + 2.0, rect.bottom - 20.0);
    assert_eq!(index.border_at(&scene, on_border, 4.0), Some(subnet));
    assert_eq!(index.border_at(&scene, rect.center(), 4.0), None);
}
