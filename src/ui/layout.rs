//! Where the panels stand.

use eframe::egui::{self, CentralPanel, Panel, ScrollArea, Ui};

use super::{
    canvas, deploy, dialogs, inspector, log, matrix, menu, outline, palette, problems, route_map,
    state::{BottomTab, CentreTab, ViewState},
    status, theme, toasts, toolbar, trace,
};
use crate::{
    problem::Severity,
    session::{Intent, Session},
    t,
};

/// Draws the whole window.
pub fn show(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    Panel::top("menu_bar").show(ui, |ui| menu::show(ui, session, view, intents));
    Panel::top("toolbar").show(ui, |ui| toolbar::show(ui, session, view, intents));
    Panel::bottom("status").show(ui, |ui| status::show(ui, session, view, intents));
    left(ui, session, view, intents);
    right(ui, session, view, intents);
    bottom(ui, session, view, intents);
    CentralPanel::no_frame().show(ui, |ui| centre(ui, session, view, intents));
    toasts::show(ui.ctx(), session, &mut view.toasts);
    dialogs::show(ui.ctx(), session, view, intents);
    if let Some(command) = view.palette.show(ui.ctx(), session) {
        command.run(&ui.ctx().clone(), session, view, intents);
    }
}

fn left(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let mut open = view.panels.left;
    Panel::left("left").default_size(220.0).size_range(160.0..=420.0).show_collapsible(ui, &mut open, |ui| {
        ui.add_space(4.0);
        palette::show(ui, session, &mut view.canvas, intents);
        ui.separator();
        outline::show(ui, session, &mut view.outline, intents);
    });
    view.panels.left = open;
}

fn right(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let mut open = view.panels.right;
    Panel::right("right").default_size(320.0).size_range(240.0..=560.0).show_collapsible(
        ui,
        &mut open,
        |ui| {
            ui.add_space(4.0);
            ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
                inspector::show(ui, session, &mut view.inspector, intents);
            });
        },
    );
    view.panels.right = open;
}

fn bottom(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let mut open = view.panels.bottom;
    // A walk needs more room than a list; each keeps the height that the user gave it.
    let (id, height) = match view.bottom {
        BottomTab::Trace | BottomTab::Matrix => ("bottom-trace", 250.0),
        _ => ("bottom", 150.0),
    };
    let panel = Panel::bottom(id).resizable(true).default_size(height).size_range(120.0..=600.0);
    panel.show_collapsible(ui, &mut open, |ui| {
        // A panel shrinks to what it holds; this one is to stay as large as the user made it.
        ui.set_min_height(ui.available_height());
        ui.add_space(2.0);
        ui.horizontal(|ui| {
            ui.selectable_value(&mut view.bottom, BottomTab::Problems, problems_tab(session));
            ui.selectable_value(&mut view.bottom, BottomTab::Deploy, t!("panel-tab-deploy"));
            ui.selectable_value(&mut view.bottom, BottomTab::Trace, t!("panel-tab-trace"));
            ui.selectable_value(&mut view.bottom, BottomTab::Matrix, t!("panel-tab-matrix"));
            ui.selectable_value(&mut view.bottom, BottomTab::Log, t!("panel-tab-log"));
        });
        ui.separator();
        match view.bottom {
            BottomTab::Problems => problems::show(ui, session, &mut view.problems, intents),
            BottomTab::Deploy => deploy::show(ui, session, view, intents),
            BottomTab::Trace => trace::show(ui, session, &mut view.trace, intents),
            BottomTab::Matrix => matrix::show(ui, session, view, intents),
            BottomTab::Log => log::show(ui, session),
        }
    });
    view.panels.bottom = open;
}

fn problems_tab(session: &Session) -> String {
    let errors = session.problems().iter().filter(|problem| problem.severity == Severity::Error).count();
    t!("panel-tab-problems", errors = errors, total = session.problems().len())
}

fn centre(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    // The room between the tabs and the drawing would else show the window's bare ground.
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::of(ui).panel);
    egui::Frame::new().inner_margin(egui::Margin::symmetric(6, 3)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.selectable_value(&mut view.centre, CentreTab::Diagram, t!("panel-tab-diagram"));
            ui.selectable_value(&mut view.centre, CentreTab::RouteMap, t!("panel-tab-route-map"));
        });
    });
    match view.centre {
        CentreTab::Diagram => {
            view.route_map.close();
            let traced = view.panels.bottom && view.bottom == BottomTab::Trace;
            let trail = view.trace.trail().filter(|_| traced);
            let listed = view.panels.bottom && view.bottom == BottomTab::Problems;
            view.canvas.look_ahead(view.problems.preview(session).filter(|_| listed));
            canvas::show(ui, session, &mut view.canvas, trail, intents);
        }
        CentreTab::RouteMap => route_map::show(ui, session, &mut view.route_map, intents),
    }
}
