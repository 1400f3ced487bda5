//! Which container takes which kind, and why not.

use super::{
    draft::{Draft, gone, kind_name, vpc_of_container},
    refusal::Refusal,
};
use crate::{
    model::{Container, Kind, ResourceId, ResourceKind},
    t,
};

/// Where a resource of `kind` comes to live when it is dropped into `into`: a table dropped on a
/// subnet comes to that subnet's VPC, an address dropped anywhere to the region.
pub(super) fn home(draft: &Draft<'_>, kind: Kind, into: &Container) -> Result<Container, Refusal> {
    must_exist(draft, into)?;
    match kind {
        Kind::Vpc => match into {
            Container::Region => Ok(Container::Region),
            _ => Err(refuse(draft, into, t!("edit-drop-vpc"))),
        },
        Kind::ElasticIp
        | Kind::KeyPair
        | Kind::VpcPeeringConnection
        | Kind::TransitGateway
        | Kind::TransitGatewayPeeringAttachment
        | Kind::TransitGatewayRouteTable
        | Kind::VpnConnection
        | Kind::ManagedPrefixList
        | Kind::DhcpOptions
        | Kind::FlowLog
        | Kind::VpcBlockPublicAccess
        | Kind::Other => Ok(Container::Region),
        Kind::InternetGateway | Kind::VpnGateway => Ok(in_vpc(draft, into).unwrap_or(Container::Region)),
        Kind::Subnet => match into {
            Container::Lane(vpc, zone) => Ok(Container::Lane(vpc.clone(), zone.clone())),
            Container::Vpc(vpc) => Ok(Container::Lane(vpc.clone(), first_lane(draft, vpc))),
            Container::Region => Err(refuse(draft, into, t!("edit-drop-subnet-region"))),
            Container::Subnet(id) => {
                Err(refuse(draft, into, t!("edit-drop-subnet-subnet", name = draft.label(id))))
            }
        },
        Kind::NatGateway
        | Kind::Instance
        | Kind::InterfaceEndpoint
        | Kind::NetworkInterface
        | Kind::InstanceConnectEndpoint => match into {
            Container::Subnet(subnet) => Ok(Container::Subnet(subnet.clone())),
            _ => Err(refuse(draft, into, t!("edit-drop-needs-subnet", kind = kind_name(kind)))),
        },
        Kind::RouteTable
        | Kind::NetworkAcl
        | Kind::SecurityGroup
        | Kind::GatewayEndpoint
        | Kind::EgressOnlyInternetGateway
        | Kind::RegionalNatGateway
        | Kind::TransitGatewayVpcAttachment
        | Kind::LoadBalancer
        | Kind::TargetGroup => in_vpc(draft, into)
            .ok_or_else(|| refuse(draft, into, t!("edit-drop-needs-vpc", kind = kind_name(kind)))),
    }
}

/// The zone that a subnet gets when it is dropped on the VPC's frame: that of the leftmost lane.
pub(super) fn first_lane(draft: &Draft<'_>, vpc: &ResourceId) -> String {
    if let Some(zone) = draft.lanes(vpc).first() {
        return zone.clone();
    }
    let zones = draft.index().subnets_of(draft.topology(), vpc);
    zones
        .filter_map(|id| draft.kind(id)?.as_subnet())
        .map(|subnet| subnet.availability_zone.clone())
        .min()
        .unwrap_or_else(|| format!("{}a", draft.topology().region))
}

/// Refuses a second internet gateway: AWS attaches one to a VPC.
pub(super) fn one_gateway(
    draft: &Draft<'_>,
    vpc: &ResourceId,
    besides: Option<&ResourceId>,
) -> Result<(), Refusal> {
    let other = draft
        .of_kind(Kind::InternetGateway)
        .into_iter()
        .filter(|it| besides != Some(&it.id))
        .find(|it| it.kind.as_internet_gateway().is_some_and(|it| it.vpc_id.as_ref() == Some(vpc)));
    match other {
        None => Ok(()),
        Some(other) => Err(Refusal::new(
            t!("edit-second-gateway", vpc = draft.label(vpc), gateway = other.label()),
            [vpc.clone(), other.id.clone()],
        )),
    }
}

/// Refuses a second virtual private gateway: AWS attaches one to a VPC.
pub(super) fn one_vpn_gateway(
    draft: &Draft<'_>,
    vpc: &ResourceId,
    besides: Option<&ResourceId>,
) -> Result<(), Refusal> {
    let attached =
        |kind: &ResourceKind| kind.as_vpn_gateway().is_some_and(|it| it.vpc_id.as_ref() == Some(vpc));
    let mut all = draft.of_kind(Kind::VpnGateway).into_iter().filter(|it| besides != Some(&it.id));
    match all.find(|it| attached(&it.kind)) {
        None => Ok(()),
        Some(other) => Err(Refusal::new(
            t!("edit-second-vpn-gateway", vpc = draft.label(vpc), gateway = other.label()),
            [vpc.clone(), other.id.clone()],
        )),
    }
}

/// Refuses a second egress-only internet gateway of a VPC.
pub(super) fn one_egress_only(draft: &Draft<'_>, vpc: &ResourceId) -> Result<(), Refusal> {
    match draft.index().egress_only_gateway(vpc) {
        None => Ok(()),
        Some(other) => Err(Refusal::new(
            t!("edit-second-egress-only", vpc = draft.label(vpc), gateway = draft.label(other)),
            [vpc.clone(), other.clone()],
        )),
    }
}

/// Refuses a second setting of Block Public Access: it is one of the account in the region.
pub(super) fn one_block(draft: &Draft<'_>) -> Result<(), Refusal> {
    match draft.of_kind(Kind::VpcBlockPublicAccess).first() {
        None => Ok(()),
        Some(other) => Err(Refusal::new(t!("edit-second-block", name = other.label()), [other.id.clone()])),
    }
}

fn in_vpc(draft: &Draft<'_>, into: &Container) -> Option<Container> {
    vpc_of_container(draft.topology(), into).map(|vpc| Container::Vpc(vpc.clone()))
}

fn must_exist(draft: &Draft<'_>, into: &Container) -> Result<(), Refusal> {
    let (id, fits) = match into {
        Container::Region => return Ok(()),
        Container::Vpc(id) => (id, draft.kind(id).and_then(ResourceKind::as_vpc).is_some()),
        Container::Lane(id, zone) => {
            if zone.trim().is_empty() {
                return Err(Refusal::new(t!("edit-zone-empty"), [id.clone()]));
            }
            (id, draft.kind(id).and_then(ResourceKind::as_vpc).is_some())
        }
        Container::Subnet(id) => (id, subnet_in_vpc(draft, id)),
    };
    if fits { Ok(()) } else { Err(gone(id)) }
}

fn subnet_in_vpc(draft: &Draft<'_>, id: &ResourceId) -> bool {
    let vpc = draft.kind(id).and_then(ResourceKind::as_subnet).map(|it| &it.vpc_id);
    vpc.and_then(|vpc| draft.kind(vpc)).and_then(ResourceKind::as_vpc).is_some()
}

fn refuse(draft: &Draft<'_>, into: &Container, message: String) -> Refusal {
    let subject = match into {
        Container::Subnet(id) => Some(id),
        other => vpc_of_container(draft.topology(), other),
    };
    Refusal::new(message, subject.cloned())
}
