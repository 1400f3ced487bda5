//! VPN connections and customer gateways. There are no keys: nothing here makes any.

use std::collections::BTreeMap;

use super::{
    clock::Change as Later,
    ids::{self, refuse},
    objects_check::is_gone,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{Change, CloudError, LiveObject, LiveRoute, LiveRouteTable, Reply, Spec};

/// The id by which a transit gateway knows a VPN connection.
pub(super) fn attachment_of(object: &LiveObject) -> Option<String> {
    match &object.spec {
        Spec::VpnConnection { transit_gateway_attachment_id, .. } => transit_gateway_attachment_id.clone(),
        _ => None,
    }
}

fn check_number(asn: i64) -> Result<(), CloudError> {
    if (1..=i64::from(u32::MAX)).contains(&asn) {
        return Ok(());
    }
    refuse("InvalidParameterValue", format!("Value ({asn}) for parameter bgpAsn is invalid."))
}

impl SimulatedCloud {
    pub(super) fn check_vpn(&self, spec: &Spec) -> Result<(), CloudError> {
        match spec {
            Spec::CustomerGateway { ip_address, bgp_asn, .. } => {
                check_number(*bgp_asn)?;
                if ip_address.parse::<std::net::Ipv4Addr>().is_err() {
                    return refuse(
                        "InvalidParameterValue",
                        format!("The IP address {ip_address} is invalid."),
                    );
                }
                Ok(())
            }
            Spec::VpnConnection { customer_gateway_id, vpn_gateway_id, transit_gateway_id, .. } => {
                ids::CGW.find(&self.objects, customer_gateway_id)?;
                if vpn_gateway_id.is_some() && transit_gateway_id.is_some() {
                    return refuse(
                        "InvalidParameterCombination",
                        "The parameters vpnGatewayId and transitGatewayId cannot be given together.",
                    );
                }
                if let Some(id) = vpn_gateway_id {
                    let gateway = ids::VGW.find(&self.objects, id)?;
                    if gateway.state != "available" {
                        return refuse("IncorrectState", format!("{id} is in state {}.", gateway.state));
                    }
                }
                transit_gateway_id.iter().try_for_each(|id| self.available_gateway(id))
            }
            _ => Ok(()),
        }
    }

    /// An identical request answers with the customer gateway that is there.
    pub(super) fn same_customer_gateway(&self, spec: &Spec) -> Option<String> {
        let is_same = |it: &&LiveObject| matches!(spec, Spec::CustomerGateway { .. }) && it.spec == *spec;
        self.objects.values().find(is_same).map(|it| it.id.clone())
    }

    /// At a transit gateway a connection is an attachment with an id of its own.
    pub(super) fn with_transit_attachment(&mut self, mut spec: Spec) -> Spec {
        if let Spec::VpnConnection { transit_gateway_id: Some(_), transit_gateway_attachment_id, .. } =
            &mut spec
        {
            *transit_gateway_attachment_id = Some(self.new_id(ids::TGW_ATTACHMENT.prefix));
        }
        spec
    }

    /// Whether a VPN connection ends at a gateway, on either side.
    pub(super) fn has_connections(&self, gateway: &str) -> bool {
        self.objects.values().filter(|it| it.state != "deleted").any(|it| match &it.spec {
            Spec::VpnConnection { customer_gateway_id, vpn_gateway_id, .. } => {
                customer_gateway_id == gateway || vpn_gateway_id.as_deref() == Some(gateway)
            }
            _ => false,
        })
    }

    /// The routes that a table learns: the static ones of the connections that stand at a gateway which is
    /// attached and propagates to it. A static route of the table to the same destination stands beside
    /// the learnt one and wins. What BGP would announce nobody here knows.
    pub(super) fn propagated(&self, table: &LiveRouteTable) -> Vec<LiveRoute> {
        let is_attached = |gateway: &str| match self.objects.get(gateway).map(|it| &it.spec) {
            Some(Spec::VpnGateway { attachments, .. }) => {
                attachments.iter().any(|it| it.id == table.vpc_id && it.state == "attached")
            }
            _ => false,
        };
        let mut learnt: BTreeMap<String, &str> = BTreeMap::new();
        for gateway in table.propagating_vgws.iter().filter(|it| is_attached(it)) {
            let stands = |it: &&LiveObject| matches!(it.state.as_str(), "available" | "modifying");
            for connection in self.objects.values().filter(stands) {
                if let Spec::VpnConnection { vpn_gateway_id: Some(id), routes, .. } = &connection.spec
                    && id == gateway
                {
                    learnt.extend(routes.iter().map(|block| (block.clone(), gateway.as_str())));
                }
            }
        }
        let route = |(block, gateway): (String, &str)| LiveRoute {
            destination_cidr_block: Some(block),
            gateway_id: Some(gateway.to_owned()),
            origin: "EnableVgwRoutePropagation".to_owned(),
            state: "active".to_owned(),
            ..LiveRoute::default()
        };
        learnt.into_iter().map(route).collect()
    }

    pub(super) fn change_vpn_connection(&mut self, id: &str, change: &Change) -> Answer {
        if let Change::ModifyVpnConnection { customer_gateway_id } = change {
            ids::CGW.find(&self.objects, customer_gateway_id)?;
        }
        let object = ids::VPN.find_mut(&mut self.objects, id)?;
        if is_gone(object) {
            return Err(ids::VPN.not_found(id));
        }
        if object.state != "available" {
            return refuse("IncorrectState", format!("{id} is in state {}.", object.state));
        }
        let Spec::VpnConnection {
            customer_gateway_id: router,
            static_routes_only,
            routes,
            vpn_gateway_id,
            ..
        } = &mut object.spec
        else {
            return Err(ids::VPN.not_found(id));
        };
        let takes_routes = *static_routes_only && vpn_gateway_id.is_some();
        match change {
            Change::ModifyVpnConnection { customer_gateway_id } => {
                router.clone_from(customer_gateway_id);
                "modifying".clone_into(&mut object.state);
                self.plan(id, Later::ObjectSoon);
            }
            Change::CreateVpnConnectionRoute { .. } if !takes_routes => {
                return refuse(
                    "InvalidParameterValue",
                    format!("{id} takes no static routes: it speaks BGP or ends at a transit gateway."),
                );
            }
            Change::CreateVpnConnectionRoute { destination_cidr_block } => {
                // Once more is no error.
                routes.retain(|it| it != destination_cidr_block);
                routes.push(destination_cidr_block.clone());
                routes.sort();
            }
            Change::DeleteVpnConnectionRoute { destination_cidr_block } => {
                let Some(at) = routes.iter().position(|it| it == destination_cidr_block) else {
                    return refuse(
                        "InvalidRoute.NotFound",
                        format!("The route {destination_cidr_block} does not exist in {id}."),
                    );
                };
                routes.remove(at);
            }
            _ => {}
        }
        Ok(Reply::Done)
    }
}
