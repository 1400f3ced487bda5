//! What networks and busy clouds do to calls, one row each: in spite of it the program comes to what is
//! drawn, makes nothing twice, and removes it all.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    compare::differences,
    program::Project,
    proxy::{Fate, Proxy, reads},
    read_back::{self, left_by_moto, since, standing},
    server,
};

const BASTION: &str = "saved-topologies/bastion-nat.vpcscape.json";
const ENDPOINTS: &str = "saved-topologies/private-endpoints.vpcscape.json";

/// Regions of moto that have zones a, b and c, one for each row that runs now.
const REGIONS: &[&str] = &[
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-2",
    "us-west-2",
];

type Decide = fn(&str, usize) -> Fate;
type Row = (&'static str, &'static str, usize, Decide);

/// Every third call of those that change something, by their own numbers.
fn third(action: &str, nth: usize, fate: Fate) -> Fate {
    if !reads(action) && nth.is_multiple_of(3) { fate } else { Fate::Pass }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("throttled", BASTION, 0, |_, nth| if nth < 2 { Fate::Error(503, "RequestLimitExceeded") } else { Fate::Pass }),
    ("pages of one item", BASTION, 1, |_, _| Fate::Pass),
    ("503 of a web server", ENDPOINTS, 0, |action, nth| third(action, nth, Fate::Page(503))),
    ("an internal error", ENDPOINTS, 0, |action, nth| third(action, nth, Fate::Error(500, "InternalError"))),
    ("reset before it is carried out", BASTION, 0, |action, nth| third(action, nth, Fate::Drop)),
    ("reset after it was carried out", BASTION, 0, |action, nth| third(action, nth, Fate::LoseReply)),
    ("the answer breaks off", ENDPOINTS, 0, |action, nth| third(action, nth, Fate::Truncate)),
    ("a call hangs", ENDPOINTS, 0, |action, nth| if action == "CreateSubnet" && nth == 0 { Fate::Hang } else { Fate::Pass }),
    ("slow answers", BASTION, 0, |_, nth| if nth % 4 == 0 { Fate::Delay(700) } else { Fate::Pass }),
    ("not found just after it was made", BASTION, 0, |action, nth| match action {
        "CreateSubnet" | "CreateRouteTable" if nth < 2 => Fate::Error(400, "InvalidVpcID.NotFound"),
        "CreateRoute" if nth < 2 => Fate::Error(400, "InvalidRouteTableID.NotFound"),
        "ModifySubnetAttribute" | "AssociateRouteTable" if nth < 1 => Fate::Error(400, "InvalidSubnetID.NotFound"),
        _ => Fate::Pass,
    }),
    ("a gateway stays pending", BASTION, 0, |action, nth| match action {
        "DescribeNatGateways" if (1..4).contains(&nth) => Fate::Rewrite("<state>available</state>", "<state>pending</state>"),
        _ => Fate::Pass,
    }),
];

fn row(server: &server::Server, region: &str, (what, source, page, fate): &Row) {
    let project = Project::in_region(source, region);
    let before = read_back::read(server, region);
    let fate = *fate;
    let proxy = Proxy::watching(&server.url, fate, |_| {}, *page);
    project.run("deploy", &proxy.url, &["--yes"]).ended(0);
    let asked = proxy.dry_runs();
    assert!(asked.iter().any(|action| action == "CreateVpc"), "{what}: permissions were asked: {asked:?}");
    let deployed = since(&before, &read_back::read(server, region));
    assert_eq!(differences(&project.drawing(), &deployed), Vec::<String>::new(), "{what}");
    project.run("plan", &proxy.url, &[]).ended(0);
    project.run("destroy", &proxy.url, &["--yes"]).ended(0);
    let mut after = standing(&read_back::read(server, region));
    after.retain(|id, _| standing(&before).contains_key(id) || !left_by_moto(&deployed).contains(id));
    assert_eq!(after, standing(&before), "{what}");
}

/// Runs rows side by side, each in a region that no other uses meanwhile; answers what went wrong.
pub fn side_by_side<T: Sync>(rows: &[T], run: impl Fn(&str, &T) + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for region in REGIONS {
            let (next, wrong, run) = (&next, &wrong, &run);
            scope.spawn(move || {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(region, row)));
                    if let Err(why) = ended {
                        let why = why.downcast_ref::<String>().cloned().unwrap_or_default();
                        wrong.lock().unwrap().push(why);
                        // What this row left would only confuse the next one.
                        return;
                    }
                }
            });
        }
    });
    wrong.into_inner().unwrap()
}

#[test]
fn each_trouble_is_overcome() {
    let server = server::start();
    let wrong = side_by_side(ROWS, |region, it| row(&server, region, it));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}
