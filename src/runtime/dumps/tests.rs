//! Tests of reading folders, and the flows of folders that the environment names.

use std::{collections::BTreeSet, fs};

use serde::Deserialize;

use super::*;
use crate::{
    model::ResourceId,
    net::Protocol,
    reach::{Direction, Flow, Network, Party, Trace, Verdict, walk},
};

#[test]
fn links_in_a_ring_end_and_hidden_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("eu-west-1");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("a.json"), "{}").unwrap();
    fs::write(inner.join(".b.json"), "{}").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", inner.join("up")).unwrap();
        std::os::unix::fs::symlink("nowhere", inner.join("gone")).unwrap();
    }
    let files = read(folder.path()).unwrap();
    let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["eu-west-1/a.json"]);
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join("a.json")).unwrap();
    // A gigabyte that takes no room on the disk.
    file.set_len(1 << 30).unwrap();
    let why = import(folder.path(), &[]).unwrap_err();
    assert!(why.contains("`a.json`") && why.contains("64 MiB"), "{why}");
}

#[derive(Deserialize)]
struct Known {
    id: String,
    snapshot: String,
    src: End,
    dst: End,
    protocol: serde_json::Value,
    src_port: Option<u16>,
    dst_port: Option<u16>,
    tcp_equivalent_dst_port: Option<u16>,
    icmp_type: Option<u8>,
    icmp_code: Option<u8>,
    expected: String,
    semantics: String,
    drop_class: Option<String>,
    #[serde(default)]
    via: Vec<String>,
}

#[derive(Deserialize)]
struct End {
    kind: String,
    id: Option<String>,
    ip: Option<String>,
}

/// Walks every flow of `flows.json` in the folder that `VPCSCAPE_DUMPS` names, each over the import
/// of its snapshot. Without the variable there is nothing to do.
#[test]
fn the_flows_of_known_networks_get_their_verdicts() {
    let Some(root) = std::env::var_os("VPCSCAPE_DUMPS").map(std::path::PathBuf::from) else { return };
    let flows: Vec<Known> = serde_json::from_slice(&fs::read(root.join("flows.json")).unwrap()).unwrap();
    let snapshots: BTreeSet<&str> = flows.iter().map(|it| it.snapshot.as_str()).collect();
    let mut wrong = Vec::new();
    for snapshot in snapshots {
        let document = import(&root.join(snapshot), &[]).unwrap().document;
        assert_eq!(document.check_invariants(), Vec::<String>::new());
        let index = document.topology.index();
        let network = Network::new(&document.topology, &index);
        for flow in flows.iter().filter(|it| it.snapshot == snapshot) {
            let trace = walk(&network, &flow.read());
            if let Some(why) = flow.is_wrong(&trace) {
                wrong.push(format!("{}: {why}", flow.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} flows are wrong:\n{}", wrong.len(), flows.len(), wrong.join("\n"));
}

impl Known {
    fn read(&self) -> Flow {
        let word = self.protocol.as_str().map_or_else(|| self.protocol.to_string(), str::to_owned);
        let zero = word == "0";
        let protocol: Protocol = if zero { Protocol::Tcp } else { word.parse().unwrap() };
        let port = if zero { self.tcp_equivalent_dst_port } else { self.dst_port };
        let address = |end: &End| end.ip.as_ref().map(|ip| Party::Address(ip.parse().unwrap()));
        let known = |end: &End| {
            let own = !matches!(end.kind.as_str(), "internet" | "ip");
            end.id.as_ref().filter(|_| own).map(|id| Party::Resource(ResourceId::new(id).unwrap()))
        };
        let from = known(&self.src).or_else(|| address(&self.src)).unwrap();
        let to = address(&self.dst).or_else(|| known(&self.dst)).unwrap();
        let mut flow = Flow::new(from, to, protocol, port.unwrap_or(0));
        flow.source_port = self.src_port.unwrap_or(flow.source_port);
        flow.icmp = (self.icmp_type.unwrap_or(8), self.icmp_code.unwrap_or(0));
        flow
    }

    /// What is not as known, in words.
    fn is_wrong(&self, trace: &Trace) -> Option<String> {
        let forward = self.semantics == "forward";
        let arrives = if forward {
            !trace.blockers.iter().any(|it| it.direction == Direction::Forward)
        } else {
            trace.verdict() == Verdict::Reachable
        };
        let codes: Vec<&str> = trace.blockers.iter().map(|it| it.code.as_str()).collect();
        if arrives != (self.expected == "delivered") {
            return Some(format!("{} is expected, the blockers are {codes:?}", self.expected));
        }
        let class = self.drop_class.as_deref().unwrap_or_default();
        let kinds = codes_of(class);
        if !arrives && !kinds.is_empty() && !codes.iter().any(|code| kinds.contains(code)) {
            return Some(format!("{class} is expected, the blockers are {codes:?}"));
        }
        let hops = trace.forward.iter().chain(&trace.reply);
        let crossed: BTreeSet<&str> =
            hops.filter_map(|hop| hop.resource.as_ref()).map(ResourceId::as_str).collect();
        let missing: Vec<_> = self.via.iter().filter(|it| !crossed.contains(it.as_str())).collect();
        (!missing.is_empty()).then(|| format!("{missing:?} should be crossed, these are: {crossed:?}"))
    }
}

/// Reachability Analyzer's codes for a class of blockers.
fn codes_of(class: &str) -> &'static [&'static str] {
    match class {
        "sg-ingress" | "sg-egress" => &["ENI_SG_RULES_MISMATCH", "SECURITY_GROUP_RULES_MISMATCH"],
        "nacl-ingress" | "nacl-egress" => &["SUBNET_ACL_RESTRICTION"],
        "no-subnet" | "no-host" | "unowned-public-ip" => &["ENI_ADDRESS_RESTRICTION"],
        "igw-needs-public-ip" => &["IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"],
        "no-route" => &["NO_ROUTE_TO_DESTINATION"],
        "internet-private-destination" => {
            &["IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"]
        }
        _ => &[],
    }
}
