//! What steps and decisions are called, for people; reports for scripts keep the plain codes.

use super::trace::{Decision, Direction, HopKind, Step};
use crate::t;

impl Step {
    /// What was asked and what came of it: `route table: forwarded`.
    pub fn title(&self) -> String {
        let what = match self.what {
            "security group ingress" => t!("reach-step-group-in"),
            "security group egress" => t!("reach-step-group-out"),
            "network ACL ingress" => t!("reach-step-acl-in"),
            "network ACL egress" => t!("reach-step-acl-out"),
            "route table" => t!("reach-step-route-table"),
            "internet gateway" => t!("reach-step-internet-gateway"),
            "NAT gateway" => t!("reach-step-nat-gateway"),
            "gateway endpoint" => t!("reach-step-gateway-endpoint"),
            "network interface" => t!("reach-step-interface"),
            "peering connection" => t!("reach-hop-peering"),
            "transit gateway" => t!("reach-hop-transit-gateway"),
            "virtual private gateway" => t!("reach-hop-vpn-gateway"),
            "egress-only gateway" => t!("reach-hop-egress-only"),
            "load balancer" => t!("reach-hop-load-balancer"),
            "interface endpoint" => t!("reach-hop-interface-endpoint"),
            "on premises" => t!("reach-hop-on-premises"),
            "peer VPC" => t!("reach-hop-peer-vpc"),
            "internet" => t!("reach-step-internet"),
            _ => t!("reach-step-path"),
        };
        t!("reach-step", what = what, decision = self.decision.title())
    }
}

impl Decision {
    /// The word for people.
    pub fn title(self) -> String {
        match self {
            Self::Allowed => t!("reach-allowed"),
            Self::Denied => t!("reach-denied"),
            Self::Forwarded => t!("reach-forwarded"),
            Self::Translated => t!("reach-translated"),
            Self::Delivered => t!("reach-arrived"),
        }
    }
}

impl Direction {
    /// The words for people.
    pub fn title(self) -> String {
        match self {
            Self::Forward => t!("reach-way-there"),
            Self::Reply => t!("reach-way-back"),
        }
    }
}

impl HopKind {
    /// The words for people.
    pub fn title(self) -> String {
        match self {
            Self::Interface => t!("reach-step-interface"),
            Self::Subnet => t!("reach-hop-subnet"),
            Self::InternetGateway => t!("reach-step-internet-gateway"),
            Self::NatGateway => t!("reach-step-nat-gateway"),
            Self::GatewayEndpoint => t!("reach-step-gateway-endpoint"),
            Self::EgressOnlyInternetGateway => t!("reach-hop-egress-only"),
            Self::VpcPeeringConnection => t!("reach-hop-peering"),
            Self::TransitGateway => t!("reach-hop-transit-gateway"),
            Self::VpnGateway => t!("reach-hop-vpn-gateway"),
            Self::InterfaceEndpoint => t!("reach-hop-interface-endpoint"),
            Self::LoadBalancer => t!("reach-hop-load-balancer"),
            Self::OnPremises => t!("reach-hop-on-premises"),
            Self::PeerVpc => t!("reach-hop-peer-vpc"),
            Self::Platform => t!("reach-hop-platform"),
            Self::Internet => t!("reach-step-internet"),
        }
    }
}
