//! The layout of the map for egui_graphs: every card stays where its column and row, or the user's
//! hand, put it.

use eframe::egui;
use egui_graphs::{DisplayEdge, DisplayNode, Graph, Layout, LayoutState};
use petgraph::{EdgeType, stable_graph::IndexType};

/// Nothing to remember: the places stand in the graph.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Columns;

impl LayoutState for Columns {}

/// Leaves every card where it is.
#[derive(Debug, Default)]
pub struct ColumnsLayout;

impl Layout<Columns> for ColumnsLayout {
    fn from_state(_: Columns) -> impl Layout<Columns> {
        Self
    }

    fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut Graph<N, E, Ty, Ix, Dn, De>, _: &egui::Ui)
    where
        N: Clone,
        E: Clone,
        Ty: EdgeType,
        Ix: IndexType,
        Dn: DisplayNode<N, E, Ty, Ix>,
        De: DisplayEdge<N, E, Ty, Ix, Dn>,
    {
    }

    fn state(&self) -> Columns {
        Columns
    }
}
