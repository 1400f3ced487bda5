//! From a drawing to a network that stands, and back: what shall be there, what is there, the plan
//! between the two, and the engine that carries a plan out.
//!
//! Everything here is plain data and pure functions. The engine is told what happened and answers what
//! to do next ([`Engine::step`]); who drives it makes the calls, keeps the journal and the time.

pub mod cost;
pub mod desired;
pub mod drift;
pub mod engine;
pub mod estimate;
pub mod ids;
pub mod journal;
pub mod kinds;
pub mod look;
mod lookup;
pub mod observe;
pub mod observed;
pub mod occupants;
pub mod plan;
pub mod preflight;
mod side_by_side;
pub mod stamp;
pub mod state;

pub use cost::Cost;
pub use desired::Desired;
pub use drift::Drift;
pub use engine::{Engine, EngineEffect, EngineEvent, Progress, RowState};
pub use estimate::Estimate;
pub use journal::{JournalRecord, RunState};
pub use observe::{Known, Observer};
pub use observed::Observed;
pub use plan::{Action, ActionKind, Caller, Plan, Request, plan};
pub use preflight::Preflight;
pub use stamp::{DocumentId, RunId, Stamp};
pub use state::StateFile;
