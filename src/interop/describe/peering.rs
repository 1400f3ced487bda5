//! Peering connections.

use ipnet::IpNet;

use super::{context::Import, node::Node};
use crate::{
    model::{Kind, ResourceId, VpcPeeringConnection},
    t,
};

/// `VpcPeeringConnections` that are active, of which one side at least is in the files.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("VpcPeeringConnections") {
        let Some(id) = node.id("VpcPeeringConnectionId") else { continue };
        if !node.state_is("Status", &["active"]) {
            import.leave_out(&node, t!("import-not-active"));
            continue;
        }
        let (Some(requester), Some(accepter)) = (node.get("RequesterVpcInfo"), node.get("AccepterVpcInfo"))
        else {
            import.incomplete(&node, "RequesterVpcInfo");
            continue;
        };
        let (Some(from), Some(to)) = (requester.id("VpcId"), accepter.id("VpcId")) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let here = |id: &ResourceId| import.has(id, Kind::Vpc);
        let mut peering = match (here(&from), here(&to)) {
            (true, true) => VpcPeeringConnection::new(from, to),
            (true, false) => to_outside(import, from, &to, &accepter),
            (false, true) => to_outside(import, to, &from, &requester),
            (false, false) => {
                import.leave_out(&node, t!("import-no-side"));
                continue;
            }
        };
        let resolves = |side: &Node<'_>| {
            side.get("PeeringOptions").and_then(|it| it.flag("AllowDnsResolutionFromRemoteVpc"))
        };
        peering.requester_allow_remote_vpc_dns_resolution = resolves(&requester).unwrap_or(false);
        peering.accepter_allow_remote_vpc_dns_resolution = resolves(&accepter).unwrap_or(false);
        import.add(id, &node, peering);
    }
}

/// A peering whose other side is in another account, of which no files are here.
fn to_outside(
    import: &Import<'_>,
    here: ResourceId,
    there: &ResourceId,
    side: &Node<'_>,
) -> VpcPeeringConnection {
    let mut peering = VpcPeeringConnection::new(here, there.clone());
    peering.peer_vpc_id = None;
    peering.peer_vpc = Some(there.as_str().to_owned());
    peering.peer_owner_id = side.word("OwnerId");
    peering.peer_region = import.other_region(side.word("Region").as_deref());
    let set = side.list("CidrBlockSet");
    let ipv6 = side.list("Ipv6CidrBlockSet");
    let mut blocks: Vec<IpNet> =
        set.iter().filter_map(|it| it.parse::<IpNet>("CidrBlock", "a CIDR block")).collect();
    if blocks.is_empty() {
        blocks.extend(side.parse::<IpNet>("CidrBlock", "a CIDR block"));
    }
    blocks.extend(ipv6.iter().filter_map(|it| it.parse::<IpNet>("Ipv6CidrBlock", "a CIDR block")));
    peering.peer_cidr_blocks = blocks.iter().map(IpNet::trunc).collect();
    peering.auto_accept = false;
    peering
}
