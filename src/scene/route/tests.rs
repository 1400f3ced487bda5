use super::*;
use crate::scene::{Node, NodeId, NodeKind, Shape, build, geometry::Rect, samples};

fn contains(scene: &Scene, outer: usize, inner: usize) -> bool {
    let mut at = Some(inner);
    while let Some(place) = at {
        if place == outer {
            return true;
        }
        at = scene.nodes[place].parent;
    }
    false
}

/// The boxes that an arrow runs through although they contain none of its ends.
fn run_over<'a>(scene: &'a Scene, arrow: &Arrow) -> Vec<&'a Node> {
    let ends: Vec<usize> = [&arrow.from, &arrow.to].iter().map(|id| scene.position(id).unwrap()).collect();
    let is_foreign = |at: usize| !ends.iter().any(|end| contains(scene, at, *end));
    let pieces: Vec<Rect> = arrow.points.windows(2).map(|pair| field::span(pair[0], pair[1])).collect();
    scene
        .nodes
        .iter()
        .enumerate()
        .filter(|(at, node)| node.kind != NodeKind::Lane && is_foreign(*at))
        .map(|(_, node)| node)
        .filter(|node| pieces.iter().any(|piece| field::crosses(piece, &node.rect.expand(-1.0))))
        .collect()
}

#[test]
fn arrows_go_around_what_does_not_contain_their_ends() {
    for document in [
        samples::bastion_nat(),
        samples::private_endpoints(),
        samples::unfinished(),
        samples::tiers(1, 3),
        samples::tiers(3, 2),
    ] {
        let scene = build(&document, &document.topology.index());
        assert!(!scene.arrows.is_empty());
        for arrow in &scene.arrows {
            let over: Vec<&NodeId> = run_over(&scene, arrow).iter().map(|node| &node.id).collect();
            assert!(
                over.is_empty(),
                "{:?} to {:?} runs over {over:?}: {:?}",
                arrow.from,
                arrow.to,
                arrow.points
            );
        }
    }
}

#[test]
fn arrows_run_along_the_axes_from_border_to_border() {
    for document in [samples::private_endpoints(), samples::tiers(2, 4)] {
        let scene = build(&document, &document.topology.index());
        for arrow in &scene.arrows {
            assert!(arrow.points.len() >= 2);
            for pair in arrow.points.windows(2) {
                assert!(
                    (pair[0].x - pair[1].x).abs() < 0.5 || (pair[0].y - pair[1].y).abs() < 0.5,
                    "{arrow:?}"
                );
            }
            for (id, point) in
                [(&arrow.from, arrow.points[0]), (&arrow.to, arrow.points[arrow.points.len() - 1])]
            {
                let node = scene.node(id).unwrap();
                assert!(node.rect.expand(0.5).contains(point), "{arrow:?} does not touch {:?}", node.rect);
                if node.shape != Shape::Pin {
                    assert!(
                        !node.rect.expand(-0.5).contains(point),
                        "{arrow:?} starts inside {:?}",
                        node.rect
                    );
                }
            }
        }
    }
}

#[test]
fn labels_stand_apart_and_off_the_cards() {
    for document in [samples::bastion_nat(), samples::private_endpoints(), samples::tiers(2, 3)] {
        let scene = build(&document, &document.topology.index());
        let labels: Vec<Rect> = scene.arrows.iter().filter_map(crate::scene::draw::label_rect).collect();
        for (at, label) in labels.iter().enumerate() {
            assert!(labels.iter().skip(at + 1).all(|other| !label.intersects(other)), "{label:?}");
            let cards = scene.nodes.iter().filter(|node| node.shape != Shape::Frame);
            assert!(cards.into_iter().all(|card| !card.rect.intersects(label)), "{label:?}");
        }
    }
}

#[test]
fn thousands_of_arrows_through_one_gap_end() {
    use crate::model::{
        Document, InternetGateway, Route, RouteDestination, RouteTable, RouteTarget, Subnet, Vpc,
    };
    let mut document = Document::new("crowd", "us-east-1");
    samples::put(&mut document, "vpc-0", Vpc::new("10.0.0.0/16".parse().unwrap()));
    samples::put(&mut document, "igw-0", InternetGateway { vpc_id: Some(samples::id("vpc-0")) });
    let out = Route {
        destination: RouteDestination::Ipv4("0.0.0.0/0".parse().unwrap()),
        target: RouteTarget::Gateway(samples::id("igw-0")),
    };
    for number in 0..250 {
        let table = format!("rtb-{number}");
        let routes = vec![out.clone()];
        samples::put(&mut document, &table, RouteTable { routes, ..RouteTable::new(samples::id("vpc-0")) });
        let mut subnet = Subnet::new(samples::id("vpc-0"), "10.0.0.0/24".parse().unwrap(), "us-east-1a");
        subnet.route_table_id = Some(samples::id(&table));
        samples::put(&mut document, &format!("subnet-{number}"), subnet);
    }
    let scene = build(&document, &document.topology.index());
    assert_eq!(scene.arrows.len(), 251);
    assert!(scene.arrows.iter().all(|arrow| arrow.points.len() >= 2));
}
