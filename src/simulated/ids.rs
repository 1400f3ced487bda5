//! Identifiers: their shape, and the codes by which EC2 says that one is malformed or not there.

use std::collections::BTreeMap;

use crate::cloud::CloudError;

/// A kind of id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IdKind {
    pub prefix: &'static str,
    noun: &'static str,
    not_found: &'static str,
    malformed: &'static str,
}

macro_rules! id_kinds {
    ($($name:ident = $prefix:literal, $noun:literal, $not_found:literal, $malformed:literal;)+) => {
        $(pub(super) const $name: IdKind = IdKind {
            prefix: $prefix, noun: $noun, not_found: $not_found, malformed: $malformed,
        };)+
        const ALL: &[IdKind] = &[$($name),+];
    };
}

// Codes: "Error codes for the Amazon EC2 API". Longer prefixes stand before their own beginnings.
id_kinds! {
    VPC_CIDR = "vpc-cidr-assoc-", "vpc CIDR block association ID", "InvalidVpcCidrBlockAssociationID.NotFound", "InvalidVpcCidrBlockAssociationID.Malformed";
    VPCE = "vpce-", "Vpc Endpoint Id", "InvalidVpcEndpointId.NotFound", "InvalidVpcEndpointId.Malformed";
    VPC = "vpc-", "vpc ID", "InvalidVpcID.NotFound", "InvalidVpcID.Malformed";
    SUBNET_CIDR = "subnet-cidr-assoc-", "subnet CIDR block association ID", "InvalidSubnetCidrBlockAssociationID.NotFound", "InvalidSubnetCidrBlockAssociationID.Malformed";
    SUBNET = "subnet-", "subnet ID", "InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed";
    EIGW = "eigw-", "egressOnlyInternetGateway ID", "InvalidGatewayID.NotFound", "InvalidEgressOnlyInternetGatewayId.Malformed";
    IGW = "igw-", "internetGateway ID", "InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayID.Malformed";
    RTB_ASSOCIATION = "rtbassoc-", "association ID", "InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed";
    RTB = "rtb-", "routeTable ID", "InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed";
    EIP_ASSOCIATION = "eipassoc-", "association ID", "InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed";
    EIP = "eipalloc-", "allocation ID", "InvalidAllocationID.NotFound", "InvalidAllocationID.Malformed";
    PCX = "pcx-", "vpcPeeringConnection ID", "InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.Malformed";
    VGW = "vgw-", "vpnGateway ID", "InvalidVpnGatewayID.NotFound", "InvalidVpnGatewayId.Malformed";
    CGW = "cgw-", "customerGateway ID", "InvalidCustomerGatewayID.NotFound", "InvalidCustomerGatewayId.Malformed";
    VPN = "vpn-", "vpnConnection ID", "InvalidVpnConnectionID.NotFound", "InvalidVpnConnectionId.Malformed";
    BLOCK_EXCLUSION = "vpcbpa-exclude-", "exclusion ID", "InvalidVpcBlockPublicAccessExclusionId.NotFound", "InvalidVpcBlockPublicAccessExclusionId.Malformed";
    TGW_RTB = "tgw-rtb-", "transitGatewayRouteTable ID", "InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed";
    TGW_ATTACHMENT = "tgw-attach-", "transitGatewayAttachment ID", "InvalidTransitGatewayAttachmentID.NotFound", "InvalidTransitGatewayAttachmentId.Malformed";
    TGW = "tgw-", "transitGateway ID", "InvalidTransitGatewayID.NotFound", "InvalidTransitGatewayId.Malformed";
    DOPT = "dopt-", "dhcpOption ID", "InvalidDhcpOptionID.NotFound", "InvalidDhcpOptionsId.Malformed";
    FLOW_LOG = "fl-", "flow log ID", "InvalidFlowLogId.NotFound", "InvalidFlowLogId.Malformed";
    EICE = "eice-", "instance connect endpoint ID", "InvalidInstanceConnectEndpointId.NotFound", "InvalidInstanceConnectEndpointId.Malformed";
    NAT = "nat-", "NAT gateway", "NatGatewayNotFound", "NatGatewayMalformed";
    ACL_ASSOCIATION = "aclassoc-", "association ID", "InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed";
    ACL = "acl-", "networkAcl ID", "InvalidNetworkAclID.NotFound", "InvalidNetworkAclID.Malformed";
    SG_RULE = "sgr-", "security group rule ID", "InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.Malformed";
    SG = "sg-", "security group", "InvalidGroup.NotFound", "InvalidGroupId.Malformed";
    KEY = "key-", "key pair", "InvalidKeyPair.NotFound", "InvalidKeyPairId.Malformed";
    ENI = "eni-", "networkInterface ID", "InvalidNetworkInterfaceID.NotFound", "InvalidNetworkInterfaceId.Malformed";
    AMI = "ami-", "image id", "InvalidAMIID.NotFound", "InvalidAMIID.Malformed";
    PREFIX_LIST = "pl-", "prefix list ID", "InvalidPrefixListID.NotFound", "InvalidPrefixListId.Malformed";
    INSTANCE = "i-", "instance ID", "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed";
}

impl IdKind {
    /// The kind of an id, by its prefix.
    pub fn of(id: &str) -> Option<Self> {
        ALL.iter().copied().find(|kind| id.starts_with(kind.prefix))
    }

    /// Refuses an id that does not have the shape of its kind: the prefix and 8 or 17 hexadecimal digits.
    pub fn check(self, id: &str) -> Result<(), CloudError> {
        let digits = id.strip_prefix(self.prefix).unwrap_or_default();
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if is_hex && matches!(digits.len(), 8 | 17) {
            return Ok(());
        }
        Err(CloudError::answered(
            self.malformed,
            format!("Invalid id: \"{id}\" (expecting \"{}...\")", self.prefix),
        ))
    }

    /// The error for an id that names nothing.
    pub fn not_found(self, id: &str) -> CloudError {
        CloudError::answered(self.not_found, format!("The {} '{id}' does not exist", self.noun))
    }

    /// The object of an id.
    pub fn find<'m, T>(self, objects: &'m BTreeMap<String, T>, id: &str) -> Result<&'m T, CloudError> {
        self.check(id)?;
        objects.get(id).ok_or_else(|| self.not_found(id))
    }

    /// The object of an id, to be changed.
    pub fn find_mut<'m, T>(
        self,
        objects: &'m mut BTreeMap<String, T>,
        id: &str,
    ) -> Result<&'m mut T, CloudError> {
        self.check(id)?;
        objects.get_mut(id).ok_or_else(|| self.not_found(id))
    }
}

/// An error of the cloud as the result of anything.
pub(super) fn refuse<T>(code: &str, message: impl Into<String>) -> Result<T, CloudError> {
    Err(CloudError::answered(code, message))
}

/// The same error under another code, where one action spells it in its own way.
pub(super) fn recode(error: CloudError, from_ending: &str, code: &str) -> CloudError {
    if error.code.ends_with(from_ending) { CloudError::answered(code, error.message) } else { error }
}
