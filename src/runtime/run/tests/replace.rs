//! What cannot be changed in place, or not without a break, on the simulated cloud.

use std::{fs, sync::Arc};

use super::{Folder, Goal};
use crate::{
    deploy::ActionKind,
    interop::native,
    model::{Document, ElasticIp, Resource, ResourceId, ResourceKind},
    runtime::files,
};

type Edit = fn(&mut Document);
type Expected = &'static [(ActionKind, &'static str)];

fn kind<'a>(document: &'a mut Document, id: &str) -> &'a mut ResourceKind {
    &mut Arc::make_mut(document.topology.resources.get_mut(id).unwrap()).kind
}

/// Edits of the tutorial network that cannot be made in place, and what is done about them.
const REPLACEMENTS: &[(&str, Edit, Expected)] = &[
    (
        "another block takes the subnet and what stands in it along",
        |document| {
            kind(document, "subnet-private").as_subnet_mut().unwrap().cidr_block =
                "10.0.9.0/24".parse().unwrap()
        },
        &[(ActionKind::Replace, "subnet-private"), (ActionKind::Replace, "i-private")],
    ),
    (
        "a block that overlaps the old one waits for its end",
        |document| {
            kind(document, "subnet-private").as_subnet_mut().unwrap().cidr_block =
                "10.0.1.0/25".parse().unwrap()
        },
        &[(ActionKind::Replace, "subnet-private"), (ActionKind::Replace, "i-private")],
    ),
    (
        "another zone",
        |document| {
            "us-east-1b"
                .clone_into(&mut kind(document, "subnet-public").as_subnet_mut().unwrap().availability_zone)
        },
        &[
            (ActionKind::Update, "rtb-tutorial-main"),
            (ActionKind::Replace, "subnet-public"),
            (ActionKind::Replace, "nat-tutorial"),
            (ActionKind::Replace, "i-bastion"),
        ],
    ),
    (
        "another address for the NAT gateway",
        |document| {
            let id = ResourceId::new("eip-new").unwrap();
            let address = Resource::new(id.clone(), "new", ElasticIp::default());
            document.topology.resources.insert(id.clone(), Arc::new(address));
            kind(document, "nat-tutorial").as_nat_gateway_mut().unwrap().allocation_id = Some(id);
            document.topology.resources.remove("eip-nat");
        },
        &[
            (ActionKind::Create, "eip-new"),
            (ActionKind::Update, "rtb-tutorial-main"),
            (ActionKind::Replace, "nat-tutorial"),
            (ActionKind::Delete, "eip-nat"),
        ],
    ),
    (
        "another image",
        |document| {
            "ami-0123456789abcdef0"
                .clone_into(&mut kind(document, "i-private").as_instance_mut().unwrap().ami)
        },
        &[(ActionKind::Replace, "i-private")],
    ),
    (
        "another size stops the instance and starts it again",
        |document| {
            "t3.large".clone_into(&mut kind(document, "i-private").as_instance_mut().unwrap().instance_type)
        },
        &[(ActionKind::Update, "i-private")],
    ),
    (
        "another kind of processor needs other disks",
        |document| {
            "t4g.large".clone_into(&mut kind(document, "i-private").as_instance_mut().unwrap().instance_type)
        },
        &[(ActionKind::Replace, "i-private")],
    ),
    (
        "a group under another name stands beside the old one until nothing uses that",
        |document| {
            "guards".clone_into(&mut kind(document, "sg-bastion").as_security_group_mut().unwrap().group_name)
        },
        &[
            (ActionKind::Replace, "sg-bastion"),
            (ActionKind::Update, "sg-private"),
            (ActionKind::Update, "i-bastion"),
            (ActionKind::Delete, "sg-bastion"),
        ],
    ),
];

#[test]
fn what_cannot_be_changed_in_place_is_made_anew_and_everything_follows() {
    for (what, edit, expected) in REPLACEMENTS {
        let folder = Folder::new("bastion-nat");
        folder.run(Goal::Deploy, None);
        let mut document = files::read(&folder.document()).unwrap().document;
        edit(&mut document);
        fs::write(folder.document(), native::write(&document).unwrap()).unwrap();
        let plan = folder.plan(Goal::Deploy);
        assert!(!plan.has_errors(), "{what}: {:?}", plan.problems);
        let found: Vec<_> = plan
            .actions
            .iter()
            .filter(|it| it.kind != ActionKind::NoOp)
            .map(|it| (it.kind, it.resource.as_str()))
            .collect();
        assert_eq!(found, *expected, "{what}");
        assert!(plan.is_dangerous(), "{what}");
        folder.run(Goal::Deploy, None);
        let again = folder.plan(Goal::Deploy);
        assert!(again.is_empty(), "{what}: {:?}", again.actions);
        folder.run(Goal::Destroy, None);
        assert_eq!(folder.left(), 0, "{what}");
    }
}
