//! What was deployed comes back by `vpcscape import`: from the account itself, and from files that
//! boto3 wrote about it in the form of the AWS CLI.

use std::{collections::BTreeMap, path::Path, process::Command, sync::Arc};

use vpcscape::{
    interop::native,
    model::{Document, Resource, ResourceId, ResourceKind},
};

use super::{program::Project, python, server};

fn read(path: &Path) -> Document {
    native::read(&std::fs::read(path).expect("the file is there")).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs `vpcscape import`.
fn import(project: &Project, url: Option<(&str, &str)>, more: &[&str]) -> Document {
    let out = project.folder().join("imported.vpcscape.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_vpcscape"));
    command.arg("import").args(more).arg("--force").arg("-o").arg(&out).env_clear();
    if let Some((url, region)) = url {
        command.args(["--endpoint-url", url, "--region", region]);
    }
    let output = command
        .env("HOME", project.folder())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "testing")
        .env("AWS_SECRET_ACCESS_KEY", "testing")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    read(&out)
}

/// The network under names in place of ids, without what AWS decides by itself.
fn up_to_ids(document: &Document) -> BTreeMap<String, Resource> {
    let name = |resource: &Resource| {
        let kind = resource.kind.kind().as_str();
        match resource.kind.implicit_vpc() {
            Some(_) => format!("{kind}-implicit"),
            None => ResourceId::from_name(&format!("{kind}-"), &resource.name).to_string(),
        }
    };
    let names: BTreeMap<ResourceId, ResourceId> = document
        .topology
        .iter()
        .map(|it| (it.id.clone(), ResourceId::new(&name(it)).expect("a name of letters")))
        .collect();
    let mut renamed = BTreeMap::new();
    for resource in document.topology.iter() {
        let mut resource = Arc::new(resource.clone());
        let fields = Arc::make_mut(&mut resource);
        fields.kind.map_references(&mut |id| names.get(id).cloned());
        given_by_aws(&mut fields.kind);
        if fields.kind.implicit_vpc().is_some() {
            fields.name.clear();
        }
        fields.id = names[&fields.id].clone();
        let old = renamed.insert(fields.id.to_string(), fields.clone());
        assert!(old.is_none(), "two are called {}", fields.id);
    }
    renamed
}

/// Clears the addresses that AWS picks, the image that a parameter stands for, and the like.
fn given_by_aws(kind: &mut ResourceKind) {
    match kind {
        ResourceKind::Vpc(it) => {
            it.owner_id = None;
            it.dhcp_options_id = None;
        }
        ResourceKind::Instance(it) => {
            it.ami.clear();
            it.private_ip = None;
            it.public_ip = None;
            it.associate_public_ip_address = None;
            it.primary_network_interface_id = None;
            // No describing call tells of it.
            it.user_data = None;
            it.vpc_security_group_ids.sort();
        }
        ResourceKind::NatGateway(it) => it.private_ip = None,
        ResourceKind::ElasticIp(it) => {
            it.public_ip = None;
            it.private_ip_address = None;
        }
        ResourceKind::KeyPair(it) => it.public_key = None,
        ResourceKind::InterfaceEndpoint(it) => it.subnet_configurations.clear(),
        ResourceKind::SecurityGroup(it) => {
            let key = |rule: &vpcscape::model::SecurityGroupRule| format!("{rule:?}");
            it.ingress.sort_by_key(key);
            it.egress.sort_by_key(key);
        }
        ResourceKind::RouteTable(it) => it.routes.sort_by_key(|it| format!("{it:?}")),
        _ => {}
    }
}

/// Deploys a file and imports what then stands, in both ways.
fn comes_back(project: &Project) {
    let server = server::start();
    let drawn = read(&project.file);
    let region = drawn.topology.region.clone();
    project.run("deploy", &server.url, &["--yes"]).ended(0);

    let everything = import(project, Some((&server.url, &region)), &[]);
    let blocks: Vec<_> = drawn.topology.iter().filter_map(|it| it.kind.as_vpc()).collect();
    let of_drawing = |it: &&Resource| {
        let vpc = it.kind.as_vpc();
        vpc.is_some_and(|vpc| blocks.iter().any(|drawn| drawn.cidr_block == vpc.cidr_block))
    };
    let vpcs: Vec<String> =
        everything.topology.iter().filter(of_drawing).map(|it| it.id.to_string()).collect();
    assert_eq!(vpcs.len(), blocks.len());
    let mut wanted = vec!["--vpc"];
    wanted.extend(vpcs.iter().map(String::as_str));

    let live = import(project, Some((&server.url, &region)), &wanted);
    assert_eq!(live.topology.region, region);
    assert_eq!(live.check_invariants(), Vec::<String>::new());
    let (found, expected) = (up_to_ids(&live), up_to_ids(&drawn));
    for (name, resource) in &expected {
        assert_eq!(found.get(name), Some(resource), "{name}; there are {:?}", found.keys());
    }
    assert_eq!(found.len(), expected.len(), "{:?} {:?}", found.keys(), expected.keys());

    let dump = project.folder().join("dump").join(&region);
    std::fs::create_dir_all(&dump).expect("the folder can be written");
    let written = Command::new(python::interpreter())
        .arg(python::support("describe.py"))
        .args([server.url.as_str(), region.as_str()])
        .arg(&dump)
        .output()
        .expect("the environment's interpreter starts");
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let folder = project.folder().join("dump").display().to_string();
    let mut from_files = vec!["--dump", folder.as_str()];
    from_files.extend(&wanted);
    let filed = import(project, None, &from_files);
    for (id, resource) in &live.topology.resources {
        assert_eq!(filed.topology.resources.get(id), Some(resource), "{id}");
    }
    assert_eq!(filed.topology, live.topology);
}

#[test]
fn the_bastion_and_nat_template_comes_back() {
    comes_back(&Project::of("saved-topologies/bastion-nat.vpcscape.json"));
}

#[test]
fn the_private_endpoints_template_comes_back() {
    comes_back(&Project::of("saved-topologies/private-endpoints.vpcscape.json"));
}

#[test]
fn a_drawing_with_every_field_comes_back() {
    comes_back(&Project::of("tests/support/every-field.vpcscape.json"));
}

#[test]
fn a_generated_network_comes_back() {
    comes_back(&Project::holding(&vpcscape::interop::generate::network(40, 3)));
}
