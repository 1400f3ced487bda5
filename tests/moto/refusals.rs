//! What the EC2 API refuses arrives with its code and with the kind that the engine acts on.

use vpcscape::cloud::{Call, DescribeKind, ErrorKind, RouteDestination, RouteTarget, RunInstances, Tags};

use super::cloud::Cloud;

async fn expect(cloud: &Cloud, call: Call, code: &str, kind: ErrorKind) {
    let name = call.name();
    let error = cloud.refused(call).await;
    assert!(error.is_code(code), "{name}: {error}");
    assert_eq!(error.kind, kind, "{name}: {error}");
    assert!(!error.message.is_empty(), "{name} says nothing");
    assert!(error.request_id.is_some(), "{name} has no request id");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let cloud = Cloud::of("af-south-1").await;
    let vpc_id = cloud.vpc().await;
    let missing = |kind, id: &str| Call::describe_ids(kind, [id]);
    for (call, code) in [
        (missing(DescribeKind::Vpcs, "vpc-0123456789abcdef0"), "InvalidVpcID.NotFound"),
        (missing(DescribeKind::Subnets, "subnet-0123456789abcdef0"), "InvalidSubnetID.NotFound"),
        (missing(DescribeKind::RouteTables, "rtb-0123456789abcdef0"), "InvalidRouteTableID.NotFound"),
        (missing(DescribeKind::SecurityGroups, "sg-0123456789abcdef0"), "InvalidGroup.NotFound"),
        (missing(DescribeKind::Instances, "i-0123456789abcdef0"), "InvalidInstanceID.NotFound"),
        (missing(DescribeKind::VpcEndpoints, "vpce-0123456789abcdef0"), "InvalidVpcEndpointId.NotFound"),
        (Call::DeleteVpc { vpc_id: "vpc-0123456789abcdef0".to_owned() }, "InvalidVpcID.NotFound"),
        (
            Call::ReleaseAddress { allocation_id: "eipalloc-00000000".to_owned() },
            "InvalidAllocationID.NotFound",
        ),
        (Call::GetSsmParameter { name: "/no/such/parameter".to_owned() }, "ParameterNotFound"),
    ] {
        expect(&cloud, call, code, ErrorKind::NotFound).await;
    }
    let launch = RunInstances {
        image_id: "ami-0123456789abcdef0".to_owned(),
        instance_type: "t3.micro".to_owned(),
        subnet_id: cloud.subnet(&vpc_id, "10.0.0.0/24", 'a').await,
        ..RunInstances::default()
    };
    let call = Call::RunInstances(Box::new(launch));
    expect(&cloud, call, "InvalidAMIID.NotFound", ErrorKind::NotFound).await;
}

#[tokio::test]
async fn what_is_there_already_is_refused() {
    let cloud = Cloud::of("me-south-1").await;
    let vpc_id = cloud.vpc().await;
    cloud.subnet(&vpc_id, "10.0.0.0/24", 'a').await;
    cloud.group(&vpc_id, "twice").await;
    let table = Call::CreateRouteTable { vpc_id: vpc_id.clone(), tags: Tags::new(), client_token: None };
    let route_table_id = cloud.make(table).await;
    let gateway = cloud.make(Call::CreateInternetGateway { tags: Tags::new() }).await;
    let route = Call::CreateRoute {
        route_table_id,
        destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
        target: RouteTarget::Gateway(gateway),
    };
    cloud.done(route.clone()).await;
    let subnet = Call::CreateSubnet {
        vpc_id: vpc_id.clone(),
        cidr_block: "10.0.0.128/25".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: None,
        tags: Tags::new(),
    };
    let group = Call::CreateSecurityGroup {
        group_name: "twice".to_owned(),
        description: "twice".to_owned(),
        vpc_id,
        tags: Tags::new(),
    };
    let key = |key_name: &str| Call::CreateKeyPair {
        key_name: key_name.to_owned(),
        key_type: "rsa".to_owned(),
        tags: Tags::new(),
    };
    cloud.created(key("twice")).await;
    for (call, code) in [
        (route, "RouteAlreadyExists"),
        (subnet, "InvalidSubnet.Conflict"),
        (group, "InvalidGroup.Duplicate"),
        (key("twice"), "InvalidKeyPair.Duplicate"),
    ] {
        expect(&cloud, call, code, ErrorKind::AlreadyExists).await;
    }
}

#[tokio::test]
async fn what_is_in_use_or_out_of_range_is_refused() {
    let cloud = Cloud::of("me-central-1").await;
    let vpc_id = cloud.vpc().await;
    cloud.subnet(&vpc_id, "10.0.0.0/24", 'a').await;
    let gateway = cloud.make(Call::CreateInternetGateway { tags: Tags::new() }).await;
    let (internet_gateway_id, vpc) = (gateway.clone(), vpc_id.clone());
    cloud.done(Call::AttachInternetGateway { internet_gateway_id, vpc_id: vpc }).await;
    let delete = Call::DeleteInternetGateway { internet_gateway_id: gateway };
    expect(&cloud, delete, "DependencyViolation", ErrorKind::DependencyViolation).await;
    let delete = Call::DeleteVpc { vpc_id: vpc_id.clone() };
    expect(&cloud, delete, "DependencyViolation", ErrorKind::DependencyViolation).await;
    let outside = Call::CreateSubnet {
        vpc_id,
        cidr_block: "192.168.0.0/24".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: None,
        tags: Tags::new(),
    };
    expect(&cloud, outside, "InvalidSubnet.Range", ErrorKind::Invalid).await;
}
