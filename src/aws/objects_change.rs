//! Changes of what joins networks, leads out of them or watches over them.

use aws_sdk_ec2::{
    Client,
    types::{
        ApplianceModeSupportValue, DefaultRouteTableAssociationValue, DefaultRouteTablePropagationValue,
        DnsSupportValue, Ipv6SupportValue, ModifyTransitGatewayOptions,
        ModifyTransitGatewayVpcAttachmentRequestOptions, PeeringConnectionOptionsRequest,
        RemovePrefixListEntry, SecurityGroupReferencingSupportValue,
    },
};

use super::{
    answer::{created, list},
    block_public_access,
    failure::of_write,
    interfaces,
    objects::{entries, switch},
    vpn,
};
use crate::cloud::{AttachmentOptions, Change, CloudError, CloudFuture, Reply, TransitRoute};

pub(super) fn change<'a>(ec2: &'a Client, id: &'a str, change: &'a Change) -> CloudFuture<'a> {
    Box::pin(async move {
        match change {
            Change::AcceptVpcPeeringConnection => {
                let call = ec2.accept_vpc_peering_connection().vpc_peering_connection_id(id);
                call.send().await.map_err(of_write)?;
            }
            Change::ModifyVpcPeeringConnectionOptions { requester_dns, accepter_dns } => {
                let side = |on: bool| {
                    PeeringConnectionOptionsRequest::builder()
                        .allow_dns_resolution_from_remote_vpc(on)
                        .build()
                };
                let call = ec2.modify_vpc_peering_connection_options().vpc_peering_connection_id(id);
                let call = call.requester_peering_connection_options(side(*requester_dns));
                let call = call.accepter_peering_connection_options(side(*accepter_dns));
                call.send().await.map_err(of_write)?;
            }
            Change::ModifyManagedPrefixList {
                current_version,
                prefix_list_name,
                max_entries,
                add,
                remove,
            } => {
                let gone = |cidr: &String| RemovePrefixListEntry::builder().cidr(cidr).build();
                let gone: Vec<_> = remove.iter().map(gone).collect();
                let with_entries = !(add.is_empty() && remove.is_empty());
                let call = ec2.modify_managed_prefix_list().prefix_list_id(id);
                let call = call.set_current_version(with_entries.then_some(*current_version));
                let call = call.prefix_list_name(prefix_list_name).set_max_entries(*max_entries);
                let call = call.set_add_entries(entries(add));
                let call = call.set_remove_entries((!gone.is_empty()).then_some(gone));
                call.send().await.map_err(of_write)?;
            }
            Change::AttachVpnGateway { vpc_id } => {
                let call = ec2.attach_vpn_gateway().vpn_gateway_id(id).vpc_id(vpc_id);
                call.send().await.map_err(of_write)?;
            }
            Change::DetachVpnGateway { vpc_id } => {
                let call = ec2.detach_vpn_gateway().vpn_gateway_id(id).vpc_id(vpc_id);
                call.send().await.map_err(of_write)?;
            }
            Change::EnableVgwRoutePropagation { gateway_id } => {
                let call = ec2.enable_vgw_route_propagation().route_table_id(id).gateway_id(gateway_id);
                call.send().await.map_err(of_write)?;
            }
            Change::DisableVgwRoutePropagation { gateway_id } => {
                let call = ec2.disable_vgw_route_propagation().route_table_id(id).gateway_id(gateway_id);
                call.send().await.map_err(of_write)?;
            }
            Change::AssociateRouteTable { gateway_id } => {
                let call = ec2.associate_route_table().route_table_id(id).gateway_id(gateway_id);
                return created(call.send().await.map_err(of_write)?.association_id);
            }
            Change::AssociateDhcpOptions { dhcp_options_id } => {
                let call = ec2.associate_dhcp_options().vpc_id(id).dhcp_options_id(dhcp_options_id);
                call.send().await.map_err(of_write)?;
            }
            Change::ModifyVpnConnection { .. }
            | Change::CreateVpnConnectionRoute { .. }
            | Change::DeleteVpnConnectionRoute { .. } => return vpn::change(ec2, id, change).await,
            Change::ModifyVpcBlockPublicAccessOptions { .. }
            | Change::ModifyVpcBlockPublicAccessExclusion { .. } => {
                return block_public_access::change(ec2, id, change).await;
            }
            _ => return change_transit(ec2, id, change).await,
        }
        Ok(Reply::Done)
    })
}

async fn change_transit(ec2: &Client, id: &str, change: &Change) -> Result<Reply, CloudError> {
    match change {
        Change::ModifyTransitGateway { .. } => return modify_gateway(ec2, id, change).await,
        Change::ModifyTransitGatewayVpcAttachment { add, remove, options } => {
            let call = ec2.modify_transit_gateway_vpc_attachment().transit_gateway_attachment_id(id);
            let call = call.set_add_subnet_ids(list(add)).set_remove_subnet_ids(list(remove));
            call.options(attachment_options(*options)).send().await.map_err(of_write)?;
        }
        Change::AcceptTransitGatewayPeeringAttachment => {
            let call = ec2.accept_transit_gateway_peering_attachment().transit_gateway_attachment_id(id);
            call.send().await.map_err(of_write)?;
        }
        Change::AssociateTransitGatewayRouteTable { attachment_id } => {
            let call = ec2.associate_transit_gateway_route_table().transit_gateway_route_table_id(id);
            call.transit_gateway_attachment_id(attachment_id).send().await.map_err(of_write)?;
        }
        Change::DisassociateTransitGatewayRouteTable { attachment_id } => {
            let call = ec2.disassociate_transit_gateway_route_table().transit_gateway_route_table_id(id);
            call.transit_gateway_attachment_id(attachment_id).send().await.map_err(of_write)?;
        }
        Change::EnableTransitGatewayRouteTablePropagation { attachment_id } => {
            let call =
                ec2.enable_transit_gateway_route_table_propagation().transit_gateway_route_table_id(id);
            call.transit_gateway_attachment_id(attachment_id).send().await.map_err(of_write)?;
        }
        Change::DisableTransitGatewayRouteTablePropagation { attachment_id } => {
            let call =
                ec2.disable_transit_gateway_route_table_propagation().transit_gateway_route_table_id(id);
            call.transit_gateway_attachment_id(attachment_id).send().await.map_err(of_write)?;
        }
        Change::CreateTransitGatewayRoute {
            route: TransitRoute { destination_cidr_block, attachment_id },
        } => {
            let call = ec2.create_transit_gateway_route().transit_gateway_route_table_id(id);
            let call = call.destination_cidr_block(destination_cidr_block);
            let call = call.set_transit_gateway_attachment_id(attachment_id.clone());
            call.blackhole(attachment_id.is_none()).send().await.map_err(of_write)?;
        }
        Change::ReplaceTransitGatewayRoute {
            route: TransitRoute { destination_cidr_block, attachment_id },
        } => {
            let call = ec2.replace_transit_gateway_route().transit_gateway_route_table_id(id);
            let call = call.destination_cidr_block(destination_cidr_block);
            let call = call.set_transit_gateway_attachment_id(attachment_id.clone());
            call.blackhole(attachment_id.is_none()).send().await.map_err(of_write)?;
        }
        Change::DeleteTransitGatewayRoute { destination_cidr_block } => {
            let call = ec2.delete_transit_gateway_route().transit_gateway_route_table_id(id);
            call.destination_cidr_block(destination_cidr_block).send().await.map_err(of_write)?;
        }
        _ => return interfaces::change(ec2, id, change).await,
    }
    Ok(Reply::Done)
}

async fn modify_gateway(ec2: &Client, id: &str, change: &Change) -> Result<Reply, CloudError> {
    if let Change::ModifyTransitGateway {
        description,
        default_route_table_association,
        default_route_table_propagation,
        dns_support,
        security_group_referencing_support,
    } = change
    {
        let associates = DefaultRouteTableAssociationValue::from(switch(*default_route_table_association));
        let propagates = DefaultRouteTablePropagationValue::from(switch(*default_route_table_propagation));
        let groups = SecurityGroupReferencingSupportValue::from(switch(*security_group_referencing_support));
        let options = ModifyTransitGatewayOptions::builder()
            .default_route_table_association(associates)
            .default_route_table_propagation(propagates)
            .dns_support(DnsSupportValue::from(switch(*dns_support)))
            .security_group_referencing_support(groups)
            .build();
        let call = ec2.modify_transit_gateway().transit_gateway_id(id).description(description);
        call.options(options).send().await.map_err(of_write)?;
    }
    Ok(Reply::Done)
}

fn attachment_options(options: AttachmentOptions) -> ModifyTransitGatewayVpcAttachmentRequestOptions {
    let groups =
        SecurityGroupReferencingSupportValue::from(switch(options.security_group_referencing_support));
    ModifyTransitGatewayVpcAttachmentRequestOptions::builder()
        .appliance_mode_support(ApplianceModeSupportValue::from(switch(options.appliance_mode_support)))
        .dns_support(DnsSupportValue::from(switch(options.dns_support)))
        .ipv6_support(Ipv6SupportValue::from(switch(options.ipv6_support)))
        .security_group_referencing_support(groups)
        .build()
}
