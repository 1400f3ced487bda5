//! What others put into VPCs of ours, and to settings of the account that are drawn.

use std::collections::BTreeSet;

use super::{Change, Drift};
use crate::{
    cloud::{LiveNetworkInterface, Spec},
    deploy::{
        kinds::{Context, parts_kept},
        look::is_going,
        observed::{Observed, is_main, stands_alone},
        occupants::Owner,
        plan::strangers,
        stamp::DOCUMENT_TAG,
    },
    model::Kind,
    t,
};

fn item(kind: Kind, live: &str, detail: String) -> Drift {
    Drift {
        change: Change::Added,
        resource: None,
        kind,
        live: live.to_owned(),
        detail,
        aspects: Vec::new(),
        fixed: Vec::new(),
    }
}

fn inside(kind: Kind, live: &str, what: &str, vpc: &str) -> Drift {
    item(kind, live, t!("deploy-drift-added", what = what, vpc = vpc))
}

/// Everything that others added; `ours` are the ids of all that is ours or was accepted.
pub(super) fn added(
    observed: &Observed,
    cx: Context<'_>,
    vpcs: &BTreeSet<&str>,
    ours: &BTreeSet<String>,
) -> Vec<Drift> {
    let foreign = |live: &String, vpc: &String| !ours.contains(live) && vpcs.contains(vpc.as_str());
    let mut found: Vec<Drift> = strangers(observed, vpcs, |id| ours.contains(id))
        .into_iter()
        .filter(|it| !goes_with_another(observed, &it.live, ours))
        .map(|it| inside(it.kind, &it.live, &it.what, &it.vpc))
        .collect();
    found.extend(brought(observed, vpcs, ours));
    let instances = observed.instances.values().filter(|it| !is_going(&it.state));
    found.extend(instances.filter_map(|it| {
        let vpc = it.vpc_id.as_ref().filter(|vpc| foreign(&it.instance_id, vpc))?;
        Some(inside(Kind::Instance, &it.instance_id, &it.instance_type, vpc))
    }));
    let endpoints = observed.vpc_endpoints.values().filter(|it| !is_going(&it.state));
    let endpoints = endpoints.filter(|it| foreign(&it.vpc_endpoint_id, &it.vpc_id));
    found.extend(endpoints.map(|it| {
        let is_gateway = it.vpc_endpoint_type == "Gateway";
        let kind = if is_gateway { Kind::GatewayEndpoint } else { Kind::InterfaceEndpoint };
        inside(kind, &it.vpc_endpoint_id, &it.service_name, &it.vpc_id)
    }));
    let gateways = observed.nat_gateways.values().filter(|it| !is_going(&it.state));
    let gateways = gateways.filter(|it| foreign(&it.nat_gateway_id, &it.vpc_id));
    found.extend(gateways.map(|it| {
        let kind = if it.is_regional() { Kind::RegionalNatGateway } else { Kind::NatGateway };
        inside(kind, &it.nat_gateway_id, &it.connectivity_type, &it.vpc_id)
    }));
    // A regional NAT gateway brings a table of its own along.
    let of_gateway =
        |table: &String| observed.nat_gateways.values().any(|it| it.route_table_id.as_ref() == Some(table));
    let tables = observed.route_tables.values();
    let tables =
        tables.filter(|it| foreign(&it.route_table_id, &it.vpc_id) && !of_gateway(&it.route_table_id));
    found.extend(
        tables
            .filter(|it| !is_main(it))
            .map(|it| inside(Kind::RouteTable, &it.route_table_id, "", &it.vpc_id)),
    );
    let acls = observed.network_acls.values().filter(|it| foreign(&it.network_acl_id, &it.vpc_id));
    found.extend(
        acls.filter(|it| !it.is_default)
            .map(|it| inside(Kind::NetworkAcl, &it.network_acl_id, "", &it.vpc_id)),
    );
    found.extend(exclusions(observed, cx, ours));
    found.extend(connections(observed, ours));
    found
}

fn instance_of(interface: &LiveNetworkInterface) -> Option<&String> {
    interface.attachment.as_ref()?.instance_id.as_ref()
}

/// Whether something is an interface of another's instance, endpoint or gateway, which is listed itself.
fn goes_with_another(observed: &Observed, live: &str, ours: &BTreeSet<String>) -> bool {
    let of_gateways = observed.nat_gateways.values().flat_map(|it| &it.nat_gateway_addresses);
    let mut of_gateways = of_gateways.filter_map(|it| it.network_interface_id.as_deref());
    let Some(interface) = observed.network_interfaces.get(live) else { return false };
    if let Some(instance) = instance_of(interface) {
        return observed.instances.contains_key(instance) && !ours.contains(instance);
    }
    match Owner::of(interface) {
        Owner::Endpoint(id) => observed.vpc_endpoints.contains_key(&id),
        Owner::NatGateway(id) => observed.nat_gateways.contains_key(&id),
        _ => of_gateways.any(|it| it == live),
    }
}

/// The interfaces that others attached to instances of ours and that go with these: no plan speaks of
/// them, since they are in nothing's way.
fn brought(observed: &Observed, vpcs: &BTreeSet<&str>, ours: &BTreeSet<String>) -> Vec<Drift> {
    let is_brought = |it: &&LiveNetworkInterface| {
        let goes_along = it.attachment.as_ref().is_some_and(|it| it.delete_on_termination);
        stands_alone(it)
            && goes_along
            && vpcs.contains(it.vpc_id.as_str())
            && !ours.contains(&it.network_interface_id)
            && instance_of(it).is_some_and(|instance| ours.contains(instance))
    };
    let brought = observed.network_interfaces.values().filter(is_brought);
    brought
        .map(|it| {
            let what = Owner::of(it).words();
            inside(Kind::NetworkInterface, &it.network_interface_id, &what, &it.vpc_id)
        })
        .collect()
}

/// The exclusions from Block Public Access that others made for what is ours, where the setting is drawn.
/// Those that carry our marks and are drawn no more are for the next deploy to remove.
fn exclusions(observed: &Observed, cx: Context<'_>, ours: &BTreeSet<String>) -> Vec<Drift> {
    if cx.desired.topology.of_kind(Kind::VpcBlockPublicAccess).next().is_none() {
        return Vec::new();
    }
    let drawn = parts_kept(cx, observed);
    let is_drawn = |live: &String| drawn.iter().any(|(kept, _)| kept == live);
    let standing = observed.objects.values().filter(|it| !is_going(&it.state) && !is_drawn(&it.id));
    let foreign =
        standing.filter(|it| it.tags.get(DOCUMENT_TAG).is_none_or(|of| *of != cx.stamp.document.as_str()));
    foreign
        .filter_map(|it| match &it.spec {
            Spec::VpcBlockPublicAccessExclusion { resource_id, internet_gateway_exclusion_mode: mode }
                if ours.contains(resource_id) =>
            {
                let detail = t!("deploy-drift-added-exclusion", of = resource_id, mode = mode);
                Some(item(Kind::VpcBlockPublicAccess, &it.id, detail))
            }
            _ => None,
        })
        .collect()
}

/// The VPN connections of others that end at gateways of ours.
fn connections(observed: &Observed, ours: &BTreeSet<String>) -> Vec<Drift> {
    let foreign = observed.objects.values().filter(|it| !is_going(&it.state) && !ours.contains(&it.id));
    let at_ours = foreign.filter_map(|it| {
        let gateway = it.spec.vpn_end().filter(|gateway| ours.contains(*gateway))?;
        let Spec::VpnConnection { customer_gateway_id, .. } = &it.spec else { return None };
        let router = match observed.objects.get(customer_gateway_id).map(|it| &it.spec) {
            Some(Spec::CustomerGateway { ip_address, .. }) => ip_address,
            _ => customer_gateway_id,
        };
        let detail = t!("deploy-drift-added-connection", gateway = gateway, router = router);
        Some(item(Kind::VpnConnection, &it.id, detail))
    });
    at_ours.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::LiveInterfaceAttachment;

    #[test]
    fn an_interface_that_goes_with_an_instance_of_ours_was_added_too() {
        let interface = |id: &str, device_index: i32, instance: &str| LiveNetworkInterface {
            network_interface_id: id.to_owned(),
            vpc_id: "vpc-1".to_owned(),
            interface_type: "interface".to_owned(),
            attachment: Some(LiveInterfaceAttachment {
                instance_id: Some(instance.to_owned()),
                device_index,
                delete_on_termination: true,
                ..LiveInterfaceAttachment::default()
            }),
            ..LiveNetworkInterface::default()
        };
        let mut observed = Observed::default();
        for it in [interface("eni-0", 0, "i-1"), interface("eni-1", 1, "i-1"), interface("eni-2", 1, "i-2")] {
            observed.network_interfaces.insert(it.network_interface_id.clone(), it);
        }
        let (vpcs, ours) = (BTreeSet::from(["vpc-1"]), BTreeSet::from(["i-1".to_owned()]));
        let found: Vec<String> = brought(&observed, &vpcs, &ours).into_iter().map(|it| it.live).collect();
        assert_eq!(found, ["eni-1"], "neither the primary one, nor that of another's instance");
    }
}
