//! The records of all files, by array and id, with the views of several accounts merged.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    DumpFile, ImportError, MAX_FILE_BYTES,
    node::{Faults, shorten},
    report::Report,
};
use crate::t;

/// Where a record was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Origin {
    pub file: String,
    pub region: Option<String>,
    pub account: Option<String>,
}

/// One record: what the files say of one thing.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub value: Value,
    pub origin: Origin,
    /// Whether the account of the folder owns it: then its words count first.
    owned: bool,
}

/// The records by array and id.
#[derive(Debug, Default)]
pub(super) struct Store {
    arrays: BTreeMap<String, BTreeMap<String, Record>>,
    /// Every file's region, to guess that of a record that names none.
    pub regions: BTreeMap<String, usize>,
    /// What was not understood while the records were read.
    faults: Faults,
}

/// The arrays that are read, and the field that holds the id of their entries.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("Addresses", "AllocationId"),
    ("CustomerGateways", "CustomerGatewayId"),
    ("DhcpOptions", "DhcpOptionsId"),
    ("EgressOnlyInternetGateways", "EgressOnlyInternetGatewayId"),
    ("FlowLogs", "FlowLogId"),
    ("InstanceConnectEndpoints", "InstanceConnectEndpointId"),
    ("Instances", "InstanceId"),
    ("InternetGateways", "InternetGatewayId"),
    ("KeyPairs", "KeyPairId"),
    ("Listeners", "ListenerArn"),
    ("LoadBalancerAttributes", "LoadBalancerArn"),
    ("LoadBalancerListeners", "LoadBalancerArn"),
    ("LoadBalancerTargetHealth", "TargetGroupArn"),
    ("LoadBalancers", "LoadBalancerArn"),
    ("ManagedPrefixLists", "PrefixListId"),
    ("ManagedPrefixListEntries", "PrefixListId"),
    ("NatGateways", "NatGatewayId"),
    ("NetworkAcls", "NetworkAclId"),
    ("NetworkInterfaces", "NetworkInterfaceId"),
    ("PrefixLists", "PrefixListId"),
    ("RouteTables", "RouteTableId"),
    ("SecurityGroups", "GroupId"),
    ("Subnets", "SubnetId"),
    ("TargetGroupAttributes", "TargetGroupArn"),
    ("TargetGroups", "TargetGroupArn"),
    ("TransitGatewayAttachments", "TransitGatewayAttachmentId"),
    ("TransitGatewayPeeringAttachments", "TransitGatewayAttachmentId"),
    ("TransitGatewayPropagations", "TransitGatewayRouteTableId"),
    ("TransitGatewayRouteTables", "TransitGatewayRouteTableId"),
    ("TransitGatewayStaticRoutes", "TransitGatewayRouteTableId"),
    ("TransitGatewayVpcAttachments", "TransitGatewayAttachmentId"),
    ("TransitGateways", "TransitGatewayId"),
    ("VpcBlockPublicAccessExclusions", "ExclusionId"),
    ("VpcEndpoints", "VpcEndpointId"),
    ("VpcPeeringConnections", "VpcPeeringConnectionId"),
    ("Vpcs", "VpcId"),
    ("VpnConnections", "VpnConnectionId"),
    ("VpnGateways", "VpnGatewayId"),
];

/// What is no array in the answers of AWS, kept here as one of one entry.
const SINGLE: &[&str] = &["VpcAttributes", "VpcBlockPublicAccessOptions"];

impl Store {
    /// Reads every file.
    pub fn read(mut files: Vec<DumpFile>, report: &mut Report) -> Result<Self, ImportError> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut store = Self::default();
        for file in files {
            store.file(&file, report)?;
        }
        Ok(store)
    }

    /// Whether no record was found at all.
    pub fn is_empty(&self) -> bool {
        self.arrays.values().all(BTreeMap::is_empty)
    }

    /// The list of what was not understood.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Forgets the records that are not wanted.
    pub fn retain(&mut self, wanted: impl Fn(&Value) -> bool) {
        for records in self.arrays.values_mut() {
            records.retain(|_, record| wanted(&record.value));
        }
    }

    /// The records of an array in the order of ids.
    pub fn all(&self, array: &str) -> impl Iterator<Item = (&str, &Record)> {
        self.arrays.get(array).into_iter().flatten().map(|(id, record)| (id.as_str(), record))
    }

    /// The record of an id.
    pub fn get(&self, array: &str, id: &str) -> Option<&Record> {
        self.arrays.get(array)?.get(id)
    }

    /// The arrays that no kind reads.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, Record>)> {
        let known = |name: &str| KEYS.iter().any(|(key, _)| *key == name);
        self.arrays
            .iter()
            .filter(move |(name, _)| !known(name) && !SINGLE.contains(&name.as_str()))
            .map(|(name, records)| (name.as_str(), records))
    }

    fn file(&mut self, file: &DumpFile, report: &mut Report) -> Result<(), ImportError> {
        let unusable = |why: String| ImportError(t!("import-unusable", path = &file.path, why = why));
        let is_json = file.path.to_ascii_lowercase().ends_with(".json");
        if file.bytes.len() > MAX_FILE_BYTES {
            return Err(unusable(t!("import-file-too-large", limit = MAX_FILE_BYTES / (1024 * 1024))));
        }
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            report.left_out(&file.path, t!("import-empty-file"));
            return Ok(());
        }
        let top: Value = match serde_json::from_slice(bytes) {
            Ok(top) => top,
            Err(_) if !is_json => {
                report.left_out(&file.path, t!("import-no-json"));
                return Ok(());
            }
            Err(error) => return Err(unusable(error.to_string())),
        };
        let Value::Object(top) = top else {
            report.left_out(&file.path, t!("import-no-object"));
            return Ok(());
        };
        let origin = origin(&file.path);
        if let Some(region) = &origin.region {
            *self.regions.entry(region.clone()).or_default() += 1;
        }
        let is_attribute = self.attribute(&top, &origin);
        let has_array = self.object(top, &origin, report);
        if !is_attribute && !has_array {
            report.left_out(&origin.file, t!("import-no-array"));
        }
        Ok(())
    }

    /// Takes the arrays of an answer; tells whether it has one.
    fn object(&mut self, top: Map<String, Value>, origin: &Origin, report: &mut Report) -> bool {
        let mut found = false;
        for (key, value) in top {
            if key == "VpcBlockPublicAccessOptions" && value.is_object() {
                self.put(&key, "options".to_owned(), value, origin);
                found = true;
                continue;
            }
            let Value::Array(entries) = value else { continue };
            found = true;
            *report.arrays.entry(key.clone()).or_default() += entries.len();
            for (at, entry) in entries.into_iter().enumerate() {
                let place = || format!("{}: {key}[{at}]", origin.file);
                if entry.is_object() {
                    if !self.entry(&key, entry, origin) {
                        report.left_out(place(), t!("import-no-id"));
                    }
                } else if !is_plain_list(&key) {
                    report.left_out(place(), t!("import-no-object"));
                }
            }
        }
        found
    }

    fn entry(&mut self, key: &str, entry: Value, origin: &Origin) -> bool {
        if key == "VpcBlockPublicAccessOptions" {
            self.put(key, "options".to_owned(), entry, origin);
            return true;
        }
        if key == "Reservations" {
            return self.reservation(entry, origin);
        }
        let Some(id) = id_of(key, &entry) else { return false };
        self.put(key, id, entry, origin);
        true
    }

    fn reservation(&mut self, mut entry: Value, origin: &Origin) -> bool {
        let owner = entry.get("OwnerId").cloned().unwrap_or_default();
        let Some(Value::Array(instances)) = entry.get_mut("Instances").map(Value::take) else { return false };
        let mut all = true;
        for mut instance in instances {
            if let Some(fields) = instance.as_object_mut() {
                fields.entry("OwnerId").or_insert_with(|| owner.clone());
            }
            let Some(id) = id_of("Instances", &instance) else {
                all = false;
                continue;
            };
            self.interfaces_of(&id, &instance, origin);
            self.put("Instances", id, instance, origin);
        }
        all
    }

    /// The interfaces that an instance lists: they may stand in no other file.
    fn interfaces_of(&mut self, instance: &str, value: &Value, origin: &Origin) {
        let list = value.get("NetworkInterfaces").and_then(Value::as_array);
        for interface in list.into_iter().flatten() {
            let Some(id) = id_of("NetworkInterfaces", interface) else { continue };
            let mut interface = interface.clone();
            if let Some(attachment) = interface.get_mut("Attachment").and_then(Value::as_object_mut) {
                attachment.entry("InstanceId").or_insert_with(|| instance.into());
            } else if let Some(fields) = interface.as_object_mut() {
                fields.insert("Attachment".to_owned(), serde_json::json!({ "InstanceId": instance }));
            }
            self.put("NetworkInterfaces", id, interface, origin);
        }
    }

    /// `describe-vpc-attribute` answers about one VPC at the top of the file; tells whether this does.
    fn attribute(&mut self, top: &Map<String, Value>, origin: &Origin) -> bool {
        let Some(id) = top.get("VpcId").and_then(Value::as_str) else { return false };
        let mut fields = Map::new();
        for name in ["EnableDnsSupport", "EnableDnsHostnames"] {
            if let Some(value) = top.get(name).and_then(|it| it.get("Value")) {
                fields.insert(name.to_owned(), value.clone());
            }
        }
        if fields.is_empty() {
            return false;
        }
        fields.insert("VpcId".to_owned(), id.into());
        self.put("VpcAttributes", id.to_owned(), Value::Object(fields), origin);
        true
    }

    fn put(&mut self, key: &str, id: String, value: Value, origin: &Origin) {
        let owned = ["OwnerId", "TransitGatewayOwnerId"]
            .iter()
            .filter_map(|field| value.get(field).and_then(Value::as_str))
            .any(|owner| Some(owner) == origin.account.as_deref());
        let records = self.arrays.entry(key.to_owned()).or_default();
        let new = Record { value, origin: origin.clone(), owned };
        match records.remove(&id) {
            None => records.insert(id, new),
            Some(old) => {
                let first_wins = old.owned || !new.owned;
                let (mut kept, other) = if first_wins { (old, new) } else { (new, old) };
                merge(&mut kept.value, other.value);
                records.insert(id, kept)
            }
        };
    }
}

/// Adds what `other` knows and `kept` does not; where both know something, `kept` is right, and a
/// longer list knows more.
fn merge(kept: &mut Value, other: Value) {
    match (kept, other) {
        (Value::Object(kept), Value::Object(other)) => {
            for (key, value) in other {
                match kept.get_mut(&key) {
                    Some(mine) => merge(mine, value),
                    None => {
                        kept.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(kept), Value::Array(other)) if other.len() > kept.len() => *kept = other,
        (kept @ Value::Null, other) => *kept = other,
        (Value::String(kept), Value::String(other)) if kept.is_empty() => *kept = other,
        _ => {}
    }
}

/// Lists of plain texts in some answers, which hold nothing for a drawing.
fn is_plain_list(key: &str) -> bool {
    matches!(key, "ServiceNames" | "Warnings")
}

/// The id of an entry: the known field, or for other arrays the first field that looks like one.
fn id_of(key: &str, entry: &Value) -> Option<String> {
    let text = |field: &str| entry.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
    if key == "Addresses" {
        return text("AllocationId").or_else(|| text("PublicIp")).map(str::to_owned);
    }
    if key == "KeyPairs" {
        return text("KeyPairId").or_else(|| text("KeyName")).map(str::to_owned);
    }
    if key == "TransitGatewayAttachments" {
        // The two sides of a peering have one id, but each its own association.
        let id = text("TransitGatewayAttachmentId")?;
        return Some(text("TransitGatewayId").map_or_else(|| id.to_owned(), |of| format!("{id}/{of}")));
    }
    if let Some((_, field)) = KEYS.iter().find(|(name, _)| *name == key) {
        return text(field).map(str::to_owned);
    }
    let stem = key.strip_suffix("ies").or_else(|| key.strip_suffix('s')).unwrap_or(key);
    let fields = entry.as_object()?;
    let own = |ending: &str| {
        fields.keys().find(|field| field.ends_with(ending) && field.starts_with(stem)).map(String::as_str)
    };
    let any = |ending: &str| fields.keys().find(|field| field.ends_with(ending)).map(String::as_str);
    let field = own("Id")
        .or_else(|| own("Arn"))
        .or_else(|| any("Identifier"))
        .or_else(|| any("Arn"))
        .or_else(|| any("ARN"))
        .or_else(|| any("Name"))
        .or_else(|| any("Id"))?;
    text(field).map(|text| shorten_id(text).to_owned())
}

fn shorten_id(text: &str) -> &str {
    text.get(..512).unwrap_or(text)
}

/// What the path says about region and account: any part that looks like one.
fn origin(path: &str) -> Origin {
    let mut origin = Origin { file: path.to_owned(), ..Origin::default() };
    for part in path.split('/').rev().skip(1) {
        if origin.region.is_none() && is_region(part) {
            origin.region = Some(part.to_owned());
        }
        if origin.account.is_none() && part.len() == 12 && part.bytes().all(|b| b.is_ascii_digit()) {
            origin.account = Some(part.to_owned());
        }
    }
    origin.file = shorten_path(&origin.file);
    origin
}

fn shorten_path(path: &str) -> String {
    if path.len() <= 200 { path.to_owned() } else { format!("{}…", shorten(path)) }
}

/// Whether a text has the shape of a region's name: `us-east-1`, `us-gov-west-1`.
pub(super) fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lower = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    match parts.split_last() {
        Some((number, words)) => {
            (2..=3).contains(&words.len())
                && words.iter().all(lower)
                && (1..=2).contains(&number.len())
                && number.bytes().all(|b| b.is_ascii_digit())
        }
        None => false,
    }
}
