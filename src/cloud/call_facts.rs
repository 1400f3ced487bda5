//! What is true of a call without carrying it out.

use super::{
    call::Call,
    parts::{DescribeKind, VpcEndpointType},
};

impl Call {
    /// A describing call without filters or ids.
    pub fn describe_all(kind: DescribeKind) -> Self {
        Self::Describe { kind, filters: Vec::new(), ids: Vec::new() }
    }

    /// A describing call for some ids.
    pub fn describe_ids<I: Into<String>>(kind: DescribeKind, ids: impl IntoIterator<Item = I>) -> Self {
        Self::Describe { kind, filters: Vec::new(), ids: ids.into_iter().map(Into::into).collect() }
    }

    /// The name of the action in the API, as policies and AWS's own logs write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateVpc { .. } => "CreateVpc",
            Self::ModifyVpcAttribute { .. } => "ModifyVpcAttribute",
            Self::DescribeVpcAttribute { .. } => "DescribeVpcAttribute",
            Self::AssociateVpcCidrBlock { .. } => "AssociateVpcCidrBlock",
            Self::DisassociateVpcCidrBlock { .. } => "DisassociateVpcCidrBlock",
            Self::DeleteVpc { .. } => "DeleteVpc",
            Self::CreateSubnet { .. } => "CreateSubnet",
            Self::ModifySubnetAttribute { .. } => "ModifySubnetAttribute",
            Self::DeleteSubnet { .. } => "DeleteSubnet",
            Self::AssociateSubnetCidrBlock { .. } => "AssociateSubnetCidrBlock",
            Self::DisassociateSubnetCidrBlock { .. } => "DisassociateSubnetCidrBlock",
            Self::CreateInternetGateway { .. } => "CreateInternetGateway",
            Self::AttachInternetGateway { .. } => "AttachInternetGateway",
            Self::DetachInternetGateway { .. } => "DetachInternetGateway",
            Self::DeleteInternetGateway { .. } => "DeleteInternetGateway",
            Self::CreateEgressOnlyInternetGateway { .. } => "CreateEgressOnlyInternetGateway",
            Self::DeleteEgressOnlyInternetGateway { .. } => "DeleteEgressOnlyInternetGateway",
            Self::CreateRouteTable { .. } => "CreateRouteTable",
            Self::DeleteRouteTable { .. } => "DeleteRouteTable",
            Self::CreateRoute { .. } => "CreateRoute",
            Self::ReplaceRoute { .. } => "ReplaceRoute",
            Self::DeleteRoute { .. } => "DeleteRoute",
            Self::AssociateRouteTable { .. } => "AssociateRouteTable",
            Self::ReplaceRouteTableAssociation { .. } => "ReplaceRouteTableAssociation",
            Self::DisassociateRouteTable { .. } => "DisassociateRouteTable",
            Self::AllocateAddress { .. } => "AllocateAddress",
            Self::ReleaseAddress { .. } => "ReleaseAddress",
            Self::AssociateAddress { .. } => "AssociateAddress",
            Self::DisassociateAddress { .. } => "DisassociateAddress",
            Self::CreateNatGateway { .. } | Self::CreateRegionalNatGateway { .. } => "CreateNatGateway",
            Self::DeleteNatGateway { .. } => "DeleteNatGateway",
            Self::CreateNetworkAcl { .. } => "CreateNetworkAcl",
            Self::DeleteNetworkAcl { .. } => "DeleteNetworkAcl",
            Self::CreateNetworkAclEntry { .. } => "CreateNetworkAclEntry",
            Self::ReplaceNetworkAclEntry { .. } => "ReplaceNetworkAclEntry",
            Self::DeleteNetworkAclEntry { .. } => "DeleteNetworkAclEntry",
            Self::ReplaceNetworkAclAssociation { .. } => "ReplaceNetworkAclAssociation",
            Self::CreateSecurityGroup { .. } => "CreateSecurityGroup",
            Self::DeleteSecurityGroup { .. } => "DeleteSecurityGroup",
            Self::AuthorizeSecurityGroupRules { egress: true, .. } => "AuthorizeSecurityGroupEgress",
            Self::AuthorizeSecurityGroupRules { egress: false, .. } => "AuthorizeSecurityGroupIngress",
            Self::RevokeSecurityGroupRules { egress: true, .. } => "RevokeSecurityGroupEgress",
            Self::RevokeSecurityGroupRules { egress: false, .. } => "RevokeSecurityGroupIngress",
            Self::CreateVpcEndpoint { .. } => "CreateVpcEndpoint",
            Self::ModifyVpcEndpoint { .. } => "ModifyVpcEndpoint",
            Self::DeleteVpcEndpoints { .. } => "DeleteVpcEndpoints",
            Self::ImportKeyPair { .. } => "ImportKeyPair",
            Self::CreateKeyPair { .. } => "CreateKeyPair",
            Self::DeleteKeyPair { .. } => "DeleteKeyPair",
            Self::RunInstances(_) => "RunInstances",
            Self::TerminateInstances { .. } => "TerminateInstances",
            Self::StopInstances { .. } => "StopInstances",
            Self::StartInstances { .. } => "StartInstances",
            Self::ModifyInstanceAttribute { .. } => "ModifyInstanceAttribute",
            Self::CreateObject { spec, .. } => spec.kind().writes().0,
            Self::ChangeObject { change, .. } => change.action(),
            Self::DeleteObject { kind, .. } => kind.writes().1,
            Self::CreateTags { .. } => "CreateTags",
            Self::DeleteTags { .. } => "DeleteTags",
            Self::GetSsmParameter { .. } => "GetParameter",
            Self::GetCallerIdentity => "GetCallerIdentity",
            Self::Describe { kind, .. } => kind.action(),
            Self::DescribeAvailabilityZones => "DescribeAvailabilityZones",
            Self::DescribeImages { .. } => "DescribeImages",
            Self::DescribeInstanceTypeOfferings { .. } => "DescribeInstanceTypeOfferings",
            Self::DescribeAccountAttributes => "DescribeAccountAttributes",
            Self::GetServiceQuota { .. } => "GetServiceQuota",
            Self::DryRun { call } => call.name(),
        }
    }

    /// Whether the call changes anything.
    pub fn is_write(&self) -> bool {
        !matches!(
            self,
            Self::Describe { .. }
                | Self::DescribeVpcAttribute { .. }
                | Self::DescribeAvailabilityZones
                | Self::DescribeImages { .. }
                | Self::DescribeInstanceTypeOfferings { .. }
                | Self::DescribeAccountAttributes
                | Self::GetServiceQuota { .. }
                | Self::DryRun { .. }
                | Self::GetSsmParameter { .. }
                | Self::GetCallerIdentity
        )
    }

    /// How long the reply usually takes, in milliseconds.
    pub fn usual_ms(&self) -> u64 {
        match self {
            Self::RunInstances(_) => 1_500,
            Self::CreateNatGateway { .. } | Self::CreateRegionalNatGateway { .. } => 900,
            Self::CreateVpcEndpoint { vpc_endpoint_type: VpcEndpointType::Interface, .. } => 1_200,
            Self::CreateVpc { .. } | Self::CreateVpcEndpoint { .. } | Self::TerminateInstances { .. } => 700,
            Self::CreateKeyPair { .. } | Self::ImportKeyPair { .. } | Self::CreateSecurityGroup { .. } => 500,
            call if call.is_write() => 350,
            _ => 150,
        }
    }

    /// Whether EC2 has the parameter `DryRun` for this call. A few writes do not have it, and what EC2
    /// does with a parameter that it does not know is nobody's promise.
    pub fn takes_dry_run(&self) -> bool {
        const WITHOUT: &[&str] = &[
            "AssignIpv6Addresses",
            "AssociateSubnetCidrBlock",
            "AssociateVpcCidrBlock",
            "CreateVpnConnectionRoute",
            "DeleteVpnConnectionRoute",
            "DisassociateSubnetCidrBlock",
            "DisassociateVpcCidrBlock",
            "ModifySubnetAttribute",
            "ModifyVpcAttribute",
            "UnassignIpv6Addresses",
        ];
        self.is_write() && !WITHOUT.contains(&self.name())
    }

    /// The client token that the call carries.
    pub fn client_token(&self) -> Option<&str> {
        match self {
            Self::CreateRouteTable { client_token, .. }
            | Self::CreateEgressOnlyInternetGateway { client_token, .. }
            | Self::CreateNatGateway { client_token, .. }
            | Self::CreateRegionalNatGateway { client_token, .. }
            | Self::CreateNetworkAcl { client_token, .. }
            | Self::CreateObject { client_token, .. }
            | Self::CreateVpcEndpoint { client_token, .. } => client_token.as_deref(),
            Self::RunInstances(run) => run.client_token.as_deref(),
            _ => None,
        }
    }

    /// Whether the call carries a client token, so that sending it again makes no second object.
    pub fn has_client_token(&self) -> bool {
        self.client_token().is_some()
    }

    /// The tags of what the call makes.
    pub fn tags(&self) -> Option<&super::Tags> {
        match self {
            Self::CreateVpc { tags, .. }
            | Self::CreateSubnet { tags, .. }
            | Self::CreateInternetGateway { tags }
            | Self::CreateEgressOnlyInternetGateway { tags, .. }
            | Self::CreateRouteTable { tags, .. }
            | Self::AllocateAddress { tags }
            | Self::CreateNatGateway { tags, .. }
            | Self::CreateRegionalNatGateway { tags, .. }
            | Self::CreateNetworkAcl { tags, .. }
            | Self::CreateSecurityGroup { tags, .. }
            | Self::AuthorizeSecurityGroupRules { tags, .. }
            | Self::ImportKeyPair { tags, .. }
            | Self::CreateKeyPair { tags, .. }
            | Self::CreateVpcEndpoint { tags, .. }
            | Self::CreateObject { tags, .. }
            | Self::CreateTags { tags, .. } => Some(tags),
            Self::RunInstances(run) => Some(&run.tags),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{RouteDestination, RouteTarget, RunInstances, SecurityGroupRule, Tags};

    fn samples() -> Vec<Call> {
        vec![
            Call::GetCallerIdentity,
            Call::describe_ids(DescribeKind::NatGateways, ["nat-1"]),
            Call::CreateRoute {
                route_table_id: "rtb-1".to_owned(),
                destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
                target: RouteTarget::Gateway("igw-1".to_owned()),
            },
            Call::AuthorizeSecurityGroupRules {
                group_id: "sg-1".to_owned(),
                egress: true,
                rules: vec![SecurityGroupRule { from_port: Some(-1), ..SecurityGroupRule::default() }],
                tags: Tags::new(),
            },
            Call::RunInstances(Box::new(RunInstances {
                client_token: Some("token".to_owned()),
                ..RunInstances::default()
            })),
        ]
    }

    #[test]
    fn a_call_survives_json() {
        for call in samples() {
            let text = serde_json::to_string(&call).unwrap();
            assert_eq!(serde_json::from_str::<Call>(&text).unwrap(), call, "{text}");
        }
    }

    #[test]
    fn names_are_those_of_the_api() {
        let names: Vec<&str> = samples().iter().map(Call::name).collect();
        assert_eq!(
            names,
            [
                "GetCallerIdentity",
                "DescribeNatGateways",
                "CreateRoute",
                "AuthorizeSecurityGroupEgress",
                "RunInstances"
            ]
        );
        for kind in DescribeKind::ALL {
            assert!(kind.action().starts_with("Describe"));
            assert!(!Call::describe_all(*kind).is_write());
        }
    }

    #[test]
    fn only_a_token_makes_a_write_safe_to_repeat() {
        let safe: Vec<bool> = samples().iter().map(Call::has_client_token).collect();
        assert_eq!(safe, [false, false, false, false, true]);
        let writes: Vec<bool> = samples().iter().map(Call::is_write).collect();
        assert_eq!(writes, [false, false, true, true, true]);
    }

    #[test]
    fn a_target_is_known_by_its_id() {
        assert_eq!(RouteTarget::from_id("igw-1"), Some(RouteTarget::Gateway("igw-1".to_owned())));
        assert_eq!(RouteTarget::from_id("i-1"), Some(RouteTarget::Instance("i-1".to_owned())));
        assert_eq!(RouteTarget::from_id("local"), None);
        for id in ["nat-1", "eni-1", "eigw-1", "pcx-1", "tgw-1", "vpce-1", "cagw-1", "lgw-1", "vgw-1"] {
            assert_eq!(RouteTarget::from_id(id).as_ref().map(RouteTarget::id), Some(id));
        }
    }
}
