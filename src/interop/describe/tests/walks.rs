//! Imported networks of the shapes that real accounts have, walked through: what the files say must
//! arrive where packets are decided.

use super::*;
use crate::{
    net::Protocol,
    reach::{Flow, Network, Party, Trace, Verdict, walk},
};

/// A VPC with subnets `subnet-VPC-a` and so on, its tables, and an open group and list.
pub(super) fn vpc(id: &str, net: &str, region: &str) -> Vec<DumpFile> {
    let key = id.trim_start_matches("vpc-");
    vec![file(
        &format!("{region}/{id}.json"),
        json!({
            "Vpcs": [{ "VpcId": id, "CidrBlock": format!("{net}.0.0/16"), "State": "available" }],
            "Subnets": (["a", "b"].iter().zip(1..)).map(|(zone, at)| json!({
                "SubnetId": format!("subnet-{key}-{zone}"), "VpcId": id,
                "CidrBlock": format!("{net}.{at}.0/24"), "AvailabilityZone": format!("{region}{zone}") }))
                .collect::<Vec<_>>(),
            "SecurityGroups": [{ "GroupId": format!("sg-{key}"), "GroupName": "default", "VpcId": id,
                "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
                    "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }],
                "IpPermissionsEgress": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }],
        }),
    )]
}

pub(super) fn table(id: &str, of: &str, subnets: &[&str], routes: Value) -> Value {
    let mut associations: Vec<Value> = subnets.iter().map(|it| json!({ "SubnetId": it })).collect();
    if subnets.is_empty() {
        associations.push(json!({ "Main": true }));
    }
    json!({ "RouteTableId": id, "VpcId": of, "Associations": associations, "Routes": routes })
}

pub(super) fn host(id: &str, subnet: &str, address: &str, public: Option<&str>) -> Value {
    let key = subnet.split('-').nth(1).unwrap();
    let association = public.map(|it| json!({ "IpOwnerId": "amazon", "PublicIp": it }));
    json!({ "Instances": [{ "InstanceId": id, "State": { "Code": 16, "Name": "running" }, "SubnetId": subnet,
        "NetworkInterfaces": [{ "NetworkInterfaceId": format!("eni-{id}"), "SubnetId": subnet,
            "Groups": [{ "GroupId": format!("sg-{key}") }], "SourceDestCheck": true,
            "Attachment": { "DeviceIndex": 0, "Status": "attached" }, "PrivateIpAddress": address,
            "PrivateIpAddresses": [{ "Primary": true, "PrivateIpAddress": address, "Association": association }] }] }] })
}

pub(super) fn trace(done: &Imported, from: &str, to: &str, port: u16) -> Trace {
    let topology = &done.document.topology;
    let index = topology.index();
    let party = |text: &str| Party::parse(topology, text).unwrap();
    walk(&Network::new(topology, &index), &Flow::new(party(from), party(to), Protocol::Tcp, port))
}

pub(super) fn reaches(done: &Imported, from: &str, to: &str, port: u16) -> bool {
    trace(done, from, to, port).verdict() == Verdict::Reachable
}

/// The codes of the blockers.
pub(super) fn codes(done: &Imported, from: &str, to: &str, port: u16) -> Vec<&'static str> {
    trace(done, from, to, port).blockers.iter().map(|it| it.code.as_str()).collect()
}

pub(super) fn passes(done: &Imported, from: &str, to: &str, port: u16, by: &str) -> bool {
    let trace = trace(done, from, to, port);
    let hop =
        |id: &str| trace.forward.iter().any(|it| it.resource.as_ref().is_some_and(|it| it.as_str() == id));
    trace.verdict() == Verdict::Reachable && hop(by)
}

pub(super) fn with(mut files: Vec<DumpFile>, region: &str, more: Value) -> Imported {
    files.push(file(&format!("{region}/rest.json"), more));
    imported(files)
}

pub(super) fn to(destination: &str, field: &str, target: &str) -> Value {
    json!({ "DestinationCidrBlock": destination, field: target, "State": "active", "Origin": "CreateRoute" })
}

pub(super) fn local(net: &str) -> Value {
    to(net, "GatewayId", "local")
}

#[test]
fn through_a_nat_gateway_and_to_a_gateway_endpoint() {
    let done = with(
        vpc("vpc-n", "10.40", "eu-west-3"),
        "eu-west-3",
        json!({
            "InternetGateways": [{ "InternetGatewayId": "igw-n", "Attachments": [{ "State": "available", "VpcId": "vpc-n" }] }],
            "RouteTables": [
                table("rtb-out", "vpc-n", &["subnet-n-a"], json!([local("10.40.0.0/16"), to("0.0.0.0/0", "GatewayId", "igw-n")])),
                table("rtb-in", "vpc-n", &["subnet-n-b"], json!([local("10.40.0.0/16"), to("0.0.0.0/0", "NatGatewayId", "nat-n"),
                    { "DestinationPrefixListId": "pl-n", "GatewayId": "vpce-n", "State": "active" }])),
                table("rtb-main", "vpc-n", &[], json!([local("10.40.0.0/16")]))],
            "NatGateways": [{ "NatGatewayId": "nat-n", "State": "available", "SubnetId": "subnet-n-a", "VpcId": "vpc-n",
                "NatGatewayAddresses": [{ "NetworkInterfaceId": "eni-nat", "PrivateIp": "10.40.1.9", "PublicIp": "52.1.1.1", "AllocationId": "eipalloc-n" }] }],
            "NetworkInterfaces": [{ "NetworkInterfaceId": "eni-nat", "InterfaceType": "nat_gateway", "SubnetId": "subnet-n-a",
                "Groups": [], "SourceDestCheck": false, "PrivateIpAddress": "10.40.1.9",
                "Association": { "AllocationId": "eipalloc-n", "IpOwnerId": "1", "PublicIp": "52.1.1.1" } }],
            "VpcEndpoints": [{ "VpcEndpointId": "vpce-n", "VpcEndpointType": "Gateway", "VpcId": "vpc-n", "State": "available",
                "ServiceName": "com.amazonaws.eu-west-3.s3", "RouteTableIds": ["rtb-in"] }],
            "PrefixLists": [{ "PrefixListId": "pl-n", "PrefixListName": "com.amazonaws.eu-west-3.s3", "Cidrs": ["52.95.154.0/23"] }],
            "Reservations": [host("i-out", "subnet-n-a", "10.40.1.20", Some("52.2.2.2")), host("i-in", "subnet-n-b", "10.40.2.20", None)],
        }),
    );
    assert!(passes(&done, "i-in", "8.8.8.8", 443, "nat-n"));
    assert!(passes(&done, "i-out", "8.8.8.8", 443, "igw-n"));
    assert!(reaches(&done, "8.8.8.8", "52.2.2.2", 80));
    assert!(!reaches(&done, "8.8.8.8", "52.2.2.2", 81));
    assert!(!reaches(&done, "8.8.8.8", "52.1.1.1", 80), "nobody reaches a NAT gateway from outside");
    assert!(passes(&done, "i-in", "vpce-n", 443, "vpce-n"));
}

#[test]
fn peerings_of_vpcs_with_the_same_blocks_are_kept_apart() {
    let peer = |id: &str, from: (&str, &str), to: (&str, &str)| {
        json!({ "VpcPeeringConnectionId": id, "Status": { "Code": "active" },
            "RequesterVpcInfo": { "VpcId": from.0, "CidrBlock": from.1 }, "AccepterVpcInfo": { "VpcId": to.0, "CidrBlock": to.1 } })
    };
    let files = [("vpc-h", "10.1"), ("vpc-x", "10.9"), ("vpc-y", "10.9")];
    let files = files.iter().flat_map(|(id, net)| vpc(id, net, "us-east-2")).collect();
    let done = with(
        files,
        "us-east-2",
        json!({
            "VpcPeeringConnections": [peer("pcx-x", ("vpc-h", "10.1.0.0/16"), ("vpc-x", "10.9.0.0/16")),
                peer("pcx-y", ("vpc-y", "10.9.0.0/16"), ("vpc-h", "10.1.0.0/16"))],
            "RouteTables": [
                table("rtb-h", "vpc-h", &[], json!([local("10.1.0.0/16"),
                    to("10.9.1.0/24", "VpcPeeringConnectionId", "pcx-x"), to("10.9.2.0/24", "VpcPeeringConnectionId", "pcx-y")])),
                table("rtb-x", "vpc-x", &[], json!([local("10.9.0.0/16"), to("10.1.0.0/16", "VpcPeeringConnectionId", "pcx-x")])),
                table("rtb-y", "vpc-y", &[], json!([local("10.9.0.0/16")]))],
            "Reservations": [host("i-h", "subnet-h-a", "10.1.1.5", None), host("i-x", "subnet-x-a", "10.9.1.5", None),
                host("i-y1", "subnet-y-a", "10.9.1.5", None), host("i-y2", "subnet-y-b", "10.9.2.5", None)],
        }),
    );
    assert!(passes(&done, "i-h", "i-x", 80, "pcx-x"));
    assert!(passes(&done, "i-h", "10.9.1.5", 80, "pcx-x"));
    assert!(!reaches(&done, "i-h", "i-y1", 80), "the same address in the other VPC");
    assert_eq!(codes(&done, "i-h", "i-y2", 80), ["NO_ROUTE_TO_DESTINATION"], "only the way back is missing");
    assert!(!reaches(&done, "i-x", "i-y2", 80), "peering does not hand on");
}

pub(super) fn attachment(id: &str, gateway: &str, of: &str, subnet: &str, table: &str) -> (Value, Value) {
    let base = json!({ "TransitGatewayAttachmentId": id, "TransitGatewayId": gateway, "State": "available",
        "ResourceType": "vpc", "ResourceId": of,
        "Association": { "State": "associated", "TransitGatewayRouteTableId": table } });
    let of_vpc = json!({ "TransitGatewayAttachmentId": id, "TransitGatewayId": gateway, "State": "available",
        "VpcId": of, "SubnetIds": [subnet] });
    (base, of_vpc)
}

#[test]
fn transit_tables_separate_spokes_that_share_a_gateway() {
    let files = [("vpc-s", "10.1"), ("vpc-t", "10.2"), ("vpc-u", "10.3")];
    let files = files.iter().flat_map(|(id, net)| vpc(id, net, "us-east-2")).collect();
    let attachments: Vec<_> = [
        attachment("tgw-attach-s", "tgw-1", "vpc-s", "subnet-s-a", "tgw-rtb-spoke"),
        attachment("tgw-attach-t", "tgw-1", "vpc-t", "subnet-t-a", "tgw-rtb-spoke"),
        attachment("tgw-attach-u", "tgw-1", "vpc-u", "subnet-u-a", "tgw-rtb-hub"),
    ]
    .into();
    let propagate =
        |id: &str| json!({ "TransitGatewayAttachmentId": id, "State": "enabled", "ResourceType": "vpc" });
    let spoke = |id: &str, net: &str| {
        table(
            &format!("rtb-{id}"),
            &format!("vpc-{id}"),
            &[],
            json!([local(net), to("10.0.0.0/8", "TransitGatewayId", "tgw-1")]),
        )
    };
    let done = with(
        files,
        "us-east-2",
        json!({
            "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available", "Options": {} }],
            "TransitGatewayAttachments": attachments.iter().map(|it| &it.0).collect::<Vec<_>>(),
            "TransitGatewayVpcAttachments": attachments.iter().map(|it| &it.1).collect::<Vec<_>>(),
            "TransitGatewayRouteTables": [
                { "TransitGatewayRouteTableId": "tgw-rtb-spoke", "TransitGatewayId": "tgw-1", "State": "available" },
                { "TransitGatewayRouteTableId": "tgw-rtb-hub", "TransitGatewayId": "tgw-1", "State": "available" }],
            "TransitGatewayPropagations": [
                { "TransitGatewayRouteTableId": "tgw-rtb-hub", "TransitGatewayRouteTablePropagations": [propagate("tgw-attach-s"), propagate("tgw-attach-t")] }],
            "TransitGatewayStaticRoutes": [{ "TransitGatewayRouteTableId": "tgw-rtb-spoke", "Routes": [
                { "DestinationCidrBlock": "10.3.0.0/16", "State": "active", "Type": "static",
                  "TransitGatewayAttachments": [{ "ResourceType": "vpc", "TransitGatewayAttachmentId": "tgw-attach-u" }] },
                { "DestinationCidrBlock": "10.3.2.0/24", "State": "blackhole", "Type": "static" }] }],
            "RouteTables": [spoke("s", "10.1.0.0/16"), spoke("t", "10.2.0.0/16"), spoke("u", "10.3.0.0/16")],
            "Reservations": [host("i-s", "subnet-s-a", "10.1.1.5", None), host("i-t", "subnet-t-a", "10.2.1.5", None),
                host("i-u", "subnet-u-a", "10.3.1.5", None), host("i-v", "subnet-u-a", "10.3.1.6", None), host("i-w", "subnet-u-b", "10.3.2.5", None)],
        }),
    );
    assert!(passes(&done, "i-s", "i-u", 80, "tgw-1"));
    assert!(passes(&done, "i-u", "i-t", 80, "tgw-1"));
    assert!(!reaches(&done, "i-s", "i-t", 80), "spokes do not see each other");
    assert!(!reaches(&done, "i-s", "10.3.2.5", 80), "the blackhole is the longer prefix");
}

#[test]
fn transit_gateways_peer_across_regions() {
    let mut files = vpc("vpc-e", "10.1", "us-east-1");
    files.extend(vpc("vpc-w", "10.2", "us-west-2"));
    let peering = |at: &str, other: &str, table: &str| {
        json!({ "TransitGatewayAttachmentId": "tgw-attach-p", "TransitGatewayId": at, "ResourceType": "peering",
            "ResourceId": other, "State": "available",
            "Association": { "State": "associated", "TransitGatewayRouteTableId": table } })
    };
    let side = |key: &str, net: &str, gateway: &str, other: &str, far: &str| {
        let (base, of_vpc) = attachment(
            &format!("tgw-attach-{key}"),
            gateway,
            &format!("vpc-{key}"),
            &format!("subnet-{key}-a"),
            &format!("tgw-rtb-{key}"),
        );
        json!({
            "TransitGateways": [{ "TransitGatewayId": gateway, "State": "available" }],
            "TransitGatewayVpcAttachments": [of_vpc],
            "TransitGatewayAttachments": [base, peering(gateway, other, &format!("tgw-rtb-{key}"))],
            "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": format!("tgw-rtb-{key}"), "TransitGatewayId": gateway, "State": "available" }],
            "TransitGatewayPropagations": [{ "TransitGatewayRouteTableId": format!("tgw-rtb-{key}"),
                "TransitGatewayRouteTablePropagations": [{ "TransitGatewayAttachmentId": format!("tgw-attach-{key}"), "State": "enabled" }] }],
            "TransitGatewayStaticRoutes": [{ "TransitGatewayRouteTableId": format!("tgw-rtb-{key}"), "Routes": [
                { "DestinationCidrBlock": far, "State": "active", "Type": "static",
                  "TransitGatewayAttachments": [{ "ResourceType": "peering", "ResourceId": other, "TransitGatewayAttachmentId": "tgw-attach-p" }] }] }],
            "RouteTables": [table(&format!("rtb-{key}"), &format!("vpc-{key}"), &[], json!([local(&format!("{net}.0.0/16")), to(far, "TransitGatewayId", gateway)]))],
            "Reservations": [host(&format!("i-{key}"), &format!("subnet-{key}-a"), &format!("{net}.1.5"), None)],
        })
    };
    files.push(file("us-east-1/rest.json", side("e", "10.1", "tgw-e", "tgw-w", "10.2.0.0/16")));
    let done = with(files, "us-west-2", side("w", "10.2", "tgw-w", "tgw-e", "10.1.0.0/16"));
    let peering = kind(&done, "tgw-attach-p").as_transit_gateway_peering_attachment().unwrap();
    assert!(peering.peer_transit_gateway_id.is_some());
    let east = kind(&done, "tgw-rtb-e").as_transit_gateway_route_table().unwrap();
    let west = kind(&done, "tgw-rtb-w").as_transit_gateway_route_table().unwrap();
    assert_eq!((east.associations.len(), west.associations.len()), (2, 2), "both sides keep the peering");
    assert!(passes(&done, "i-e", "i-w", 80, "tgw-w"));
    assert!(passes(&done, "i-w", "i-e", 80, "tgw-e"));
}

#[test]
fn a_vpn_learns_its_blocks_and_lists_deny_by_their_numbers() {
    let done = with(
        vpc("vpc-v", "10.7", "us-east-2"),
        "us-east-2",
        json!({
            "VpnGateways": [{ "VpnGatewayId": "vgw-v", "State": "available", "VpcAttachments": [{ "State": "attached", "VpcId": "vpc-v" }] }],
            "CustomerGateways": [{ "CustomerGatewayId": "cgw-v", "IpAddress": "198.51.100.7", "State": "available" }],
            "VpnConnections": [{ "VpnConnectionId": "vpn-v", "State": "available", "VpnGatewayId": "vgw-v", "CustomerGatewayId": "cgw-v",
                "CustomerGatewayConfiguration": "<pre_shared_key>hunter2</pre_shared_key>", "Routes": [] }],
            "RouteTables": [table("rtb-v", "vpc-v", &[], json!([local("10.7.0.0/16"),
                { "DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-v", "State": "active", "Origin": "EnableVgwRoutePropagation" }]))],
            "NetworkAcls": [{ "NetworkAclId": "acl-v", "VpcId": "vpc-v", "IsDefault": true, "Associations": [], "Entries": [
                { "RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0" },
                { "RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0" },
                { "RuleNumber": 50, "Protocol": "6", "RuleAction": "deny", "Egress": true, "CidrBlock": "192.168.9.0/24", "PortRange": { "From": 0, "To": 65535 } },
                { "RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny", "Egress": true, "CidrBlock": "0.0.0.0/0" }] }],
            "Reservations": [host("i-v", "subnet-v-a", "10.7.1.5", None)],
        }),
    );
    assert!(passes(&done, "i-v", "192.168.1.1", 443, "vgw-v"));
    assert!(reaches(&done, "192.168.1.1", "i-v", 80));
    assert!(codes(&done, "i-v", "192.168.9.1", 443).contains(&"SUBNET_ACL_RESTRICTION"));
    let text = native::write(&done.document).unwrap();
    assert!(!text.contains("hunter2") && !done.report.json().contains("hunter2"));
}

#[test]
fn a_network_load_balancer_hands_on_to_its_healthy_targets() {
    let arn = "arn:aws:elasticloadbalancing:us-east-2:1:loadbalancer/net/lb/abc";
    let group = "arn:aws:elasticloadbalancing:us-east-2:1:targetgroup/web/def";
    let interface = |zone: &str, address: &str, public: &str| {
        json!({ "NetworkInterfaceId": format!("eni-lb-{zone}"), "InterfaceType": "network_load_balancer", "Description": "ELB net/lb/abc",
            "Groups": [], "SourceDestCheck": false, "SubnetId": format!("subnet-l-{zone}"), "PrivateIpAddress": address,
            "PrivateIpAddresses": [{ "Primary": true, "PrivateIpAddress": address, "Association": { "IpOwnerId": "amazon-elb", "PublicIp": public } }] })
    };
    let dump = |health: [&str; 2], cross: &str| {
        let target = |id: &str, state: &str| json!({ "Target": { "Id": id, "Port": 80 }, "TargetHealth": { "State": state } });
        with(
            vpc("vpc-l", "10.5", "us-east-2"),
            "us-east-2",
            json!({
                "InternetGateways": [{ "InternetGatewayId": "igw-l", "Attachments": [{ "State": "available", "VpcId": "vpc-l" }] }],
                "RouteTables": [table("rtb-l", "vpc-l", &[], json!([local("10.5.0.0/16"), to("0.0.0.0/0", "GatewayId", "igw-l")]))],
                "LoadBalancers": [{ "LoadBalancerArn": arn, "LoadBalancerName": "lb", "Type": "network", "Scheme": "internet-facing",
                    "VpcId": "vpc-l", "State": { "Code": "active" }, "AvailabilityZones": [
                        { "ZoneName": "us-east-2a", "SubnetId": "subnet-l-a" }, { "ZoneName": "us-east-2b", "SubnetId": "subnet-l-b" }] }],
                "LoadBalancerListeners": [{ "LoadBalancerArn": arn, "Listeners": [{ "Port": 8080, "Protocol": "TCP",
                    "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group }] }] }],
                "LoadBalancerAttributes": [{ "LoadBalancerArn": arn, "Attributes": [{ "Key": "load_balancing.cross_zone.enabled", "Value": cross }] }],
                "TargetGroups": [{ "TargetGroupArn": group, "TargetGroupName": "web", "Protocol": "TCP", "Port": 80, "VpcId": "vpc-l", "TargetType": "instance" }],
                "LoadBalancerTargetHealth": [{ "TargetGroupArn": group, "TargetHealthDescriptions": [target("i-a", health[0]), target("i-b", health[1])] }],
                "NetworkInterfaces": [interface("a", "10.5.1.100", "52.3.3.1"), interface("b", "10.5.2.100", "52.3.3.2")],
                "Reservations": [host("i-a", "subnet-l-a", "10.5.1.5", None), host("i-b", "subnet-l-b", "10.5.2.5", None)],
            }),
        )
    };
    let both = dump(["healthy", "healthy"], "false");
    assert!(passes(&both, "8.8.8.8", "52.3.3.1", 8080, "i-a"));
    assert!(passes(&both, "8.8.8.8", "52.3.3.2", 8080, "i-b"));
    assert!(!reaches(&both, "8.8.8.8", "52.3.3.1", 80), "no listener");
    let one = dump(["unhealthy", "healthy"], "false");
    assert!(!reaches(&one, "8.8.8.8", "52.3.3.1", 8080), "no target in this zone");
    assert!(reaches(&dump(["unhealthy", "healthy"], "true"), "8.8.8.8", "52.3.3.1", 8080));
    assert!(reaches(&dump(["unhealthy", "unhealthy"], "false"), "8.8.8.8", "52.3.3.1", 8080), "fail open");
}
