//! Layouts, accounts, and files that are not as they should be.

use super::*;

#[test]
fn what_aws_always_has_is_added_and_said() {
    let done = imported(small());
    assert_eq!(done.document.topology.region, "eu-west-3");
    let places: Vec<&str> = done.report.assumed.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["acl-vpc-1", "rtb-vpc-1", "sg-vpc-1"]);
}

#[test]
fn all_layouts_give_the_same_network() {
    let flat = imported(small());
    for prefix in ["eu-west-3/", "accounts/111122223333/eu-west-3/", "dump/accounts/9/eu-west-3/"] {
        let mut files = small();
        for file in &mut files {
            file.path = format!("{prefix}{}", file.path);
        }
        assert_eq!(imported(files).document, flat.document);
    }
}

#[test]
fn a_second_region_is_marked_on_its_vpcs() {
    let mut files = small();
    for file in &mut files {
        file.path = format!("eu-west-3/{}", file.path);
    }
    let far = json!({ "Vpcs": [{ "VpcId": "vpc-2", "CidrBlock": "10.20.0.0/16" }] });
    files.push(file("us-east-2/vpcs.json", far));
    let done = imported(files);
    assert_eq!(kind(&done, "vpc-2").as_vpc().unwrap().region.as_deref(), Some("us-east-2"));
    assert_eq!(kind(&done, "vpc-1").as_vpc().unwrap().region, None);
}

#[test]
fn the_view_of_a_participant_takes_nothing_away() {
    let table = |tags: Value| json!({ "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "10.20.0.0/16", "OwnerId": "111122223333", "Tags": tags }] });
    let names = json!([{ "Key": "Name", "Value": "owner" }]);
    let done = imported(vec![
        file(
            "accounts/000000000001/eu-west-3/Vpcs.json",
            json!({ "Vpcs": [{ "VpcId": "vpc-1", "OwnerId": "111122223333" }], "Subnets": [] }),
        ),
        file("accounts/111122223333/eu-west-3/Vpcs.json", table(names)),
        file("accounts/999999999999/eu-west-3/Vpcs.json", json!({ "Vpcs": [] })),
    ]);
    let vpc = done.document.topology.iter().find(|it| it.id.as_str() == "vpc-1").unwrap();
    assert_eq!(vpc.name, "owner");
}

#[test]
fn a_broken_file_is_refused_with_its_place() {
    for (bytes, place) in [
        (&b"{\"Vpcs\": [{"[..], "line 1 column 11"),
        (b"{\"Vpcs\": \xff}", "line 1"),
        (b"not json", "line 1 column 2"),
    ] {
        let mut files = small();
        files.push(DumpFile { path: "a/b.json".to_owned(), bytes: bytes.to_vec() });
        let error = import(files, "x").unwrap_err().to_string();
        assert!(error.contains("`a/b.json`") && error.contains(place), "{error}");
    }
    let deep = "[".repeat(100_000);
    assert!(import(vec![DumpFile { path: "deep.json".to_owned(), bytes: deep.into_bytes() }], "x").is_err());
}

#[test]
fn wrong_types_are_left_out_and_named() {
    let done = small_with(json!({
        "Subnets": [{ "SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": 7, "AvailabilityZone": ["x"] }, 3, null],
        "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": { "a": 1 } }],
    }));
    assert!(absent(&done, "subnet-2"));
    let told = format!("{:?}", done.report);
    for place in ["more.json: Subnets[1]", "Subnets[subnet-2].CidrBlock", "RouteTables[rtb-1].Routes"] {
        assert!(told.contains(place), "{place}: {told}");
    }
}

#[test]
fn nothing_at_all_says_where_it_looked() {
    let error = import(vec![file("a.json", json!({ "Vpcs": [], "Buckets": [] }))], "x").unwrap_err();
    assert!(error.to_string().contains("1 file") && error.to_string().contains("Buckets, Vpcs"), "{error}");
    assert!(import(Vec::new(), "x").is_err());
}

#[test]
fn what_names_a_thing_that_is_not_there_is_cut_or_left_out() {
    let done = small_with(json!({
        "Subnets": [{ "SubnetId": "subnet-9", "VpcId": "vpc-9", "CidrBlock": "10.9.0.0/24" }],
        "NatGateways": [{ "NatGatewayId": "nat-9", "SubnetId": "subnet-9", "State": "available" }],
        "NetworkAcls": [{ "NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true,
            "Associations": [{ "SubnetId": "subnet-8" }], "Entries": [] }],
    }));
    assert!(absent(&done, "subnet-9") && absent(&done, "nat-9"));
    assert!(!done.report.dangling.is_empty());
}

#[test]
fn unknown_kinds_are_kept_without_secrets() {
    let done = small_with(json!({ "DBInstances": [{ "DBInstanceIdentifier": "orders", "Port": 5432,
        "MasterUserPassword": "hunter2", "Nested": { "AuthToken": "hunter2", "Zone": "a" } }] }));
    let ResourceKind::Other(other) = kind(&done, "orders") else { panic!() };
    assert_eq!(other.kind_name, "d_b_instances");
    let text = serde_json::to_string(&other.fields).unwrap();
    assert!(text.contains("5432") && text.contains("Zone") && !text.contains("hunter2"), "{text}");
}

#[test]
fn only_the_wanted_vpcs_come_with_what_they_need() {
    let side = |vpc: &str, block: &str| json!({ "VpcId": vpc, "CidrBlock": block });
    let files = || {
        let mut files = small();
        files.push(file(
            "more.json",
            json!({
                "Vpcs": [{ "VpcId": "vpc-2", "CidrBlock": "10.30.0.0/16", "DhcpOptionsId": "dopt-2" }],
                "Subnets": [{ "SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.30.1.0/24", "AvailabilityZone": "eu-west-3a" }],
                "DhcpOptions": [{ "DhcpOptionsId": "dopt-1" }, { "DhcpOptionsId": "dopt-2" }],
                "Addresses": [{ "AllocationId": "eipalloc-idle", "PublicIp": "192.0.2.77" }],
                "InternetGateways": [{ "InternetGatewayId": "igw-1", "Attachments": [{ "VpcId": "vpc-1", "State": "available" }] }],
                "Reservations": [{ "Instances": [
                    { "InstanceId": "i-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.20.1.9" },
                    { "InstanceId": "i-2", "SubnetId": "subnet-2", "PrivateIpAddress": "10.30.1.9", "KeyName": "mine" }] }],
                "VpcPeeringConnections": [{ "VpcPeeringConnectionId": "pcx-1", "Status": { "Code": "active" },
                    "RequesterVpcInfo": side("vpc-1", "10.20.0.0/16"), "AccepterVpcInfo": side("vpc-2", "10.30.0.0/16") }],
            }),
        ));
        files
    };
    let done = import_vpcs(files(), "some", &["vpc-2".to_owned()]).unwrap();
    assert_eq!(done.document.check_invariants(), Vec::<String>::new());
    for there in ["vpc-2", "subnet-2", "i-2", "key-mine", "dopt-2", "pcx-1"] {
        assert!(!absent(&done, there), "{there}");
    }
    for gone in ["vpc-1", "subnet-1", "i-1", "igw-1", "dopt-1", "eipalloc-idle"] {
        assert!(absent(&done, gone), "{gone}");
    }
    let peering = kind(&done, "pcx-1").as_vpc_peering_connection().unwrap();
    assert_eq!((peering.vpc_id.as_str(), peering.peer_vpc.as_deref()), ("vpc-2", Some("vpc-1")));
    let error = import_vpcs(files(), "some", &["vpc-3".to_owned()]).unwrap_err().to_string();
    assert!(error.contains("`vpc-3`") && error.contains("vpc-1, vpc-2"), "{error}");
}

#[test]
fn the_attributes_of_a_vpc_come_one_to_a_file() {
    let mut files = small();
    for (name, on) in [("EnableDnsSupport", true), ("EnableDnsHostnames", true)] {
        files.push(file(&format!("vpc-1-{name}.json"), json!({ "VpcId": "vpc-1", name: { "Value": on } })));
    }
    let done = imported(files);
    assert!(kind(&done, "vpc-1").as_vpc().unwrap().enable_dns_hostnames);
    assert_eq!(done.report.left_out, []);
}
