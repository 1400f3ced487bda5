//! The faults: each is one edit of the walk's code that a careless hand might make.

/// One edit.
pub struct Fault {
    /// What goes wrong.
    pub name: &'static str,
    /// The file, in `src/`.
    pub file: &'static str,
    /// What stands there, once.
    pub from: &'static str,
    /// What the fault puts there.
    pub to: &'static str,
}

const fn fault(name: &'static str, file: &'static str, from: &'static str, to: &'static str) -> Fault {
    Fault { name, file, from, to }
}

/// Every fault.
pub const FAULTS: &[Fault] = &[
    // Route tables.
    fault(
        "the first route wins",
        "reach/route.rs",
        "self.blocks.iter().rev().find(|(net, _)| net.contains(&address))?.1,",
        "self.blocks.iter().filter(|(net, _)| net.contains(&address)).map(|it| it.1).min()?,",
    ),
    fault(
        "the shortest prefix wins",
        "reach/route.rs",
        "self.blocks.iter().rev().find(|(net, _)| net.contains(&address))?.1,",
        "self.blocks.iter().find(|(net, _)| net.contains(&address))?.1,",
    ),
    fault(
        "a propagated route beats a static one",
        "reach/route.rs",
        "EffectiveTarget::Propagated(_) => Origin::Propagated,\n                _ => Origin::Static,",
        "EffectiveTarget::Propagated(_) => Origin::Static,\n                _ => Origin::Propagated,",
    ),
    fault(
        "the route of a prefix list beats a static one",
        "reach/route.rs",
        "    Propagated,\n    PrefixList,\n    Static,",
        "    Propagated,\n    Static,\n    PrefixList,",
    ),
    fault(
        "prefix lists in routes are ignored",
        "reach/route.rs",
        "blocks.extend(network.list_entries(id).map(|net| (net, Origin::PrefixList, at)));",
        "let _ = id;",
    ),
    fault(
        "a gateway endpoint's route is ignored",
        "reach/route.rs",
        "Some(at) => *at,\n                    None =>",
        "Some(_) if false => 0,\n                    _ =>",
    ),
    fault(
        "the main table serves every subnet",
        "reach/route.rs",
        "fields.route_table_id.as_ref().filter(|id| network.table(id).is_some());",
        "None::<&ResourceId>;",
    ),
    fault(
        "propagated routes are missing",
        "model/routing.rs",
        "for gateway in &fields.propagating_vgws {",
        "for gateway in fields.propagating_vgws.iter().skip(9) {",
    ),
    fault(
        "only the primary block of a VPC is local",
        "model/routing.rs",
        "vpc.all_cidr_blocks()\n",
        "vpc.all_cidr_blocks().take(1)\n",
    ),
    fault(
        "a blackhole does not drop",
        "reach/walk.rs",
        "(Code::BadStateRoute, t!(\"reach-blackhole\", target = name)),",
        "return self.local(spot.vpc, packet, None),",
    ),
    // Network ACLs.
    fault(
        "the rules of a network ACL are read backwards",
        "reach/filter.rs",
        "matching.min_by_key(|rule| rule.rule_number)",
        "matching.max_by_key(|rule| rule.rule_number)",
    ),
    fault(
        "the rules of a network ACL count in the order of the file",
        "reach/filter.rs",
        "match matching.min_by_key(|rule| rule.rule_number) {",
        "match { matching }.next() {",
    ),
    fault(
        "a network ACL without a matching rule allows",
        "reach/filter.rs",
        "None => AclAnswer { allowed: false, rule_number: None },",
        "None => AclAnswer { allowed: true, rule_number: None },",
    ),
    fault(
        "denying rules allow",
        "reach/filter.rs",
        "allowed: rule.rule_action == RuleAction::Allow,",
        "allowed: true,",
    ),
    fault(
        "a network ACL compares the wrong address",
        "reach/filter.rs",
        "    let other = if way == Way::In { packet.source } else { packet.destination };\n    let matching",
        "    let other = if way == Way::Out { packet.source } else { packet.destination };\n    let matching",
    ),
    fault(
        "a network ACL compares the source port",
        "reach/filter.rs",
        "rule.to_port.unwrap_or(u16::MAX)).contains(&packet.destination_port)",
        "rule.to_port.unwrap_or(u16::MAX)).contains(&packet.source_port)",
    ),
    fault(
        "the upper port of a range is left out",
        "reach/filter.rs",
        "(from..=to).contains(&i32::from(packet.destination_port))",
        "(from..to).contains(&i32::from(packet.destination_port))",
    ),
    fault(
        "network ACLs ignore the type of ICMP",
        "reach/filter.rs",
        "return any_or(rule.icmp_type, packet.icmp.0) && any_or(rule.icmp_code, packet.icmp.1);",
        "return any_or(rule.icmp_code, packet.icmp.1);",
    ),
    fault(
        "network ACLs are stateful",
        "reach/steps.rs",
        "        let Some(fields) = self.network.subnet(subnet) else { return };",
        "        if self.direction == Direction::Reply {\n            return;\n        }\n        let Some(fields) = self.network.subnet(subnet) else { return };",
    ),
    fault(
        "the default network ACL is used everywhere",
        "reach/steps.rs",
        "fields.network_acl_id.as_ref().or_else(default) else",
        "default() else",
    ),
    fault(
        "a network ACL is asked inside a subnet, too",
        "reach/walk.rs",
        "if from_subnet != Some(&to.subnet) {",
        "if from_subnet != Some(&to.subnet) || to.guarded {",
    ),
    fault(
        "the network ACL of the destination's subnet is forgotten",
        "reach/walk.rs",
        "            self.acl(&to.subnet, Way::In, &packet);",
        "            let _ = &packet;",
    ),
    fault(
        "the network ACL of the source's subnet is forgotten",
        "reach/walk.rs",
        "        self.acl(spot.subnet, Way::Out, &packet);",
        "",
    ),
    // Security groups.
    fault(
        "only the first group of an interface counts",
        "reach/filter.rs",
        "for id in &interface.groups {",
        "for id in interface.groups.iter().take(1) {",
    ),
    fault(
        "egress rules are not asked",
        "reach/walk.rs",
        "                self.groups(from, Way::Out, &packet, peer);",
        "                self.passed.push(&from.owner);\n                let _ = peer;",
    ),
    fault(
        "ingress rules are read as egress rules",
        "reach/filter.rs",
        "Way::In => &group.ingress,",
        "Way::In => &group.egress,",
    ),
    fault(
        "security groups are stateless",
        "reach/steps.rs",
        "self.direction == Direction::Reply && self.passed.contains(&&interface.owner)",
        "false",
    ),
    fault(
        "a reference to a group matches everyone",
        "reach/filter.rs",
        "peer.interface.is_some_and(|peer| peer.groups.contains(id)),",
        "peer.interface.is_none_or(|peer| peer.groups.contains(id) || true),",
    ),
    fault(
        "references to groups never match",
        "reach/filter.rs",
        "peer.interface.is_some_and(|peer| peer.groups.contains(id)),",
        "{ let _ = id; false }",
    ),
    fault(
        "references to groups survive a NAT gateway",
        "reach/gateways.rs",
        "outer: nat.address });\n        self.seen = None;",
        "outer: nat.address });",
    ),
    fault(
        "references to groups cross regions",
        "reach/between.rs",
        "    region(one) == region(other)",
        "    region(one) == region(other) || true",
    ),
    fault(
        "references to groups cross every transit gateway",
        "reach/between.rs",
        "gateway.is_some_and(|it| it.security_group_referencing_support) && attachment(from) && attachment(to)",
        "gateway.is_some() && (attachment(from) || attachment(to) || true)",
    ),
    fault(
        "a prefix list in a rule matches nothing",
        "reach/filter.rs",
        "            network.list_entries(id).any(|it| it.contains(&other))\n        }\n    }\n}",
        "            network.list_entries(id).any(|it| !it.contains(&it.network()))\n        }\n    }\n}",
    ),
    fault(
        "the protocol of a rule is ignored",
        "reach/filter.rs",
        "    rule.ip_protocol.covers(packet.protocol)\n        && matches_peer",
        "    matches_peer",
    ),
    // The way back.
    fault(
        "the reply is not checked",
        "reach/walk.rs",
        "            self.answer(place, packet.reply());",
        "            let _ = (place, packet.reply());",
    ),
    fault(
        "the reply keeps the client's ports",
        "reach/filter.rs",
        "            source_port: self.destination_port,\n            destination_port: self.source_port,",
        "            source_port: self.source_port,\n            destination_port: self.destination_port,",
    ),
    fault(
        "an echo reply is taken for a request",
        "reach/filter.rs",
        "(Protocol::Icmp, (8, 0)) => (0, 0),",
        "(Protocol::Icmp, (8, 0)) => (8, 0),",
    ),
    fault(
        "a reply reaches whoever has the client's address",
        "reach/reply.rs",
        "self.client.is_some_and(|client| std::ptr::eq(client, to));",
        "self.client.is_some_and(|client| client.has(packet.destination));",
    ),
    fault(
        "a reply may go through any NAT gateway",
        "reach/gateways.rs",
        "        if self.direction == Direction::Reply {\n            self.block(Code::CannotRoute, Some(id), t!(\"reach-reply-untracked\", name = self.label(id)));\n            return false;\n        }\n",
        "",
    ),
    // Gateways to the internet.
    fault(
        "no public address is needed",
        "reach/gateways.rs",
        "            self.block(Code::IgwPublicIpAssociationForEgress, Some(id), detail);\n",
        "            let _ = detail;\n",
    ),
    fault(
        "an internet gateway need not be attached",
        "reach/gateways.rs",
        "if attached.is_none_or(|it| it.vpc_id.as_ref() != Some(spot.vpc)) {",
        "if attached.is_none() {",
    ),
    fault(
        "an internet gateway forwards to private addresses",
        "reach/gateways.rs",
        "        if is_private(packet.destination) {\n            let shared",
        "        if packet.destination.is_loopback() {\n            let shared",
    ),
    fault(
        "shared addresses (RFC 6598) count as public",
        "reach/ends.rs",
        "IpAddr::V4(address) => address.is_private() || is_shared(address),",
        "IpAddr::V4(address) => address.is_private(),",
    ),
    fault(
        "the internet reaches private addresses",
        "reach/walk.rs",
        "            self.block(Code::IgwPrivateIpAssociationForIngress, Some(&to.owner), detail);\n",
        "            let _ = detail;\n",
    ),
    fault(
        "Block Public Access is not asked on the way in",
        "reach/gateways.rs",
        "        self.block_public_access(gateway, &to.vpc, Some(&to.subnet), answer);\n",
        "        let _ = answer;\n",
    ),
    fault(
        "exclusions from Block Public Access do not count",
        "reach/gateways.rs",
        "let open = excluded(ExclusionMode::AllowBidirectional);",
        "let open = false;",
    ),
    fault(
        "an egress-only gateway lets connections in",
        "reach/gateways.rs",
        "            // It lets nothing out that did not come by it.\n            self.block(Code::CannotRoute, Some(id), t!(\"reach-reply-untracked\", name = self.label(id)));\n            return;",
        "            return self.arrive(Arrival::Internet, \"internet\", packet);",
    ),
    // NAT.
    fault(
        "a NAT gateway serves other VPCs",
        "reach/gateways.rs",
        "        if nat.vpc != *spot.vpc {\n            let detail = t!(\"reach-nat-other-vpc\", name = self.label(id));\n            self.block(Code::NgwRequiresSourceInVpc, Some(id), detail);\n            return;\n        }\n        if nat.subnet",
        "        if nat.subnet",
    ),
    fault(
        "a NAT gateway carries every protocol",
        "reach/gateways.rs",
        "        if !carried {",
        "        if !carried && packet.source.is_ipv6() {",
    ),
    fault(
        "a NAT gateway keeps the source port",
        "reach/gateways.rs",
        "Packet { source: nat.address, source_port: NAT_PORT, ..packet };",
        "Packet { source: nat.address, source_port: packet.source_port.max(NAT_PORT), ..packet };",
    ),
    fault(
        "a NAT gateway takes connections from outside",
        "reach/walk.rs",
        "            self.block(Code::NgwDestAddressPreservation, Some(&to.owner), detail);\n            return;",
        "            let _ = detail;\n            self.arrived = Some((Arrival::Interface(to), packet));\n            return;",
    ),
    fault(
        "the network ACL of the NAT gateway's subnet is forgotten",
        "reach/gateways.rs",
        "            self.acl(&nat.subnet, Way::In, &packet);",
        "",
    ),
    fault(
        "a regional NAT gateway is in every zone",
        "reach/gateways.rs",
        "if !zones.is_empty() && at.is_none() {",
        "if zones.len() > 99 && at.is_none() {",
    ),
    fault(
        "a forwarding host need not switch its check off",
        "reach/gateways.rs",
        "        if host.source_dest_check {",
        "        if host.source_dest_check && host.translates {",
    ),
    fault(
        "a gateway endpoint carries UDP",
        "reach/gateways.rs",
        "if packet.protocol != Protocol::Tcp && !echo {",
        "if packet.protocol == Protocol::Icmp && !echo {",
    ),
    // Between networks.
    fault(
        "peering is transitive",
        "reach/between.rs",
        "        for (_, address) in wrong.into_iter().filter(|it| !it.0) {",
        "        for (_, address) in wrong.into_iter().take(1).filter(|it| !it.0) {",
    ),
    fault(
        "peering carries what is meant for elsewhere",
        "reach/between.rs",
        "        if !inside {\n            return;\n        }\n",
        "",
    ),
    fault(
        "a pending peering carries packets",
        "reach/between.rs",
        "        if !ours || !fields.auto_accept {",
        "        if !ours {",
    ),
    fault(
        "the association of a transit gateway is ignored",
        "reach/between.rs",
        "        if table.associations.contains(attachment) {",
        "        if table.associations.contains(attachment) || drawn {",
    ),
    fault(
        "propagations of a transit gateway are ignored",
        "reach/between.rs",
        "let learnt = propagated(network, &table.propagations, destination);",
        "let learnt = propagated(network, table.propagations.iter().take(0), destination);",
    ),
    fault(
        "a propagated route of a transit gateway beats a static one",
        "reach/between.rs",
        "it.1.prefix_len() <= route.destination_cidr_block.prefix_len())",
        "it.1.prefix_len() < route.destination_cidr_block.prefix_len())",
    ),
    fault(
        "blackholes of a transit gateway are skipped",
        "reach/between.rs",
        ".filter(|it| it.destination_cidr_block.contains(&destination))",
        ".filter(|it| !it.blackhole && it.destination_cidr_block.contains(&destination))",
    ),
    fault(
        "a transit gateway reaches every zone",
        "reach/between.rs",
        "                self.block(Code::TgwRouteAzRestriction, Some(attachment), detail);",
        "                let _ = detail;",
    ),
    fault(
        "the network ACL of an attachment's subnet is forgotten",
        "reach/between.rs",
        "                self.acl(at, Way::In, &packet);",
        "",
    ),
    fault(
        "peered transit gateways share one table",
        "reach/between.rs",
        "self.through_transit(other, attachment, origin, packet, depth + 1);",
        "self.through_transit(id, from, origin, packet, depth + 1); let _ = other;",
    ),
    fault(
        "a virtual private gateway need not be attached",
        "reach/between.rs",
        "if fields.is_none_or(|it| it.vpc_id.as_ref() != Some(spot.vpc)) {",
        "if fields.is_none() {",
    ),
    fault(
        "an address is looked for in every VPC",
        "reach/walk.rs",
        "        match self.network.at_address(vpc, packet.destination) {\n            Some(to) => self.enter",
        "        match self.network.with_address(packet.destination).next() {\n            Some(to) => self.enter",
    ),
    // Load balancers.
    fault(
        "a listener takes every port",
        "reach/balancer.rs",
        "            protocol && it.port == port",
        "            protocol && (it.port == port || port > 0)",
    ),
    fault(
        "unhealthy targets get packets",
        "reach/balancer.rs",
        ".filter(|(_, target)| !target.unhealthy);",
        ".filter(|(_, target)| !target.unhealthy || target.target_id.is_some());",
    ),
    fault(
        "a load balancer crosses zones without being told",
        "reach/balancer.rs",
        "fields.enable_cross_zone_load_balancing || is_near(network, at, &it.2)",
        "true || fields.enable_cross_zone_load_balancing || is_near(network, at, &it.2)",
    ),
    fault(
        "targets always see the load balancer's address",
        "reach/balancer.rs",
        "        if !group.preserve_client_ip {\n",
        "        if !group.preserve_client_ip || !onward.source.is_loopback() {\n",
    ),
    fault(
        "the listener's port is kept towards the target",
        "reach/balancer.rs",
        "target.port.unwrap_or(group.port);",
        "target.port.unwrap_or(port);",
    ),
];
