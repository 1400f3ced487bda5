//! What is asked of a cloud, call by call.

use serde::{Deserialize, Serialize};

use super::parts::{
    AddressTarget, DescribeKind, Filter, InstanceAttribute, NetworkAclEntry, RouteDestination, RouteTarget,
    SecurityGroupRule, SubnetAttribute, Tags, VpcAttribute, VpcEndpointType, ZoneAddresses,
};
use super::spec::{Change, Spec};

/// One call of the EC2 API (and two of its neighbours), as plain data.
///
/// A call that makes something answers [`Reply::Created`](super::Reply::Created) with the id named
/// at the variant; one that changes or removes something answers `Done` unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action")]
#[expect(missing_docs, reason = "the fields are the parameters of the EC2 action that the variant names")]
pub enum Call {
    /// Makes a VPC with its main route table, default network ACL and default security group; `vpc-…`.
    CreateVpc { cidr_block: String, instance_tenancy: Option<String>, tags: Tags },
    /// Sets one DNS switch of a VPC.
    ModifyVpcAttribute { vpc_id: String, attribute: VpcAttribute, value: bool },
    /// Reads one DNS switch of a VPC; answers [`Reply::Switch`](super::Reply::Switch).
    DescribeVpcAttribute { vpc_id: String, attribute: VpcAttribute },
    /// Adds a secondary IPv4 block, or an IPv6 one of Amazon's; `vpc-cidr-assoc-…`.
    AssociateVpcCidrBlock {
        vpc_id: String,
        #[serde(default)]
        cidr_block: Option<String>,
        #[serde(default)]
        amazon_provided_ipv6_cidr_block: bool,
    },
    /// Removes a secondary block.
    DisassociateVpcCidrBlock { association_id: String },
    /// Deletes a VPC and what came with it.
    DeleteVpc { vpc_id: String },

    /// Makes a subnet; `subnet-…`.
    CreateSubnet {
        vpc_id: String,
        cidr_block: String,
        #[serde(default)]
        ipv6_cidr_block: Option<String>,
        availability_zone: Option<String>,
        tags: Tags,
    },
    /// Gives a subnet an IPv6 block; `subnet-cidr-assoc-…`.
    AssociateSubnetCidrBlock { subnet_id: String, ipv6_cidr_block: String },
    /// Takes an IPv6 block from a subnet.
    DisassociateSubnetCidrBlock { association_id: String },
    /// Sets one switch of a subnet.
    ModifySubnetAttribute { subnet_id: String, attribute: SubnetAttribute, value: bool },
    /// Deletes a subnet.
    DeleteSubnet { subnet_id: String },

    /// Makes an internet gateway; `igw-…`.
    CreateInternetGateway { tags: Tags },
    /// Attaches it to a VPC.
    AttachInternetGateway { internet_gateway_id: String, vpc_id: String },
    /// Detaches it.
    DetachInternetGateway { internet_gateway_id: String, vpc_id: String },
    /// Deletes it, detached.
    DeleteInternetGateway { internet_gateway_id: String },

    /// Makes an egress-only internet gateway, attached to its VPC for good; `eigw-…`.
    CreateEgressOnlyInternetGateway { vpc_id: String, tags: Tags, client_token: Option<String> },
    /// Deletes an egress-only internet gateway.
    DeleteEgressOnlyInternetGateway { egress_only_internet_gateway_id: String },

    /// Makes a route table; `rtb-…`.
    CreateRouteTable { vpc_id: String, tags: Tags, client_token: Option<String> },
    /// Deletes a route table.
    DeleteRouteTable { route_table_id: String },
    /// Adds a route; answers `Done`.
    CreateRoute { route_table_id: String, destination: RouteDestination, target: RouteTarget },
    /// Changes the target of a route.
    ReplaceRoute { route_table_id: String, destination: RouteDestination, target: RouteTarget },
    /// Removes a route.
    DeleteRoute { route_table_id: String, destination: RouteDestination },
    /// Associates a subnet explicitly; `rtbassoc-…`.
    AssociateRouteTable { route_table_id: String, subnet_id: String },
    /// Moves an association (the main one too) to another table; answers `Created` with its new id.
    ReplaceRouteTableAssociation { association_id: String, route_table_id: String },
    /// Removes an explicit association.
    DisassociateRouteTable { association_id: String },

    /// Allocates an Elastic IP address; `eipalloc-…` and the public address.
    AllocateAddress { tags: Tags },
    /// Gives an address back.
    ReleaseAddress { allocation_id: String },
    /// Associates an address; `eipassoc-…`. Without reassociation, an address in use is refused.
    AssociateAddress { allocation_id: String, target: AddressTarget, allow_reassociation: bool },
    /// Removes the association.
    DisassociateAddress { association_id: String },

    /// Makes a NAT gateway, `public` (with an address) or `private`; `nat-…`.
    CreateNatGateway {
        subnet_id: String,
        connectivity_type: String,
        allocation_id: Option<String>,
        private_ip_address: Option<String>,
        tags: Tags,
        client_token: Option<String>,
    },
    /// `CreateNatGateway` with `AvailabilityMode=regional`: in the zones and with the addresses that are
    /// given, or where AWS chooses, when there are none; `nat-…`.
    CreateRegionalNatGateway {
        vpc_id: String,
        availability_zone_addresses: Vec<ZoneAddresses>,
        tags: Tags,
        client_token: Option<String>,
    },
    /// Deletes a NAT gateway; it goes through `deleting` to `deleted`.
    DeleteNatGateway { nat_gateway_id: String },

    /// Makes a network ACL that denies everything; `acl-…`.
    CreateNetworkAcl { vpc_id: String, tags: Tags, client_token: Option<String> },
    /// Deletes a network ACL.
    DeleteNetworkAcl { network_acl_id: String },
    /// Adds an entry; answers `Done`.
    CreateNetworkAclEntry { network_acl_id: String, entry: NetworkAclEntry },
    /// Replaces the entry with the same number and direction.
    ReplaceNetworkAclEntry { network_acl_id: String, entry: NetworkAclEntry },
    /// Removes an entry.
    DeleteNetworkAclEntry { network_acl_id: String, rule_number: i32, egress: bool },
    /// Moves a subnet to another network ACL; answers `Created` with the new `aclassoc-…`.
    ReplaceNetworkAclAssociation { association_id: String, network_acl_id: String },

    /// Makes a security group, with one egress rule that allows all IPv4; `sg-…`.
    CreateSecurityGroup { group_name: String, description: String, vpc_id: String, tags: Tags },
    /// Deletes a security group.
    DeleteSecurityGroup { group_id: String },
    /// `AuthorizeSecurityGroupIngress` or `…Egress`; answers `Created` with the group's id and the
    /// rules' ids in the order of `rules`.
    AuthorizeSecurityGroupRules { group_id: String, egress: bool, rules: Vec<SecurityGroupRule>, tags: Tags },
    /// `RevokeSecurityGroupIngress` or `…Egress`.
    RevokeSecurityGroupRules { group_id: String, egress: bool, security_group_rule_ids: Vec<String> },

    /// Imports a public key (the text of an OpenSSH `.pub` file); `key-…`.
    ImportKeyPair { key_name: String, public_key_material: String, tags: Tags },
    /// Makes a key pair, `ed25519` or `rsa`; `key-…` and, this once, the private key as PEM.
    CreateKeyPair { key_name: String, key_type: String, tags: Tags },
    /// Deletes a key pair; one that is not there is no error, as in EC2.
    DeleteKeyPair { key_pair_id: String },

    /// Launches one instance; `i-…`.
    RunInstances(Box<RunInstances>),
    /// Terminates instances; they go through `shutting-down` to `terminated`.
    TerminateInstances { instance_ids: Vec<String> },
    /// Stops instances; they go through `stopping` to `stopped`.
    StopInstances { instance_ids: Vec<String> },
    /// Starts stopped instances; they go through `pending` to `running`.
    StartInstances { instance_ids: Vec<String> },
    /// Changes one attribute of an instance.
    ModifyInstanceAttribute { instance_id: String, attribute: InstanceAttribute },

    /// Makes an endpoint; `vpce-…`. Route tables are for a gateway; subnets, groups and private DNS
    /// for an interface.
    CreateVpcEndpoint {
        vpc_id: String,
        vpc_endpoint_type: VpcEndpointType,
        service_name: String,
        route_table_ids: Vec<String>,
        subnet_ids: Vec<String>,
        security_group_ids: Vec<String>,
        private_dns_enabled: bool,
        tags: Tags,
        client_token: Option<String>,
    },
    /// Adds and removes route tables, subnets and groups of an endpoint; `None` leaves private DNS.
    ModifyVpcEndpoint {
        vpc_endpoint_id: String,
        add_route_table_ids: Vec<String>,
        remove_route_table_ids: Vec<String>,
        add_subnet_ids: Vec<String>,
        remove_subnet_ids: Vec<String>,
        add_security_group_ids: Vec<String>,
        remove_security_group_ids: Vec<String>,
        private_dns_enabled: Option<bool>,
    },
    /// Deletes endpoints; the first that the cloud lists as unsuccessful becomes the error.
    DeleteVpcEndpoints { vpc_endpoint_ids: Vec<String> },

    /// Makes an object of one of the kinds of [`Spec`]; its id.
    CreateObject { spec: Box<Spec>, tags: Tags, client_token: Option<String> },
    /// Changes an object; answers `Done`.
    ChangeObject { id: String, change: Change },
    /// Deletes an object of one of the kinds of [`Spec`].
    DeleteObject { kind: DescribeKind, id: String },

    /// Sets tags on objects of any kind.
    CreateTags { resources: Vec<String>, tags: Tags },
    /// Removes tags by key.
    DeleteTags { resources: Vec<String>, keys: Vec<String> },

    /// `GetParameter` of Systems Manager; answers [`Reply::Parameter`](super::Reply::Parameter).
    GetSsmParameter { name: String },
    /// `GetCallerIdentity` of STS; answers [`Reply::Identity`](super::Reply::Identity).
    GetCallerIdentity,
    /// Asks whether the credentials allow a call, without carrying it out; answers `Done` where EC2
    /// says `DryRunOperation`. Only for calls that [take it](Call::takes_dry_run); a cloud that would
    /// carry the call out all the same answers `DryRunNotHonoured` and does nothing.
    DryRun { call: Box<Call> },
    /// Machine images by their ids; answers `Described(Live::Images)`.
    DescribeImages { image_ids: Vec<String> },
    /// In which zones instance types are offered; answers `Described(Live::InstanceTypeOfferings)`.
    DescribeInstanceTypeOfferings { instance_types: Vec<String> },
    /// What the account may have; answers `Described(Live::AccountAttributes)`.
    DescribeAccountAttributes,
    /// `GetServiceQuota` of Service Quotas: what the account may have here of what `quota_code`
    /// (`L-F678F1CE`) of the service `service_code` (`vpc`) counts; answers
    /// [`Reply::ServiceQuota`](super::Reply::ServiceQuota), or an error where only AWS's default is known.
    GetServiceQuota { service_code: String, quota_code: String },
    /// The zones of the region; answers `Described(Live::AvailabilityZones)`.
    DescribeAvailabilityZones,
    /// Lists what has one of the ids (all, where there are none) and passes every filter; answers
    /// `Described` with the `Live` variant of this kind. An id that does not exist is an error.
    Describe { kind: DescribeKind, filters: Vec<Filter>, ids: Vec<String> },
}

/// The parameters of `RunInstances` for exactly one instance (`MinCount` = `MaxCount` = 1) with one
/// network interface.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RunInstances {
    /// `ami-…`.
    pub image_id: String,
    /// `t3.micro`, …
    pub instance_type: String,
    /// The name of a key pair.
    pub key_name: Option<String>,
    /// The subnet.
    pub subnet_id: String,
    /// The groups of its interface; the VPC's default group where there are none.
    pub security_group_ids: Vec<String>,
    /// A fixed primary private address.
    pub private_ip_address: Option<String>,
    /// Overrides the subnet's switch where given.
    pub associate_public_ip_address: Option<bool>,
    /// A script for the first boot, as plain text (not base64).
    pub user_data: Option<String>,
    /// Tags of the instance.
    pub tags: Tags,
    /// A second call with the same token makes no second instance.
    pub client_token: Option<String>,
}
