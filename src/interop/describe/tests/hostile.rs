//! Files that mean no good: whatever they hold, the import ends, and what it makes is well-formed.

use proptest::prelude::*;

use super::*;

/// A dump with most kinds in it, to be damaged.
fn whole() -> Value {
    json!({
        "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "10.20.0.0/16", "DhcpOptionsId": "dopt-1" }],
        "Subnets": [{ "SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.20.1.0/24", "AvailabilityZone": "eu-west-3b" }],
        "DhcpOptions": [{ "DhcpOptionsId": "dopt-1", "DhcpConfigurations": [{ "Key": "domain-name", "Values": [{ "Value": "x" }] }] }],
        "InternetGateways": [{ "InternetGatewayId": "igw-1", "Attachments": [{ "State": "available", "VpcId": "vpc-1" }] }],
        "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{ "Main": true }, { "SubnetId": "subnet-1" }],
            "Routes": [{ "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active" },
                { "DestinationCidrBlock": "10.3.0.0/16", "TransitGatewayId": "tgw-1", "State": "active" }] }],
        "NetworkAcls": [{ "NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "Associations": [{ "SubnetId": "subnet-1" }],
            "Entries": [{ "RuleNumber": 100, "Protocol": "6", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0", "PortRange": { "From": 1, "To": 2 } }] }],
        "SecurityGroups": [{ "GroupId": "sg-1", "GroupName": "default", "VpcId": "vpc-1",
            "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "UserIdGroupPairs": [{ "GroupId": "sg-1" }] }] }],
        "Reservations": [{ "Instances": [{ "InstanceId": "i-1", "State": { "Name": "running" }, "KeyName": "k",
            "NetworkInterfaces": [{ "NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.20.1.4",
                "Attachment": { "DeviceIndex": 0 }, "Groups": [{ "GroupId": "sg-1" }] }] }] }],
        "Addresses": [{ "AllocationId": "eipalloc-1", "PublicIp": "192.0.2.1", "NetworkInterfaceId": "eni-1" }],
        "NatGateways": [{ "NatGatewayId": "nat-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
            "NatGatewayAddresses": [{ "AllocationId": "eipalloc-2", "PrivateIp": "10.20.1.5" }] }],
        "VpcEndpoints": [{ "VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "s", "SubnetIds": ["subnet-1"] }],
        "TransitGateways": [{ "TransitGatewayId": "tgw-1" }],
        "TransitGatewayVpcAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "SubnetIds": ["subnet-1"] }],
        "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1" }],
        "TransitGatewayStaticRoutes": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [{ "DestinationCidrBlock": "10.0.0.0/8",
            "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1" }] }] }],
        "LoadBalancers": [{ "LoadBalancerArn": "a:loadbalancer/net/l/1", "LoadBalancerName": "l", "VpcId": "vpc-1", "AvailabilityZones": [{ "SubnetId": "subnet-1" }] }],
        "FlowLogs": [{ "FlowLogId": "fl-1", "ResourceId": "vpc-1" }],
        "Queues": [{ "QueueArn": "a:b:c", "kind": "vpc" }]
    })
}

/// Calls `change` on the value at the given place of a walk through the tree.
fn at(value: &mut Value, left: &mut usize, change: &mut dyn FnMut(&mut Value)) {
    if *left == 0 {
        change(value);
    }
    *left = left.wrapping_sub(1);
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(|it| at(it, left, change)),
        Value::Object(fields) => fields.values_mut().for_each(|it| at(it, left, change)),
        _ => {}
    }
}

fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!(-1)),
        Just(json!(1e300)),
        Just(json!("")),
        Just(json!("vpc-1")),
        Just(json!("rtb-1")),
        Just(json!("i-1")),
        Just(json!("10.20.1.0/33")),
        Just(json!("::/0")),
        Just(json!("é \u{0} /../")),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[]]])),
        Just(json!({ "State": ["x"] })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damaged_dumps_end_in_a_sentence_or_a_document_that_loads(
        damage in prop::collection::vec((0_usize..220, odd()), 1..6)
    ) {
        let mut dump = whole();
        for (place, value) in damage {
            let mut left = place + 1;
            at(&mut dump, &mut left, &mut |it| *it = value.clone());
        }
        if let Ok(done) = import(vec![file("a.json", dump)], "x") {
            prop_assert_eq!(done.document.check_invariants(), Vec::<String>::new());
            let text = native::write(&done.document).unwrap();
            let again = native::read(text.as_bytes());
            prop_assert_eq!(again.as_ref(), Ok(&done.document));
        }
    }

    #[test]
    fn cut_off_files_are_refused(cut in 1_usize..3000) {
        let text = whole().to_string();
        let bytes = text.as_bytes()[..cut.min(text.len() - 1)].to_vec();
        let file = DumpFile { path: "cut.json".to_owned(), bytes };
        prop_assert!(import(vec![file], "x").unwrap_err().to_string().contains("`cut.json`"));
    }
}

#[test]
fn twice_the_same_files_are_one_network() {
    let once = imported(vec![file("a.json", whole())]);
    let twice = imported(vec![file("a.json", whole()), file("b/a.json", whole())]);
    assert_eq!(once.document, twice.document);
}

#[test]
fn many_resources_take_seconds_at_most() {
    let count = 4_000;
    let list = |make: &dyn Fn(usize) -> Value| (0..count).map(make).collect::<Vec<_>>();
    let block = |at: usize| format!("10.{}.{}.0/28", at / 250, at % 250);
    let done = import(
        vec![file(
            "many.json",
            json!({
                "Vpcs": list(&|at| json!({ "VpcId": format!("vpc-{at}"), "CidrBlock": block(at) })),
                "Subnets": list(&|at| json!({ "SubnetId": format!("subnet-{at}"), "VpcId": format!("vpc-{at}"), "CidrBlock": block(at) })),
                "Reservations": list(&|at| json!({ "Instances": [{ "InstanceId": format!("i-{at}"), "KeyName": format!("k{at}"),
                    "SubnetId": format!("subnet-{at}"), "PrivateIpAddress": "10.0.0.1" }] })),
                "NatGateways": list(&|at| json!({ "NatGatewayId": format!("nat-{at}"), "SubnetId": format!("subnet-{at}"),
                    "NatGatewayAddresses": [{ "PublicIp": format!("52.{}.{}.9", at / 250, at % 250) }] })),
                "TransitGateways": list(&|at| json!({ "TransitGatewayId": format!("tgw-{at}") })),
            }),
        )],
        "many",
    );
    assert!(done.unwrap().document.topology.resources.len() > 5 * count);
}
