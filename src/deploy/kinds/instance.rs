//! Instances: groups, the source/destination check and, while it is stopped, the type; the rest is
//! fixed at launch.

use std::collections::BTreeSet;

use super::{Context, Frozen};
use crate::{
    cloud::{Call, Change, GroupIdentifier, InstanceAttribute, LiveInstance, RunInstances, Tags},
    deploy::{look::Look, observed::Observed},
    model::{Instance, Kind, ResourceId, ResourceKind},
};

/// The notation of RunInstances for an image that a parameter names.
const BY_PARAMETER: &str = "resolve:ssm:";

/// The parameter that names the image, if one does.
pub fn image_parameter(instance: &Instance) -> Option<&str> {
    instance.ami.strip_prefix(BY_PARAMETER)
}

fn key_name(instance: &Instance, cx: Context<'_>) -> Option<String> {
    let key = cx.desired.index.kind(instance.key_pair_id.as_ref()?)?.as_key_pair()?;
    Some(key.key_name.clone())
}

pub fn create(instance: &Instance, tags: Tags, client_token: Option<String>, cx: Context<'_>) -> Call {
    let image = image_parameter(instance).and_then(|name| cx.ids.images.get(name)).unwrap_or(&instance.ami);
    Call::RunInstances(Box::new(RunInstances {
        image_id: image.clone(),
        instance_type: instance.instance_type.clone(),
        key_name: key_name(instance, cx),
        subnet_id: cx.ids.of(&instance.subnet_id),
        security_group_ids: wanted_groups(instance, cx),
        private_ip_address: instance.private_ip.map(|address| address.to_string()),
        associate_public_ip_address: instance.associate_public_ip_address,
        user_data: instance.user_data.clone(),
        tags,
        client_token,
    }))
}

/// The groups that the interface shall have. Without any it is the VPC's default group, which is
/// named where the drawing has it: what was meant is then also what is compared.
fn wanted_groups(instance: &Instance, cx: Context<'_>) -> Vec<String> {
    if !instance.vpc_security_group_ids.is_empty() {
        return cx.ids.of_all(&instance.vpc_security_group_ids);
    }
    let vpc = match cx.desired.index.kind(&instance.subnet_id) {
        Some(ResourceKind::Subnet(subnet)) => &subnet.vpc_id,
        _ => return Vec::new(),
    };
    cx.desired.index.default_security_group(vpc).map(|group| cx.ids.of(group)).into_iter().collect()
}

pub fn newborn(instance: &Instance, id: String, cx: Context<'_>, observed: &mut Observed) {
    let group = |group_id| GroupIdentifier { group_id, ..GroupIdentifier::default() };
    let live = LiveInstance {
        instance_id: id.clone(),
        image_id: instance.ami.clone(),
        instance_type: instance.instance_type.clone(),
        key_name: key_name(instance, cx),
        subnet_id: Some(cx.ids.of(&instance.subnet_id)),
        private_ip_address: instance.private_ip.map(|address| address.to_string()),
        source_dest_check: Some(true),
        security_groups: wanted_groups(instance, cx).into_iter().map(group).collect(),
        ..LiveInstance::default()
    };
    super::network_interface::newborn_primary(instance, &id, cx, observed);
    observed.instances.insert(id, live);
}

/// An image named by a parameter is not compared: a newer image must not replace what runs.
pub fn frozen(instance: &Instance, id: &str, cx: Context<'_>, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.instances.get(id) else { return };
    Frozen::check(
        out,
        "subnet_id",
        live.subnet_id.as_deref().unwrap_or_default(),
        &cx.ids.shown(&instance.subnet_id),
    );
    if is_arm(&live.instance_type) != is_arm(&instance.instance_type) {
        // What is on its disks runs on the other kind of processor only.
        Frozen::check(out, "instance_type", &live.instance_type, &instance.instance_type);
    }
    if image_parameter(instance).is_none() {
        Frozen::check(out, "ami", &live.image_id, &instance.ami);
    }
    let wanted_key = key_name(instance, cx).unwrap_or_default();
    Frozen::check(out, "key_pair_id", live.key_name.as_deref().unwrap_or_default(), &wanted_key);
    if let Some(address) = instance.private_ip {
        Frozen::check(
            out,
            "private_ip",
            live.private_ip_address.as_deref().unwrap_or_default(),
            &address.to_string(),
        );
    }
}

pub fn groups(instance: &Instance, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let wanted = wanted_groups(instance, cx);
    let Some(live) = observed.instances.get(id).filter(|live| !live.security_groups.is_empty()) else {
        return Vec::new();
    };
    let now: BTreeSet<&str> = live.security_groups.iter().map(|group| group.group_id.as_str()).collect();
    if wanted.is_empty() || now == wanted.iter().map(String::as_str).collect() {
        return Vec::new();
    }
    vec![match primary_interface(id, observed).filter(|_| has_several(id, observed)) {
        Some(primary) => Call::ChangeObject {
            id: primary.to_owned(),
            change: Change::SetInterfaceGroups { security_group_ids: wanted },
        },
        None => Call::ModifyInstanceAttribute {
            instance_id: id.to_owned(),
            attribute: InstanceAttribute::Groups(wanted),
        },
    }]
}

/// Whether an instance has more than one interface: EC2 then refuses calls that mean its primary one
/// and name the instance.
pub fn has_several(id: &str, observed: &Observed) -> bool {
    observed.instances.get(id).is_some_and(|live| live.network_interfaces.len() > 1)
}

/// Whether the drawing attaches interfaces to an instance.
pub fn has_interfaces(resource: &ResourceId, cx: Context<'_>) -> bool {
    let mut users = cx.desired.index.referrers(resource).iter().map(|(id, _)| id);
    users.any(|id| cx.desired.index.kind(id).is_some_and(|it| it.kind() == Kind::NetworkInterface))
}

/// The primary interface of an instance that has others beside it, or shall have: addresses and routes
/// must name it then.
pub fn primary_of_several<'a>(
    resource: &ResourceId,
    cx: Context<'_>,
    observed: &'a Observed,
) -> Option<&'a str> {
    let id = cx.ids.of(resource);
    let several = has_interfaces(resource, cx) || has_several(&id, observed);
    primary_interface(&id, observed).filter(|_| several)
}

/// The interface that an instance was started with.
pub fn primary_interface<'a>(id: &str, observed: &'a Observed) -> Option<&'a str> {
    let mut interfaces = observed.instances.get(id)?.network_interfaces.iter();
    let primary = interfaces.find(|it| it.device_index == 0)?;
    Some(primary.network_interface_id.as_str()).filter(|it| !it.is_empty())
}

pub fn source_dest_check(instance: &Instance, id: &str, observed: &Observed) -> Vec<Call> {
    let live = observed.instances.get(id).and_then(|live| live.source_dest_check);
    if live.is_none_or(|on| on == instance.source_dest_check) {
        return Vec::new();
    }
    let source_dest_check = instance.source_dest_check;
    vec![match primary_interface(id, observed).filter(|_| has_several(id, observed)) {
        Some(primary) => Call::ChangeObject {
            id: primary.to_owned(),
            change: Change::SetInterfaceSourceDestCheck { source_dest_check },
        },
        None => Call::ModifyInstanceAttribute {
            instance_id: id.to_owned(),
            attribute: InstanceAttribute::SourceDestCheck(source_dest_check),
        },
    }]
}

/// The tag of an instance that this program has stopped and must start again: after a crash in between
/// nothing else tells it from one that somebody stopped on purpose.
const RESTART_TAG: &str = "vpcscape:restart";

/// Whether a type has a processor of Arm: `t4g`, `m7gd`, `c7gn`, `a1`.
fn is_arm(instance_type: &str) -> bool {
    let family = instance_type.split('.').next().unwrap_or_default();
    let options = family.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let options = options.trim_start_matches(|letter: char| letter.is_ascii_digit());
    family == "a1" || options.split('-').next().unwrap_or_default().contains('g')
}

/// The type can be changed while the instance is stopped. One that runs is stopped and started; one
/// that somebody stopped stays so.
pub fn size(instance: &Instance, id: &str, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.instances.get(id).filter(|live| !live.state.is_empty()) else {
        return Vec::new();
    };
    let instance_ids = || vec![id.to_owned()];
    let marked = live.tags.contains_key(RESTART_TAG);
    let differs = live.instance_type != instance.instance_type;
    let start = marked.then(|| Call::StartInstances { instance_ids: instance_ids() });
    match live.state.as_str() {
        "running" if differs => {
            let tags = Tags::from([(RESTART_TAG.to_owned(), String::new())]);
            let mark = (!marked).then(|| Call::CreateTags { resources: instance_ids(), tags });
            mark.into_iter().chain([Call::StopInstances { instance_ids: instance_ids() }]).collect()
        }
        "running" if marked => {
            let keys = vec![RESTART_TAG.to_owned()];
            vec![Call::DeleteTags { resources: instance_ids(), keys }]
        }
        "stopped" => {
            let attribute = InstanceAttribute::InstanceType(instance.instance_type.clone());
            let change =
                differs.then(|| Call::ModifyInstanceAttribute { instance_id: id.to_owned(), attribute });
            change.into_iter().chain(start).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a change of the type is over.
pub fn size_settling(instance: &Instance, id: &str, observed: &Observed) -> Look {
    let Some(live) = observed.instances.get(id).filter(|live| !live.state.is_empty()) else {
        return Look::Reached;
    };
    let is_over = live.instance_type == instance.instance_type && !live.tags.contains_key(RESTART_TAG);
    if is_over { Look::Reached } else { Look::NotYet(live.state.clone()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_is_told_by_the_letters_after_the_generation() {
        for arm in ["t4g.micro", "m7gd.large", "c7gn.xlarge", "a1.medium", "im4gn.large", "x2gd.metal"] {
            assert!(is_arm(arm), "{arm}");
        }
        for other in
            ["t3.micro", "g4dn.xlarge", "g5.large", "m7i-flex.large", "t3a.nano", "", "hpc6a.48xlarge"]
        {
            assert!(!is_arm(other), "{other}");
        }
    }
}
