//! VPCs, subnets, routing and tags, there and back.

use vpcscape::cloud::{
    Call, DescribeKind, Filter, Reply, RouteDestination, RouteTarget, SubnetAttribute, Tags, VpcAttribute,
};

use super::cloud::{Cloud, tags};
use crate::{all, one};

#[tokio::test]
async fn a_vpc_keeps_its_blocks_switches_and_tags() {
    let cloud = Cloud::of("eu-west-1").await;
    let vpc_id = cloud.vpc().await;
    for (attribute, value) in
        [(VpcAttribute::EnableDnsHostnames, true), (VpcAttribute::EnableDnsSupport, false)]
    {
        let vpc = vpc_id.clone();
        cloud.done(Call::ModifyVpcAttribute { vpc_id: vpc.clone(), attribute, value }).await;
        let read = cloud.ask(Call::DescribeVpcAttribute { vpc_id: vpc, attribute }).await;
        assert_eq!(read, Reply::Switch(value), "{attribute:?}");
    }
    let second = Call::AssociateVpcCidrBlock {
        vpc_id: vpc_id.clone(),
        cidr_block: Some("10.1.0.0/16".to_owned()),
        amazon_provided_ipv6_cidr_block: false,
    };
    let association_id = cloud.make(second).await;

    let vpc = one!(cloud.show(DescribeKind::Vpcs, &[&vpc_id]).await, Vpcs);
    assert_eq!((vpc.cidr_block.as_str(), vpc.state.as_str()), ("10.0.0.0/16", "available"));
    assert_eq!((vpc.instance_tenancy.as_str(), vpc.is_default), ("default", false));
    assert_eq!(vpc.tags, tags("vpc"));
    let blocks: Vec<_> = vpc.cidr_block_associations.iter().map(|block| block.cidr_block.as_str()).collect();
    assert_eq!(blocks, ["10.0.0.0/16", "10.1.0.0/16"]);
    assert_eq!(vpc.cidr_block_associations[1].association_id, association_id);
    assert_eq!(vpc.cidr_block_associations[1].state, "associated");

    cloud.done(Call::DisassociateVpcCidrBlock { association_id }).await;
    cloud.done(Call::DeleteVpc { vpc_id: vpc_id.clone() }).await;
    let gone = cloud.refused(Call::describe_ids(DescribeKind::Vpcs, [vpc_id])).await;
    assert!(gone.is_code("InvalidVpcID.NotFound"), "{gone}");
}

#[tokio::test]
async fn a_subnet_keeps_its_zone_block_and_switch() {
    let cloud = Cloud::of("eu-west-2").await;
    let vpc_id = cloud.vpc().await;
    let subnet_id = cloud.subnet(&vpc_id, "10.0.7.0/24", 'b').await;
    let switch = Call::ModifySubnetAttribute {
        subnet_id: subnet_id.clone(),
        attribute: SubnetAttribute::MapPublicIpOnLaunch,
        value: true,
    };
    cloud.done(switch).await;
    let subnet = one!(cloud.show(DescribeKind::Subnets, &[&subnet_id]).await, Subnets);
    assert_eq!((subnet.vpc_id, subnet.cidr_block), (vpc_id.clone(), "10.0.7.0/24".to_owned()));
    assert_eq!(subnet.availability_zone, "eu-west-2b");
    assert!(subnet.map_public_ip_on_launch && !subnet.default_for_az);
    assert_eq!(subnet.available_ip_address_count, 251);
    assert_eq!(subnet.tags, tags("subnet"));
    cloud.done(Call::DeleteSubnet { subnet_id }).await;
    let filters = vec![Filter::one("vpc-id", vpc_id)];
    let rest = Call::Describe { kind: DescribeKind::Subnets, filters, ids: Vec::new() };
    assert_eq!(all!(cloud.list(rest).await, Subnets), []);
}

#[tokio::test]
async fn routes_and_associations_move_between_tables() {
    let cloud = Cloud::of("eu-west-3").await;
    let vpc_id = cloud.vpc().await;
    let subnet_id = cloud.subnet(&vpc_id, "10.0.0.0/24", 'a').await;
    let gateway = cloud.make(Call::CreateInternetGateway { tags: tags("igw") }).await;
    let attach = Call::AttachInternetGateway { internet_gateway_id: gateway.clone(), vpc_id: vpc_id.clone() };
    cloud.done(attach).await;
    let table = |name: &str| Call::CreateRouteTable {
        vpc_id: vpc_id.clone(),
        tags: tags(name),
        client_token: Some(format!("token-{name}")),
    };
    let (first, second) = (cloud.make(table("first")).await, cloud.make(table("second")).await);
    let everywhere = RouteDestination::Ipv4("0.0.0.0/0".to_owned());
    let route = Call::CreateRoute {
        route_table_id: first.clone(),
        destination: everywhere.clone(),
        target: RouteTarget::Gateway(gateway.clone()),
    };
    cloud.done(route).await;
    let associate = Call::AssociateRouteTable { route_table_id: first.clone(), subnet_id: subnet_id.clone() };
    let association_id = cloud.make(associate).await;

    let live = one!(cloud.show(DescribeKind::RouteTables, &[&first]).await, RouteTables);
    assert_eq!(live.tags, tags("first"));
    let default = live.routes.iter().find(|route| route.destination() == Some("0.0.0.0/0")).unwrap();
    assert_eq!((default.target(), default.state.as_str()), (Some(gateway.as_str()), "active"));
    assert_eq!(
        live.routes.iter().find(|route| route.target() == Some("local")).unwrap().origin,
        "CreateRouteTable"
    );
    assert_eq!(live.associations[0].route_table_association_id, association_id);
    assert_eq!(live.associations[0].subnet_id.as_deref(), Some(subnet_id.as_str()));

    let moved = Call::ReplaceRouteTableAssociation { association_id, route_table_id: second.clone() };
    let association_id = cloud.make(moved).await;
    let live = one!(cloud.show(DescribeKind::RouteTables, &[&second]).await, RouteTables);
    assert_eq!(live.associations[0].route_table_association_id, association_id);
    cloud.done(Call::DisassociateRouteTable { association_id }).await;
    cloud.done(Call::DeleteRoute { route_table_id: first.clone(), destination: everywhere }).await;
    for route_table_id in [first, second] {
        cloud.done(Call::DeleteRouteTable { route_table_id }).await;
    }
}

#[tokio::test]
async fn a_route_is_replaced_and_the_main_table_changes() {
    let cloud = Cloud::of("eu-north-1").await;
    let vpc_id = cloud.vpc().await;
    let filters = vec![Filter::one("vpc-id", &vpc_id), Filter::one("association.main", "true")];
    let main = Call::Describe { kind: DescribeKind::RouteTables, filters, ids: Vec::new() };
    let live = one!(cloud.list(main.clone()).await, RouteTables);
    assert!(live.associations[0].main && live.associations[0].subnet_id.is_none());
    let table = Call::CreateRouteTable { vpc_id, tags: Tags::new(), client_token: None };
    let route_table_id = cloud.make(table).await;
    let association_id = live.associations[0].route_table_association_id.clone();
    let replace =
        Call::ReplaceRouteTableAssociation { association_id, route_table_id: route_table_id.clone() };
    cloud.make(replace).await;
    assert_eq!(one!(cloud.list(main).await, RouteTables).route_table_id, route_table_id);

    let mut targets = Vec::new();
    for _ in 0..2 {
        targets.push(cloud.make(Call::CreateInternetGateway { tags: Tags::new() }).await);
    }
    let destination = RouteDestination::Ipv4("192.0.2.0/24".to_owned());
    let (table, to) = (route_table_id.clone(), destination.clone());
    let target = RouteTarget::Gateway(targets[0].clone());
    cloud.done(Call::CreateRoute { route_table_id: table.clone(), destination: to.clone(), target }).await;
    let target = RouteTarget::Gateway(targets[1].clone());
    cloud.done(Call::ReplaceRoute { route_table_id: table, destination: to, target }).await;
    let live = one!(cloud.show(DescribeKind::RouteTables, &[&route_table_id]).await, RouteTables);
    let route = live.routes.iter().find(|route| route.destination() == Some("192.0.2.0/24")).unwrap();
    assert_eq!(route.target(), Some(targets[1].as_str()));
}

#[tokio::test]
async fn tags_are_set_changed_and_removed() {
    let cloud = Cloud::of("eu-central-1").await;
    let vpc_id = cloud.vpc().await;
    let changed = Tags::from([("Name".to_owned(), "other".to_owned()), ("owner".to_owned(), String::new())]);
    cloud.done(Call::CreateTags { resources: vec![vpc_id.clone()], tags: changed }).await;
    let keys = vec!["vpcscape:test".to_owned()];
    cloud.done(Call::DeleteTags { resources: vec![vpc_id.clone()], keys }).await;
    let filters = vec![Filter::tag("Name", "other")];
    let found = Call::Describe { kind: DescribeKind::Vpcs, filters, ids: Vec::new() };
    let vpc = one!(cloud.list(found).await, Vpcs);
    let expected = Tags::from([("Name".to_owned(), "other".to_owned()), ("owner".to_owned(), String::new())]);
    assert_eq!((vpc.vpc_id, vpc.tags), (vpc_id, expected));
}
