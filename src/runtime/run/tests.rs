use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Ended, Goal, Pace, Workspace, cancel_pair,
    keep::{JournalFile, Paths},
    kept_cloud,
};
use crate::{
    cloud::{Call, DescribeKind},
    deploy::{Observed, Plan},
    runtime::files,
    session::Target,
};

mod accept;
mod added;
mod drift;
mod foreign;
mod replace;
mod restore;
mod vpn;

struct Folder {
    held: tempfile::TempDir,
}

impl Folder {
    fn new(template: &str) -> Self {
        Self::of(&format!("saved-topologies/{template}.vpcscape.json"))
    }

    /// A copy of a drawing of the repository.
    fn of(source: &str) -> Self {
        let folder = Self { held: tempfile::tempdir().unwrap() };
        fs::copy(source, folder.document()).unwrap();
        folder
    }

    fn region(&self) -> String {
        files::read(&self.document()).unwrap().document.topology.region
    }

    fn document(&self) -> PathBuf {
        self.held.path().join("net.vpcscape.json")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.held.path().join(name)
    }

    fn open(&self) -> Result<Workspace, String> {
        let path = self.document();
        let document = Arc::new(files::read(&path).unwrap().document);
        block_on(Workspace::open(document, Some(&path), &Target::Simulated, Pace::AtOnce))
    }

    fn plan(&self, goal: Goal) -> Plan {
        block_on(self.open().unwrap().prepare(goal)).unwrap()
    }

    /// Carries out a goal, cut off before the `cut`-th report as a crash would cut it off: nothing is
    /// written any more. Answers whether there were so many.
    fn run(&self, goal: Goal, cut: Option<usize>) -> bool {
        let mut seen = 0;
        let mut watch = |_, _| {
            seen += 1;
            if Some(seen) == cut {
                resume_unwind(Box::new("cut off"));
            }
        };
        let mut workspace = self.open().unwrap();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            block_on(async {
                let plan = workspace.prepare(goal).await?;
                workspace.apply(plan, &mut watch, &mut cancel_pair().1).await
            })
        }));
        match ended {
            Ok(ended) => assert_eq!(ended, Ok(Ended::Done)),
            Err(_) => return true,
        }
        false
    }

    /// How many objects there are beyond those of a new account.
    fn left(&self) -> usize {
        let count = |paths: Option<&Paths>| {
            let mut cloud = kept_cloud::open(paths, &self.region()).unwrap();
            let mut seen = Observed::default();
            for kind in [
                DescribeKind::Vpcs,
                DescribeKind::Subnets,
                DescribeKind::RouteTables,
                DescribeKind::InternetGateways,
                DescribeKind::Addresses,
                DescribeKind::NatGateways,
                DescribeKind::NetworkAcls,
                DescribeKind::SecurityGroups,
                DescribeKind::KeyPairs,
                DescribeKind::Instances,
                DescribeKind::VpcEndpoints,
            ] {
                let call = Call::describe_all(kind);
                let now = cloud.now_ms();
                seen.take(&call, cloud.handle(&call, now).unwrap());
            }
            seen.bury();
            seen.objects().count()
        };
        count(Some(&Paths::beside(&self.document()))) - count(None)
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn is_there(path: &Path) -> bool {
    path.exists()
}

#[test]
fn a_deploy_and_a_destroy_that_crash_anywhere_go_on() {
    let mut cuts = 0;
    for cut in (1..).step_by(13) {
        let folder = Folder::new("bastion-nat");
        if !folder.run(Goal::Deploy, Some(cut)) {
            break;
        }
        cuts += 1;
        folder.run(Goal::Deploy, None);
        assert!(folder.plan(Goal::Deploy).is_empty(), "cut {cut}");
        folder.run(Goal::Destroy, Some(cut));
        folder.run(Goal::Destroy, None);
        assert_eq!(folder.left(), 0, "cut {cut}");
        assert!(!is_there(&folder.file("net.journal")) && !is_there(&folder.file("net.simulated.calls")));
    }
    assert!(cuts > 5, "{cuts}");
}

#[test]
fn a_rollback_after_a_crash_leaves_nothing() {
    for cut in [1, 20, 45, 70, 95] {
        let folder = Folder::new("private-endpoints");
        assert!(folder.run(Goal::Deploy, Some(cut)), "cut {cut}");
        assert!(folder.open().unwrap().open_run().is_some());
        folder.run(Goal::Rollback, None);
        assert_eq!(folder.left(), 0, "cut {cut}");
        assert!(folder.open().unwrap().open_run().is_none());
    }
}

#[test]
fn what_was_not_reviewed_is_not_done() {
    let folder = Folder::new("bastion-nat");
    let mut early = folder.open().unwrap();
    let plan = block_on(early.prepare(Goal::Deploy)).unwrap();
    folder.run(Goal::Deploy, None);
    let refused = block_on(early.apply(plan, &mut |_, _| {}, &mut cancel_pair().1)).unwrap_err();
    assert!(refused.contains("Plan again"), "{refused}");
    assert!(!is_there(&folder.file("net.journal")), "no run is open");
    assert!(folder.plan(Goal::Deploy).is_empty(), "the other's deploy stands as it was");
}

#[test]
fn two_runs_of_one_drawing_exclude_each_other() {
    let folder = Folder::new("bastion-nat");
    let mut workspace = folder.open().unwrap();
    let plan = block_on(workspace.prepare(Goal::Deploy)).unwrap();
    let held = JournalFile::open(&folder.file("net.journal")).unwrap();
    let refused = block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel_pair().1)).unwrap_err();
    assert!(refused.contains("another run"), "{refused}");
    assert!(!is_there(&folder.file("net.state.json")), "nothing is written without the lock");
    held.remove().unwrap();
    folder.run(Goal::Deploy, None);
}

#[test]
fn a_key_made_again_goes_into_a_file_of_its_own() {
    let folder = Folder::new("bastion-nat");
    for _ in 0..2 {
        folder.run(Goal::Deploy, None);
        folder.run(Goal::Destroy, None);
    }
    let keys = fs::read_dir(folder.held.path()).unwrap();
    let is_key = |name: &std::ffi::OsStr| Path::new(name).extension().is_some_and(|it| it == "pem");
    let keys = keys.filter(|entry| is_key(&entry.as_ref().unwrap().file_name())).count();
    assert_eq!(keys, 2);
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    for (name, text) in [
        ("net.simulated.json", "{\"format\":\"vpcscape-simulated/9\",\"cloud\":{}}"),
        ("net.simulated.json", "[]"),
        ("net.simulated.calls", "garbage\n"),
        ("net.state.json", "{\"format\":\"vpcscape-state/9\"}"),
        ("net.state.json", "{\"format\":\"vpcscape-state/1\",\"document\":\"d\",\"deployments\":{\"a\":5}}"),
        ("net.journal", "garbage\n"),
        ("net.journal", "{\"record\":\"run_ended\"}\n"),
    ] {
        let folder = Folder::new("bastion-nat");
        fs::write(folder.file(name), text).unwrap();
        let sentence = folder.open().unwrap_err();
        assert!(sentence.contains(name), "{sentence}");
        assert!(!sentence.contains("struct") && !sentence.contains('\n'), "{sentence}");
    }
    let folder = Folder::new("bastion-nat");
    fs::write(folder.file("net.journal"), "{\"record\":\"run_st").unwrap();
    assert!(folder.open().unwrap().open_run().is_none(), "a first line cut short is no run");
    folder.run(Goal::Deploy, None);
}

#[test]
fn nothing_is_made_where_the_files_cannot_be_written() {
    let folder = Folder::new("bastion-nat");
    fs::create_dir(folder.file("net.journal")).unwrap();
    assert!(folder.open().unwrap_err().contains("net.journal"));
    fs::remove_dir(folder.file("net.journal")).unwrap();
    let mut workspace = folder.open().unwrap();
    let plan = block_on(workspace.prepare(Goal::Deploy)).unwrap();
    fs::create_dir(folder.file("net.simulated.calls")).unwrap();
    assert!(block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel_pair().1)).is_err());
    fs::remove_dir(folder.file("net.simulated.calls")).unwrap();
    assert_eq!(folder.left(), 0);
}
