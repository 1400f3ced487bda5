//! The measures of the picture, in world units. All are whole numbers, so that placements are too.

/// Width of a card.
pub const CARD_WIDTH: f32 = 196.0;
/// Height of a card without badges.
pub const CARD_HEIGHT: f32 = 56.0;
/// Side of the icon on a card.
pub const CARD_ICON: f32 = 36.0;
/// Room between a card's border and what is on it.
pub const CARD_PAD: f32 = 10.0;
/// Height of a badge.
pub const BADGE_HEIGHT: f32 = 18.0;
/// Room between badges.
pub const BADGE_GAP: f32 = 5.0;
/// The widest badge.
pub const BADGE_WIDTH: f32 = 128.0;
/// Side of the icon on a badge.
pub const BADGE_ICON: f32 = 12.0;
/// The most rows of badges on a card.
pub const BADGE_ROWS: usize = 2;
/// Width of a chip.
pub const CHIP_WIDTH: f32 = 176.0;
/// Height of a chip.
pub const CHIP_HEIGHT: f32 = 30.0;
/// Side of the icon on a chip.
pub const CHIP_ICON: f32 = 20.0;
/// Room between chips.
pub const CHIP_GAP: f32 = 10.0;
/// Height of the pill of a gateway on a VPC's border.
pub const PILL_HEIGHT: f32 = 44.0;
/// Side of the icon on a pill.
pub const PILL_ICON: f32 = 32.0;
/// The widest pill.
pub const PILL_WIDTH: f32 = 220.0;
/// Room between pills.
pub const PILL_GAP: f32 = 24.0;
/// Width of a service with its name below.
pub const SERVICE_WIDTH: f32 = 132.0;
/// Height of a service with its name below.
pub const SERVICE_HEIGHT: f32 = 92.0;
/// Side of the icon of a service and of the internet.
pub const SERVICE_ICON: f32 = 48.0;
/// Side of the icon in the corner of a frame.
pub const FRAME_ICON: f32 = 26.0;
/// Room between cards.
pub const CARD_GAP: f32 = 20.0;
/// Room inside a subnet's border.
pub const SUBNET_PAD: f32 = 18.0;
/// Height of a subnet's title and badges.
pub const SUBNET_HEADER: f32 = 66.0;
/// The narrowest subnet.
pub const SUBNET_WIDTH: f32 = CARD_WIDTH + 2.0 * SUBNET_PAD;
/// The lowest subnet.
pub const SUBNET_HEIGHT: f32 = 140.0;
/// Room between subnets, with space for arrows and their labels.
pub const SUBNET_GAP: f32 = 56.0;
/// Room inside a lane's border.
pub const LANE_PAD: f32 = 22.0;
/// Height of a lane's title.
pub const LANE_HEADER: f32 = 44.0;
/// Height of an empty lane.
pub const LANE_HEIGHT: f32 = 240.0;
/// Room between lanes, with space for arrows.
pub const LANE_GAP: f32 = 40.0;
/// Room inside a VPC's border.
pub const VPC_PAD: f32 = 32.0;
/// Room above a VPC's lanes: its title, and arrows to the gateway.
pub const VPC_HEADER: f32 = 84.0;
/// Room below a VPC's lanes, for the endpoints on the border.
pub const VPC_FOOTER: f32 = 60.0;
/// The narrowest VPC.
pub const VPC_WIDTH: f32 = 480.0;
/// The lowest VPC.
pub const VPC_HEIGHT: f32 = 300.0;
/// Room between a VPC and the services beside it.
pub const SERVICE_DROP: f32 = 64.0;
/// Room between VPCs.
pub const VPC_GAP: f32 = 64.0;
/// Room inside the region's border.
pub const REGION_PAD: f32 = 44.0;
/// Height of the region's title, with room for gateways that reach out of their VPC.
pub const REGION_HEADER: f32 = 84.0;
/// The narrowest region.
pub const REGION_WIDTH: f32 = 800.0;
/// The lowest region.
pub const REGION_HEIGHT: f32 = 440.0;
/// Room between the region and the internet above it.
pub const INTERNET_DROP: f32 = 56.0;

/// Em of titles of the region and of VPCs.
pub const TEXT_FRAME: f32 = 15.0;
/// Em of titles of subnets, cards and services.
pub const TEXT_TITLE: f32 = 13.5;
/// Em of second lines and chips.
pub const TEXT_FAINT: f32 = 11.5;
/// Em of badges and labels of arrows.
pub const TEXT_SMALL: f32 = 10.5;
/// Em of labels of arrows.
pub const TEXT_LABEL: f32 = 11.5;
