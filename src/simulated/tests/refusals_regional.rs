//! What EC2 refuses of regional NAT gateways.

use super::bench::{cloud, made, ok, refused, vpc};
use crate::cloud::{Call, Change, Tags, ZoneAddresses};

#[test]
fn zones_are_known_and_named_once_and_addresses_are_free() {
    let cloud = &mut cloud();
    let vpc_id = vpc(cloud, "10.5.0.0/16");
    let address = made(cloud, Call::AllocateAddress { tags: Tags::new() });
    let other = made(cloud, Call::AllocateAddress { tags: Tags::new() });
    let zone = |name: &str, ids: &[&String]| ZoneAddresses {
        availability_zone: name.to_owned(),
        allocation_ids: ids.iter().map(|id| (*id).clone()).collect(),
    };
    let create = |zones: Vec<ZoneAddresses>| Call::CreateRegionalNatGateway {
        vpc_id: vpc_id.clone(),
        availability_zone_addresses: zones,
        tags: Tags::new(),
        client_token: None,
    };
    assert_eq!(refused(cloud, create(vec![zone("mars-1a", &[&address])])), "InvalidParameterValue");
    assert_eq!(refused(cloud, create(vec![zone("eu-central-1a", &[])])), "InvalidParameterValue");
    let twice = vec![zone("eu-central-1a", &[&address]), zone("eu-central-1a", &[&other])];
    assert_eq!(refused(cloud, create(twice)), "InvalidParameterValue");
    let gateway = made(cloud, Call::CreateInternetGateway { tags: Tags::new() });
    ok(cloud, Call::AttachInternetGateway { internet_gateway_id: gateway.clone(), vpc_id: vpc_id.clone() });
    let nat = made(cloud, create(vec![zone("eu-central-1a", &[&address])]));
    let taken = create(vec![zone("eu-central-1b", &[&address])]);
    assert_eq!(refused(cloud, taken), "Resource.AlreadyAssociated");
    cloud.advance(200_000);
    let add = |zone: Option<&str>| Call::ChangeObject {
        id: nat.clone(),
        change: Change::AssociateNatGatewayAddress {
            allocation_ids: vec![other.clone()],
            availability_zone: zone.map(str::to_owned),
        },
    };
    assert_eq!(refused(cloud, add(None)), "InvalidParameterValue");
    ok(cloud, add(Some("eu-central-1b")));
    let detach = Call::DetachInternetGateway { internet_gateway_id: gateway, vpc_id: vpc_id.clone() };
    assert_eq!(refused(cloud, detach.clone()), "DependencyViolation");
    assert_eq!(
        refused(cloud, Call::ReleaseAddress { allocation_id: address.clone() }),
        "InvalidIPAddress.InUse"
    );
    ok(cloud, Call::DeleteNatGateway { nat_gateway_id: nat });
    cloud.advance(200_000);
    ok(cloud, detach);
    ok(cloud, Call::ReleaseAddress { allocation_id: address });
}
