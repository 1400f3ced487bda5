//! What EC2 refuses of VPN connections, with its codes.

use super::bench::{cloud, made, ok, refused, vpc, wait};
use crate::cloud::{Call, Change, DescribeKind, Spec, Tags};

fn create(spec: Spec) -> Call {
    Call::CreateObject { spec: Box::new(spec), tags: Tags::new(), client_token: None }
}

fn change(id: &str, change: Change) -> Call {
    Call::ChangeObject { id: id.to_owned(), change }
}

fn delete(kind: DescribeKind, id: &str) -> Call {
    Call::DeleteObject { kind, id: id.to_owned() }
}

fn router(ip_address: &str, device_name: &str) -> Call {
    let (ip_address, device_name) = (ip_address.to_owned(), device_name.to_owned());
    create(Spec::CustomerGateway { ip_address, bgp_asn: 65_000, device_name })
}

fn connection(router: &str, vpn_gateway: Option<&str>, static_routes_only: bool) -> Call {
    create(Spec::VpnConnection {
        customer_gateway_id: router.to_owned(),
        vpn_gateway_id: vpn_gateway.map(str::to_owned),
        transit_gateway_id: None,
        static_routes_only,
        routes: Vec::new(),
        transit_gateway_attachment_id: None,
    })
}

#[test]
fn a_customer_gateway_is_one_per_address_number_and_device() {
    let cloud = &mut cloud();
    assert_eq!(refused(cloud, router("not an address", "a")), "InvalidParameterValue");
    let first = made(cloud, router("203.0.113.1", "a"));
    assert_eq!(made(cloud, router("203.0.113.1", "a")), first);
    assert_ne!(made(cloud, router("203.0.113.1", "b")), first);
    ok(cloud, delete(DescribeKind::CustomerGateways, &first));
    assert_eq!(
        refused(cloud, delete(DescribeKind::CustomerGateways, &first)),
        "InvalidCustomerGatewayID.NotFound"
    );
}

#[test]
fn a_connection_holds_its_gateways_and_takes_static_routes_only_as_one_that_has_them() {
    let cloud = &mut cloud();
    let vpc_id = vpc(cloud, "10.5.0.0/16");
    let gateway = made(cloud, create(Spec::VpnGateway { amazon_side_asn: None, attachments: Vec::new() }));
    let one = made(cloud, router("203.0.113.1", "a"));
    let nowhere = connection("cgw-00000000000000001", Some(&gateway), true);
    assert_eq!(refused(cloud, nowhere), "InvalidCustomerGatewayID.NotFound");
    assert_eq!(refused(cloud, connection(&one, Some(&gateway), true)), "IncorrectState", "it is pending");
    wait(cloud);
    ok(cloud, change(&gateway, Change::AttachVpnGateway { vpc_id }));
    let id = made(cloud, connection(&one, Some(&gateway), true));
    let route = |block: &str| Change::CreateVpnConnectionRoute { destination_cidr_block: block.to_owned() };
    assert_eq!(refused(cloud, change(&id, route("192.168.0.0/16"))), "IncorrectState", "it is pending");
    cloud.advance(100_000);
    ok(cloud, change(&id, route("192.168.0.0/16")));
    ok(cloud, change(&id, route("192.168.0.0/16")));
    let gone = Change::DeleteVpnConnectionRoute { destination_cidr_block: "192.168.0.0/16".to_owned() };
    ok(cloud, change(&id, gone.clone()));
    assert_eq!(refused(cloud, change(&id, gone)), "InvalidRoute.NotFound");
    assert_eq!(refused(cloud, delete(DescribeKind::CustomerGateways, &one)), "IncorrectState");
    let dynamic = made(cloud, connection(&one, Some(&gateway), false));
    cloud.advance(100_000);
    assert_eq!(refused(cloud, change(&dynamic, route("192.168.0.0/16"))), "InvalidParameterValue");
    let other = made(cloud, router("203.0.113.2", "a"));
    ok(cloud, change(&dynamic, Change::ModifyVpnConnection { customer_gateway_id: other.clone() }));
    assert_eq!(refused(cloud, delete(DescribeKind::CustomerGateways, &other)), "IncorrectState");
    for connection in [&id, &dynamic] {
        ok(cloud, delete(DescribeKind::VpnConnections, connection));
    }
    assert_eq!(refused(cloud, delete(DescribeKind::VpnConnections, &id)), "InvalidVpnConnectionID.NotFound");
    cloud.advance(100_000);
    ok(cloud, delete(DescribeKind::CustomerGateways, &one));
    ok(cloud, delete(DescribeKind::CustomerGateways, &other));
}
