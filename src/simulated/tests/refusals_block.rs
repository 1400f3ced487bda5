//! What EC2 refuses of Block Public Access.

use super::bench::{cloud, made, ok, refused, vpc, wait};
use crate::cloud::{Call, Change, DescribeKind, Spec, Tags};

#[test]
fn an_exclusion_is_one_per_network_and_a_mode_is_one_of_three() {
    let cloud = &mut cloud();
    let exclude = |resource_id: &str| Call::CreateObject {
        spec: Box::new(Spec::VpcBlockPublicAccessExclusion {
            resource_id: resource_id.to_owned(),
            internet_gateway_exclusion_mode: "allow-egress".to_owned(),
        }),
        tags: Tags::new(),
        client_token: None,
    };
    let vpc_id = vpc(cloud, "10.5.0.0/16");
    assert_eq!(refused(cloud, exclude("vpc-0000000000000dead")), "InvalidVpcID.NotFound");
    assert_eq!(refused(cloud, exclude("subnet-0000000000000dead")), "InvalidSubnetID.NotFound");
    let id = made(cloud, exclude(&vpc_id));
    assert_eq!(refused(cloud, exclude(&vpc_id)), "InvalidParameterValue");
    wait(cloud);
    let delete = Call::DeleteObject { kind: DescribeKind::VpcBlockPublicAccessExclusions, id: id.clone() };
    ok(cloud, delete.clone());
    assert_eq!(refused(cloud, delete), "InvalidVpcBlockPublicAccessExclusionId.NotFound");
    ok(cloud, exclude(&vpc_id));
    let change = |mode: &str| Call::ChangeObject {
        id: "account".to_owned(),
        change: Change::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode: mode.to_owned() },
    };
    assert_eq!(refused(cloud, change("block-everything")), "InvalidParameterValue");
    ok(cloud, change("block-ingress"));
}
