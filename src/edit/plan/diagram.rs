//! `Move` and `Tidy`: boxes stand elsewhere, the network stays as it is.

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, coordinate},
        refusal::Refusal,
    },
    model::{Placement, ResourceId},
    t,
};

/// Sizes below this hide the box; above it they hide the drawing.
const SIZES: std::ops::RangeInclusive<i32> = 8..=100_000;

pub(super) fn plan_move(
    mut draft: Draft<'_>,
    placements: &[(ResourceId, Placement)],
) -> Result<Planned, Refusal> {
    put_all(&mut draft, placements)?;
    let label = match placements {
        [(id, _)] => t!("edit-label-move", name = draft.label(id)),
        _ => t!("edit-label-move-many", count = placements.len()),
    };
    Ok(draft.finish(label))
}

pub(super) fn plan_tidy(
    mut draft: Draft<'_>,
    placements: &[(ResourceId, Placement)],
) -> Result<Planned, Refusal> {
    // A box that the layout does not mention is placed by the layout at every painting.
    for id in draft.document().diagram.placements.keys() {
        draft.place(id, None);
    }
    put_all(&mut draft, placements)?;
    Ok(draft.finish(t!("edit-label-tidy")))
}

fn put_all(draft: &mut Draft<'_>, placements: &[(ResourceId, Placement)]) -> Result<(), Refusal> {
    for (id, placement) in placements {
        draft.require(id)?;
        draft.place(id, Some(sane(*placement)));
    }
    Ok(())
}

fn sane(placement: Placement) -> Placement {
    let size = |value: i32| value.clamp(*SIZES.start(), *SIZES.end());
    Placement {
        x: coordinate(placement.x),
        y: coordinate(placement.y),
        width: placement.width.map(size),
        height: placement.height.map(size),
    }
}
