//! What others added to networks of ours and to the setting Block Public Access: accepted, it becomes ours
//! with the next deploy; until then, and if it is not accepted, nothing touches it.

use super::{
    Ended, Folder, Goal, block_on,
    drift::{Case, each_is_accepted, kind},
};
use crate::{
    cloud::{
        AddressTarget, Call, Change as CloudChange, DescribeKind, Live, LiveObject, Reply, Spec, Tags,
        ZoneAddresses,
    },
    deploy::drift::{Change, accept},
    model::{BlockMode, ExclusionMode, ResourceId},
    simulated::ForeignInterface,
};

impl Folder {
    /// What drifted: how, which object, in which words.
    pub(super) fn listed(&self) -> Vec<(Change, String, String)> {
        let found = block_on(self.open().unwrap().drift()).unwrap();
        found.into_iter().map(|it| (it.change, it.live, it.detail)).collect()
    }

    /// Tries to accept something; the reason why it cannot be.
    pub(super) fn refused(&self, live: &str) -> String {
        let sight = block_on(self.open().unwrap().sight()).unwrap();
        let document = self.drawn();
        let found = sight.drift(&document);
        let item = found.iter().find(|it| it.live == live).unwrap_or_else(|| panic!("{found:?}"));
        accept(&sight, &document, &found, item).unwrap_err()
    }

    /// Deploys what was accepted: it is marked, and nothing else is done; then there is nothing to do.
    pub(super) fn marked(&self, count: usize) {
        assert_eq!(self.drift(), []);
        let plan = self.plan(Goal::Deploy);
        let calls: Vec<&Call> = plan.actions.iter().flat_map(|it| &it.calls).collect();
        assert!(calls.iter().all(|it| matches!(it, Call::CreateTags { .. })), "{calls:?}");
        assert_eq!(calls.len(), count, "{calls:?}");
        self.run(Goal::Deploy, None);
        assert_eq!(self.calls(), 0);
        assert_eq!(self.drift(), []);
    }

    pub(super) fn objects(&self, kind: DescribeKind) -> Vec<LiveObject> {
        let reply = self.cloud(|cloud| cloud.handle(&Call::describe_all(kind), cloud.now_ms()).unwrap());
        let Reply::Described(Live::Objects(list)) = reply else { panic!("{reply:?}") };
        list.into_iter().filter(|it| !crate::deploy::observed::is_over(it)).collect()
    }
}

/// The regional NAT gateway that somebody makes: AWS chooses its zones, or it has an address in one.
fn regional(folder: &Folder, vpc: &str, zone: Option<(&str, &str)>) -> String {
    let zones = zone.map(|(zone, address)| ZoneAddresses {
        availability_zone: zone.to_owned(),
        allocation_ids: vec![address.to_owned()],
    });
    let gateway = folder.made(&Call::CreateRegionalNatGateway {
        vpc_id: folder.live(vpc),
        availability_zone_addresses: zones.into_iter().collect(),
        tags: Tags::from([("Name".to_owned(), "by hand".to_owned())]),
        client_token: None,
    });
    folder.cloud(|cloud| cloud.advance(600_000));
    gateway
}

#[test]
fn regional_nat_gateways_that_others_added_are_accepted() {
    let folder = Folder::of("tests/support/regional.vpcscape.json");
    folder.run(Goal::Deploy, None);
    let automatic = regional(&folder, "vpc-left", None);
    let found = folder.listed();
    assert_eq!(found.len(), 1, "its table is part of it: {found:?}");
    assert_eq!((found[0].0, &found[0].1), (Change::Added, &automatic));
    assert!(found[0].2.contains(&folder.live("vpc-left")), "{found:?}");
    let document = folder.accept(&automatic);
    let drawn = kind(&document, &automatic).as_regional_nat_gateway().unwrap();
    assert_eq!((drawn.vpc_id.as_str(), drawn.availability_zone_addresses.len()), ("vpc-left", 0));
    folder.marked(1);
    let address = folder.made(&Call::AllocateAddress { tags: Tags::new() });
    let chosen = regional(&folder, "vpc-chosen", Some(("eu-west-1b", &address)));
    let document = folder.accept(&chosen);
    let drawn = kind(&document, &chosen).as_regional_nat_gateway().unwrap();
    let zone = &drawn.availability_zone_addresses[0];
    let ids: Vec<&str> = zone.allocation_ids.iter().map(ResourceId::as_str).collect();
    assert_eq!((zone.availability_zone.as_str(), ids), ("eu-west-1b", vec![address.as_str()]));
    assert!(document.topology.resources.contains_key(address.as_str()), "the address comes along");
    folder.marked(2);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0, "what was accepted and deployed is ours");
}

/// The interface that somebody makes in the front subnet.
fn interface(folder: &Folder, address: &str) -> String {
    let spec = Spec::NetworkInterface {
        subnet_id: folder.live("subnet-front"),
        description: "by hand".to_owned(),
        private_ip_address: Some(address.to_owned()),
        secondary_private_ips: Vec::new(),
        ipv6_addresses: Vec::new(),
        security_group_ids: vec![folder.live("sg-machines")],
    };
    folder.made(&Call::CreateObject { spec: Box::new(spec), tags: Tags::new(), client_token: None })
}

fn interfaces() -> Folder {
    let folder = Folder::of("tests/support/interfaces.vpcscape.json");
    folder.run(Goal::Deploy, None);
    folder
}

#[test]
fn an_interface_that_others_added_is_accepted_with_its_address() {
    let folder = interfaces();
    let added = interface(&folder, "10.70.0.99");
    let address = folder.made(&Call::AllocateAddress { tags: Tags::new() });
    folder.outside(&Call::AssociateAddress {
        allocation_id: address.clone(),
        target: AddressTarget::NetworkInterface(added.clone()),
        allow_reassociation: false,
    });
    let found = folder.listed();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, &found[0].1), (Change::Added, &added));
    assert!(found[0].2.contains("by hand"), "{found:?}");
    let document = folder.accept(&added);
    let drawn = kind(&document, &added).as_network_interface().unwrap();
    assert_eq!((drawn.subnet_id.as_str(), drawn.description.as_str()), ("subnet-front", "by hand"));
    let groups: Vec<&str> = drawn.security_group_ids.iter().map(ResourceId::as_str).collect();
    assert_eq!(groups, ["sg-machines"]);
    let of = &kind(&document, &address).as_elastic_ip().unwrap().network_interface_id;
    assert_eq!(of.as_ref().map(ResourceId::as_str), Some(added.as_str()), "the address comes along");
    folder.marked(2);
    folder.run(Goal::Destroy, None);
    assert!(!folder.stands(&added));
    assert_eq!(folder.left(), 0, "what was accepted and deployed is ours");
}

#[test]
fn an_interface_that_others_attached_to_an_instance_of_ours_is_accepted() {
    let folder = interfaces();
    let added = interface(&folder, "10.70.0.98");
    let instance_id = folder.live("i-wall");
    let attach = CloudChange::AttachNetworkInterface { instance_id: instance_id.clone(), device_index: 2 };
    folder.outside(&Call::ChangeObject { id: added.clone(), change: attach });
    folder.cloud(|cloud| cloud.advance(60_000));
    let found = folder.listed();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1 == added && found[0].2.contains(&instance_id), "{found:?}");
    let warned = folder.plan(Goal::Destroy).problems.iter().any(|it| it.message.contains(&added));
    assert!(warned, "it would stay behind and be in the way");
    let document = folder.accept(&added);
    let drawn = kind(&document, &added).as_network_interface().unwrap();
    assert_eq!(drawn.instance_id.as_ref().map(ResourceId::as_str), Some("i-wall"));
    assert_eq!(drawn.device_index, Some(2));
    folder.marked(1);
    folder.run(Goal::Destroy, None);
    assert!(!folder.stands(&added));
    assert_eq!(folder.left(), 0);
}

#[test]
fn an_interface_of_a_service_is_refused_and_its_owner_named() {
    let folder = interfaces();
    let foreign = ForeignInterface {
        subnet_id: folder.live("subnet-front"),
        groups: vec![folder.live("sg-machines")],
        interface_type: "interface".to_owned(),
        description: "RDSNetworkInterface".to_owned(),
        requester_id: Some("amazon-rds".to_owned()),
        stays_ms: None,
    };
    let added = folder.cloud(|cloud| cloud.put_foreign_interface(foreign).unwrap());
    let why = folder.refused(&added);
    assert!(why.contains(&added) && why.contains("an RDS database") && why.contains("leave it"), "{why}");
}

#[test]
fn what_was_not_accepted_or_whose_deploy_was_taken_back_is_never_removed() {
    let folder = interfaces();
    let added = interface(&folder, "10.70.0.97");
    let (ended, _, held) = folder.destroy(false);
    assert_eq!(ended, Ended::Failed, "its subnet cannot go");
    assert!(held.iter().any(|it| it.contains(&added)), "{held:?}");
    assert!(folder.stands(&added));
    for cut in 1.. {
        let folder = interfaces();
        let added = interface(&folder, "10.70.0.97");
        folder.accept(&added);
        if !folder.run(Goal::Deploy, Some(cut)) {
            assert!(cut > 2, "{cut}");
            break;
        }
        if folder.open().unwrap().open_run().is_some() {
            folder.run(Goal::Rollback, None);
        }
        assert!(folder.stands(&added), "cut {cut}: what stood before the run stands again");
    }
}

const BLOCK: &str = "bpa-account";

/// The exclusion of something drawn.
fn exclusion(folder: &Folder, of: &str) -> LiveObject {
    let live = folder.live(of);
    let all = folder.objects(DescribeKind::VpcBlockPublicAccessExclusions);
    let is_its = |it: &LiveObject| matches!(&it.spec, Spec::VpcBlockPublicAccessExclusion { resource_id, .. } if *resource_id == live);
    all.into_iter().find(is_its).unwrap()
}

/// Somebody makes an exclusion.
fn exclude(folder: &Folder, of: &str, mode: &str, tags: Tags) -> String {
    let spec = Spec::VpcBlockPublicAccessExclusion {
        resource_id: folder.live(of),
        internet_gateway_exclusion_mode: mode.to_owned(),
    };
    let made = folder.made(&Call::CreateObject { spec: Box::new(spec), tags, client_token: None });
    folder.cloud(|cloud| cloud.advance(600_000));
    made
}

fn include(folder: &Folder, of: &str) {
    let kind = DescribeKind::VpcBlockPublicAccessExclusions;
    folder.outside(&Call::DeleteObject { kind, id: exclusion(folder, of).id });
    folder.cloud(|cloud| cloud.advance(600_000));
}

fn set_mode(folder: &Folder, mode: &str) -> Vec<Call> {
    let change =
        CloudChange::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode: mode.to_owned() };
    folder.outside(&Call::ChangeObject { id: folder.live(BLOCK), change });
    folder.cloud(|cloud| cloud.advance(600_000));
    Vec::new()
}

fn setting(document: &crate::model::Document) -> &crate::model::VpcBlockPublicAccess {
    kind(document, BLOCK).as_vpc_block_public_access().unwrap()
}

const BLOCKED: &[Case] = &[
    (
        "another mode",
        BLOCK,
        |at| set_mode(at, "block-ingress"),
        |it| {
            setting(it).internet_gateway_block_mode == BlockMode::BlockIngress
                && setting(it).exclusions.len() == 2
        },
    ),
    (
        "switched off",
        BLOCK,
        |at| set_mode(at, "off"),
        |it| setting(it).internet_gateway_block_mode == BlockMode::Off && setting(it).exclusions.len() == 2,
    ),
    (
        "another mode of an exclusion",
        BLOCK,
        |at| {
            let change = CloudChange::ModifyVpcBlockPublicAccessExclusion {
                internet_gateway_exclusion_mode: "allow-egress".to_owned(),
            };
            at.outside(&Call::ChangeObject { id: exclusion(at, "vpc-shop").id, change });
            at.cloud(|cloud| cloud.advance(600_000));
            Vec::new()
        },
        |it| setting(it).exclusions[0].internet_gateway_exclusion_mode == ExclusionMode::AllowEgress,
    ),
    (
        "an exclusion removed",
        BLOCK,
        |at| {
            include(at, "vpc-shop");
            Vec::new()
        },
        |it| setting(it).exclusions.len() == 1 && setting(it).exclusions[0].vpc_id.is_none(),
    ),
    (
        "both at once",
        BLOCK,
        |at| {
            include(at, "subnet-vault-a");
            set_mode(at, "block-ingress")
        },
        |it| {
            setting(it).exclusions.len() == 1
                && setting(it).internet_gateway_block_mode == BlockMode::BlockIngress
        },
    ),
];

#[test]
fn changes_to_block_public_access_are_accepted() {
    each_is_accepted(&Folder::of("tests/support/blocked.vpcscape.json"), BLOCKED);
}

fn blocked() -> Folder {
    let folder = Folder::of("tests/support/blocked.vpcscape.json");
    folder.run(Goal::Deploy, None);
    folder
}

#[test]
fn an_exclusion_that_others_added_is_accepted_into_the_setting() {
    let folder = blocked();
    let added = exclude(&folder, "subnet-vault-b", "allow-egress", Tags::new());
    let found = folder.listed();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, &found[0].1), (Change::Added, &added));
    assert!(found[0].2.contains(&folder.live("subnet-vault-b")), "{found:?}");
    assert!(found[0].2.contains("allow-egress"), "{found:?}");
    let document = folder.accept(&added);
    let last = setting(&document).exclusions.last().unwrap();
    assert_eq!(last.subnet_id.as_ref().map(ResourceId::as_str), Some("subnet-vault-b"));
    assert_eq!(last.internet_gateway_exclusion_mode, ExclusionMode::AllowEgress);
    folder.marked(1);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.objects(DescribeKind::VpcBlockPublicAccessExclusions), [], "it was accepted");
    let now = folder.objects(DescribeKind::VpcBlockPublicAccess);
    let off = |it: &Spec| matches!(it, Spec::VpcBlockPublicAccess { internet_gateway_block_mode, .. } if internet_gateway_block_mode == "off");
    assert!(off(&now[0].spec), "what was set before is set again: {now:?}");
}

#[test]
fn an_exclusion_that_was_not_accepted_stays() {
    let folder = blocked();
    let added = exclude(&folder, "vpc-vault", "allow-egress", Tags::new());
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.listed().len(), 1, "a deploy leaves it");
    folder.run(Goal::Destroy, None);
    let left = folder.objects(DescribeKind::VpcBlockPublicAccessExclusions);
    assert_eq!(left.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), [added.as_str()]);
}

#[test]
fn an_exclusion_that_was_made_again_by_hand_is_the_drawn_one() {
    let folder = blocked();
    include(&folder, "vpc-shop");
    exclude(&folder, "vpc-shop", "allow-bidirectional", Tags::new());
    folder.marked(1);
}

#[test]
fn an_exclusion_of_another_drawing_is_refused() {
    let folder = blocked();
    let theirs = Tags::from([("vpcscape:document".to_owned(), "another".to_owned())]);
    let added = exclude(&folder, "subnet-vault-b", "allow-egress", theirs);
    let why = folder.refused(&added);
    assert!(why.contains(&added) && why.contains("another drawing"), "{why}");
}
