//! The region: its VPCs, the services beside them, what belongs to no VPC, and the internet above.

use std::collections::BTreeMap;

use super::{
    by_wish, children_in, move_to,
    pack::{Occupied, Piece, spread},
    rect_of, set_rect, subnet, vpc, wished_size,
};
use crate::{
    model::Kind,
    scene::{
        draft::{Drafts, INTERNET, REGION, Slot},
        geometry::{Point, Rect},
        node::{NodeId, NodeKind, Shape},
        size,
    },
};

/// Half a pill reaches out of a VPC's border.
const OVERHANG: f32 = size::PILL_HEIGHT / 2.0;

/// Places everything. Answers the corner of each VPC's shelf, relative to the VPC.
pub(super) fn lay_out(drafts: &mut Drafts) -> BTreeMap<usize, Point> {
    let mut shelves = BTreeMap::new();
    let (vpcs, loose) = sort_out(drafts);
    for vpc in &vpcs {
        shelves.insert(*vpc, vpc::lay_out(drafts, *vpc));
    }
    for at in &loose {
        let is_frame = drafts.get(*at).is_some_and(|draft| draft.node.shape == Shape::Frame);
        if is_frame {
            subnet::lay_out(drafts, *at);
        } else {
            subnet::size_leaf(drafts, *at);
        }
    }
    let services = services_of(drafts);
    for list in services.values() {
        for at in list {
            subnet::size_leaf(drafts, *at);
        }
    }
    let mut taken = Occupied::default();
    place_vpcs(drafts, &vpcs, &services, &mut taken);
    place_loose(drafts, &loose, &mut taken);
    for vpc in &vpcs {
        place_services(drafts, *vpc, services.get(vpc).map_or(&[][..], Vec::as_slice));
    }
    frame(drafts);
    place_internet(drafts);
    shelves
}

/// The VPCs, and everything else that stands freely in the region.
fn sort_out(drafts: &Drafts) -> (Vec<usize>, Vec<usize>) {
    let free = children_in(drafts, REGION, Slot::Free);
    let is_vpc =
        |at: &usize| drafts.get(*at).is_some_and(|draft| draft.node.kind == NodeKind::Resource(Kind::Vpc));
    free.into_iter().partition(is_vpc)
}

/// The services of each VPC.
fn services_of(drafts: &Drafts) -> BTreeMap<usize, Vec<usize>> {
    let mut services: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in children_in(drafts, REGION, Slot::Service) {
        let Some(NodeId::Service(vpc, _)) = drafts.get(at).map(|draft| &draft.node.id) else {
            continue;
        };
        if let Some(vpc) = drafts.of_container.get(&NodeId::Resource(vpc.clone())) {
            services.entry(*vpc).or_default().push(at);
        }
    }
    services
}

/// How many services stand in one row below a VPC.
fn services_per_row(vpc_width: f32) -> usize {
    ((vpc_width / (size::SERVICE_WIDTH + size::PILL_GAP)) as usize).max(1)
}

/// The room that a VPC takes with its services and what reaches out of its border.
fn cluster(drafts: &Drafts, vpc: usize, services: &BTreeMap<usize, Vec<usize>>) -> Piece {
    let rect = rect_of(drafts, vpc);
    let count = services.get(&vpc).map_or(0, Vec::len);
    let rows = count.div_ceil(services_per_row(rect.width()));
    let below = match rows {
        0 => OVERHANG,
        rows => size::SERVICE_DROP + rows as f32 * (size::SERVICE_HEIGHT + size::PILL_GAP),
    };
    Piece { width: rect.width(), height: OVERHANG + rect.height() + below }
}

fn place_vpcs(
    drafts: &mut Drafts,
    vpcs: &[usize],
    services: &BTreeMap<usize, Vec<usize>>,
    taken: &mut Occupied,
) {
    let (wished, others) = by_wish(drafts, vpcs);
    for (vpc, point) in wished {
        let piece = cluster(drafts, vpc, services);
        let rect = taken.settle(Point::new(point.x, point.y - OVERHANG), piece, size::VPC_GAP);
        move_to(drafts, vpc, Point::new(rect.left, rect.top + OVERHANG));
    }
    let pieces: Vec<Piece> = others.iter().map(|vpc| cluster(drafts, *vpc, services)).collect();
    let area: f32 =
        pieces.iter().map(|piece| (piece.width + size::VPC_GAP) * (piece.height + size::VPC_GAP)).sum();
    let from = Point::new(size::REGION_PAD, size::REGION_HEADER - OVERHANG);
    // A picture for a wide screen or page: 16 to 10.
    let wrap = from.x + (area * 1.6).sqrt();
    for (vpc, rect) in others.iter().zip(taken.flow(&pieces, from, wrap, size::VPC_GAP)) {
        move_to(drafts, *vpc, Point::new(rect.left, rect.top + OVERHANG));
    }
}

/// What belongs to no VPC stands below all of them unless the user placed it.
fn place_loose(drafts: &mut Drafts, loose: &[usize], taken: &mut Occupied) {
    let (wished, others) = by_wish(drafts, loose);
    let below = taken.bottom();
    for (at, point) in wished {
        let rect = taken.settle(point, subnet::piece(drafts, at), size::CHIP_GAP);
        move_to(drafts, at, rect.corner());
    }
    let widest = children_in(drafts, REGION, Slot::Free)
        .iter()
        .fold(size::REGION_WIDTH, |widest, at| widest.max(rect_of(drafts, *at).right));
    let top = if below > 0.0 { below + size::REGION_PAD / 2.0 } else { size::REGION_HEADER };
    let pieces: Vec<Piece> = others.iter().map(|at| subnet::piece(drafts, *at)).collect();
    let columns = (others.len() as f32).sqrt().ceil();
    let wrap = widest.max(columns * size::CARD_WIDTH);
    let from = Point::new(size::REGION_PAD, top);
    for (at, rect) in others.iter().zip(taken.flow(&pieces, from, wrap, size::CARD_GAP)) {
        move_to(drafts, *at, rect.corner());
    }
}

/// Services stand below their VPC, under what leads to them.
fn place_services(drafts: &mut Drafts, vpc: usize, services: &[usize]) {
    let frame = rect_of(drafts, vpc);
    let middles = middles(drafts, vpc);
    let mut top = frame.bottom + size::SERVICE_DROP;
    for row in services.chunks(services_per_row(frame.width())) {
        let wish = |at: &usize| {
            let name = drafts.get(*at).and_then(|draft| match &draft.node.id {
                NodeId::Service(_, name) => Some(name.as_str()),
                _ => None,
            });
            let above = name.and_then(|name| middles.get(name)).copied();
            (above.map_or(frame.center().x, |x| frame.left + x), size::SERVICE_WIDTH)
        };
        let wishes: Vec<(f32, f32)> = row.iter().map(wish).collect();
        let lefts = spread(&wishes, frame.left, frame.right, size::PILL_GAP);
        for (at, left) in row.iter().zip(lefts) {
            move_to(drafts, *at, Point::new(left.round(), top));
        }
        top += size::SERVICE_HEIGHT + size::PILL_GAP;
    }
}

/// Where in a VPC the endpoints of each service have their middle, from the VPC's left side.
fn middles(drafts: &Drafts, vpc: usize) -> BTreeMap<String, f32> {
    let mut sums: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
    let mut stack = vec![(vpc, 0.0)];
    while let Some((at, left)) = stack.pop() {
        let Some(draft) = drafts.get(at) else { continue };
        for child in &draft.children {
            let rect = rect_of(drafts, *child);
            stack.push((*child, left + rect.left));
            if let Some(service) = drafts.get(*child).and_then(|draft| draft.serves.as_deref()) {
                let (sum, count) = sums.entry(service).or_default();
                *sum += left + rect.center().x;
                *count += 1.0;
            }
        }
    }
    sums.into_iter().map(|(service, (sum, count))| (service.to_owned(), sum / count)).collect()
}

/// The region fits everything in it; it grows to the left and upwards too, so that its origin stays.
fn frame(drafts: &mut Drafts) {
    let (width, height) = drafts.get(REGION).map(wished_size).unwrap_or_default();
    let least = Rect::from_size(0.0, 0.0, width.max(size::REGION_WIDTH), height.max(size::REGION_HEIGHT));
    let children = drafts.get(REGION).map_or_else(Vec::new, |draft| draft.children.clone());
    let rect = children.iter().map(|at| rect_of(drafts, *at)).fold(least, |all, rect| {
        all.union(&Rect {
            left: rect.left - size::REGION_PAD,
            top: rect.top - size::REGION_HEADER,
            right: rect.right + size::REGION_PAD,
            bottom: rect.bottom + size::REGION_PAD,
        })
    });
    set_rect(drafts, REGION, rect);
}

/// The internet stands above the region, over the gateway where there is only one.
fn place_internet(drafts: &mut Drafts) {
    let region = rect_of(drafts, REGION);
    let (vpcs, _) = sort_out(drafts);
    let mut middles = Vec::new();
    for vpc in vpcs {
        let left = rect_of(drafts, vpc).left;
        let pins = children_in(drafts, vpc, Slot::UpperBorder);
        middles.extend(pins.iter().map(|pin| left + rect_of(drafts, *pin).center().x));
    }
    let middle = match middles.as_slice() {
        [one] => *one,
        _ => region.center().x,
    };
    let own = rect_of(drafts, INTERNET);
    let left = (middle - size::SERVICE_ICON / 2.0).round();
    let top = region.top - size::INTERNET_DROP - own.height();
    move_to(drafts, INTERNET, Point::new(left, top));
}
