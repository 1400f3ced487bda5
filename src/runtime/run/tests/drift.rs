//! What others do behind the drawing's back, on the simulated cloud.

use std::{fs, sync::Arc};

use super::{Folder, Goal, Paths, block_on, kept_cloud};
use crate::{
    cloud::{
        Call, Change as CloudChange, InstanceAttribute, PrefixEntry, RouteDestination, RouteTarget,
        RunInstances, SecurityGroupRule, SubnetAttribute, Tags, VpcAttribute, VpcEndpointType,
    },
    deploy::{
        Drift,
        drift::{Change, accept, accept_everything},
        state::StateFile,
    },
    edit,
    interop::native,
    model::{
        Document, ManagedPrefixList, PrefixListEntry, Resource, ResourceId, RouteTarget as Target,
        SecurityGroupRulePeer, VpnGateway,
    },
    runtime::files,
};

impl Folder {
    /// Somebody else makes a call.
    pub(super) fn outside(&self, call: &Call) {
        let paths = Paths::beside(&self.document());
        let mut cloud = kept_cloud::open(Some(&paths), &self.region()).unwrap();
        let now = cloud.now_ms();
        cloud.handle(call, now).unwrap_or_else(|error| panic!("{}: {error:?}", call.name()));
        fs::write(paths.simulated(None), cloud.to_json().unwrap()).unwrap();
    }

    pub(super) fn live(&self, resource: &str) -> String {
        let text = fs::read_to_string(self.file("net.state.json")).unwrap();
        let state = StateFile::from_json(&text).unwrap();
        state.deployments[&format!("simulated/{}", self.region())].resources[resource].id.clone()
    }

    /// Somebody else makes something; its id.
    pub(super) fn made(&self, call: &Call) -> String {
        let paths = Paths::beside(&self.document());
        let mut cloud = kept_cloud::open(Some(&paths), &self.region()).unwrap();
        let now = cloud.now_ms();
        let reply = cloud.handle(call, now).unwrap();
        fs::write(paths.simulated(None), cloud.to_json().unwrap()).unwrap();
        match reply {
            crate::cloud::Reply::Created(created) => created.id,
            other => panic!("{other:?}"),
        }
    }

    /// The association of a subnet with its route table.
    pub(super) fn association(&self, subnet: &str) -> String {
        let sight = block_on(self.open().unwrap().sight()).unwrap();
        let live = self.live(subnet);
        let mut all = sight.observed.route_tables.values().flat_map(|it| &it.associations);
        let own = all.find(|it| it.subnet_id.as_ref() == Some(&live)).unwrap();
        own.route_table_association_id.clone()
    }

    /// How many calls a deploy would make; what is on its way needs none.
    pub(super) fn calls(&self) -> usize {
        self.plan(Goal::Deploy).actions.iter().map(|it| it.calls.len()).sum()
    }

    pub(super) fn drawn(&self) -> Document {
        files::read(&self.document()).unwrap().document
    }

    pub(super) fn save(&self, document: &Document) {
        fs::write(self.document(), native::write(document).unwrap()).unwrap();
    }

    /// Accepts the one thing that drifted, as an edit that undo takes back, and saves it.
    pub(super) fn accept(&self, name: &str) -> Document {
        let sight = block_on(self.open().unwrap().sight()).unwrap();
        let before = self.drawn();
        let found = sight.drift(&before);
        let item: Vec<&Drift> = found.iter().filter(|it| it.is_called(name)).collect();
        let [item] = item.as_slice() else { panic!("{name}: {found:?}") };
        let accepted = accept(&sight, &before, &found, item).unwrap();
        let planned = edit::plan(&before, &before.topology.index(), &accepted.command).unwrap();
        let mut document = before.clone();
        document.apply(&planned.transaction).unwrap();
        assert_eq!(document, accepted.document);
        let mut undone = document.clone();
        undone.apply(&planned.transaction.invert()).unwrap();
        assert_eq!(undone, before, "undo is exact");
        self.save(&document);
        document
    }

    pub(super) fn drift(&self) -> Vec<(Change, String, String)> {
        let found = block_on(self.open().unwrap().drift()).unwrap();
        let name =
            |it: &crate::deploy::Drift| it.resource.as_ref().map_or_else(String::new, ToString::to_string);
        found.iter().map(|it| (it.change, name(it), it.detail.clone())).collect()
    }
}

#[test]
fn nothing_drifts_right_after_a_deploy_nor_where_nothing_was_deployed() {
    for template in ["bastion-nat", "private-endpoints"] {
        let folder = Folder::new(template);
        assert_eq!(folder.drift(), []);
        folder.run(Goal::Deploy, None);
        assert_eq!(folder.drift(), [], "{template}");
    }
}

#[test]
fn what_is_changed_missing_and_added_is_told_apart_and_restored_by_a_deploy() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    folder.outside(&Call::DeleteRoute {
        route_table_id: folder.live("rtb-public"),
        destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
    });
    folder.outside(&Call::TerminateInstances { instance_ids: vec![folder.live("i-private")] });
    folder.outside(&Call::CreateSubnet {
        vpc_id: folder.live("vpc-tutorial"),
        cidr_block: "10.0.99.0/24".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: None,
        tags: Tags::new(),
    });
    let found = folder.drift();
    let short: Vec<(Change, &str)> = found.iter().map(|(change, name, _)| (*change, name.as_str())).collect();
    let expected = [(Change::Missing, "i-private"), (Change::Changed, "rtb-public"), (Change::Added, "")];
    assert_eq!(short, expected, "{found:?}");
    assert!(found[1].2.contains("routes"), "{found:?}");
    assert!(found[2].2.contains("10.0.99.0/24"), "{found:?}");
    folder.run(Goal::Deploy, None);
    let left = folder.drift();
    assert_eq!(left.len(), 1, "what is not ours stays: {left:?}");
    assert_eq!(left[0].0, Change::Added);
}

#[test]
fn a_lost_state_is_found_again_by_the_tags() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let before = fs::read_to_string(folder.file("net.state.json")).unwrap();
    let known = block_on(folder.open().unwrap().adopt()).unwrap_err();
    assert!(known.contains("nothing to adopt"), "{known}");
    fs::remove_file(folder.file("net.state.json")).unwrap();
    let found = block_on(folder.open().unwrap().adopt()).unwrap();
    let resources = |state: &str| {
        let state: serde_json::Value = serde_json::from_str(state).unwrap();
        state["deployments"]["simulated/us-east-1"]["resources"].clone()
    };
    let after = fs::read_to_string(folder.file("net.state.json")).unwrap();
    assert_eq!(resources(&after), resources(&before));
    assert!(found.iter().any(|(id, live)| id.as_str() == "nat-tutorial" && live.starts_with("nat-")));
    assert!(folder.plan(Goal::Deploy).is_empty());
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0);
}

#[test]
fn what_was_erased_before_the_state_was_lost_is_found_and_goes() {
    let folder = Folder::new("bastion-nat");
    let sound = fs::read(folder.document()).unwrap();
    let mut document = native::read(&sound).unwrap();
    let id = ResourceId::new("vgw-plant").unwrap();
    let gateway = Resource::new(id.clone(), "plant", VpnGateway::default());
    document.topology.resources.insert(id, Arc::new(gateway));
    fs::write(folder.document(), native::write(&document).unwrap()).unwrap();
    folder.run(Goal::Deploy, None);
    fs::write(folder.document(), sound).unwrap();
    fs::remove_file(folder.file("net.state.json")).unwrap();
    let found = block_on(folder.open().unwrap().adopt()).unwrap();
    assert!(
        found.iter().any(|(id, live)| id.as_str() == "vgw-plant" && live.starts_with("vgw-")),
        "{found:?}"
    );
    let plan = folder.plan(Goal::Deploy);
    let going: Vec<&str> =
        plan.actions.iter().filter(|it| it.is_dangerous()).map(|it| it.resource.as_str()).collect();
    assert_eq!(going, ["vgw-plant"]);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0);
}

#[test]
fn nothing_is_adopted_where_nothing_of_the_drawing_stands() {
    let folder = Folder::new("bastion-nat");
    let refused = block_on(folder.open().unwrap().adopt()).unwrap_err();
    assert!(refused.starts_with("No VPC of this account"), "{refused}");
}

/// What somebody changes in the account, and what the drawing says once it is accepted.
pub(super) type Case = (&'static str, &'static str, fn(&Folder) -> Vec<Call>, fn(&Document) -> bool);

fn rule(port: i32) -> SecurityGroupRule {
    SecurityGroupRule {
        ip_protocol: "tcp".to_owned(),
        from_port: Some(port),
        to_port: Some(port),
        cidr_ipv4: Some("198.51.100.0/24".to_owned()),
        description: Some("by hand".to_owned()),
        ..SecurityGroupRule::default()
    }
}

pub(super) fn kind<'a>(document: &'a Document, id: &str) -> &'a crate::model::ResourceKind {
    &document.topology.resources[id].kind
}

const CHANGES: &[Case] = &[
    (
        "a route removed",
        "rtb-public",
        |at| {
            vec![Call::DeleteRoute {
                route_table_id: at.live("rtb-public"),
                destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
            }]
        },
        |it| kind(it, "rtb-public").as_route_table().unwrap().routes.is_empty(),
    ),
    (
        "a route elsewhere",
        "rtb-public",
        |at| {
            vec![Call::ReplaceRoute {
                route_table_id: at.live("rtb-public"),
                destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
                target: RouteTarget::NatGateway(at.live("nat-tutorial")),
            }]
        },
        |it| {
            let target = &kind(it, "rtb-public").as_route_table().unwrap().routes[0].target;
            matches!(target, Target::NatGateway(id) if id.as_str() == "nat-tutorial")
        },
    ),
    (
        "a rule added",
        "sg-bastion",
        |at| {
            vec![Call::AuthorizeSecurityGroupRules {
                group_id: at.live("sg-bastion"),
                egress: false,
                rules: vec![rule(443)],
                tags: Tags::new(),
            }]
        },
        |it| {
            let rules = &kind(it, "sg-bastion").as_security_group().unwrap().ingress;
            rules.len() == 2
                && rules[0].from_port == Some(22)
                && rules[1].from_port == Some(443)
                && rules[1].description == "by hand"
                && matches!(rules[1].peer, SecurityGroupRulePeer::Ipv4(_))
        },
    ),
    (
        "a switch of a subnet",
        "subnet-public",
        |at| {
            vec![Call::ModifySubnetAttribute {
                subnet_id: at.live("subnet-public"),
                attribute: SubnetAttribute::MapPublicIpOnLaunch,
                value: false,
            }]
        },
        |it| !kind(it, "subnet-public").as_subnet().unwrap().map_public_ip_on_launch,
    ),
    (
        "a switch of a VPC",
        "vpc-tutorial",
        |at| {
            vec![Call::ModifyVpcAttribute {
                vpc_id: at.live("vpc-tutorial"),
                attribute: VpcAttribute::EnableDnsHostnames,
                value: false,
            }]
        },
        |it| !kind(it, "vpc-tutorial").as_vpc().unwrap().enable_dns_hostnames,
    ),
    (
        "a second block",
        "vpc-tutorial",
        |at| {
            vec![Call::AssociateVpcCidrBlock {
                vpc_id: at.live("vpc-tutorial"),
                cidr_block: Some("10.1.0.0/16".to_owned()),
                amazon_provided_ipv6_cidr_block: false,
            }]
        },
        |it| kind(it, "vpc-tutorial").as_vpc().unwrap().secondary_cidr_blocks.len() == 1,
    ),
    (
        "Amazon's IPv6 block",
        "vpc-tutorial",
        |at| {
            vec![Call::AssociateVpcCidrBlock {
                vpc_id: at.live("vpc-tutorial"),
                cidr_block: None,
                amazon_provided_ipv6_cidr_block: true,
            }]
        },
        |it| {
            let vpc = kind(it, "vpc-tutorial").as_vpc().unwrap();
            vpc.assign_generated_ipv6_cidr_block && vpc.ipv6_cidr_blocks.len() == 1
        },
    ),
    (
        "the check of an instance",
        "i-private",
        |at| {
            vec![Call::ModifyInstanceAttribute {
                instance_id: at.live("i-private"),
                attribute: InstanceAttribute::SourceDestCheck(false),
            }]
        },
        |it| !kind(it, "i-private").as_instance().unwrap().source_dest_check,
    ),
    (
        "the groups of an instance",
        "i-private",
        |at| {
            vec![Call::ModifyInstanceAttribute {
                instance_id: at.live("i-private"),
                attribute: InstanceAttribute::Groups(vec![at.live("sg-bastion")]),
            }]
        },
        |it| {
            let groups = &kind(it, "i-private").as_instance().unwrap().vpc_security_group_ids;
            groups.len() == 1 && groups[0].as_str() == "sg-bastion"
        },
    ),
    (
        "the table of a subnet",
        "subnet-private",
        |at| {
            vec![Call::ReplaceRouteTableAssociation {
                association_id: at.association("subnet-private"),
                route_table_id: at.live("rtb-public"),
            }]
        },
        |it| {
            let table = &kind(it, "subnet-private").as_subnet().unwrap().route_table_id;
            table.as_ref().unwrap().as_str() == "rtb-public"
        },
    ),
    (
        "a name",
        "i-private",
        |at| {
            vec![Call::CreateTags {
                resources: vec![at.live("i-private")],
                tags: Tags::from([("Name".to_owned(), "renamed".to_owned())]),
            }]
        },
        |it| it.topology.resources["i-private"].name == "renamed",
    ),
];

#[test]
fn each_changed_field_is_accepted_by_one_edit_and_no_longer_differs() {
    each_is_accepted(&Folder::new("bastion-nat"), CHANGES);
}

/// Deploys the drawing; then somebody makes one change after the other, each to what was deployed.
pub(super) fn each_is_accepted(folder: &Folder, changes: &[Case]) {
    folder.run(Goal::Deploy, None);
    let clean: Vec<(&str, Vec<u8>)> = ["net.vpcscape.json", "net.simulated.json"]
        .into_iter()
        .map(|name| (name, fs::read(folder.file(name)).unwrap()))
        .collect();
    for (what, name, calls, says) in changes {
        for call in calls(folder) {
            folder.outside(&call);
        }
        assert!(!says(&folder.drawn()), "{what}");
        let document = folder.accept(name);
        assert!(says(&document), "{what}: {:?}", kind(&document, name));
        assert_eq!(folder.drift(), [], "{what}");
        assert_eq!(folder.calls(), 0, "{what}");
        for (name, bytes) in &clean {
            fs::write(folder.file(name), bytes).unwrap();
        }
    }
}

#[test]
fn what_is_gone_is_removed_from_the_drawing_with_what_depends_on_it() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    folder.outside(&Call::TerminateInstances { instance_ids: vec![folder.live("i-private")] });
    let document = folder.accept("i-private");
    assert!(!document.topology.resources.contains_key("i-private"));
    assert_eq!(folder.drift(), []);
    assert_eq!(folder.calls(), 0);
}

#[test]
fn what_others_added_is_accepted_under_its_own_id_and_becomes_ours_with_a_deploy() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let vpc_id = folder.live("vpc-tutorial");
    let table = folder.made(&Call::CreateRouteTable {
        vpc_id: vpc_id.clone(),
        tags: Tags::from([("Name".to_owned(), "by hand".to_owned())]),
        client_token: None,
    });
    folder.outside(&Call::CreateRoute {
        route_table_id: table.clone(),
        destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
        target: RouteTarget::Gateway(folder.live("igw-tutorial")),
    });
    let subnet = folder.made(&Call::CreateSubnet {
        vpc_id,
        cidr_block: "10.0.99.0/24".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: Some("us-east-1b".to_owned()),
        tags: Tags::new(),
    });
    folder.outside(&Call::AssociateRouteTable { route_table_id: table.clone(), subnet_id: subnet.clone() });
    let document = folder.accept(&subnet);
    let drawn = kind(&document, &subnet).as_subnet().unwrap();
    assert_eq!(drawn.route_table_id.as_ref().unwrap().as_str(), table, "it comes along");
    assert_eq!(document.topology.resources[table.as_str()].name, "by hand");
    let target = &kind(&document, &table).as_route_table().unwrap().routes[0].target;
    assert!(matches!(target, Target::Gateway(id) if id.as_str() == "igw-tutorial"), "{target:?}");
    assert_eq!(folder.drift(), []);
    let plan = folder.plan(Goal::Deploy);
    let doing: Vec<&str> =
        plan.actions.iter().filter(|it| !it.calls.is_empty()).map(|it| it.resource.as_str()).collect();
    assert_eq!(doing.len(), 2, "{doing:?}");
    assert!(doing.contains(&subnet.as_str()) && doing.contains(&table.as_str()), "{doing:?}");
    // Taken back, it is again somebody else's: nothing is removed.
    let accepted = folder.drawn();
    let mut without = accepted.clone();
    without.topology.resources.remove(subnet.as_str());
    without.topology.resources.remove(table.as_str());
    folder.save(&without);
    assert!(folder.plan(Goal::Deploy).is_empty());
    folder.save(&accepted);
    folder.run(Goal::Deploy, None);
    assert!(folder.plan(Goal::Deploy).is_empty());
    assert_eq!(folder.drift(), []);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0, "what was accepted and deployed is ours");
}

#[test]
fn machines_and_endpoints_that_others_added_are_accepted_with_their_own_ids() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let instance = folder.made(&Call::RunInstances(Box::new(RunInstances {
        image_id: "ami-0123456789abcdef0".to_owned(),
        instance_type: "t3.nano".to_owned(),
        subnet_id: folder.live("subnet-private"),
        security_group_ids: vec![folder.live("sg-private")],
        tags: Tags::from([("Name".to_owned(), "by hand".to_owned())]),
        ..RunInstances::default()
    })));
    let endpoint = folder.made(&Call::CreateVpcEndpoint {
        vpc_id: folder.live("vpc-tutorial"),
        service_name: "com.amazonaws.us-east-1.s3".to_owned(),
        vpc_endpoint_type: VpcEndpointType::Gateway,
        route_table_ids: vec![folder.live("rtb-public")],
        subnet_ids: Vec::new(),
        security_group_ids: Vec::new(),
        private_dns_enabled: false,
        tags: Tags::new(),
        client_token: None,
    });
    let found = block_on(folder.open().unwrap().drift()).unwrap();
    let ids: Vec<&str> = found.iter().map(|it| it.live.as_str()).collect();
    assert_eq!(ids, [instance.as_str(), endpoint.as_str()], "the interface is part of its instance");
    folder.accept(&instance);
    let document = folder.accept(&endpoint);
    let drawn = &document.topology.resources[instance.as_str()];
    assert_eq!(drawn.name, "by hand");
    assert_eq!(drawn.kind.as_instance().unwrap().subnet_id.as_str(), "subnet-private");
    let tables = &kind(&document, &endpoint).as_gateway_endpoint().unwrap().route_table_ids;
    assert_eq!(tables[0].as_str(), "rtb-public");
    assert_eq!(folder.drift(), []);
    let plan = folder.plan(Goal::Deploy);
    let calls: Vec<&Call> = plan.actions.iter().flat_map(|it| &it.calls).collect();
    assert!(calls.iter().all(|it| matches!(it, Call::CreateTags { .. })), "{calls:?}");
    assert_eq!(calls.len(), 2, "they are marked, and nothing is made twice: {calls:?}");
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.calls(), 0);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0);
}

#[test]
fn entries_of_a_prefix_list_are_accepted_and_rules_go_on_to_name_it() {
    let folder = Folder::new("bastion-nat");
    let mut document = folder.drawn();
    let mut list = ManagedPrefixList::new(5);
    list.entries =
        vec![PrefixListEntry { cidr: "192.0.2.0/24".parse().unwrap(), description: String::new() }];
    let id = ResourceId::new("pl-offices").unwrap();
    let resource = Resource::new(id.clone(), "offices", list);
    document.topology.resources.insert(id.clone(), Arc::new(resource));
    let mut group = (*document.topology.resources["sg-private"]).clone();
    let rules = &mut group.kind.as_security_group_mut().unwrap().ingress;
    rules[0].peer = SecurityGroupRulePeer::ManagedPrefixList(id);
    document.topology.resources.insert(group.id.clone(), Arc::new(group));
    document.checks.clear();
    folder.save(&document);
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.drift(), []);
    folder.outside(&Call::ChangeObject {
        id: folder.live("pl-offices"),
        change: CloudChange::ModifyManagedPrefixList {
            current_version: 1,
            prefix_list_name: "offices".to_owned(),
            max_entries: None,
            add: vec![PrefixEntry { cidr: "198.51.100.0/24".to_owned(), description: "new".to_owned() }],
            remove: Vec::new(),
        },
    });
    folder.outside(&Call::AuthorizeSecurityGroupRules {
        group_id: folder.live("sg-private"),
        egress: false,
        rules: vec![rule(443)],
        tags: Tags::new(),
    });
    folder.accept("pl-offices");
    let document = folder.accept("sg-private");
    let entries = &kind(&document, "pl-offices").as_managed_prefix_list().unwrap().entries;
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!(entries[1].description, "new");
    let rules = &kind(&document, "sg-private").as_security_group().unwrap().ingress;
    assert!(
        matches!(&rules[0].peer, SecurityGroupRulePeer::ManagedPrefixList(id) if id.as_str() == "pl-offices")
    );
    assert_eq!(rules.len(), 2);
    assert_eq!(folder.drift(), []);
    assert_eq!(folder.calls(), 0);
}

#[test]
fn everything_is_accepted_at_once_also_what_shows_only_then() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    folder.outside(&Call::DeleteNatGateway { nat_gateway_id: folder.live("nat-tutorial") });
    let sight = block_on(folder.open().unwrap().sight()).unwrap();
    let done = accept_everything(&sight, &folder.drawn());
    assert_eq!(done.refused, []);
    assert_eq!(done.left, []);
    assert!(!done.document.topology.resources.contains_key("nat-tutorial"));
    folder.save(&done.document);
    assert_eq!(folder.drift(), []);
}
