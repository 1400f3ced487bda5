//! The forms of DHCP options, flow logs, Instance Connect Endpoints and Block Public Access.

use eframe::egui::Ui;

use super::{
    form::{Form, required},
    parse,
    slot::{self, Slot},
};
use crate::{
    model::{
        BlockExclusion, BlockMode, DhcpOptions, ExclusionMode, Field, FlowLog, InstanceConnectEndpoint, Kind,
        LogDestinationType, ResourceKind, TrafficType, VpcBlockPublicAccess,
    },
    t,
    ui::widgets,
};

/// Draws the form of a set of DHCP options.
pub fn dhcp(ui: &mut Ui, form: &mut Form<'_>, it: &DhcpOptions) {
    let slot = Slot::new("domain_name", t!("panel-field-domain-name")).hint("ec2.internal".to_owned());
    form.maybe(ui, &slot, it.domain_name.as_deref(), |kind, text| {
        if let Some(it) = kind.as_dhcp_options_mut() {
            it.domain_name = text;
        }
    });
    let slot =
        Slot::new("domain_name_servers", t!("panel-field-name-servers")).hint("AmazonProvidedDNS".to_owned());
    form.values(ui, &slot, &it.domain_name_servers, parse::filled, |kind, servers| {
        if let Some(it) = kind.as_dhcp_options_mut() {
            it.domain_name_servers = servers;
        }
    });
    let slot = Slot::new("ntp_servers", t!("panel-field-ntp-servers")).hint("169.254.169.123".to_owned());
    form.values(ui, &slot, &it.ntp_servers, parse::filled, |kind, servers| {
        if let Some(it) = kind.as_dhcp_options_mut() {
            it.ntp_servers = servers;
        }
    });
    form.note(ui, t!("panel-dhcp-note"));
}

/// Draws the form of a flow log.
pub fn flow_log(ui: &mut Ui, form: &mut Form<'_>, it: &FlowLog) {
    let kinds = [Kind::Vpc, Kind::Subnet, Kind::Instance, Kind::NetworkInterface];
    let options = kinds.into_iter().flat_map(|kind| form.all(kind)).collect();
    let slot = Slot::new("resource_id", t!("panel-field-watched"));
    form.refer(ui, &slot, options, &it.resource_id, |kind, watched| {
        if let Some(it) = kind.as_flow_log_mut() {
            it.resource_id = watched;
        }
    });
    let traffic = [
        (TrafficType::All, t!("panel-traffic-all")),
        (TrafficType::Accept, t!("panel-traffic-accept")),
        (TrafficType::Reject, t!("panel-traffic-reject")),
    ];
    let slot = Slot::new("traffic_type", t!("panel-field-traffic"));
    form.one_of(ui, &slot, &traffic, &it.traffic_type, |kind, traffic| {
        if let Some(it) = kind.as_flow_log_mut() {
            it.traffic_type = traffic;
        }
    });
    let destinations = [
        (LogDestinationType::CloudWatchLogs, "CloudWatch Logs".to_owned()),
        (LogDestinationType::S3, "Amazon S3".to_owned()),
        (LogDestinationType::KinesisDataFirehose, "Amazon Data Firehose".to_owned()),
    ];
    let slot = Slot::new("log_destination_type", t!("panel-field-log-destination-type"));
    form.one_of(ui, &slot, &destinations, &it.log_destination_type, |kind, chosen| {
        if let Some(it) = kind.as_flow_log_mut() {
            it.log_destination_type = chosen;
        }
    });
    let slot = Slot::new("log_destination", t!("panel-field-log-destination"))
        .hint(t!("panel-log-destination-hint"));
    form.plain(ui, &slot, &it.log_destination, |kind, text| {
        if let Some(it) = kind.as_flow_log_mut() {
            it.log_destination = text;
        }
    });
    let slot = Slot::new("iam_role_arn", t!("panel-field-role")).hint("arn:aws:iam::".to_owned());
    form.maybe(ui, &slot, it.iam_role_arn.as_deref(), |kind, text| {
        if let Some(it) = kind.as_flow_log_mut() {
            it.iam_role_arn = text;
        }
    });
}

/// Draws the form of an Instance Connect Endpoint.
pub fn connect_endpoint(ui: &mut Ui, form: &mut Form<'_>, it: &InstanceConnectEndpoint) {
    form.subnet(ui, &it.subnet_id);
    form.groups(ui, &it.security_group_ids, |kind, groups| {
        if let Some(it) = kind.as_instance_connect_endpoint_mut() {
            it.security_group_ids = groups;
        }
    });
    let slot = Slot::new("preserve_client_ip", t!("panel-field-preserve-client-ip"));
    form.switch(ui, &slot, it.preserve_client_ip, |kind, on| {
        if let Some(it) = kind.as_instance_connect_endpoint_mut() {
            it.preserve_client_ip = on;
        }
    });
    form.note(ui, t!("panel-connect-endpoint-note"));
}

/// Draws the form of Block Public Access.
pub fn block_public_access(ui: &mut Ui, form: &mut Form<'_>, it: &VpcBlockPublicAccess) {
    let modes = [
        (BlockMode::Off, t!("panel-block-off")),
        (BlockMode::BlockBidirectional, t!("panel-block-both")),
        (BlockMode::BlockIngress, t!("panel-block-ingress")),
    ];
    let slot = Slot::new("internet_gateway_block_mode", t!("panel-field-block-mode"));
    form.one_of(ui, &slot, &modes, &it.internet_gateway_block_mode, |kind, mode| {
        if let Some(it) = kind.as_vpc_block_public_access_mut() {
            it.internet_gateway_block_mode = mode;
        }
    });
    form.note(ui, t!("panel-block-note"));
    widgets::title(ui, t!("panel-block-exclusions"));
    for (at, exclusion) in it.exclusions.iter().enumerate() {
        let remove = |kind: &mut ResourceKind| {
            if let Some(it) = kind.as_vpc_block_public_access_mut() {
                slot::remove(&mut it.exclusions, at);
            }
        };
        form.card(ui, ("exclusions", at), &t!("panel-field-exclusion"), remove, |ui, form| {
            exclusion_card(ui, form, at, exclusion);
        });
    }
    form.problems(ui, &Field::new("exclusions"));
    let Some((vpc, _)) = form.all(Kind::Vpc).into_iter().next() else { return };
    form.add(ui, "exclusions", &t!("panel-block-add"), |kind| {
        if let Some(it) = kind.as_vpc_block_public_access_mut() {
            it.exclusions.push(BlockExclusion { vpc_id: Some(vpc), ..BlockExclusion::default() });
        }
    });
}

fn exclusion_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut BlockExclusion> {
    kind.as_vpc_block_public_access_mut().and_then(|it| it.exclusions.get_mut(at))
}

/// An exclusion names a VPC or a subnet, never both.
fn exclusion_card(ui: &mut Ui, form: &mut Form<'_>, at: usize, exclusion: &BlockExclusion) {
    let mut options = form.all(Kind::Vpc);
    options.extend(form.all(Kind::Subnet));
    let now = exclusion.vpc_id.as_ref().or(exclusion.subnet_id.as_ref());
    let field = if exclusion.subnet_id.is_some() { "subnet_id" } else { "vpc_id" };
    let topology = form.topology();
    let field = Field::item("exclusions", at, field);
    let label = t!("panel-form-numbered", what = t!("panel-field-excluded"), number = at + 1);
    if let Some(Some(chosen)) = form.pick(ui, &field, &label, &required(options), now) {
        let is_vpc = topology.kind(&chosen).is_some_and(|it| it.as_vpc().is_some());
        form.set(field, |kind| {
            if let Some(exclusion) = exclusion_mut(kind, at) {
                let (vpc_id, subnet_id) = if is_vpc { (Some(chosen), None) } else { (None, Some(chosen)) };
                (exclusion.vpc_id, exclusion.subnet_id) = (vpc_id, subnet_id);
            }
        });
    }
    let modes = [
        (ExclusionMode::AllowBidirectional, t!("panel-block-allow-both")),
        (ExclusionMode::AllowEgress, t!("panel-block-allow-egress")),
    ];
    let slot =
        Slot::item("exclusions", at, "internet_gateway_exclusion_mode", &t!("panel-field-exclusion-mode"));
    form.one_of(ui, &slot, &modes, &exclusion.internet_gateway_exclusion_mode, |kind, mode| {
        if let Some(exclusion) = exclusion_mut(kind, at) {
            exclusion.internet_gateway_exclusion_mode = mode;
        }
    });
}
