//! Deploy, read back, plan, destroy: the whole program against moto, judged by boto3.

use vpcscape::problem::Severity;

use super::{
    compare::differences,
    program::Project,
    read_back::{self, left_by_moto, standing},
    server,
};

/// Deploys a file, compares what stands with the drawing, insists that nothing is left to do, then
/// destroys it and insists that nothing else has changed.
fn there_and_back(source: &str) {
    let server = server::start();
    let project = Project::of(source);
    let region = project.drawing()["region"].as_str().expect("a file names its region").to_owned();
    let before = read_back::read(&server, &region);
    project.run("plan", &server.url, &[]).ended(3);

    project.run("deploy", &server.url, &["--yes"]).ended(0);
    let deployed = read_back::read(&server, &region);
    let wrong = differences(&project.drawing(), &deployed);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    project.run("plan", &server.url, &[]).ended(0);

    project.run("destroy", &server.url, &["--yes"]).ended(0);
    let mut after = standing(&read_back::read(&server, &region));
    after.retain(|id, _| standing(&before).contains_key(id) || !left_by_moto(&deployed).contains(id));
    assert_eq!(after, standing(&before));
}

#[test]
fn the_bastion_and_nat_template_stands_as_drawn_and_goes_without_a_trace() {
    there_and_back("saved-topologies/bastion-nat.vpcscape.json");
}

#[test]
fn the_private_endpoints_template_stands_as_drawn_and_goes_without_a_trace() {
    there_and_back("saved-topologies/private-endpoints.vpcscape.json");
}

#[test]
fn a_drawing_with_every_field_stands_as_drawn_and_goes_without_a_trace() {
    there_and_back("tests/support/every-field.vpcscape.json");
}

#[test]
fn ipv6_blocks_keep_their_place_in_what_amazon_provides_and_go_without_a_trace() {
    there_and_back("tests/support/ipv6.vpcscape.json");
}

#[test]
fn the_drawing_with_every_field_is_sound_and_read_back_says_what_is_missing() {
    let project = Project::of("tests/support/every-field.vpcscape.json");
    let document = vpcscape::interop::native::read(&std::fs::read(&project.file).expect("it is there"))
        .unwrap_or_else(|error| panic!("{error:?}"));
    let problems = vpcscape::rules::check(&document, &vpcscape::model::Index::new(&document.topology));
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let server = server::shared();
    let nothing = read_back::read(&server, "ap-southeast-1");
    let resources = project.drawing()["resources"].as_object().expect("it has resources").len();
    assert_eq!(differences(&project.drawing(), &nothing).len(), resources);
}
