//! What can be mended in place.

use crate::t;

/// One part of a resource that is read, compared and mended on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of `Aspect::words` say it")]
pub enum Aspect {
    Tags,
    DnsSwitches,
    AddBlocks,
    RemoveBlocks,
    SubnetIpv6,
    PublicIpOnLaunch,
    Dns64,
    RouteTableAssociation,
    AclAssociation,
    MainTable,
    Routes,
    Attachment,
    AddressAssociation,
    AclEntries,
    GroupRules,
    InstanceGroups,
    SourceDestCheck,
    InstanceType,
    EndpointLists,
    Acceptance,
    Settings,
    GatewayAttachment,
    Associations,
    Propagations,
    TransitRoutes,
    EdgeAssociations,
    DhcpOptions,
    Detachment,
    AddressRelease,
    InterfaceAddresses,
    NatAddresses,
    CustomerGateway,
    Exclusions,
}

impl Aspect {
    /// Whether what is mended takes effect only after a while, so that it is looked at again.
    pub fn settles(self) -> bool {
        matches!(
            self,
            Self::AddBlocks
                | Self::SubnetIpv6
                | Self::InstanceType
                | Self::Acceptance
                | Self::Settings
                | Self::GatewayAttachment
                | Self::Detachment
                | Self::AddressRelease
                | Self::InterfaceAddresses
                | Self::NatAddresses
                | Self::CustomerGateway
                | Self::Exclusions
                | Self::Associations
                | Self::Propagations
        )
    }

    /// What it is called: `its routes`.
    pub fn words(self) -> String {
        match self {
            Self::Tags => t!("deploy-aspect-tags"),
            Self::DnsSwitches => t!("deploy-aspect-dns"),
            Self::AddBlocks | Self::RemoveBlocks => t!("deploy-aspect-blocks"),
            Self::SubnetIpv6 => t!("deploy-aspect-ipv6"),
            Self::Dns64 => t!("deploy-aspect-dns64"),
            Self::PublicIpOnLaunch => t!("deploy-aspect-public-ip"),
            Self::RouteTableAssociation => t!("deploy-aspect-table"),
            Self::AclAssociation => t!("deploy-aspect-acl"),
            Self::MainTable => t!("deploy-aspect-main"),
            Self::Routes | Self::TransitRoutes => t!("deploy-aspect-routes"),
            Self::Attachment | Self::GatewayAttachment | Self::Detachment => t!("deploy-aspect-attachment"),
            Self::AddressRelease | Self::InterfaceAddresses | Self::NatAddresses => {
                t!("deploy-aspect-addresses")
            }
            Self::CustomerGateway => t!("deploy-aspect-customer-gateway"),
            Self::Exclusions => t!("deploy-aspect-exclusions"),
            Self::Acceptance => t!("deploy-aspect-acceptance"),
            Self::Settings => t!("deploy-aspect-settings"),
            Self::Associations => t!("deploy-aspect-associations"),
            Self::Propagations => t!("deploy-aspect-propagations"),
            Self::EdgeAssociations => t!("deploy-aspect-edge"),
            Self::DhcpOptions => t!("deploy-aspect-dhcp"),
            Self::AddressAssociation => t!("deploy-aspect-association"),
            Self::AclEntries => t!("deploy-aspect-entries"),
            Self::GroupRules => t!("deploy-aspect-rules"),
            Self::InstanceGroups => t!("deploy-aspect-groups"),
            Self::SourceDestCheck => t!("deploy-aspect-source-dest"),
            Self::InstanceType => t!("deploy-aspect-instance-type"),
            Self::EndpointLists => t!("deploy-aspect-endpoint"),
        }
    }
}
