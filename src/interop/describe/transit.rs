//! Transit gateways and what is attached to them.

use super::{context::Import, node::Node};
use crate::{
    model::{Kind, ResourceId, TransitGateway, TransitGatewayPeeringAttachment, TransitGatewayVpcAttachment},
    t,
};

const ALIVE: &[&str] = &["available", "modifying", "pending"];

/// `TransitGateways`.
pub(super) fn gateways(import: &mut Import<'_>) {
    for (node, record) in import.all("TransitGateways") {
        let Some(id) = node.id("TransitGatewayId") else { continue };
        if !node.state_is("State", ALIVE) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let options = node.get("Options");
        let on = |name: &str| options.as_ref().and_then(|it| it.flag(name));
        let region = record.origin.region.clone().or_else(|| {
            node.word("TransitGatewayArn").and_then(|arn| arn.split(':').nth(3).map(str::to_owned))
        });
        let gateway = TransitGateway {
            description: node.text("Description").unwrap_or_default(),
            amazon_side_asn: options.as_ref().and_then(|it| it.parse("AmazonSideAsn", "a number")),
            default_route_table_association: on("DefaultRouteTableAssociation").unwrap_or(true),
            default_route_table_propagation: on("DefaultRouteTablePropagation").unwrap_or(true),
            dns_support: on("DnsSupport").unwrap_or(true),
            security_group_referencing_support: on("SecurityGroupReferencingSupport").unwrap_or(false),
            region: import.other_region(region.as_deref()),
            owner_id: node.word("OwnerId"),
        };
        import.add(id, &node, gateway);
    }
}

/// The gateway that something names; made up where the files show only what is attached to it.
fn gateway(import: &mut Import<'_>, node: &Node<'_>) -> Option<ResourceId> {
    let id = node.id("TransitGatewayId")?;
    if !import.resources.contains_key(&id) {
        let gateway =
            TransitGateway { owner_id: node.word("TransitGatewayOwnerId"), ..TransitGateway::default() };
        import.add_bare(id.clone(), "", gateway);
        import.report.assume(id.as_str(), t!("import-assumed-gateway"));
    }
    Some(id)
}

/// `TransitGatewayVpcAttachments`, and those VPCs of `TransitGatewayAttachments` that are not there.
pub(super) fn vpc_attachments(import: &mut Import<'_>) {
    for (node, _) in import.all("TransitGatewayVpcAttachments") {
        let Some(id) = node.id("TransitGatewayAttachmentId") else { continue };
        if !node.state_is("State", ALIVE) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let (Some(vpc), Some(gateway)) = (node.id("VpcId"), gateway(import, &node)) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let options = node.get("Options");
        let on = |name: &str| options.as_ref().and_then(|it| it.flag(name));
        let mut attachment = TransitGatewayVpcAttachment::new(gateway, vpc, node.ids("SubnetIds"));
        attachment.appliance_mode_support = on("ApplianceModeSupport").unwrap_or(false);
        attachment.dns_support = on("DnsSupport").unwrap_or(true);
        attachment.ipv6_support = on("Ipv6Support").unwrap_or(false);
        attachment.security_group_referencing_support =
            on("SecurityGroupReferencingSupport").unwrap_or(false);
        take(import, &node, id, attachment);
    }
    for (node, _) in import.all("TransitGatewayAttachments") {
        let Some(id) = node.id("TransitGatewayAttachmentId") else { continue };
        let is_vpc = node.word("ResourceType").is_some_and(|it| it == "vpc");
        let known = import.store.get("TransitGatewayVpcAttachments", id.as_str()).is_some();
        if !is_vpc || known || !node.state_is("State", ALIVE) {
            continue;
        }
        let (Some(vpc), Some(gateway)) = (node.id("ResourceId"), gateway(import, &node)) else { continue };
        let described = format!("Network Interface for Transit Gateway Attachment {id}");
        let of_it = import.described(&described).iter().filter_map(|id| import.interfaces.get(id));
        let subnets = of_it.filter_map(|it| it.subnet_id.clone()).collect();
        take(import, &node, id, TransitGatewayVpcAttachment::new(gateway, vpc, subnets));
    }
}

/// An attachment of a VPC that is in the files; of one that is not, the transit gateway's owner sees
/// the attachment only.
fn take(import: &mut Import<'_>, node: &Node<'_>, id: ResourceId, attachment: TransitGatewayVpcAttachment) {
    if import.has(&attachment.vpc_id, Kind::Vpc) {
        import.add(id, node, attachment);
    } else {
        import.leave_out(node, t!("import-vpc-elsewhere", vpc = &attachment.vpc_id));
    }
}

/// `TransitGatewayPeeringAttachments`, and the peerings of `TransitGatewayAttachments`.
pub(super) fn peering_attachments(import: &mut Import<'_>) {
    for (node, _) in import.all("TransitGatewayPeeringAttachments") {
        let Some(id) = node.id("TransitGatewayAttachmentId") else { continue };
        if !node.state_is("State", ALIVE) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let (Some(requester), Some(accepter)) = (node.get("RequesterTgwInfo"), node.get("AccepterTgwInfo"))
        else {
            import.incomplete(&node, "RequesterTgwInfo");
            continue;
        };
        let sides = (requester.id("TransitGatewayId"), accepter.id("TransitGatewayId"));
        let (Some(from), Some(to)) = sides else {
            import.incomplete(&node, "TransitGatewayId");
            continue;
        };
        let here = |id: &ResourceId| import.has(id, Kind::TransitGateway);
        let (near, far, side) = match (here(&from), here(&to)) {
            (false, true) => (to, from, &requester),
            _ => (from, to, &accepter),
        };
        let attachment = peering(import, near, far, side);
        import.add(id, &node, attachment);
    }
    for (node, _) in import.all("TransitGatewayAttachments") {
        let Some(id) = node.id("TransitGatewayAttachmentId") else { continue };
        let is_peering = node.word("ResourceType").is_some_and(|it| it == "peering");
        let known = import.store.get("TransitGatewayPeeringAttachments", id.as_str()).is_some();
        if !is_peering || known || !node.state_is("State", ALIVE) {
            continue;
        }
        let (Some(near), Some(far)) = (node.id("TransitGatewayId"), node.id("ResourceId")) else { continue };
        let attachment = peering(import, near, far, &node);
        import.add(id, &node, attachment);
    }
}

fn peering(
    import: &Import<'_>,
    near: ResourceId,
    far: ResourceId,
    side: &Node<'_>,
) -> TransitGatewayPeeringAttachment {
    let mut attachment = TransitGatewayPeeringAttachment::new(near, far.clone());
    if !import.has(&far, Kind::TransitGateway) {
        attachment.peer_transit_gateway_id = None;
        attachment.peer_transit_gateway = Some(far.as_str().to_owned());
    }
    attachment.peer_region = import.other_region(side.word("Region").as_deref());
    attachment.peer_account_id = side.word("OwnerId").or_else(|| side.word("ResourceOwnerId"));
    attachment
}
