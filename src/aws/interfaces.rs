//! Network interfaces, and the addresses of NAT gateways.

use aws_sdk_ec2::{
    Client,
    types::{
        AttributeBooleanValue, AttributeValue, InstanceIpv6Address, PrivateIpAddressSpecification,
        ResourceType,
    },
};

use super::{
    answer::{created, list, tagged},
    failure::of_write,
};
use crate::cloud::{Change, CloudError, Reply, Spec, Tags};

pub(super) async fn create(
    ec2: &Client,
    spec: &Spec,
    tags: &Tags,
    token: Option<String>,
) -> Result<Reply, CloudError> {
    let Spec::NetworkInterface {
        subnet_id,
        description,
        private_ip_address,
        secondary_private_ips,
        ipv6_addresses,
        security_group_ids,
    } = spec
    else {
        return created(None);
    };
    let ipv6 = |it: &String| InstanceIpv6Address::builder().ipv6_address(it).build();
    let ipv6: Vec<_> = ipv6_addresses.iter().map(ipv6).collect();
    let private = |it: &String, primary| {
        PrivateIpAddressSpecification::builder().private_ip_address(it).primary(primary).build()
    };
    // One address is named alone, several are listed.
    let alone = private_ip_address.clone().filter(|_| secondary_private_ips.is_empty());
    let listed = private_ip_address.iter().filter(|_| !secondary_private_ips.is_empty());
    let listed = listed.map(|it| private(it, true));
    let listed: Vec<_> = listed.chain(secondary_private_ips.iter().map(|it| private(it, false))).collect();
    let call = ec2
        .create_network_interface()
        .subnet_id(subnet_id)
        .description(description)
        .set_private_ip_address(alone)
        .set_private_ip_addresses((!listed.is_empty()).then_some(listed))
        .set_ipv6_addresses((!ipv6.is_empty()).then_some(ipv6))
        .set_groups(list(security_group_ids))
        .set_tag_specifications(tagged(ResourceType::NetworkInterface, tags))
        .set_client_token(token);
    let made = call.send().await.map_err(of_write)?;
    created(made.network_interface.and_then(|it| it.network_interface_id))
}

pub(super) async fn change(ec2: &Client, id: &str, change: &Change) -> Result<Reply, CloudError> {
    let attribute = || ec2.modify_network_interface_attribute().network_interface_id(id);
    match change {
        Change::SetInterfaceDescription { description } => {
            let value = AttributeValue::builder().value(description).build();
            attribute().description(value).send().await.map_err(of_write)?;
        }
        Change::SetInterfaceGroups { security_group_ids } => {
            attribute().set_groups(list(security_group_ids)).send().await.map_err(of_write)?;
        }
        Change::SetInterfaceSourceDestCheck { source_dest_check } => {
            let value = AttributeBooleanValue::builder().value(*source_dest_check).build();
            attribute().source_dest_check(value).send().await.map_err(of_write)?;
        }
        Change::AttachNetworkInterface { instance_id, device_index } => {
            let call = ec2.attach_network_interface().network_interface_id(id).instance_id(instance_id);
            call.device_index(*device_index).send().await.map_err(of_write)?;
        }
        Change::DetachNetworkInterface { attachment_id } => {
            let call = ec2.detach_network_interface().attachment_id(attachment_id);
            call.send().await.map_err(of_write)?;
        }
        _ => return addresses(ec2, id, change).await,
    }
    Ok(Reply::Done)
}

async fn addresses(ec2: &Client, id: &str, change: &Change) -> Result<Reply, CloudError> {
    match change {
        Change::AssignPrivateIpAddresses { private_ip_addresses } => {
            let call = ec2.assign_private_ip_addresses().network_interface_id(id);
            call.set_private_ip_addresses(list(private_ip_addresses)).send().await.map_err(of_write)?;
        }
        Change::UnassignPrivateIpAddresses { private_ip_addresses } => {
            let call = ec2.unassign_private_ip_addresses().network_interface_id(id);
            call.set_private_ip_addresses(list(private_ip_addresses)).send().await.map_err(of_write)?;
        }
        Change::AssignIpv6Addresses { ipv6_addresses } => {
            let call = ec2.assign_ipv6_addresses().network_interface_id(id);
            call.set_ipv6_addresses(list(ipv6_addresses)).send().await.map_err(of_write)?;
        }
        Change::UnassignIpv6Addresses { ipv6_addresses } => {
            let call = ec2.unassign_ipv6_addresses().network_interface_id(id);
            call.set_ipv6_addresses(list(ipv6_addresses)).send().await.map_err(of_write)?;
        }
        Change::AssociateNatGatewayAddress { allocation_ids, availability_zone } => {
            let call = ec2.associate_nat_gateway_address().nat_gateway_id(id);
            let call = call.set_availability_zone(availability_zone.clone());
            call.set_allocation_ids(list(allocation_ids)).send().await.map_err(of_write)?;
        }
        Change::DisassociateNatGatewayAddress { association_ids } => {
            let call = ec2.disassociate_nat_gateway_address().nat_gateway_id(id);
            call.set_association_ids(list(association_ids)).send().await.map_err(of_write)?;
        }
        _ => {}
    }
    Ok(Reply::Done)
}
