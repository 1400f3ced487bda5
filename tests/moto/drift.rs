//! What others change by boto3 behind the drawing's back: told, accepted into the drawing, set back.

use serde_json::{Value, json};

use super::{
    program::Project,
    python::by_hand,
    read_back::{self, standing},
    server,
};

const REGION: &str = "ap-southeast-1";

/// The drift as the program tells it: what became of what, the ids of what others added left out.
fn told(project: &Project, url: &str) -> (Vec<(String, String)>, Value) {
    let run = project.run("drift", url, &["--format", "json"]);
    assert!(matches!(run.code, Some(0 | 3)), "{}{}", run.out, run.err);
    let answer: Value = serde_json::from_str(&run.out).expect("it is JSON");
    let items = answer["drift"].as_array().expect("it is a list");
    assert_eq!(run.code == Some(0), items.is_empty());
    let mut told: Vec<(String, String)> = items
        .iter()
        .map(|item| {
            let name = item["resource"].as_str().unwrap_or(item["kind"].as_str().unwrap_or_default());
            (item["change"].as_str().unwrap_or_default().to_owned(), name.to_owned())
        })
        .collect();
    told.sort();
    (told, answer)
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(change, name)| ((*change).to_owned(), (*name).to_owned())).collect()
}

/// Somebody removes a route and a machine, opens a port, renames a subnet, and adds a subnet and a NAT gateway.
fn meddle(project: &Project, url: &str) -> Value {
    let vpc = project.live("vpc-tutorial");
    let address = by_hand(url, REGION, &json!([["allocate_address", { "Domain": "vpc" }]]));
    let address = &address[0]["AllocationId"];
    let everybody = json!([{ "CidrIp": "198.51.100.0/24", "Description": "by hand" }]);
    let port = json!([{ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": everybody }]);
    by_hand(
        url,
        REGION,
        &json!([
            ["delete_route", { "RouteTableId": project.live("rtb-public"), "DestinationCidrBlock": "0.0.0.0/0" }],
            ["terminate_instances", { "InstanceIds": [project.live("i-private")] }],
            ["authorize_security_group_ingress", { "GroupId": project.live("sg-bastion"), "IpPermissions": port }],
            ["create_tags", { "Resources": [project.live("subnet-public")], "Tags": [{ "Key": "Name", "Value": "renamed" }] }],
            ["create_subnet", { "VpcId": vpc, "CidrBlock": "10.0.99.0/24", "AvailabilityZone": format!("{REGION}b") }],
            ["create_nat_gateway", { "SubnetId": project.live("subnet-public"), "AllocationId": address }],
        ]),
    )
}

#[test]
fn what_others_changed_is_told_accepted_and_set_back() {
    let server = server::start();
    let project = Project::in_region("saved-topologies/bastion-nat.vpcscape.json", REGION);
    let before = read_back::read(&server, REGION);
    project.run("deploy", &server.url, &["--yes"]).ended(0);
    project.run("drift", &server.url, &[]).ended(0);
    let made = meddle(&project, &server.url);
    let id = |value: &Value| value.as_str().expect("it is made").to_owned();
    let (added, gateway) = (id(&made[4]["Subnet"]["SubnetId"]), id(&made[5]["NatGateway"]["NatGatewayId"]));

    let (found, answer) = told(&project, &server.url);
    let expected = [
        ("added", "nat_gateway"),
        ("added", "subnet"),
        ("changed", "rtb-public"),
        ("changed", "sg-bastion"),
        ("changed", "subnet-public"),
        ("missing", "i-private"),
    ];
    assert_eq!(found, pairs(&expected), "{answer:#}");

    // Accepted into the drawing: nothing in the account changes.
    let stood = standing(&read_back::read(&server, REGION));
    let accept = ["--accept", "sg-bastion", "subnet-public", &added, &gateway];
    project.run("drift", &server.url, &accept).ended(3);
    assert_eq!(standing(&read_back::read(&server, REGION)), stood);
    let drawn = &project.drawing()["resources"];
    assert_eq!(drawn[&added]["cidr_block"], "10.0.99.0/24", "{drawn:#}");
    assert_eq!(drawn["subnet-public"]["name"], "renamed");
    let address = drawn[&gateway]["allocation_id"].as_str().expect("it comes with its address");
    assert_eq!(drawn[address]["kind"], "elastic_ip", "{drawn:#}");
    assert_eq!(drawn["sg-bastion"]["ingress"].as_array().map(Vec::len), Some(2), "{drawn:#}");
    let left = pairs(&[("changed", "rtb-public"), ("missing", "i-private")]);
    assert_eq!(told(&project, &server.url).0, left);

    // Set back in the account.
    project.run("drift", &server.url, &["--restore", "rtb-public", "i-private", "--yes"]).ended(0);
    project.run("drift", &server.url, &[]).ended(0);
    let live = standing(&read_back::read(&server, REGION));
    let routes = live[&project.live("rtb-public")]["Routes"].as_array().expect("it has routes").clone();
    assert!(routes.iter().any(|it| it["GatewayId"] == project.live("igw-tutorial")), "{routes:#?}");
    assert_eq!(live[&project.live("i-private")]["State"]["Name"], "running");
    let rules = live[&project.live("sg-bastion")]["IpPermissions"].as_array().expect("it has rules").clone();
    assert_eq!(rules.len(), 2, "what was accepted stands: {rules:#?}");

    // What was accepted gets our marks; then nothing is left to do, and all of it is ours to remove.
    project.run("deploy", &server.url, &["--yes"]).ended(0);
    project.run("plan", &server.url, &[]).ended(0);
    assert_eq!(project.live(&added), added);
    let deployed = read_back::read(&server, REGION);
    project.run("destroy", &server.url, &["--yes"]).ended(0);
    let mut after = standing(&read_back::read(&server, REGION));
    let left = read_back::left_by_moto(&deployed);
    after.retain(|id, _| standing(&before).contains_key(id) || !left.contains(id));
    assert_eq!(after, standing(&before));
}
