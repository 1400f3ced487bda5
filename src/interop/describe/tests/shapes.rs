//! Shapes of networks that real accounts have, each as a small dump with the verdict, the kind of
//! blocker and the gateways that AWS would give.

use super::{
    walks::{attachment, codes, host, local, passes, reaches, table, to, trace, vpc, with},
    *,
};
use crate::reach::Direction;

const REGION: &str = "us-east-2";

fn vpcs(all: &[(&str, &str)]) -> Vec<DumpFile> {
    all.iter().flat_map(|(id, net)| vpc(id, net, REGION)).collect()
}

/// What the way back passes.
fn comes_back_by(done: &Imported, from: &str, to: &str, port: u16, by: &str) -> bool {
    let trace = trace(done, from, to, port);
    trace.reply.iter().any(|it| it.resource.as_ref().is_some_and(|it| it.as_str() == by))
}

/// The blockers with their directions.
fn blockers(done: &Imported, from: &str, to: &str, port: u16) -> Vec<(&'static str, Direction)> {
    trace(done, from, to, port).blockers.iter().map(|it| (it.code.as_str(), it.direction)).collect()
}

fn internet_gateway(id: &str, of: &str) -> Value {
    json!({ "InternetGatewayId": id, "Attachments": [{ "State": "available", "VpcId": of }] })
}

fn nat(id: &str, of: &str, subnet: &str, state: &str, address: Value) -> Value {
    json!({ "NatGatewayId": id, "State": state, "SubnetId": subnet, "VpcId": of, "NatGatewayAddresses": [address],
        "ConnectivityType": if address.get("PublicIp").is_some() { "public" } else { "private" } })
}

fn peering(id: &str, status: &str, from: (&str, &str), to: (&str, &str)) -> Value {
    let side = |it: (&str, &str)| json!({ "VpcId": it.0, "CidrBlock": format!("{}.0.0/16", it.1) });
    json!({ "VpcPeeringConnectionId": id, "Status": { "Code": status },
        "RequesterVpcInfo": side(from), "AccepterVpcInfo": side(to) })
}

#[test]
fn a_list_of_s3_wins_over_the_nat_and_a_nat_that_is_gone_drops() {
    let dump = |zone_b: &str| {
        with(
            vpcs(&[("vpc-n", "10.40")]),
            REGION,
            json!({
                "InternetGateways": [internet_gateway("igw-n", "vpc-n")],
                "RouteTables": [
                    table("rtb-out", "vpc-n", &["subnet-n-a"], json!([to("0.0.0.0/0", "GatewayId", "igw-n"), local("10.40.0.0/16")])),
                    table("rtb-in", "vpc-n", &["subnet-n-b"], json!([
                        { "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": zone_b, "State": if zone_b == "nat-old" { "blackhole" } else { "active" } },
                        { "DestinationPrefixListId": "pl-s3", "GatewayId": "vpce-s3", "State": "active" }, local("10.40.0.0/16")])),
                    table("rtb-main", "vpc-n", &[], json!([local("10.40.0.0/16")]))],
                "NatGateways": [
                    nat("nat-n", "vpc-n", "subnet-n-a", "available", json!({ "PrivateIp": "10.40.1.9", "PublicIp": "52.1.1.1", "AllocationId": "eipalloc-n", "NetworkInterfaceId": "eni-nat" })),
                    nat("nat-old", "vpc-n", "subnet-n-a", "deleted", json!({ "PrivateIp": "10.40.1.8" }))],
                "VpcEndpoints": [{ "VpcEndpointId": "vpce-s3", "VpcEndpointType": "Gateway", "VpcId": "vpc-n", "State": "available",
                    "ServiceName": "com.amazonaws.us-east-2.s3", "RouteTableIds": ["rtb-in"] }],
                "PrefixLists": [{ "PrefixListId": "pl-s3", "PrefixListName": "com.amazonaws.us-east-2.s3", "Cidrs": ["52.219.80.0/20", "3.5.128.0/22"] }],
                "Reservations": [host("i-in", "subnet-n-b", "10.40.2.20", None), host("i-out", "subnet-n-a", "10.40.1.20", None)],
            }),
        )
    };
    let done = dump("nat-n");
    assert!(passes(&done, "i-in", "52.219.81.1", 443, "vpce-s3"), "an address of S3");
    assert!(passes(&done, "i-in", "52.219.128.1", 443, "nat-n"), "one beside the list");
    assert!(passes(&done, "i-in", "52.219.128.1", 443, "igw-n"), "and on by the internet gateway");
    assert_eq!(codes(&done, "i-out", "8.8.8.8", 443), ["IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"]);
    let old = dump("nat-old");
    assert_eq!(codes(&old, "i-in", "8.8.8.8", 443), ["BAD_STATE_ROUTE"], "{:?}", old.report);
    assert!(passes(&old, "i-in", "3.5.129.7", 443, "vpce-s3"), "the endpoint needs no NAT gateway");
}

#[test]
fn a_private_nat_hides_a_network_whose_blocks_overlap() {
    let attachments = [
        attachment("tgw-attach-x", "tgw-1", "vpc-x", "subnet-x-b", "tgw-rtb-1"),
        attachment("tgw-attach-y", "tgw-1", "vpc-y", "subnet-y-b", "tgw-rtb-1"),
    ];
    let block =
        |block: &str, state: &str| json!({ "CidrBlock": block, "CidrBlockState": { "State": state } });
    let both = |id: &str, second: &str| {
        let blocks = [
            block("10.0.0.0/16", "associated"),
            block(second, "associated"),
            block("10.9.0.0/16", "disassociated"),
        ];
        json!({ "VpcId": id, "CidrBlock": "10.0.0.0/16", "CidrBlockAssociationSet": blocks })
    };
    let routable = |id: &str, of: &str, net: &str| json!({ "SubnetId": id, "VpcId": of, "CidrBlock": net, "AvailabilityZone": "us-east-2b" });
    let done = with(
        vpcs(&[("vpc-x", "10.0"), ("vpc-y", "10.0")]),
        REGION,
        json!({
            "Vpcs": [both("vpc-x", "100.64.1.0/24"), both("vpc-y", "100.64.2.0/24")],
            "Subnets": [routable("subnet-x-r", "vpc-x", "100.64.1.0/24"), routable("subnet-y-r", "vpc-y", "100.64.2.0/24")],
            "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available" }],
            "TransitGatewayAttachments": attachments.iter().map(|it| &it.0).collect::<Vec<_>>(),
            "TransitGatewayVpcAttachments": attachments.iter().map(|it| &it.1).collect::<Vec<_>>(),
            "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1", "State": "available" }],
            "TransitGatewayPropagations": [],
            "TransitGatewayStaticRoutes": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [
                { "DestinationCidrBlock": "100.64.1.0/24", "State": "active", "Type": "static", "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-x" }] },
                { "DestinationCidrBlock": "100.64.2.0/24", "State": "active", "Type": "static", "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-y" }] }] }],
            "NatGateways": [nat("nat-x", "vpc-x", "subnet-x-r", "available", json!({ "PrivateIp": "100.64.1.9", "NetworkInterfaceId": "eni-nat" }))],
            "RouteTables": [
                table("rtb-x", "vpc-x", &[], json!([local("10.0.0.0/16"), local("100.64.1.0/24"), to("100.64.2.0/24", "NatGatewayId", "nat-x")])),
                table("rtb-xr", "vpc-x", &["subnet-x-r"], json!([local("10.0.0.0/16"), local("100.64.1.0/24"), to("100.64.2.0/24", "TransitGatewayId", "tgw-1")])),
                table("rtb-y", "vpc-y", &[], json!([local("10.0.0.0/16"), local("100.64.2.0/24"), to("100.64.1.0/24", "TransitGatewayId", "tgw-1")]))],
            "Reservations": [host("i-x", "subnet-x-b", "10.0.2.5", None), host("i-y", "subnet-y-r", "100.64.2.5", None),
                host("i-z", "subnet-y-b", "10.0.2.5", None)],
        }),
    );
    assert!(passes(&done, "i-x", "i-y", 80, "nat-x") && passes(&done, "i-x", "i-y", 80, "tgw-1"));
    assert!(comes_back_by(&done, "i-x", "i-y", 80, "nat-x"));
    assert!(!reaches(&done, "i-y", "i-x", 80), "nobody gets in by a NAT gateway");
    assert!(!reaches(&done, "i-x", "i-z", 80), "the same address is that of the host itself");
    assert!(!reaches(&done, "i-y", "100.64.1.9", 80), "nor to the gateway itself");
}

#[test]
fn peerings_that_overlap_or_are_not_alive() {
    let done = with(
        vpcs(&[("vpc-h", "10.1"), ("vpc-x", "10.9"), ("vpc-y", "10.1")]),
        REGION,
        json!({
            "VpcPeeringConnections": [
                peering("pcx-x", "pending-acceptance", ("vpc-h", "10.1"), ("vpc-x", "10.9")),
                peering("pcx-y", "active", ("vpc-h", "10.1"), ("vpc-y", "10.1"))],
            "RouteTables": [
                table("rtb-h", "vpc-h", &[], json!([local("10.1.0.0/16"),
                    { "DestinationCidrBlock": "10.9.0.0/16", "VpcPeeringConnectionId": "pcx-x", "State": "blackhole" },
                    to("10.1.2.0/24", "VpcPeeringConnectionId", "pcx-y")])),
                table("rtb-x", "vpc-x", &[], json!([local("10.9.0.0/16"), to("10.1.0.0/16", "VpcPeeringConnectionId", "pcx-x")])),
                table("rtb-y", "vpc-y", &[], json!([local("10.1.0.0/16")]))],
            "Reservations": [host("i-h", "subnet-h-a", "10.1.1.5", None), host("i-x", "subnet-x-a", "10.9.1.5", None),
                host("i-y", "subnet-y-b", "10.1.2.5", None)],
        }),
    );
    assert_eq!(codes(&done, "i-h", "10.9.1.5", 80), ["BAD_STATE_ROUTE"]);
    assert!(!reaches(&done, "i-x", "i-h", 80));
    assert!(
        !reaches(&done, "i-h", "i-y", 80) && !reaches(&done, "i-y", "i-h", 80),
        "both think it is their own"
    );
}

#[test]
fn the_way_back_may_be_another_one() {
    let dump = |back: &str| {
        let attachments = [
            attachment("tgw-attach-a", "tgw-1", "vpc-a", "subnet-a-a", "tgw-rtb-1"),
            attachment("tgw-attach-b", "tgw-1", "vpc-b", "subnet-b-a", "tgw-rtb-1"),
        ];
        with(
            vpcs(&[("vpc-a", "10.1"), ("vpc-b", "10.2")]),
            REGION,
            json!({
                "VpcPeeringConnections": [peering("pcx-1", "active", ("vpc-a", "10.1"), ("vpc-b", "10.2"))],
                "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available" }],
                "TransitGatewayAttachments": attachments.iter().map(|it| &it.0).collect::<Vec<_>>(),
                "TransitGatewayVpcAttachments": attachments.iter().map(|it| &it.1).collect::<Vec<_>>(),
                "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1", "State": "available" }],
                "TransitGatewayPropagations": [{ "TransitGatewayRouteTableId": "tgw-rtb-1",
                    "TransitGatewayRouteTablePropagations": [{ "TransitGatewayAttachmentId": back, "State": "enabled" }] }],
                "RouteTables": [
                    table("rtb-a", "vpc-a", &[], json!([local("10.1.0.0/16"), to("10.2.0.0/16", "VpcPeeringConnectionId", "pcx-1")])),
                    table("rtb-b", "vpc-b", &[], json!([local("10.2.0.0/16"), to("10.1.0.0/16", "TransitGatewayId", "tgw-1")]))],
                "Reservations": [host("i-a", "subnet-a-a", "10.1.1.5", None), host("i-b", "subnet-b-a", "10.2.1.5", None)],
            }),
        )
    };
    let done = dump("tgw-attach-a");
    assert!(passes(&done, "i-a", "i-b", 80, "pcx-1") && comes_back_by(&done, "i-a", "i-b", 80, "tgw-1"));
    assert!(passes(&done, "i-b", "i-a", 80, "tgw-1") && comes_back_by(&done, "i-b", "i-a", 80, "pcx-1"));
    let one_way = dump("tgw-attach-b");
    let found = blockers(&one_way, "i-a", "i-b", 80);
    assert_eq!(found, [("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", Direction::Reply)]);
}

#[test]
fn lists_are_stateless_and_their_first_match_decides() {
    let entry = |number: u32, egress: bool, action: &str, block: &str, ports: Option<(u16, u16)>| {
        let mut entry = json!({ "RuleNumber": number, "Egress": egress, "RuleAction": action, "CidrBlock": block,
            "Protocol": if ports.is_some() { "6" } else { "-1" } });
        if let Some((from, to)) = ports {
            entry["PortRange"] = json!({ "From": from, "To": to });
        }
        entry
    };
    let dump = |entries: Vec<Value>| {
        let of_b = json!({ "NetworkAclId": "acl-b", "VpcId": "vpc-n", "IsDefault": false,
            "Associations": [{ "SubnetId": "subnet-n-b", "NetworkAclAssociationId": "aclassoc-1" }], "Entries": entries });
        let all = [false, true].map(|egress| entry(100, egress, "allow", "0.0.0.0/0", None));
        let default = json!({ "NetworkAclId": "acl-d", "VpcId": "vpc-n", "IsDefault": true, "Associations": [], "Entries": all });
        with(
            vpcs(&[("vpc-n", "10.3")]),
            REGION,
            json!({ "NetworkAcls": [of_b, default],
                "Reservations": [host("i-a", "subnet-n-a", "10.3.1.5", None), host("i-a2", "subnet-n-a", "10.3.1.6", None),
                    host("i-b", "subnet-n-b", "10.3.2.5", None), host("i-b2", "subnet-n-b", "10.3.2.6", None)] }),
        )
    };
    let web = || entry(100, false, "allow", "10.3.0.0/16", Some((80, 80)));
    let replies = |number: u32, from: u16| entry(number, true, "allow", "10.3.0.0/16", Some((from, 65535)));
    let good = dump(vec![web(), replies(100, 1024)]);
    assert!(reaches(&good, "i-a", "i-b", 80) && reaches(&good, "i-b", "i-b2", 80));
    assert_eq!(blockers(&good, "i-b", "i-a", 80)[0], ("SUBNET_ACL_RESTRICTION", Direction::Forward));
    let no_way_back = dump(vec![web(), replies(100, 50_000)]);
    assert_eq!(blockers(&no_way_back, "i-a", "i-b", 80), [("SUBNET_ACL_RESTRICTION", Direction::Reply)]);
    let one_denied = dump(vec![web(), entry(90, false, "deny", "10.3.1.6/32", None), replies(100, 1024)]);
    assert!(reaches(&one_denied, "i-a", "i-b", 80));
    assert_eq!(blockers(&one_denied, "i-a2", "i-b", 80), [("SUBNET_ACL_RESTRICTION", Direction::Forward)]);
    let too_late = dump(vec![entry(110, false, "deny", "10.3.1.6/32", None), web(), replies(100, 1024)]);
    assert!(reaches(&too_late, "i-a2", "i-b", 80));
    assert!(reaches(&dump(Vec::new()), "i-b", "i-b2", 80), "no list is asked within a subnet");
}

#[test]
fn a_load_balancer_with_targets_by_address_in_a_peered_vpc() {
    let arn = "arn:aws:elasticloadbalancing:us-east-2:1:loadbalancer/net/in/abc";
    let group = "arn:aws:elasticloadbalancing:us-east-2:1:targetgroup/api/def";
    let dump = |preserve: &str, admitted: &str| {
        with(
            vpcs(&[("vpc-l", "10.5"), ("vpc-t", "10.6"), ("vpc-c", "10.7")]),
            REGION,
            json!({
                "VpcPeeringConnections": [peering("pcx-t", "active", ("vpc-l", "10.5"), ("vpc-t", "10.6")),
                    peering("pcx-c", "active", ("vpc-c", "10.7"), ("vpc-l", "10.5"))],
                "RouteTables": [
                    table("rtb-l", "vpc-l", &[], json!([local("10.5.0.0/16"), to("10.6.0.0/16", "VpcPeeringConnectionId", "pcx-t"), to("10.7.0.0/16", "VpcPeeringConnectionId", "pcx-c")])),
                    table("rtb-t", "vpc-t", &[], json!([local("10.6.0.0/16"), to("10.5.0.0/16", "VpcPeeringConnectionId", "pcx-t")])),
                    table("rtb-c", "vpc-c", &[], json!([local("10.7.0.0/16"), to("10.5.0.0/16", "VpcPeeringConnectionId", "pcx-c")]))],
                "SecurityGroups": [{ "GroupId": "sg-target", "GroupName": "target", "VpcId": "vpc-t",
                    "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "IpRanges": [{ "CidrIp": admitted }] }],
                    "IpPermissionsEgress": [] }],
                "LoadBalancers": [{ "LoadBalancerArn": arn, "LoadBalancerName": "in", "Type": "network", "Scheme": "internal",
                    "VpcId": "vpc-l", "State": { "Code": "active" }, "AvailabilityZones": [{ "ZoneName": "us-east-2a", "SubnetId": "subnet-l-a" }] }],
                "Listeners": [{ "ListenerArn": "arn:x", "LoadBalancerArn": arn, "Port": 443, "Protocol": "TCP",
                    "DefaultActions": [{ "Type": "forward", "ForwardConfig": { "TargetGroups": [{ "TargetGroupArn": group }] } }] }],
                "TargetGroups": [{ "TargetGroupArn": group, "TargetGroupName": "api", "Protocol": "TCP", "Port": 8080, "VpcId": "vpc-l", "TargetType": "ip" }],
                "TargetGroupAttributes": [{ "TargetGroupArn": group, "Attributes": [{ "Key": "preserve_client_ip.enabled", "Value": preserve }] }],
                "LoadBalancerTargetHealth": [{ "TargetGroupArn": group, "TargetHealthDescriptions": [
                    { "Target": { "Id": "10.6.1.5", "Port": 8080, "AvailabilityZone": "all" }, "TargetHealth": { "State": "healthy" } }] }],
                "NetworkInterfaces": [{ "NetworkInterfaceId": "eni-lb", "InterfaceType": "network_load_balancer", "Description": "ELB net/in/abc",
                    "Groups": [], "SourceDestCheck": false, "SubnetId": "subnet-l-a", "PrivateIpAddress": "10.5.1.100" }],
                "Reservations": [host("i-c", "subnet-c-a", "10.7.1.5", None), host("i-l", "subnet-l-b", "10.5.2.5", None), {
                    "Instances": [{ "InstanceId": "i-t", "State": { "Name": "running" }, "SubnetId": "subnet-t-a", "NetworkInterfaces": [{
                        "NetworkInterfaceId": "eni-t", "SubnetId": "subnet-t-a", "Groups": [{ "GroupId": "sg-target" }], "Attachment": { "DeviceIndex": 0 },
                        "PrivateIpAddress": "10.6.1.5" }] }] }],
            }),
        )
    };
    let done = dump("false", "10.5.1.100/32");
    assert!(
        passes(&done, "i-c", "10.5.1.100", 443, "pcx-c") && passes(&done, "i-c", "10.5.1.100", 443, "pcx-t")
    );
    assert!(passes(&done, "i-l", "in", 443, "in") && comes_back_by(&done, "i-l", "in", 443, "in"));
    assert_eq!(
        codes(&done, "i-c", "10.6.1.5", 8080),
        ["NO_ROUTE_TO_DESTINATION"],
        "only the balancer leads there"
    );
    assert_eq!(codes(&done, "i-l", "10.5.1.100", 8080), ["ELBV2_LISTENERS_MISMATCH"]);
    let shut = dump("false", "10.5.2.5/32");
    assert_eq!(codes(&shut, "i-l", "in", 443), ["ENI_SG_RULES_MISMATCH"], "the target sees the balancer");
}

#[test]
fn a_host_that_forwards_is_the_way_out() {
    let dump = |check: bool| {
        let mut forwarder = host("i-nat", "subnet-f-a", "10.8.1.9", Some("52.8.8.8"));
        let interface = &mut forwarder["Instances"][0]["NetworkInterfaces"][0];
        interface["SourceDestCheck"] = json!(check);
        interface["Groups"] = json!([{ "GroupId": "sg-nat" }]);
        with(
            vpcs(&[("vpc-f", "10.8")]),
            REGION,
            json!({
                "InternetGateways": [internet_gateway("igw-f", "vpc-f")],
                "SecurityGroups": [{ "GroupId": "sg-nat", "GroupName": "nat", "VpcId": "vpc-f",
                    "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "10.8.0.0/16" }] }],
                    "IpPermissionsEgress": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }],
                "RouteTables": [
                    table("rtb-out", "vpc-f", &["subnet-f-a"], json!([local("10.8.0.0/16"), to("0.0.0.0/0", "GatewayId", "igw-f")])),
                    table("rtb-in", "vpc-f", &[], json!([local("10.8.0.0/16"),
                        { "DestinationCidrBlock": "0.0.0.0/0", "InstanceId": "i-nat", "InstanceOwnerId": "1", "NetworkInterfaceId": "eni-i-nat", "State": "active" }]))],
                "Reservations": [forwarder, host("i-in", "subnet-f-b", "10.8.2.5", None)],
            }),
        )
    };
    let done = dump(false);
    assert!(passes(&done, "i-in", "8.8.8.8", 443, "i-nat") && passes(&done, "i-in", "8.8.8.8", 443, "igw-f"));
    assert!(!reaches(&done, "8.8.8.8", "i-in", 80));
    assert!(!reaches(&dump(true), "i-in", "8.8.8.8", 443), "the check of source and destination drops");
}

#[test]
fn a_participant_uses_the_owners_subnets() {
    let owner = "accounts/111111111111/us-east-2";
    let guest = "accounts/222222222222/us-east-2";
    let mut files = vpc("vpc-s", "10.4", REGION);
    for file in &mut files {
        file.path = format!("{owner}/Vpcs.json");
    }
    files.push(file(
        &format!("{owner}/rest.json"),
        json!({
            "InternetGateways": [internet_gateway("igw-s", "vpc-s")],
            "RouteTables": [table("rtb-s", "vpc-s", &[], json!([local("10.4.0.0/16"), to("0.0.0.0/0", "GatewayId", "igw-s")]))],
            "Reservations": [host("i-own", "subnet-s-a", "10.4.1.5", None)],
        }),
    ));
    let view = json!({ "VpcId": "vpc-s", "CidrBlock": "10.4.0.0/16", "OwnerId": "111111111111" });
    files.push(file(&format!("{guest}/Vpcs.json"), json!({ "Vpcs": [view] })));
    for empty in ["InternetGateways", "RouteTables", "NetworkAcls", "Subnets", "SecurityGroups"] {
        files.push(file(&format!("{guest}/{empty}.json"), json!({ empty: [] })));
    }
    files.push(file(
        &format!("{guest}/Reservations.json"),
        json!({ "Reservations": [host("i-guest", "subnet-s-b", "10.4.2.5", Some("52.4.4.4"))] }),
    ));
    let done = imported(files);
    assert!(passes(&done, "i-guest", "8.8.8.8", 443, "igw-s"));
    assert!(reaches(&done, "i-own", "i-guest", 80) && reaches(&done, "i-guest", "i-own", 80));
    assert!(passes(&done, "8.8.8.8", "52.4.4.4", 80, "igw-s"));
}

#[test]
fn an_attachment_serves_its_own_zones_and_tables_decide_both_ways() {
    let attachments = [
        attachment("tgw-attach-p", "tgw-1", "vpc-p", "subnet-p-a", "tgw-rtb-prod"),
        attachment("tgw-attach-d", "tgw-1", "vpc-d", "subnet-d-a", "tgw-rtb-dev"),
        attachment("tgw-attach-s", "tgw-1", "vpc-s", "subnet-s-a", "tgw-rtb-shared"),
    ];
    let learn = |table: &str, from: &[&str]| {
        let from: Vec<_> =
            from.iter().map(|it| json!({ "TransitGatewayAttachmentId": it, "State": "enabled" })).collect();
        json!({ "TransitGatewayRouteTableId": table, "TransitGatewayRouteTablePropagations": from })
    };
    let tables = ["tgw-rtb-prod", "tgw-rtb-dev", "tgw-rtb-shared"].map(
        |it| json!({ "TransitGatewayRouteTableId": it, "TransitGatewayId": "tgw-1", "State": "available" }),
    );
    let out = |id: &str, net: &str| {
        let routes = json!([local(&format!("{net}.0.0/16")), to("10.0.0.0/8", "TransitGatewayId", "tgw-1")]);
        table(&format!("rtb-{id}"), &format!("vpc-{id}"), &[], routes)
    };
    let done = with(
        vpcs(&[("vpc-p", "10.1"), ("vpc-d", "10.2"), ("vpc-s", "10.3")]),
        REGION,
        json!({
            "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available" }],
            "TransitGatewayAttachments": attachments.iter().map(|it| &it.0).collect::<Vec<_>>(),
            "TransitGatewayVpcAttachments": attachments.iter().map(|it| &it.1).collect::<Vec<_>>(),
            "TransitGatewayRouteTables": tables,
            "TransitGatewayPropagations": [learn("tgw-rtb-prod", &["tgw-attach-s"]), learn("tgw-rtb-dev", &["tgw-attach-s", "tgw-attach-p"]),
                learn("tgw-rtb-shared", &["tgw-attach-p", "tgw-attach-d"])],
            "RouteTables": [out("p", "10.1"), out("d", "10.2"), out("s", "10.3")],
            "Reservations": [host("i-p", "subnet-p-a", "10.1.1.5", None), host("i-d", "subnet-d-a", "10.2.1.5", None),
                host("i-s", "subnet-s-a", "10.3.1.5", None), host("i-far", "subnet-p-b", "10.1.2.5", None)],
        }),
    );
    assert!(passes(&done, "i-p", "i-s", 80, "tgw-1") && passes(&done, "i-s", "i-d", 80, "tgw-1"));
    // The table of `d` knows `p`, that of `p` does not know `d`.
    assert_eq!(
        blockers(&done, "i-p", "i-d", 80),
        [("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", Direction::Forward)]
    );
    assert_eq!(blockers(&done, "i-d", "i-p", 80), [("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", Direction::Reply)]);
    let found = blockers(&done, "i-far", "i-s", 80);
    assert_eq!(found.len(), 1, "no attachment stands in its zone: {found:?}");
    assert!(found[0].0.starts_with("TGW_"), "{found:?}");
}
