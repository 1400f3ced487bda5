//! `TakeOver`: resources become what an account has, fields and ids as they are there.

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, kind_name},
        refusal::Refusal,
    },
    model::{Resource, ResourceKind},
    t,
};

pub(super) fn plan(mut draft: Draft<'_>, resources: &[Resource]) -> Result<Planned, Refusal> {
    for resource in resources {
        let name = resource.label().to_owned();
        if let Some(drawn) = draft.get(&resource.id)
            && drawn.kind.kind() != resource.kind.kind()
        {
            let kind = kind_name(drawn.kind.kind());
            return Err(Refusal::new(t!("edit-set-kind", name = name, kind = kind), [resource.id.clone()]));
        }
        // What AWS makes with a VPC is drawn with it: there is no second one.
        let is_drawn = draft.kind(&resource.id).is_some_and(|kind| kind.implicit_vpc().is_some());
        if resource.kind.implicit_vpc().is_some() && !is_drawn {
            return Err(Refusal::new(t!("edit-set-default", name = name), [resource.id.clone()]));
        }
        draft.put(resource.clone());
    }
    for resource in resources {
        for reference in resource.kind.references() {
            if draft.get(&reference.to).is_none() {
                let message = t!("edit-set-missing", field = &reference.field, to = &reference.to);
                return Err(Refusal::new(message, [resource.id.clone()]));
            }
        }
        if let ResourceKind::Subnet(subnet) = &resource.kind {
            draft.ensure_lane(&subnet.vpc_id, &subnet.availability_zone);
        }
    }
    draft.select(resources.iter().map(|it| it.id.clone()).collect());
    let label = match resources {
        [one] => t!("edit-label-take-over", name = one.label()),
        _ => t!("edit-label-take-over-many", count = resources.len()),
    };
    Ok(draft.finish(label))
}
