//! What joins networks, leads out of them or watches over them: making, changing, deleting.

use std::net::IpAddr;

use super::{
    clock::Change as Later,
    ids::{self, IdKind, refuse},
    interface::NewInterface,
    state::{Answer, SimulatedCloud},
    vpn::attachment_of,
};
use crate::cloud::{Change, CloudError, DescribeKind, Joined, LiveObject, PrefixEntry, Reply, Spec, Tags};

/// The kind of id that objects of a kind have.
pub(super) fn id_kind(kind: DescribeKind) -> IdKind {
    match kind {
        DescribeKind::VpcPeeringConnections => ids::PCX,
        DescribeKind::ManagedPrefixLists => ids::PREFIX_LIST,
        DescribeKind::VpnGateways => ids::VGW,
        DescribeKind::CustomerGateways => ids::CGW,
        DescribeKind::VpnConnections => ids::VPN,
        DescribeKind::VpcBlockPublicAccessExclusions => ids::BLOCK_EXCLUSION,
        DescribeKind::TransitGateways => ids::TGW,
        DescribeKind::TransitGatewayVpcAttachments | DescribeKind::TransitGatewayPeeringAttachments => {
            ids::TGW_ATTACHMENT
        }
        DescribeKind::TransitGatewayRouteTables => ids::TGW_RTB,
        DescribeKind::DhcpOptions => ids::DOPT,
        DescribeKind::FlowLogs => ids::FLOW_LOG,
        _ => ids::EICE,
    }
}

impl SimulatedCloud {
    pub(super) fn create_object(&mut self, spec: &Spec, tags: &Tags) -> Answer {
        if let Spec::NetworkInterface { .. } = spec {
            return self.create_interface(spec, tags);
        }
        self.check_object(spec)?;
        if let Some(there) = self.same_customer_gateway(spec) {
            return Ok(Reply::created(there));
        }
        self.room_for_object(spec)?;
        Ok(Reply::created(self.make_object(spec.clone(), tags)?))
    }

    /// Puts an object there, with the interfaces that it brings and in its first state.
    pub(super) fn make_object(&mut self, spec: Spec, tags: &Tags) -> Result<String, CloudError> {
        let id = self.new_id(id_kind(spec.kind()).prefix);
        let (state, later) = match spec {
            Spec::VpcPeeringConnection { .. } | Spec::TransitGatewayPeeringAttachment { .. } => {
                ("initiating-request", Some(Later::ObjectSoon))
            }
            Spec::ManagedPrefixList { .. }
            | Spec::VpcBlockPublicAccess { .. }
            | Spec::VpcBlockPublicAccessExclusion { .. } => ("create-in-progress", Some(Later::ObjectSoon)),
            Spec::InstanceConnectEndpoint { .. } => ("create-in-progress", Some(Later::ObjectLater)),
            Spec::VpnGateway { .. } | Spec::TransitGatewayRouteTable { .. } => {
                ("pending", Some(Later::ObjectSoon))
            }
            Spec::TransitGateway { .. }
            | Spec::TransitGatewayVpcAttachment { .. }
            | Spec::VpnConnection { .. } => ("pending", Some(Later::ObjectLater)),
            Spec::DhcpOptions { .. }
            | Spec::FlowLog { .. }
            | Spec::CustomerGateway { .. }
            | Spec::NetworkInterface { .. } => ("available", None),
        };
        let spec = self.with_transit_attachment(spec);
        self.make_object_interfaces(&id, &spec)?;
        self.make_default_transit_table(&id, &spec);
        let live = LiveObject {
            id: id.clone(),
            state: state.to_owned(),
            state_reason: None,
            spec,
            tags: tags.clone(),
        };
        self.objects.insert(id.clone(), live);
        if let Some(later) = later {
            self.plan(&id, later);
        }
        Ok(id)
    }

    fn make_object_interfaces(&mut self, id: &str, spec: &Spec) -> Result<(), CloudError> {
        let (subnets, interface_type, words, groups) = match spec {
            Spec::TransitGatewayVpcAttachment { subnet_ids, .. } => (
                subnet_ids.clone(),
                "transit_gateway",
                "Network Interface for Transit Gateway Attachment",
                Vec::new(),
            ),
            Spec::InstanceConnectEndpoint { subnet_id, security_group_ids, .. } => {
                let vpc = ids::SUBNET.find(&self.subnets, subnet_id)?.vpc_id.clone();
                let groups = self.groups_for(&vpc, security_group_ids)?;
                (
                    vec![subnet_id.clone()],
                    "ec2_instance_connect_endpoint",
                    "EC2 Instance Connect Endpoint",
                    groups,
                )
            }
            _ => return Ok(()),
        };
        for subnet_id in &subnets {
            self.make_interface(NewInterface {
                subnet_id,
                private_ip_address: None,
                interface_type,
                description: format!("{words} {id}"),
                groups: groups.clone(),
                instance_id: None,
            })?;
        }
        Ok(())
    }

    /// Removes the interfaces of an object: all, or those in these subnets.
    pub(super) fn drop_object_interfaces(&mut self, id: &str, subnets: Option<&[String]>) {
        let of_object = self.network_interfaces.values().filter(|it| it.description.ends_with(id));
        let chosen: Vec<String> = of_object
            .filter(|it| subnets.is_none_or(|subnets| subnets.contains(&it.subnet_id)))
            .map(|it| it.network_interface_id.clone())
            .collect();
        for interface in chosen {
            self.drop_interface(&interface);
        }
    }

    pub(super) fn delete_object(&mut self, kind: DescribeKind, id: &str) -> Answer {
        if kind == DescribeKind::NetworkInterfaces {
            return self.delete_interface(id);
        }
        let found = id_kind(kind).find(&self.objects, id)?;
        if found.spec.kind() != kind || crate::simulated::objects_check::is_gone(found) {
            return Err(id_kind(kind).not_found(id));
        }
        self.check_unused(id)?;
        let (state, later) = match kind {
            DescribeKind::VpcPeeringConnections => ("deleted", Later::ObjectDeleted),
            DescribeKind::ManagedPrefixLists
            | DescribeKind::InstanceConnectEndpoints
            | DescribeKind::VpcBlockPublicAccessExclusions => ("delete-in-progress", Later::ObjectDeleted),
            DescribeKind::VpnGateways
            | DescribeKind::CustomerGateways
            | DescribeKind::DhcpOptions
            | DescribeKind::FlowLogs => {
                self.objects.remove(id);
                self.forget(id);
                return Ok(Reply::Done);
            }
            _ => ("deleting", Later::ObjectDeleted),
        };
        if let Some(object) = self.objects.get_mut(id) {
            state.clone_into(&mut object.state);
        }
        self.due.retain(|due| due.id != id);
        self.plan(id, later);
        Ok(Reply::Done)
    }

    /// An object that was on its way out is gone, and with it what belongs to it.
    pub(super) fn object_deleted(&mut self, id: &str) {
        self.drop_object_interfaces(id, None);
        if let Some(attachment) = self.objects.get(id).and_then(attachment_of) {
            self.part_attachment(&attachment);
        }
        let kind = self.objects.remove(id).map(|it| it.spec.kind());
        self.forget(id);
        match kind {
            Some(DescribeKind::TransitGateways) => self.objects.retain(|_, it| {
                !matches!(&it.spec, Spec::TransitGatewayRouteTable { transit_gateway_id, .. }
                    if transit_gateway_id == id)
            }),
            Some(
                DescribeKind::TransitGatewayVpcAttachments | DescribeKind::TransitGatewayPeeringAttachments,
            ) => self.part_attachment(id),
            _ => {}
        }
    }

    /// What was on its way has arrived: the object's state, and what was being joined to it.
    pub(super) fn object_settled(&mut self, id: &str) {
        let overlaps = self.objects.get(id).is_some_and(|it| self.sides_overlap(&it.spec));
        let Some(object) = self.objects.get_mut(id) else { return };
        let next = match object.state.as_str() {
            "initiating-request" if overlaps => {
                object.state_reason = Some("Overlapping CIDR blocks".to_owned());
                "failed"
            }
            "initiating-request" => "pending-acceptance",
            "create-in-progress" => "create-complete",
            "modify-in-progress" => "modify-complete",
            "update-in-progress" => "update-complete",
            "provisioning" => "active",
            "pending" | "modifying" => "available",
            other => other,
        }
        .to_owned();
        object.state = next;
        match &mut object.spec {
            Spec::VpnGateway { attachments, .. } => settle(attachments),
            Spec::TransitGatewayRouteTable { associations, propagations, .. } => {
                settle(associations);
                settle(propagations);
            }
            _ => {}
        }
    }

    pub(super) fn change_object(&mut self, id: &str, change: &Change) -> Answer {
        match change {
            Change::AcceptVpcPeeringConnection | Change::AcceptTransitGatewayPeeringAttachment => {
                self.accept_peering(id)
            }
            Change::ModifyVpcPeeringConnectionOptions { requester_dns, accepter_dns } => {
                let object = ids::PCX.find_mut(&mut self.objects, id)?;
                if object.state != "active" {
                    return refuse("InvalidStateTransition", format!("The connection {id} is not active."));
                }
                if let Spec::VpcPeeringConnection {
                    requester_dns: requester, accepter_dns: accepter, ..
                } = &mut object.spec
                {
                    (*requester, *accepter) = (*requester_dns, *accepter_dns);
                }
                Ok(Reply::Done)
            }
            Change::ModifyManagedPrefixList {
                current_version,
                prefix_list_name,
                max_entries,
                add,
                remove,
            } => self.modify_prefix_list(id, *current_version, prefix_list_name, *max_entries, (add, remove)),
            Change::AttachVpnGateway { vpc_id } => self.attach_vpn_gateway(id, vpc_id),
            Change::DetachVpnGateway { vpc_id } => self.detach_vpn_gateway(id, vpc_id),
            Change::EnableVgwRoutePropagation { gateway_id } => self.propagate(id, gateway_id),
            Change::DisableVgwRoutePropagation { gateway_id } => {
                let table = ids::RTB.find_mut(&mut self.route_tables, id)?;
                table.propagating_vgws.retain(|it| it != gateway_id);
                Ok(Reply::Done)
            }
            Change::AssociateRouteTable { gateway_id } => self.associate_gateway(id, gateway_id),
            Change::AssociateDhcpOptions { dhcp_options_id } => {
                if dhcp_options_id != "default" {
                    ids::DOPT.find(&self.objects, dhcp_options_id)?;
                }
                let vpc = ids::VPC.find_mut(&mut self.vpcs, id)?;
                vpc.live.dhcp_options_id = Some(dhcp_options_id.clone());
                Ok(Reply::Done)
            }
            Change::ModifyVpnConnection { .. }
            | Change::CreateVpnConnectionRoute { .. }
            | Change::DeleteVpnConnectionRoute { .. } => self.change_vpn_connection(id, change),
            Change::ModifyVpcBlockPublicAccessOptions { .. }
            | Change::ModifyVpcBlockPublicAccessExclusion { .. } => self.change_block(id, change),
            _ => self.change_transit(id, change),
        }
    }

    fn accept_peering(&mut self, id: &str) -> Answer {
        let kind = IdKind::of(id).unwrap_or(ids::PCX);
        let object = kind.find_mut(&mut self.objects, id)?;
        if object.state != "pending-acceptance" {
            return refuse(
                "InvalidStateTransition",
                format!(
                    "Invalid state transition for {id}, attempted to transition from {} to active",
                    object.state
                ),
            );
        }
        let state = if kind == ids::PCX { "provisioning" } else { "pending" };
        state.clone_into(&mut object.state);
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn modify_prefix_list(
        &mut self,
        id: &str,
        current: i64,
        name: &str,
        most: Option<i32>,
        (add, remove): (&[PrefixEntry], &[String]),
    ) -> Answer {
        let object = ids::PREFIX_LIST.find_mut(&mut self.objects, id)?;
        if !matches!(object.state.as_str(), "create-complete" | "modify-complete") {
            return refuse("IncorrectState", format!("The prefix list {id} is in state {}.", object.state));
        }
        let Spec::ManagedPrefixList { prefix_list_name, max_entries, entries, version, address_family } =
            &mut object.spec
        else {
            return Err(ids::PREFIX_LIST.not_found(id));
        };
        if *version != current {
            return refuse("PrefixListVersionMismatch", format!("The version of {id} is {version}."));
        }
        if most.is_some() && !(add.is_empty() && remove.is_empty()) {
            return refuse(
                "InvalidParameterCombination",
                "The maximum number of entries and the entries cannot be changed together.",
            );
        }
        if add.iter().any(|it| remove.contains(&it.cidr)) {
            return refuse("InvalidParameterValue", "An entry cannot be added and removed at once.");
        }
        let mut kept: Vec<PrefixEntry> =
            entries.iter().filter(|it| !remove.contains(&it.cidr)).cloned().collect();
        kept.extend(add.iter().cloned());
        kept.sort();
        check_entries(&kept, most.unwrap_or(*max_entries), address_family)?;
        *max_entries = most.unwrap_or(*max_entries);
        *entries = kept;
        name.clone_into(prefix_list_name);
        *version += i64::from(!(add.is_empty() && remove.is_empty()));
        "modify-in-progress".clone_into(&mut object.state);
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn attach_vpn_gateway(&mut self, id: &str, vpc_id: &str) -> Answer {
        ids::VPC.find(&self.vpcs, vpc_id)?;
        ids::VGW.find(&self.objects, id)?;
        let is_taken = self.objects.values().any(|it| match &it.spec {
            Spec::VpnGateway { attachments, .. } => attachments
                .iter()
                .any(|other| other.state != "detached" && (it.id == id || other.id == vpc_id)),
            _ => false,
        });
        if is_taken {
            return refuse(
                "VpnGatewayAttachmentLimitExceeded",
                "The maximum number of virtual private gateway attachments has been reached.",
            );
        }
        self.join(id, vpc_id, "attaching");
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn detach_vpn_gateway(&mut self, id: &str, vpc_id: &str) -> Answer {
        let object = ids::VGW.find_mut(&mut self.objects, id)?;
        let attached = match &mut object.spec {
            Spec::VpnGateway { attachments, .. } => attachments.iter_mut().find(|it| it.id == vpc_id),
            _ => None,
        };
        let Some(attached) = attached.filter(|it| it.stands()) else {
            return refuse(
                "InvalidVpnGatewayAttachment.NotFound",
                format!("{id} is not attached to {vpc_id}."),
            );
        };
        "detaching".clone_into(&mut attached.state);
        for table in self.route_tables.values_mut() {
            table.propagating_vgws.retain(|it| it != id);
        }
        self.plan(id, Later::ObjectSoon);
        Ok(Reply::Done)
    }

    fn join(&mut self, id: &str, to: &str, state: &str) {
        if let Some(Spec::VpnGateway { attachments, .. }) = self.objects.get_mut(id).map(|it| &mut it.spec) {
            attachments.retain(|it| it.id != to);
            attachments.push(Joined::new(to, state));
        }
    }

    /// The VPC to which a virtual private gateway is attached.
    pub(super) fn vpc_of_vpn_gateway(&self, id: &str) -> Option<&str> {
        match &self.objects.get(id)?.spec {
            Spec::VpnGateway { attachments, .. } => {
                attachments.iter().find(|it| it.stands()).map(|it| it.id.as_str())
            }
            _ => None,
        }
    }

    fn propagate(&mut self, table_id: &str, gateway_id: &str) -> Answer {
        ids::VGW.find(&self.objects, gateway_id)?;
        let vpc = self.vpc_of_vpn_gateway(gateway_id).map(str::to_owned);
        let table = ids::RTB.find_mut(&mut self.route_tables, table_id)?;
        if vpc.as_ref() != Some(&table.vpc_id) {
            return refuse(
                "Gateway.NotAttached",
                format!("resource {gateway_id} is not attached to network {}", table.vpc_id),
            );
        }
        table.propagating_vgws.retain(|it| it != gateway_id);
        table.propagating_vgws.push(gateway_id.to_owned());
        Ok(Reply::Done)
    }

    fn associate_gateway(&mut self, table_id: &str, gateway_id: &str) -> Answer {
        let vpc_id = ids::RTB.find(&self.route_tables, table_id)?.vpc_id.clone();
        let of_gateway = if gateway_id.starts_with(ids::VGW.prefix) {
            ids::VGW.find(&self.objects, gateway_id)?;
            self.vpc_of_vpn_gateway(gateway_id).map(str::to_owned)
        } else {
            let gateway = ids::IGW.find(&self.internet_gateways, gateway_id)?;
            gateway.attachments.first().map(|it| it.vpc_id.clone())
        };
        if of_gateway.as_ref() != Some(&vpc_id) {
            return refuse(
                "InvalidParameterValue",
                format!("route table {table_id} and gateway {gateway_id} belong to different networks"),
            );
        }
        let mut associations = self.route_tables.values().flat_map(|it| &it.associations);
        if associations.any(|it| it.gateway_id.as_deref() == Some(gateway_id)) {
            return refuse(
                "Resource.AlreadyAssociated",
                format!("the gateway {gateway_id} has a route table association already"),
            );
        }
        self.add_edge_association(table_id, gateway_id)
    }

    /// Whether two VPCs that are to be joined have a common block.
    fn sides_overlap(&self, spec: &Spec) -> bool {
        let Spec::VpcPeeringConnection { vpc_id, peer_vpc_id, .. } = spec else { return false };
        let blocks = |vpc: &str| -> Vec<ipnet::IpNet> {
            let live = self.vpcs.get(vpc).map(|it| &it.live);
            let blocks = live.into_iter().flat_map(|it| &it.cidr_block_associations);
            blocks.filter_map(|it| it.cidr_block.parse().ok()).collect()
        };
        let theirs = blocks(peer_vpc_id);
        blocks(vpc_id).iter().any(|a| theirs.iter().any(|b| a.contains(b) || b.contains(a)))
    }
}

/// What was being joined is joined, and what was being parted is no longer listed.
fn settle(joined: &mut Vec<Joined>) {
    joined.retain(|it| !matches!(it.state.as_str(), "detaching" | "disassociating" | "disabling"));
    for it in joined {
        let next = match it.state.as_str() {
            "attaching" => "attached",
            "associating" => "associated",
            "enabling" => "enabled",
            other => other,
        }
        .to_owned();
        it.state = next;
    }
}

/// Refuses entries that a list cannot hold.
pub(super) fn check_entries(entries: &[PrefixEntry], most: i32, family: &str) -> Result<(), CloudError> {
    if i32::try_from(entries.len()).is_ok_and(|count| count > most) {
        return refuse(
            "PrefixListMaxEntriesExceeded",
            format!("You've reached the maximum number of entries for the prefix list ({most})."),
        );
    }
    let mut blocks: Vec<&str> = entries.iter().map(|it| it.cidr.as_str()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    if blocks.len() != entries.len() {
        return refuse("InvalidParameterValue", "The same CIDR stands twice in the prefix list.");
    }
    let fits = |text: &str| {
        let address = text.split('/').next().and_then(|it| it.parse::<IpAddr>().ok());
        address.is_some_and(|it| it.is_ipv4() == (family == "IPv4"))
    };
    match blocks.iter().find(|block| !fits(block)) {
        Some(block) => refuse("InvalidParameterValue", format!("The CIDR {block} is not of {family}.")),
        None => Ok(()),
    }
}
