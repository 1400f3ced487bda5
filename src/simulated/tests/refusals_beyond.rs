//! What EC2 refuses of the kinds that lead out of a VPC, with its codes.

use super::bench::{cloud, create_route, create_subnet, made, ok, refused, subnet, table, vpc, wait};
use crate::{
    cloud::{Call, SubnetAttribute, Tags},
    simulated::SimulatedCloud,
};

const GONE: &str = "0000000000000dead";

fn ipv6_vpc(cloud: &mut SimulatedCloud, block: &str) -> (String, String) {
    let vpc = vpc(cloud, block);
    let add = Call::AssociateVpcCidrBlock {
        vpc_id: vpc.clone(),
        cidr_block: None,
        amazon_provided_ipv6_cidr_block: true,
    };
    let association = made(cloud, add);
    wait(cloud);
    let real = one!(cloud, Vpcs, &vpc).ipv6_cidr_block_associations[0].ipv6_cidr_block.clone();
    assert!(real.ends_with("00::/56"), "{real}");
    (vpc, association)
}

/// The `place`-th /64 of a VPC.
fn place(cloud: &mut SimulatedCloud, vpc: &str, place: u8) -> String {
    let real = one!(cloud, Vpcs, vpc).ipv6_cidr_block_associations[0].ipv6_cidr_block.clone();
    real.replace("00::/56", &format!("{place:02x}::/64"))
}

fn with_ipv6(vpc: &str, block: &str, ipv6: &str) -> Call {
    match create_subnet(vpc, block, "a") {
        Call::CreateSubnet { vpc_id, cidr_block, availability_zone, tags, .. } => Call::CreateSubnet {
            vpc_id,
            cidr_block,
            ipv6_cidr_block: Some(ipv6.to_owned()),
            availability_zone,
            tags,
        },
        other => other,
    }
}

fn assigns(subnet: &str, value: bool) -> Call {
    Call::ModifySubnetAttribute {
        subnet_id: subnet.to_owned(),
        attribute: SubnetAttribute::AssignIpv6AddressOnCreation,
        value,
    }
}

#[test]
fn ipv6_blocks_come_from_the_vpc_and_are_freed_before_it_gives_them_up() {
    let cloud = &mut cloud();
    let (vpc_id, association) = ipv6_vpc(cloud, "10.40.0.0/16");
    let (first, second) = (place(cloud, &vpc_id, 1), place(cloud, &vpc_id, 2));
    let outside = with_ipv6(&vpc_id, "10.40.9.0/24", "2001:db8::/64");
    assert_eq!(refused(cloud, outside), "InvalidSubnet.Range");
    let long = with_ipv6(&vpc_id, "10.40.9.0/24", &first.replace("/64", "/66"));
    assert_eq!(refused(cloud, long), "InvalidSubnet.Range");
    let subnet_id = made(cloud, with_ipv6(&vpc_id, "10.40.1.0/24", &first));
    assert_eq!(refused(cloud, with_ipv6(&vpc_id, "10.40.9.0/24", &first)), "InvalidSubnet.Conflict");
    let again =
        Call::AssociateSubnetCidrBlock { subnet_id: subnet_id.clone(), ipv6_cidr_block: second.clone() };
    assert_eq!(refused(cloud, again), "InvalidParameterValue");
    let without = subnet(cloud, &vpc_id, "10.40.2.0/24", "a");
    assert_eq!(refused(cloud, assigns(&without, true)), "InvalidParameterValue");

    ok(cloud, assigns(&subnet_id, true));
    let own = one!(cloud, Subnets, &subnet_id).ipv6_cidr_block_associations[0].association_id.clone();
    let free = Call::DisassociateSubnetCidrBlock { association_id: own };
    assert_eq!(refused(cloud, free.clone()), "InvalidCidrBlock.InUse");
    let give_up = Call::DisassociateVpcCidrBlock { association_id: association };
    assert_eq!(refused(cloud, give_up.clone()), "InvalidCidrBlock.InUse");
    ok(cloud, assigns(&subnet_id, false));
    ok(cloud, free.clone());
    wait(cloud);
    assert_eq!(refused(cloud, free), "InvalidSubnetCidrBlockAssociationID.NotFound");
    ok(cloud, give_up);
    wait(cloud);
    assert!(one!(cloud, Vpcs, &vpc_id).ipv6_cidr_block_associations.is_empty());
    let join = Call::AssociateSubnetCidrBlock { subnet_id, ipv6_cidr_block: second };
    assert_eq!(refused(cloud, join), "InvalidSubnet.Range");
}

#[test]
fn an_egress_only_gateway_is_one_of_its_vpc_and_carries_ipv6_only() {
    let cloud = &mut cloud();
    let (vpc_id, _) = ipv6_vpc(cloud, "10.41.0.0/16");
    let create = |vpc_id: &str| Call::CreateEgressOnlyInternetGateway {
        vpc_id: vpc_id.to_owned(),
        tags: Tags::new(),
        client_token: None,
    };
    assert_eq!(refused(cloud, create(&format!("vpc-{GONE}"))), "InvalidVpcID.NotFound");
    let gateway = made(cloud, create(&vpc_id));
    assert_eq!(refused(cloud, create(&vpc_id)), "InvalidParameterValue");
    let other_vpc = vpc(cloud, "10.42.0.0/16");
    let (table_id, other) = (table(cloud, &vpc_id), table(cloud, &other_vpc));
    assert_eq!(refused(cloud, create_route(&table_id, "0.0.0.0/0", &gateway)), "InvalidParameterValue");
    assert_eq!(refused(cloud, create_route(&other, "::/0", &gateway)), "InvalidParameterValue");
    let gone = create_route(&table_id, "::/0", &format!("eigw-{GONE}"));
    assert_eq!(refused(cloud, gone), "InvalidGatewayID.NotFound");
    ok(cloud, create_route(&table_id, "::/0", &gateway));
    assert_eq!(refused(cloud, Call::DeleteVpc { vpc_id: vpc_id.clone() }), "DependencyViolation");
    let delete = Call::DeleteEgressOnlyInternetGateway { egress_only_internet_gateway_id: gateway };
    ok(cloud, delete.clone());
    assert_eq!(refused(cloud, delete), "InvalidGatewayID.NotFound");
    let routes = one!(cloud, RouteTables, &table_id).routes;
    assert!(routes.iter().any(|it| it.destination() == Some("::/0") && it.state == "blackhole"));
}
