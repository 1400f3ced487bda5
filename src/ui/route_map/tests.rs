//! The map: its nodes and edges, and selection both ways.

use egui_kittest::{Harness, kittest::Queryable as _};

use super::{
    graph::{MapNode, Place, RouteGraph, route_graph},
    show,
};
use crate::{
    model::RouteTarget,
    session::Intent,
    ui::tests::{Bench, bench, document, id},
};

fn titles(graph: &RouteGraph) -> Vec<(&str, &str, &str)> {
    let title = |at: usize| graph.nodes[at].title.as_str();
    graph.edges.iter().map(|edge| (title(edge.from), title(edge.to), edge.label.as_str())).collect()
}

#[test]
fn edges_are_the_effective_routes() {
    let document = document();
    let graph = route_graph(&document, &document.topology.index());
    let edges = titles(&graph);
    for wanted in [
        ("private", "main table", "main (implicit)"),
        ("public", "public table", ""),
        ("public table", "gateway", "0.0.0.0/0"),
        ("gateway", "Internet", ""),
    ] {
        assert!(edges.contains(&wanted), "{wanted:?} is not among {edges:?}");
    }
}

#[test]
fn a_route_into_nothing_is_marked() {
    let mut document = document();
    let mut table = document.topology.get(&id("rtb-public")).unwrap().clone();
    table.kind.as_route_table_mut().unwrap().routes[0].target = RouteTarget::NatGateway(id("nat-gone"));
    document.topology.resources.insert(table.id.clone(), table.into());
    let graph = route_graph(&document, &document.topology.index());
    let dead: Vec<_> = graph.edges.iter().filter(|edge| edge.dead).collect();
    assert_eq!(dead.len(), 1);
    assert_eq!(graph.nodes[dead[0].to].place, Place::Unknown("nat-gone".to_owned()));
}

fn map() -> Harness<'static, Bench> {
    let mut harness =
        bench(&[], |ui, session, view, intents| show(ui, session, &mut view.route_map, intents));
    harness.run();
    harness
}

#[test]
fn the_selection_is_followed() {
    let mut harness = map();
    harness.state_mut().session.handle(Intent::Select(vec![id("igw-main")]));
    harness.run();
    let open = harness.state().view.route_map.open.as_ref().unwrap();
    let selected: Vec<_> = open.graph.nodes_iter().filter(|(_, node)| node.selected()).collect();
    assert_eq!(selected.len(), 1);
    assert_eq!(selected[0].1.payload().place, Place::Resource(id("igw-main")));
}

#[test]
fn a_click_on_a_card_selects() {
    let mut harness = map();
    let pos = harness.get_by_label("public table, Route table").rect().center();
    harness.hover_at(pos);
    harness.run();
    harness.drag_at(pos);
    harness.drop_at(pos);
    harness.run();
    assert_eq!(harness.state().intents, [Intent::Select(vec![id("rtb-public")])]);
}

#[test]
fn a_screen_reader_can_press_a_card() {
    let mut harness = map();
    harness.get_by_label("gateway, Internet gateway").click_accesskit();
    harness.run();
    assert_eq!(harness.state().intents, [Intent::Select(vec![id("igw-main")])]);
}

#[test]
fn packets_go_from_left_to_right() {
    let document = document();
    let graph = route_graph(&document, &document.topology.index());
    for edge in &graph.edges {
        assert!(graph.nodes[edge.from].column() < graph.nodes[edge.to].column(), "{edge:?}");
    }
    let mut places: Vec<_> = graph.nodes.iter().map(MapNode::column).zip(graph.rows()).collect();
    let count = places.len();
    places.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    places.dedup();
    assert_eq!(places.len(), count, "no two cards stand at one place");
}

#[test]
fn a_map_at_rest_is_painted_without_running_the_view() {
    let mut harness = map();
    let before = harness.output().shapes.len();
    harness.step();
    assert_eq!(harness.output().shapes.len(), before);
    let open = harness.state().view.route_map.open.as_ref().unwrap();
    assert_eq!(open.settle, 0);
}
