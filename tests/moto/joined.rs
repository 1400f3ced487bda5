//! What joins networks: deployed by the program over HTTP, judged by boto3, removed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    program::Project,
    read_back::{self, left_by_moto, standing},
    server,
};

/// Deploys a drawing, as `edit` changes it, so many times, hands what stands to `judge`, insists that nothing
/// is left to do and that nothing has drifted, destroys it and insists that nothing else has changed.
fn there_and_back(source: &str, edit: fn(&mut Value), times: usize, judge: fn(&Value)) {
    let server = server::start();
    let project = Project::of(source);
    let mut drawing = project.drawing();
    edit(&mut drawing);
    std::fs::write(&project.file, drawing.to_string()).expect("the folder is ours");
    let region = project.drawing()["region"].as_str().expect("a file names its region").to_owned();
    let before = read_back::read(&server, &region);
    for _ in 0..times {
        project.run("deploy", &server.url, &["--yes"]).ended(0);
    }
    let deployed = read_back::read(&server, &region);
    judge(&deployed);
    project.run("plan", &server.url, &[]).ended(0);
    project.run("drift", &server.url, &[]).ended(0);
    project.run("destroy", &server.url, &["--yes"]).ended(0);
    let mut after = standing(&read_back::read(&server, &region));
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
