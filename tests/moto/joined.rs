//! What joins networks: deployed by the program over HTTP, judged by boto3, removed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    program::Project,
    read_back::{self, left_by_moto, standing},
    server::{self, Server},
};

/// Deploys a drawing, as `edit` changes it, so many times, hands what stands to `judge`, insists that nothing
/// is left to do and that nothing has drifted, destroys it and insists that nothing else has changed.
fn there_and_back(source: &str, edit: fn(&mut Value), times: usize, judge: fn(&Value)) {
    let server = server::start();
    let project = Project::of(source);
    go_and_return(&server, &project, edit, times, judge);
}

fn go_and_return(server: &Server, project: &Project, edit: fn(&mut Value), times: usize, judge: fn(&Value)) {
    let mut drawing = project.drawing();
    edit(&mut drawing);
    std::fs::write(&project.file, drawing.to_string()).expect("the folder is ours");
    let region = project.drawing()["region"].as_str().expect("a file names its region").to_owned();
    let before = read_back::read(server, &region);
    for _ in 0..times {
        project.run("deploy", &server.url, &["--yes"]).ended(0);
    }
    let deployed = read_back::read(server, &region);
    judge(&deployed);
    project.run("plan", &server.url, &[]).ended(0);
    project.run("drift", &server.url, &[]).ended(0);
    project.run("destroy", &server.url, &["--yes"]).ended(0);
    let mut after = standing(&read_back::read(server, &region));
    after.retain(|id, _| standing(&before).contains_key(id) || !left_by_moto(&deployed).contains(id));
    assert_eq!(after, standing(&before));
}

/// moto associates every attachment with the table that the gateway came with, whatever was asked for,
/// cannot take it off again, and forgets by which attachment a static route leaves.
fn as_moto_can(drawing: &mut Value) {
    let resources = &mut drawing["resources"];
    for table in ["tgw-rtb-hub", "tgw-rtb-spokes"] {
        let routes = resources[table]["routes"].as_array_mut().expect("it has routes");
        routes.retain(|route| route["blackhole"] == true);
    }
    resources["tgw-rtb-hub"]["associations"] = json!(["att-red", "att-blue", "att-shared"]);
    resources["tgw-rtb-hub"]["propagations"] = json!(["att-red", "att-blue"]);
    resources["tgw-rtb-spokes"]["associations"] = json!([]);
}

/// The objects of a list that carry the tag of a resource.
fn of<'a>(live: &'a Value, list: &str, resource: &str) -> &'a Value {
    let is_its = |object: &&Value| {
        let mut tags = [&object["Tags"], &object["TagSet"]].into_iter().filter_map(Value::as_array).flatten();
        tags.any(|tag| tag["Key"] == "vpcscape:resource" && tag["Value"] == resource)
    };
    let found: Vec<_> = live[list].as_array().expect("the list is there").iter().filter(is_its).collect();
    assert_eq!(found.len(), 1, "{resource} in {list}: {:#}", live[list]);
    found[0]
}

#[test]
fn peering_prefix_lists_a_virtual_private_gateway_and_dhcp_options_stand_and_go() {
    there_and_back(
        "tests/support/joined.vpcscape.json",
        |_| {},
        1,
        |live| {
            let (office, store) = (of(live, "vpcs", "vpc-office"), of(live, "vpcs", "vpc-store"));
            let peering = of(live, "peerings", "pcx-office-store");
            assert_eq!(peering["Status"]["Code"], "active");
            assert_eq!(peering["RequesterVpcInfo"]["VpcId"], office["VpcId"]);
            assert_eq!(peering["AccepterVpcInfo"]["VpcId"], store["VpcId"]);
            let list = of(live, "prefix_lists", "pl-partners");
            assert_eq!(list["Entries"].as_array().map(Vec::len), Some(2), "{list:#}");
            let gateway = of(live, "vpn_gateways", "vgw-office");
            assert_eq!(gateway["VpcAttachments"][0]["VpcId"], office["VpcId"], "{gateway:#}");
            let options = of(live, "dhcp_options", "dopt-office");
            assert_eq!(office["DhcpOptionsId"], options["DhcpOptionsId"]);
            let edge = of(live, "route_tables", "rtb-edge");
            let internet = of(live, "internet_gateways", "igw-office");
            assert_eq!(edge["Associations"][0]["GatewayId"], internet["InternetGatewayId"], "{edge:#}");
            let desk =
                of(live, "route_tables", "rtb-desk")["Routes"].as_array().expect("it has routes").clone();
            assert!(desk.iter().any(|it| it["VpcPeeringConnectionId"] == peering["VpcPeeringConnectionId"]));
            assert!(desk.iter().any(|it| it["DestinationPrefixListId"] == list["PrefixListId"]), "{desk:#?}");
        },
    );
}

/// moto associates an address with the primary address of an interface only.
fn without_further_public(drawing: &mut Value) {
    let address = drawing["resources"]["eip-spare"].as_object_mut().expect("it is drawn");
    address.remove("private_ip_address");
}

#[test]
fn interfaces_of_their_own_stand_are_attached_and_go() {
    there_and_back("tests/support/interfaces.vpcscape.json", without_further_public, 1, |live| {
        let wall = of(live, "instances", "i-wall");
        let inside = of(live, "network_interfaces", "eni-inside");
        assert_eq!(inside["Attachment"]["InstanceId"], wall["InstanceId"], "{inside:#}");
        assert_eq!(inside["Attachment"]["DeviceIndex"], 1, "{inside:#}");
        assert_eq!(inside["SourceDestCheck"], false);
        assert_eq!(inside["Description"], "towards the machines");
        let addresses = inside["PrivateIpAddresses"].as_array().expect("it has addresses");
        let addresses: BTreeSet<&str> =
            addresses.iter().filter_map(|it| it["PrivateIpAddress"].as_str()).collect();
        assert_eq!(addresses, ["10.70.1.20", "10.70.1.21"].into());
        let spare = of(live, "addresses", "eip-spare");
        let interface = of(live, "network_interfaces", "eni-spare");
        assert_eq!(spare["NetworkInterfaceId"], interface["NetworkInterfaceId"], "{spare:#}");
        let routes = of(live, "route_tables", "rtb-back")["Routes"].as_array().expect("it has routes");
        assert!(routes.iter().any(|it| it["NetworkInterfaceId"] == inside["NetworkInterfaceId"]));
    });
}

#[test]
fn a_transit_gateway_with_its_tables_stands_and_goes() {
    // moto drops the tags with which an attachment is made: a second deploy mends them.
    there_and_back("tests/support/transit.vpcscape.json", as_moto_can, 2, |live| {
        let (hub, spokes) =
            (of(live, "transit_tables", "tgw-rtb-hub"), of(live, "transit_tables", "tgw-rtb-spokes"));
        let ids = |table: &Value, list: &str| -> BTreeSet<String> {
            let joined = table[list].as_array().expect("it is a list").iter();
            let id = |it: &Value| it["TransitGatewayAttachmentId"].as_str().expect("it has an id").to_owned();
            joined.map(id).collect()
        };
        let attachment = |id: &str| {
            let id = of(live, "attachments", id)["TransitGatewayAttachmentId"].as_str();
            id.expect("it has an id").to_owned()
        };
        assert_eq!(hub["DefaultAssociationRouteTable"], true, "{hub:#}");
        let all = ["att-red", "att-blue", "att-shared"];
        assert_eq!(ids(hub, "Associations"), all.map(attachment).into());
        assert_eq!(ids(spokes, "Propagations"), [attachment("att-shared")].into());
        assert_eq!(spokes["Routes"][0]["State"], "blackhole", "{spokes:#}");
        assert_eq!(of(live, "transit_peerings", "att-far")["State"], "available");
    });
}

/// moto makes no static routes of VPN connections, remembers none of their options, and forgets by which
/// attachment a static route leaves.
fn with_bgp_only(drawing: &mut Value) {
    let resources = &mut drawing["resources"];
    resources["vpn-plant"]["bgp_asn"] = json!(65_001);
    // It forgets numbers of four bytes.
    resources["vpn-lab"]["bgp_asn"] = json!(65_011);
    resources["tgw-rtb-hub"]["routes"] = json!([]);
    // Attachments of VPCs are in the gateway's own table whatever was asked for.
    for default in ["association", "propagation"] {
        resources["tgw-hub"][format!("default_route_table_{default}")] = json!(true);
        resources["tgw-rtb-hub"][format!("default_{default}_route_table")] = json!(true);
    }
    // It knows no propagation to route tables of VPCs either.
    resources["rtb-plant"]["propagating_vgws"] = json!([]);
}

#[test]
fn vpn_connections_stand_and_go_and_leave_no_keys_behind() {
    let server = server::start();
    let project = Project::of("tests/support/vpn.vpcscape.json");
    let files = project.folder().to_owned();
    go_and_return(&server, &project, with_bgp_only, 2, |live| {
        let of_vpn = |id| (of(live, "vpn_connections", id), of(live, "customer_gateways", id));
        for id in ["vpn-plant", "vpn-spare", "vpn-lab"] {
            let (connection, router) = of_vpn(id);
            assert_eq!(connection["CustomerGatewayId"], router["CustomerGatewayId"], "{connection:#}");
            // The answers hold keys, which the program must not keep.
            let configuration = connection["CustomerGatewayConfiguration"].as_str().expect("it is told");
            assert!(configuration.contains("pre_shared_key"), "{configuration}");
        }
        let gateway = of(live, "vpn_gateways", "vgw-plant");
        assert_eq!(of_vpn("vpn-plant").0["VpnGatewayId"], gateway["VpnGatewayId"]);
        assert_eq!(of_vpn("vpn-plant").1["IpAddress"], "203.0.113.10");
        assert_eq!(of_vpn("vpn-plant").1["BgpAsn"], "65001");
        let hub = of(live, "transit_gateways", "tgw-hub");
        assert_eq!(of_vpn("vpn-lab").0["TransitGatewayId"], hub["TransitGatewayId"]);
        let table = of(live, "transit_tables", "tgw-rtb-hub");
        assert_eq!(table["Propagations"].as_array().map(Vec::len), Some(2), "{table:#}");
    });
    assert_no_keys(&files);
}

/// No file of the project holds a key: neither the state nor the journal, nor a log.
fn assert_no_keys(folder: &std::path::Path) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            assert_no_keys(&path);
        } else {
            let text = std::fs::read(&path).map(|it| String::from_utf8_lossy(&it).into_owned());
            let text = text.expect("the file can be read");
            assert!(!text.contains("pre_shared_key") && !text.contains("ipsec_tunnel"), "{}", path.display());
        }
    }
}
