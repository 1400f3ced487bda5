//! The hands of the tests: a cloud and short ways to call it.

use std::collections::BTreeMap;

use crate::{
    cloud::{
        Call, CloudError, DescribeKind, Filter, Live, Reply, RouteDestination, RouteTarget, RunInstances,
        Tags,
    },
    simulated::SimulatedCloud,
};

pub const REGION: &str = "eu-central-1";
pub const IMAGE: &str = "ami-0123456789abcdef0";

/// A new cloud.
pub fn cloud() -> SimulatedCloud {
    SimulatedCloud::new(7, REGION)
}

pub fn ask(cloud: &mut SimulatedCloud, call: &Call) -> Result<Reply, CloudError> {
    let now = cloud.now_ms();
    cloud.handle(call, now)
}

/// Carries out a call that must succeed.
pub fn ok(cloud: &mut SimulatedCloud, call: Call) -> Reply {
    match ask(cloud, &call) {
        Ok(reply) => reply,
        Err(error) => panic!("{call:?} was refused: {error}"),
    }
}

/// Carries out a call that makes something; answers its id.
pub fn made(cloud: &mut SimulatedCloud, call: Call) -> String {
    ok(cloud, call).id().expect("an id").to_owned()
}

/// Carries out a call that must be refused; answers the code.
pub fn refused(cloud: &mut SimulatedCloud, call: Call) -> String {
    let before = unclocked(cloud);
    match ask(cloud, &call) {
        Ok(reply) => panic!("{call:?} was not refused: {reply:?}"),
        Err(error) => {
            assert_eq!(unclocked(cloud), before, "{call:?} was refused and yet changed something");
            assert!(!error.message.is_empty());
            error.code
        }
    }
}

/// The cloud without what every call leaves behind.
fn unclocked(cloud: &SimulatedCloud) -> SimulatedCloud {
    SimulatedCloud { calls: BTreeMap::new(), ..cloud.clone() }
}

pub fn list(cloud: &mut SimulatedCloud, kind: DescribeKind, filters: Vec<Filter>) -> Live {
    match ok(cloud, Call::Describe { kind, filters, ids: Vec::new() }) {
        Reply::Described(live) => live,
        other => panic!("{other:?}"),
    }
}

/// The objects of one kind in one VPC.
macro_rules! in_vpc {
    ($cloud:expr, $kind:ident, $vpc:expr) => {{
        let filters = vec![$crate::cloud::Filter::one("vpc-id", $vpc)];
        match $crate::simulated::tests::bench::list($cloud, $crate::cloud::DescribeKind::$kind, filters) {
            $crate::cloud::Live::$kind(objects) => objects,
            other => panic!("{other:?}"),
        }
    }};
}

/// The one object of an id.
macro_rules! one {
    ($cloud:expr, $kind:ident, $id:expr) => {{
        let call = $crate::cloud::Call::describe_ids($crate::cloud::DescribeKind::$kind, [$id.to_owned()]);
        match $crate::simulated::tests::bench::ok($cloud, call) {
            $crate::cloud::Reply::Described($crate::cloud::Live::$kind(mut objects)) => objects.remove(0),
            other => panic!("{other:?}"),
        }
    }};
}

pub fn named(name: &str) -> Tags {
    Tags::from([("Name".to_owned(), name.to_owned())])
}

pub fn vpc(cloud: &mut SimulatedCloud, block: &str) -> String {
    made(cloud, Call::CreateVpc { cidr_block: block.to_owned(), instance_tenancy: None, tags: named("main") })
}

pub fn create_subnet(vpc: &str, block: &str, zone: &str) -> Call {
    Call::CreateSubnet {
        vpc_id: vpc.to_owned(),
        cidr_block: block.to_owned(),
        ipv6_cidr_block: None,
        availability_zone: Some(format!("{REGION}{zone}")),
        tags: Tags::new(),
    }
}

pub fn subnet(cloud: &mut SimulatedCloud, vpc: &str, block: &str, zone: &str) -> String {
    made(cloud, create_subnet(vpc, block, zone))
}

/// An internet gateway, attached.
pub fn gateway(cloud: &mut SimulatedCloud, vpc: &str) -> String {
    let id = made(cloud, Call::CreateInternetGateway { tags: Tags::new() });
    ok(cloud, Call::AttachInternetGateway { internet_gateway_id: id.clone(), vpc_id: vpc.to_owned() });
    id
}

pub fn address(cloud: &mut SimulatedCloud) -> String {
    made(cloud, Call::AllocateAddress { tags: Tags::new() })
}

pub fn create_nat(subnet: &str, address: Option<&str>) -> Call {
    Call::CreateNatGateway {
        subnet_id: subnet.to_owned(),
        connectivity_type: "public".to_owned(),
        allocation_id: address.map(str::to_owned),
        private_ip_address: None,
        tags: Tags::new(),
        client_token: None,
    }
}

pub fn table(cloud: &mut SimulatedCloud, vpc: &str) -> String {
    made(cloud, Call::CreateRouteTable { vpc_id: vpc.to_owned(), tags: Tags::new(), client_token: None })
}

pub fn create_route(table: &str, destination: &str, target: &str) -> Call {
    let destination = if destination.contains(':') {
        RouteDestination::Ipv6(destination.to_owned())
    } else {
        RouteDestination::Ipv4(destination.to_owned())
    };
    Call::CreateRoute {
        route_table_id: table.to_owned(),
        destination,
        target: RouteTarget::from_id(target).expect("the id of a target"),
    }
}

pub fn group(cloud: &mut SimulatedCloud, vpc: &str, name: &str) -> String {
    made(cloud, create_group(vpc, name))
}

pub fn create_group(vpc: &str, name: &str) -> Call {
    Call::CreateSecurityGroup {
        group_name: name.to_owned(),
        description: "of a test".to_owned(),
        vpc_id: vpc.to_owned(),
        tags: Tags::new(),
    }
}

pub fn launch(subnet: &str) -> RunInstances {
    RunInstances {
        image_id: IMAGE.to_owned(),
        instance_type: "t3.micro".to_owned(),
        subnet_id: subnet.to_owned(),
        ..RunInstances::default()
    }
}

pub fn instance(cloud: &mut SimulatedCloud, run: RunInstances) -> String {
    made(cloud, Call::RunInstances(Box::new(run)))
}

pub fn terminate(id: &str) -> Call {
    Call::TerminateInstances { instance_ids: vec![id.to_owned()] }
}

/// Lets everything that is under way come to its end, short of the hour for which EC2 lists the dead.
pub fn wait(cloud: &mut SimulatedCloud) {
    cloud.advance(180_000);
}
