//! What AWS makes with every VPC and a document must have, where the files do not show it.

use std::collections::BTreeSet;

use super::context::Import;
use crate::{
    model::{
        Kind, NetworkAcl, ResourceId, ResourceKind, RouteTable, SecurityGroup, SecurityGroupRule,
        SecurityGroupRulePeer,
    },
    net::Protocol,
    t,
};

/// Adds main route tables, default network ACLs and default security groups, and sees to it that
/// there is one of each per VPC.
pub(super) fn add(import: &mut Import<'_>) {
    demote(import);
    let mut there: BTreeSet<(ResourceId, Kind)> = BTreeSet::new();
    for resource in import.resources.values() {
        if let Some(vpc) = resource.kind.implicit_vpc() {
            there.insert((vpc.clone(), resource.kind.kind()));
        }
    }
    for vpc in import.ids(Kind::Vpc) {
        let missing = |kind: Kind| !there.contains(&(vpc.clone(), kind));
        if missing(Kind::RouteTable) {
            let table = RouteTable {
                vpc_id: vpc.clone(),
                main: true,
                routes: Vec::new(),
                propagating_vgws: Vec::new(),
                gateway_ids: Vec::new(),
            };
            put(import, &vpc, table.into(), t!("import-assumed-main"));
        }
        if missing(Kind::NetworkAcl) {
            put(import, &vpc, NetworkAcl::default_of(vpc.clone()).into(), t!("import-assumed-acl"));
        }
        if missing(Kind::SecurityGroup) {
            put_group(import, &vpc);
        }
    }
}

fn put(import: &mut Import<'_>, vpc: &ResourceId, kind: ResourceKind, why: String) {
    let id = import.free_id(kind.kind(), vpc.as_str());
    import.report.assume(id.as_str(), why);
    import.add_bare(id, "default", kind);
}

fn put_group(import: &mut Import<'_>, vpc: &ResourceId) {
    let id = import.free_id(Kind::SecurityGroup, vpc.as_str());
    let rule = |peer| SecurityGroupRule {
        ip_protocol: Protocol::All,
        from_port: None,
        to_port: None,
        peer,
        description: String::new(),
    };
    let group = SecurityGroup {
        vpc_id: vpc.clone(),
        group_name: "default".to_owned(),
        description: "default VPC security group".to_owned(),
        is_default: true,
        ingress: vec![rule(SecurityGroupRulePeer::Group(id.clone()))],
        egress: vec![rule(SecurityGroupRulePeer::Ipv4(ipnet::Ipv4Net::default()))],
    };
    import.report.assume(id.as_str(), t!("import-assumed-group"));
    import.add_bare(id, "default", group);
}

/// The first of several in the order of ids stays what it says it is.
fn demote(import: &mut Import<'_>) {
    let mut seen: BTreeSet<(ResourceId, Kind)> = BTreeSet::new();
    let mut second = Vec::new();
    for resource in import.resources.values_mut() {
        let kind = resource.kind.kind();
        let Some(vpc) = resource.kind.implicit_vpc().cloned() else { continue };
        if seen.insert((vpc, kind)) {
            continue;
        }
        match &mut resource.kind {
            ResourceKind::RouteTable(it) => it.main = false,
            ResourceKind::NetworkAcl(it) => it.is_default = false,
            ResourceKind::SecurityGroup(it) => it.is_default = false,
            _ => {}
        }
        second.push(resource.id.clone());
    }
    for id in second {
        import.report.left_out(id.as_str(), t!("import-second-default"));
    }
}
