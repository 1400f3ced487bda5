//! Each kind, with the oddities that real answers have.

use super::*;
use crate::model::{RouteTarget, SecurityGroupRulePeer};

#[test]
fn an_instance_takes_its_primary_interface_in() {
    let done = small_with(json!({
        "Reservations": [{ "OwnerId": "111122223333", "Instances": [
            { "InstanceId": "i-1", "State": { "Code": 16, "Name": "running" }, "KeyName": "k",
              "NetworkInterfaces": [
                { "NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
                  "Attachment": { "DeviceIndex": 0, "Status": "attached" },
                  "PrivateIpAddress": "10.20.1.5", "SourceDestCheck": false,
                  "PrivateIpAddresses": [
                    { "Primary": true, "PrivateIpAddress": "10.20.1.5",
                      "Association": { "IpOwnerId": "amazon", "PublicIp": "192.0.2.9" } },
                    { "Primary": false, "PrivateIpAddress": "10.20.1.6" }] },
                { "NetworkInterfaceId": "eni-2", "SubnetId": "subnet-1",
                  "Attachment": { "DeviceIndex": 1, "Status": "attached" }, "PrivateIpAddress": "10.20.1.7" }] },
            { "InstanceId": "i-2", "State": { "Code": 48, "Name": "terminated" } }] }]
    }));
    let instance = kind(&done, "i-1").as_instance().unwrap();
    assert_eq!(instance.private_ip, Some("10.20.1.5".parse().unwrap()));
    assert_eq!(instance.public_ip, Some("192.0.2.9".parse().unwrap()));
    assert_eq!(instance.secondary_private_ips.len(), 1);
    assert_eq!(instance.primary_network_interface_id.as_deref(), Some("eni-1"));
    assert!(!instance.source_dest_check);
    assert!(absent(&done, "eni-1") && absent(&done, "i-2"));
    let second = kind(&done, "eni-2").as_network_interface().unwrap();
    assert_eq!(second.device_index, Some(1));
    assert_eq!(second.instance_id.as_ref().unwrap().as_str(), "i-1");
}

#[test]
fn routes_keep_what_they_lead_to() {
    let done = small_with(json!({
        "VpnGateways": [{ "VpnGatewayId": "vgw-1", "State": "available",
            "VpcAttachments": [{ "State": "attached", "VpcId": "vpc-1" }] }],
        "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1",
            "Associations": [{ "Main": true }, { "Main": false, "SubnetId": "subnet-1" }],
            "Routes": [
                { "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active" },
                { "DestinationCidrBlock": "10.20.0.0/16", "GatewayId": "local", "State": "active" },
                { "DestinationCidrBlock": "10.1.0.0/16", "NatGatewayId": "nat-gone", "State": "blackhole" },
                { "DestinationCidrBlock": "10.2.0.0/16", "CoreNetworkArn": "arn:x:y", "State": "active" },
                { "DestinationCidrBlock": "10.3.0.0/16", "GatewayId": "vgw-1", "State": "active",
                  "Origin": "EnableVgwRoutePropagation" },
                { "DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1", "State": "active" },
            ] }]
    }));
    let table = kind(&done, "rtb-1").as_route_table().unwrap();
    assert!(table.main);
    let targets: Vec<String> = table.routes.iter().map(|it| format!("{:?}", it.target)).collect();
    assert_eq!(
        targets,
        ["Gateway(`igw-1`)", "Blackhole(\"nat-gone\")", "Other(\"arn:x:y\")", "EgressOnlyGateway(`eigw-1`)"]
    );
    assert!(matches!(table.routes[0].target, RouteTarget::Gateway(_)));
    let gateway = kind(&done, "vgw-1").as_vpn_gateway().unwrap();
    assert_eq!(gateway.on_premises_cidr_blocks, ["10.3.0.0/16".parse().unwrap()]);
    assert_eq!(table.propagating_vgws.len(), 1);
    let subnet = kind(&done, "subnet-1").as_subnet().unwrap();
    assert_eq!(subnet.route_table_id.as_ref().unwrap().as_str(), "rtb-1");
}

#[test]
fn a_nat_gateway_has_its_addresses() {
    let done = small_with(json!({
        "NatGateways": [
            { "NatGatewayId": "nat-1", "State": "available", "SubnetId": "subnet-1", "VpcId": "vpc-1",
              "NatGatewayAddresses": [{ "AllocationId": "eipalloc-1", "NetworkInterfaceId": "eni-n",
                "PrivateIp": "10.20.1.30", "PublicIp": "192.0.2.30" }] },
            { "NatGatewayId": "nat-2", "State": "deleted", "SubnetId": "subnet-1" }],
        "NetworkInterfaces": [{ "NetworkInterfaceId": "eni-n", "InterfaceType": "nat_gateway",
            "SubnetId": "subnet-1", "PrivateIpAddress": "10.20.1.30" }]
    }));
    let nat = kind(&done, "nat-1").as_nat_gateway().unwrap();
    assert_eq!(nat.private_ip, Some("10.20.1.30".parse().unwrap()));
    assert_eq!(nat.allocation_id.as_ref().unwrap().as_str(), "eipalloc-1");
    let address = kind(&done, "eipalloc-1").as_elastic_ip().unwrap();
    assert_eq!(address.public_ip, Some("192.0.2.30".parse().unwrap()));
    assert!(absent(&done, "nat-2") && absent(&done, "eni-n"));
}

#[test]
fn groups_and_acls_read_ports_types_and_peers() {
    let done = small_with(json!({
        "SecurityGroups": [{ "GroupId": "sg-1", "GroupName": "default", "VpcId": "vpc-1", "IpPermissions": [
            { "IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{ "CidrIp": "10.0.0.1/8" }] },
            { "IpProtocol": "-1", "UserIdGroupPairs": [{ "GroupId": "sg-1" }, { "GroupId": "sg-far" }],
              "PrefixListIds": [{ "PrefixListId": "pl-unknown" }] }] }],
        "NetworkAcls": [{ "NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": false,
            "Associations": [{ "SubnetId": "subnet-1" }], "Entries": [
            { "Egress": false, "Protocol": "6", "RuleAction": "deny", "RuleNumber": 90, "CidrBlock": "0.0.0.0/0",
              "PortRange": { "From": 22, "To": 22 } },
            { "Egress": false, "Protocol": "1", "RuleAction": "allow", "RuleNumber": 80, "CidrBlock": "0.0.0.0/0" },
            { "Egress": true, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32768, "Ipv6CidrBlock": "::/0" },
            { "Egress": true, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767, "CidrBlock": "0.0.0.0/0" }] }]
    }));
    let group = kind(&done, "sg-1").as_security_group().unwrap();
    assert!(group.is_default);
    assert_eq!((group.ingress[0].from_port, group.ingress[0].to_port), (Some(8), Some(-1)));
    let peers: Vec<_> = group.ingress.iter().map(|it| it.peer.clone()).collect();
    assert_eq!(peers[0], SecurityGroupRulePeer::Ipv4("10.0.0.0/8".parse().unwrap()));
    assert!(peers.contains(&SecurityGroupRulePeer::PrefixList("pl-unknown".to_owned())));
    assert_eq!(peers.len(), 3, "the group of nobody is cut: {peers:?}");
    let acl = kind(&done, "acl-1").as_network_acl().unwrap();
    let numbers: Vec<u16> = acl.ingress.iter().map(|it| it.rule_number).collect();
    assert_eq!(numbers, [80, 90]);
    assert_eq!(acl.ingress[0].icmp_type, Some(-1));
    assert!(acl.egress.is_empty());
}

#[test]
fn endpoints_take_their_interfaces_in() {
    let done = small_with(json!({
        "VpcEndpoints": [
            { "VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "State": "available",
              "ServiceName": "com.amazonaws.eu-west-3.ssm", "SubnetIds": ["subnet-1"], "NetworkInterfaceIds": ["eni-e"] },
            { "VpcEndpointId": "vpce-2", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-1", "State": "available" }],
        "NetworkInterfaces": [{ "NetworkInterfaceId": "eni-e", "InterfaceType": "vpc_endpoint",
            "SubnetId": "subnet-1", "PrivateIpAddress": "10.20.1.40" }],
        "PrefixLists": [{ "PrefixListId": "pl-s3", "PrefixListName": "com.amazonaws.eu-west-3.s3", "Cidrs": ["192.0.2.0/24"] }],
        "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{ "Main": true }],
            "Routes": [{ "DestinationPrefixListId": "pl-s3", "GatewayId": "vpce-3", "State": "active" }] }]
    }));
    let endpoint = kind(&done, "vpce-1").as_interface_endpoint().unwrap();
    assert_eq!(endpoint.subnet_configurations[0].ipv4, "10.20.1.40".parse::<std::net::Ipv4Addr>().unwrap());
    assert!(absent(&done, "eni-e"));
    assert!(matches!(kind(&done, "vpce-2"), ResourceKind::Other(_)));
    let made = kind(&done, "vpce-3").as_gateway_endpoint().unwrap();
    assert_eq!(made.service_name, "com.amazonaws.eu-west-3.s3");
    assert!(kind(&done, "rtb-1").as_route_table().unwrap().routes.is_empty());
}

#[test]
fn peerings_know_their_other_side_or_its_blocks() {
    let side = |vpc: &str, block: &str| json!({ "VpcId": vpc, "CidrBlock": block, "OwnerId": "2", "Region": "us-east-2" });
    let done = small_with(json!({ "VpcPeeringConnections": [
        { "VpcPeeringConnectionId": "pcx-1", "Status": { "Code": "active" },
          "RequesterVpcInfo": side("vpc-far", "10.77.0.0/16"), "AccepterVpcInfo": side("vpc-1", "10.20.0.0/16") },
        { "VpcPeeringConnectionId": "pcx-2", "Status": { "Code": "deleted" },
          "RequesterVpcInfo": side("vpc-1", "10.20.0.0/16"), "AccepterVpcInfo": side("vpc-far", "10.77.0.0/16") }] }));
    let peering = kind(&done, "pcx-1").as_vpc_peering_connection().unwrap();
    assert_eq!(peering.vpc_id.as_str(), "vpc-1");
    assert_eq!(peering.peer_vpc.as_deref(), Some("vpc-far"));
    assert_eq!(peering.peer_cidr_blocks, ["10.77.0.0/16".parse().unwrap()]);
    assert!(absent(&done, "pcx-2"));
}

#[test]
fn transit_tables_are_put_together_from_the_wrappers() {
    let done = small_with(json!({
        "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available" }],
        "TransitGatewayVpcAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1", "State": "available",
            "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "SubnetIds": ["subnet-1"] }],
        "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1", "ResourceType": "vpc",
            "ResourceId": "vpc-1", "TransitGatewayId": "tgw-1", "State": "available",
            "Association": { "State": "associated", "TransitGatewayRouteTableId": "tgw-rtb-1" } }],
        "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1",
            "State": "available" }, { "TransitGatewayRouteTableId": "tgw-rtb-2", "TransitGatewayId": "tgw-1" }],
        "TransitGatewayPropagations": [{ "TransitGatewayRouteTableId": "tgw-rtb-2",
            "TransitGatewayRouteTablePropagations": [
                { "State": "enabled", "TransitGatewayAttachmentId": "tgw-attach-1" },
                { "State": "disabled", "TransitGatewayAttachmentId": "tgw-attach-1" }] }],
        "TransitGatewayStaticRoutes": [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [
            { "DestinationCidrBlock": "10.9.0.0/16", "Type": "static", "State": "blackhole" },
            { "DestinationCidrBlock": "10.20.0.0/16", "Type": "static", "State": "active",
              "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1" }] }] }]
    }));
    let first = kind(&done, "tgw-rtb-1").as_transit_gateway_route_table().unwrap();
    let second = kind(&done, "tgw-rtb-2").as_transit_gateway_route_table().unwrap();
    assert_eq!((first.associations.len(), first.propagations.len()), (1, 0));
    assert_eq!((second.associations.len(), second.propagations.len()), (0, 1));
    assert!(first.routes[0].blackhole && !first.routes[1].blackhole);
}

#[test]
fn a_network_load_balancer_has_addresses_listeners_and_targets() {
    let arn = "arn:aws:elasticloadbalancing:eu-west-3:1:loadbalancer/net/front/abc";
    let group = "arn:aws:elasticloadbalancing:eu-west-3:1:targetgroup/web/def";
    let done = small_with(json!({
        "LoadBalancers": [{ "LoadBalancerArn": arn, "LoadBalancerName": "front", "Type": "network",
            "Scheme": "internal", "VpcId": "vpc-1", "State": { "Code": "active" },
            "AvailabilityZones": [{ "ZoneName": "eu-west-3b", "SubnetId": "subnet-1" }] }],
        "LoadBalancerListeners": [{ "LoadBalancerArn": arn, "Listeners": [
            { "Port": 443, "Protocol": "TLS", "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group }] }] }],
        "LoadBalancerAttributes": [{ "LoadBalancerArn": arn,
            "Attributes": [{ "Key": "load_balancing.cross_zone.enabled", "Value": "true" }] }],
        "TargetGroups": [{ "TargetGroupArn": group, "TargetGroupName": "web", "Protocol": "TCP", "Port": 8443,
            "VpcId": "vpc-1", "TargetType": "ip" }],
        "LoadBalancerTargetHealth": [{ "TargetGroupArn": group, "TargetHealthDescriptions": [
            { "Target": { "Id": "10.20.1.9", "Port": 8443 }, "TargetHealth": { "State": "unhealthy" } },
            { "Target": { "Id": "i-gone", "Port": 8443 }, "TargetHealth": { "State": "healthy" } }] }],
        "NetworkInterfaces": [{ "NetworkInterfaceId": "eni-l", "InterfaceType": "network_load_balancer",
            "Description": "ELB net/front/abc", "SubnetId": "subnet-1", "PrivateIpAddress": "10.20.1.50" }]
    }));
    let balancer = kind(&done, "front").as_load_balancer().unwrap();
    assert!(balancer.internal && balancer.enable_cross_zone_load_balancing);
    assert_eq!(balancer.subnet_mappings[0].private_ipv4_address, Some("10.20.1.50".parse().unwrap()));
    assert_eq!(balancer.listeners[0].target_group_ids[0].as_str(), "web");
    let group = kind(&done, "web").as_target_group().unwrap();
    assert_eq!(group.targets.len(), 1);
    assert!(group.targets[0].unhealthy && !group.preserve_client_ip);
    assert!(absent(&done, "eni-l"));
}

#[test]
fn a_regional_nat_gateway_has_zones_where_people_chose_them() {
    let gateway = |id: &str, provision: &str| {
        json!({ "NatGatewayId": id, "State": "available", "VpcId": "vpc-1", "AvailabilityMode": "regional",
            "AutoProvisionZones": provision, "NatGatewayAddresses": [
                { "AllocationId": "eipalloc-9", "PublicIp": "192.0.2.30", "AvailabilityZone": "eu-west-1a" }] })
    };
    let done = small_with(json!({
        "NatGateways": [gateway("nat-1", "disabled"), gateway("nat-2", "enabled")],
        "Addresses": [{ "AllocationId": "eipalloc-9", "PublicIp": "192.0.2.30" }],
    }));
    let zones = |id| kind(&done, id).as_regional_nat_gateway().unwrap().availability_zone_addresses.len();
    assert_eq!((zones("nat-1"), zones("nat-2")), (1, 0));
}

#[test]
fn a_vpn_connection_speaks_bgp_unless_its_routes_are_static() {
    let connection = |id: &str, is_static: bool| {
        json!({ "VpnConnectionId": id, "State": "available", "CustomerGatewayId": "cgw-1",
            "VpnGatewayId": "vgw-1", "Options": { "StaticRoutesOnly": is_static },
            "CustomerGatewayConfiguration": "<pre_shared_key>open-sesame</pre_shared_key>" })
    };
    let done = small_with(json!({
        "VpnGateways": [{ "VpnGatewayId": "vgw-1", "State": "available",
            "VpcAttachments": [{ "State": "attached", "VpcId": "vpc-1" }] }],
        "CustomerGateways": [{ "CustomerGatewayId": "cgw-1", "IpAddress": "203.0.113.1", "BgpAsn": "65010" }],
        "VpnConnections": [connection("vpn-1", true), connection("vpn-2", false)],
    }));
    let asn = |id| kind(&done, id).as_vpn_connection().unwrap().bgp_asn;
    assert_eq!((asn("vpn-1"), asn("vpn-2")), (None, Some(65_010)));
}
