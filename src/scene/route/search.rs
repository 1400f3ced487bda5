//! The search for a way where the simple ones are blocked: A* on the lines just beside the obstacles.

use std::{cell::OnceCell, cmp::Reverse, collections::BinaryHeap};

use super::{
    field::{Field, Passage, overlaps, shares},
    ports::{Axis, Ends},
};
use crate::scene::geometry::{Point, Rect};

/// How many steps all searches of one picture may take together: beyond, arrows get simple ways, so
/// that a picture of ten thousand boxes stays fast.
const BUDGET: usize = 120_000;
/// How many steps one round of a search may take.
const STEPS: usize = 4_000;
/// How many times a search is repeated with what was found in the way.
const ROUNDS: usize = 12;
/// The most obstacles that one search looks at.
const OBSTACLES: usize = 64;
/// What a bend costs, in units of length.
const BEND: i64 = 60;
/// What it costs to run on another arrow's line.
const CROWD: i64 = 240;

/// The lines of the grid, and the boxes in it.
struct Grid<'a> {
    field: &'a Field,
    bus: usize,
    xs: Vec<f32>,
    ys: Vec<f32>,
    solid: Vec<Rect>,
    columns: Vec<OnceCell<Line>>,
    rows: Vec<OnceCell<Line>>,
}

/// What lies on one line of the grid, from where to where: gathered when a search first comes there,
/// because it asks for every step on the line again.
struct Line {
    /// The boxes that the line runs through.
    walls: Vec<(f32, f32)>,
    /// The arrows of other buses.
    crowd: Vec<(f32, f32)>,
}

/// What all searches of one picture share: the steps that are left, and memory that each fills anew.
pub(super) struct Effort {
    budget: usize,
    /// The least cost to get to each state that is known yet.
    best: Vec<i64>,
    /// The state before each, or [`NOWHERE`].
    came: Vec<u32>,
}

impl Effort {
    /// All the steps that a picture may take.
    pub fn new() -> Self {
        Self { budget: BUDGET, best: Vec::new(), came: Vec::new() }
    }

    fn begin(&mut self, states: usize) {
        self.best.clear();
        self.best.resize(states, i64::MAX);
        self.came.clear();
        self.came.resize(states, NOWHERE);
    }
}

/// No place on the grid.
const NOWHERE: u32 = u32::MAX;

/// A place on the grid and the direction in which it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    x: u16,
    y: u16,
    vertical: bool,
}

/// A cheap way around what stands between the ends, if the effort allows to find one. Each round knows
/// only the obstacles that ways of earlier rounds met, so that the grid stays small however much there is.
pub(super) fn search(
    field: &Field,
    passage: &Passage,
    ends: &Ends,
    first: &[Point],
    effort: &mut Effort,
) -> Option<Vec<Point>> {
    if effort.budget == 0 {
        return None;
    }
    let mut solid = field.met(first, passage, OBSTACLES + 1);
    for _ in 0..ROUNDS {
        if effort.budget == 0 || solid.len() > OBSTACLES {
            return None;
        }
        let grid = Grid::new(field, ends, solid);
        let (way, used) = grid.run(ends, effort);
        effort.budget = effort.budget.saturating_sub(used);
        let way = way?;
        let met = field.met(&way, passage, OBSTACLES + 1);
        if met.is_empty() {
            return Some(way);
        }
        solid = grid.solid;
        solid.extend(met);
    }
    None
}

impl<'a> Grid<'a> {
    fn new(field: &'a Field, ends: &Ends, solid: Vec<Rect>) -> Self {
        let mut xs = vec![ends.start.x, ends.end.x];
        let mut ys = vec![ends.start.y, ends.end.y];
        for rect in &solid {
            // Two lines on each side, so that two arrows can pass the same box.
            for by in [2.0, 10.0] {
                xs.extend([rect.left - by, rect.right + by]);
                ys.extend([rect.top - by, rect.bottom + by]);
            }
        }
        for end in [ends.start, ends.end] {
            for by in [16.0, 28.0] {
                match ends.leaves {
                    Axis::Vertical => ys.extend([end.y - by, end.y + by]),
                    Axis::Horizontal => xs.extend([end.x - by, end.x + by]),
                }
            }
        }
        for lines in [&mut xs, &mut ys] {
            lines.sort_by(f32::total_cmp);
            lines.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        }
        let lines = |count: usize| (0..count).map(|_| OnceCell::new()).collect();
        let (columns, rows) = (lines(xs.len()), lines(ys.len()));
        Self { field, bus: ends.bus, xs, ys, solid, columns, rows }
    }

    /// What lies on the line of the grid that a step runs along.
    fn line(&self, step: State) -> Option<&Line> {
        let (cells, at) = if step.vertical { (&self.columns, step.x) } else { (&self.rows, step.y) };
        Some(cells.get(usize::from(at))?.get_or_init(|| self.gather(step)))
    }

    fn gather(&self, step: State) -> Line {
        let (own, other, at) =
            if step.vertical { (&self.xs, &self.ys, step.x) } else { (&self.ys, &self.xs, step.y) };
        let at = own.get(usize::from(at)).copied().unwrap_or_default();
        let (low, high) = (other.first().copied(), other.last().copied());
        let (low, high) = (low.unwrap_or_default(), high.unwrap_or_default());
        let wall = |rect: &Rect| {
            let (x, y) = ((rect.left, rect.right), (rect.top, rect.bottom));
            let (across, along) = if step.vertical { (x, y) } else { (y, x) };
            overlaps((at, at), across).then_some(along)
        };
        let crowd = self.field.lines_near(step.vertical, at, self.bus);
        Line {
            walls: self.solid.iter().filter_map(wall).collect(),
            crowd: crowd.filter(|line| shares((low, high), *line)).collect(),
        }
    }

    fn place(&self, point: Point) -> Option<(u16, u16)> {
        let near = |lines: &[f32], value: f32| {
            let at = lines.iter().position(|line| (line - value).abs() < 0.6);
            at.and_then(|at| u16::try_from(at).ok())
        };
        Some((near(&self.xs, point.x)?, near(&self.ys, point.y)?))
    }

    fn point(&self, state: State) -> Option<Point> {
        Some(Point::new(*self.xs.get(usize::from(state.x))?, *self.ys.get(usize::from(state.y))?))
    }

    fn slot(&self, state: State) -> usize {
        (usize::from(state.y) * self.xs.len() + usize::from(state.x)) * 2 + usize::from(state.vertical)
    }

    fn state(&self, slot: usize) -> State {
        let (place, width) = (slot / 2, self.xs.len().max(1));
        State { x: (place % width) as u16, y: (place / width) as u16, vertical: slot % 2 == 1 }
    }

    /// Runs the search; answers how many steps it took too.
    fn run(&self, ends: &Ends, effort: &mut Effort) -> (Option<Vec<Point>>, usize) {
        let (Some(start), Some(goal)) = (self.place(ends.start), self.place(ends.end)) else {
            return (None, 0);
        };
        let steps = STEPS.min(effort.budget);
        effort.begin(self.xs.len() * self.ys.len() * 2);
        let (best, came) = (&mut effort.best, &mut effort.came);
        let first = State { x: start.0, y: start.1, vertical: ends.leaves == Axis::Vertical };
        let last = State { x: goal.0, y: goal.1, vertical: ends.arrives == Axis::Vertical };
        let mut open = BinaryHeap::from([Reverse((0, first))]);
        if let Some(cost) = best.get_mut(self.slot(first)) {
            *cost = 0;
        }
        let mut used = 0;
        while let Some(Reverse((_, state))) = open.pop() {
            used += 1;
            if state == last {
                return (Some(self.trace(came, ends, last)), used);
            }
            if used >= steps {
                break;
            }
            let from = self.slot(state);
            let here = best.get(from).copied().unwrap_or(i64::MAX);
            for next in self.neighbours(state) {
                let slot = self.slot(next);
                let (Some(known), Some(before)) = (best.get_mut(slot), came.get_mut(slot)) else { continue };
                let Some(cost) = self.cost(here, *known, state, next) else { continue };
                *known = cost;
                *before = from as u32;
                open.push(Reverse((cost + self.rest(next, last), next)));
            }
        }
        (None, used)
    }

    fn neighbours(&self, state: State) -> impl Iterator<Item = State> + use<> {
        let State { x, y, .. } = state;
        let left = x.checked_sub(1).map(|x| State { x, y, vertical: false });
        let up = y.checked_sub(1).map(|y| State { x, y, vertical: true });
        let right = (usize::from(x) + 1 < self.xs.len()).then_some(State { x: x + 1, y, vertical: false });
        let down = (usize::from(y) + 1 < self.ys.len()).then_some(State { x, y: y + 1, vertical: true });
        [left, up, right, down].into_iter().flatten()
    }

    /// What it costs to get to a neighbour, `here` spent already; none where the step enters a box or
    /// where it is no better than what is known. What is cheap to find out comes first.
    fn cost(&self, here: i64, known: i64, from: State, to: State) -> Option<i64> {
        let (a, b) = (self.point(from)?, self.point(to)?);
        let length = ((a.x - b.x).abs() + (a.y - b.y).abs()).ceil() as i64;
        let bend = if from.vertical == to.vertical { 0 } else { BEND };
        let least = here.saturating_add(length + bend);
        if least >= known {
            return None;
        }
        let step = if to.vertical { (a.y.min(b.y), a.y.max(b.y)) } else { (a.x.min(b.x), a.x.max(b.x)) };
        let line = self.line(to)?;
        if line.walls.iter().any(|wall| overlaps(step, *wall)) {
            return None;
        }
        let is_crowded = line.crowd.iter().any(|other| shares(step, *other));
        let cost = if is_crowded { least.saturating_add(CROWD) } else { least };
        (cost < known).then_some(cost)
    }

    /// At least what is left to go.
    fn rest(&self, from: State, to: State) -> i64 {
        let (Some(a), Some(b)) = (self.point(from), self.point(to)) else { return 0 };
        ((a.x - b.x).abs() + (a.y - b.y).abs()).floor() as i64
    }

    fn trace(&self, came: &[u32], ends: &Ends, last: State) -> Vec<Point> {
        let mut way = vec![ends.end];
        let mut at = self.slot(last);
        while let Some(before) = came.get(at).filter(|before| **before != NOWHERE) {
            at = *before as usize;
            way.extend(self.point(self.state(at)));
        }
        way.pop();
        way.push(ends.start);
        way.reverse();
        way
    }
}
