//! From a call to the function that carries it out.

use serde::{Deserialize, Serialize};

use super::{
    catalogue,
    faults::{Fate, lost},
    ids::refuse,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{Call, CallerIdentity, Reply};

/// The reply to a call with a client token, and what the call was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Replay {
    call: Call,
    reply: Reply,
}

impl SimulatedCloud {
    /// Carries out one call at a time of the virtual clock, in milliseconds. An earlier time than
    /// that of the last call counts as that of the last call.
    pub fn handle(&mut self, call: &Call, now_ms: u64) -> Answer {
        self.settle(now_ms);
        if let Call::DryRun { call } = call {
            return self.dry_run(call);
        }
        let count = self.calls.entry(call.name().to_owned()).or_default();
        *count += 1;
        let nth = *count;
        match self.fate(call, nth) {
            Fate::Failed(error) => Err(error),
            Fate::Answered => self.once_per_token(call),
            Fate::ReplyLost => {
                // Whatever it came to, the caller never hears of it.
                drop(self.once_per_token(call));
                Err(lost())
            }
        }
    }

    /// A second call with the same client token gets the first one's reply, and makes nothing.
    fn once_per_token(&mut self, call: &Call) -> Answer {
        let Some(token) = call.client_token() else {
            return self.carry_out(call);
        };
        let key = format!("{} {token}", call.name());
        if let Some(replay) = self.replays.get(&key) {
            if replay.call == *call {
                return Ok(replay.reply.clone());
            }
            return refuse(
                "IdempotentParameterMismatch",
                "The client token was used before with other parameters.",
            );
        }
        let reply = self.carry_out(call)?;
        self.replays.insert(key, Replay { call: call.clone(), reply: reply.clone() });
        Ok(reply)
    }

    fn carry_out(&mut self, call: &Call) -> Answer {
        if let Some(tags) = call.tags() {
            self.check_tags(tags)?;
        }
        if let Some(answer) = self.carry_out_vpc(call) {
            return answer;
        }
        if let Some(answer) = self.carry_out_route(call) {
            return answer;
        }
        if let Some(answer) = self.carry_out_traffic(call) {
            return answer;
        }
        if let Some(answer) = self.carry_out_compute(call) {
            return answer;
        }
        self.carry_out_question(call)
    }

    /// VPCs, subnets and internet gateways.
    fn carry_out_vpc(&mut self, call: &Call) -> Option<Answer> {
        Some(match call {
            Call::CreateVpc { cidr_block, instance_tenancy, tags } => {
                self.create_vpc(cidr_block, instance_tenancy.as_deref(), tags)
            }
            Call::ModifyVpcAttribute { vpc_id, attribute, value } => {
                self.modify_vpc_attribute(vpc_id, *attribute, *value)
            }
            Call::DescribeVpcAttribute { vpc_id, attribute } => {
                self.describe_vpc_attribute(vpc_id, *attribute)
            }
            Call::AssociateVpcCidrBlock { vpc_id, cidr_block, amazon_provided_ipv6_cidr_block } => {
                match (cidr_block, amazon_provided_ipv6_cidr_block) {
                    (Some(block), false) => self.associate_vpc_cidr_block(vpc_id, block),
                    (None, true) => self.associate_vpc_ipv6_block(vpc_id),
                    _ => refuse(
                        "InvalidParameterCombination",
                        "Exactly one of the parameters that name a block must be given.",
                    ),
                }
            }
            Call::DisassociateVpcCidrBlock { association_id } => {
                self.disassociate_vpc_cidr_block(association_id)
            }
            Call::DeleteVpc { vpc_id } => self.delete_vpc(vpc_id),
            Call::CreateSubnet { vpc_id, cidr_block, ipv6_cidr_block, availability_zone, tags } => {
                let blocks = (cidr_block.as_str(), ipv6_cidr_block.as_deref());
                self.create_subnet(vpc_id, blocks, availability_zone.as_deref(), tags)
            }
            Call::AssociateSubnetCidrBlock { subnet_id, ipv6_cidr_block } => {
                self.associate_subnet_cidr_block(subnet_id, ipv6_cidr_block)
            }
            Call::DisassociateSubnetCidrBlock { association_id } => {
                self.disassociate_subnet_cidr_block(association_id)
            }
            Call::CreateEgressOnlyInternetGateway { vpc_id, tags, client_token: _ } => {
                self.create_egress_only_internet_gateway(vpc_id, tags)
            }
            Call::DeleteEgressOnlyInternetGateway { egress_only_internet_gateway_id } => {
                self.delete_egress_only_internet_gateway(egress_only_internet_gateway_id)
            }
            Call::ModifySubnetAttribute { subnet_id, attribute, value } => {
                self.modify_subnet_attribute(subnet_id, *attribute, *value)
            }
            Call::DeleteSubnet { subnet_id } => self.delete_subnet(subnet_id),
            Call::CreateInternetGateway { tags } => self.create_internet_gateway(tags),
            Call::AttachInternetGateway { internet_gateway_id, vpc_id } => {
                self.attach_internet_gateway(internet_gateway_id, vpc_id)
            }
            Call::DetachInternetGateway { internet_gateway_id, vpc_id } => {
                self.detach_internet_gateway(internet_gateway_id, vpc_id)
            }
            Call::DeleteInternetGateway { internet_gateway_id } => {
                self.delete_internet_gateway(internet_gateway_id)
            }
            _ => return None,
        })
    }

    /// Route tables, addresses and NAT gateways.
    fn carry_out_route(&mut self, call: &Call) -> Option<Answer> {
        Some(match call {
            Call::CreateRouteTable { vpc_id, tags, .. } => self.create_route_table(vpc_id, tags),
            Call::DeleteRouteTable { route_table_id } => self.delete_route_table(route_table_id),
            Call::CreateRoute { route_table_id, destination, target } => {
                self.create_route(route_table_id, destination, target)
            }
            Call::ReplaceRoute { route_table_id, destination, target } => {
                self.replace_route(route_table_id, destination, target)
            }
            Call::DeleteRoute { route_table_id, destination } => {
                self.delete_route(route_table_id, destination)
            }
            Call::AssociateRouteTable { route_table_id, subnet_id } => {
                self.associate_route_table(route_table_id, subnet_id)
            }
            Call::ReplaceRouteTableAssociation { association_id, route_table_id } => {
                self.replace_route_table_association(association_id, route_table_id)
            }
            Call::DisassociateRouteTable { association_id } => self.disassociate_route_table(association_id),
            Call::AllocateAddress { tags } => self.allocate_address(tags),
            Call::ReleaseAddress { allocation_id } => self.release_address(allocation_id),
            Call::AssociateAddress { allocation_id, target, allow_reassociation } => {
                self.associate_address(allocation_id, target, *allow_reassociation)
            }
            Call::DisassociateAddress { association_id } => self.disassociate_address(association_id),
            Call::CreateNatGateway {
                subnet_id,
                connectivity_type,
                allocation_id,
                private_ip_address,
                tags,
                client_token: _,
            } => {
                let wanted = (allocation_id.as_deref(), private_ip_address.as_deref());
                self.create_nat_gateway(subnet_id, connectivity_type, wanted, tags)
            }
            Call::CreateRegionalNatGateway { vpc_id, availability_zone_addresses, tags, client_token: _ } => {
                self.create_regional_nat_gateway(vpc_id, availability_zone_addresses, tags)
            }
            Call::DeleteNatGateway { nat_gateway_id } => self.delete_nat_gateway(nat_gateway_id),
            _ => return None,
        })
    }

    /// Network ACLs, security groups and endpoints.
    fn carry_out_traffic(&mut self, call: &Call) -> Option<Answer> {
        Some(match call {
            Call::CreateNetworkAcl { vpc_id, tags, .. } => self.create_network_acl(vpc_id, tags),
            Call::DeleteNetworkAcl { network_acl_id } => self.delete_network_acl(network_acl_id),
            Call::CreateNetworkAclEntry { network_acl_id, entry } => {
                self.create_network_acl_entry(network_acl_id, entry)
            }
            Call::ReplaceNetworkAclEntry { network_acl_id, entry } => {
                self.replace_network_acl_entry(network_acl_id, entry)
            }
            Call::DeleteNetworkAclEntry { network_acl_id, rule_number, egress } => {
                self.delete_network_acl_entry(network_acl_id, *rule_number, *egress)
            }
            Call::ReplaceNetworkAclAssociation { association_id, network_acl_id } => {
                self.replace_network_acl_association(association_id, network_acl_id)
            }
            Call::CreateSecurityGroup { group_name, description, vpc_id, tags } => {
                self.create_security_group(group_name, description, vpc_id, tags)
            }
            Call::DeleteSecurityGroup { group_id } => self.delete_security_group(group_id),
            Call::AuthorizeSecurityGroupRules { group_id, egress, rules, tags } => {
                self.authorize_security_group_rules(group_id, *egress, rules, tags)
            }
            Call::RevokeSecurityGroupRules { group_id, egress, security_group_rule_ids } => {
                self.revoke_security_group_rules(group_id, *egress, security_group_rule_ids)
            }
            Call::CreateVpcEndpoint { .. } => self.create_vpc_endpoint(call),
            Call::ModifyVpcEndpoint { .. } => self.modify_vpc_endpoint(call),
            Call::DeleteVpcEndpoints { vpc_endpoint_ids } => self.delete_vpc_endpoints(vpc_endpoint_ids),
            _ => return None,
        })
    }

    /// Objects with a form of their own, key pairs, instances and tags.
    fn carry_out_compute(&mut self, call: &Call) -> Option<Answer> {
        Some(match call {
            Call::CreateObject { spec, tags, client_token: _ } => self.create_object(spec, tags),
            Call::ChangeObject { id, change } => self.change_object(id, change),
            Call::DeleteObject { kind, id } => self.delete_object(*kind, id),
            Call::ImportKeyPair { key_name, public_key_material, tags } => {
                self.import_key_pair(key_name, public_key_material, tags)
            }
            Call::CreateKeyPair { key_name, key_type, tags } => {
                self.create_key_pair(key_name, key_type, tags)
            }
            Call::DeleteKeyPair { key_pair_id } => self.delete_key_pair(key_pair_id),
            Call::RunInstances(run) => self.run_instances(run),
            Call::TerminateInstances { instance_ids } => self.terminate_instances(instance_ids),
            Call::StopInstances { instance_ids } => self.stop_instances(instance_ids),
            Call::StartInstances { instance_ids } => self.start_instances(instance_ids),
            Call::ModifyInstanceAttribute { instance_id, attribute } => {
                self.modify_instance_attribute(instance_id, attribute)
            }
            Call::CreateTags { resources, tags } => self.create_tags(resources, tags),
            Call::DeleteTags { resources, keys } => self.delete_tags(resources, keys),
            _ => return None,
        })
    }

    /// Calls that change nothing.
    fn carry_out_question(&mut self, call: &Call) -> Answer {
        match call {
            Call::GetSsmParameter { name } => match catalogue::image_of_parameter(&self.region, name) {
                Some(image) => Ok(Reply::Parameter(image)),
                None => refuse("ParameterNotFound", format!("The parameter {name} does not exist.")),
            },
            Call::GetCallerIdentity => Ok(Reply::Identity(CallerIdentity {
                account: catalogue::ACCOUNT.to_owned(),
                arn: format!("arn:aws:iam::{}:user/simulated", catalogue::ACCOUNT),
            })),
            Call::DescribeAvailabilityZones => {
                Ok(Reply::Described(catalogue::availability_zones(&self.region)))
            }
            Call::DescribeImages { image_ids } => self.describe_images(image_ids),
            Call::DescribeInstanceTypeOfferings { instance_types } => {
                Ok(Reply::Described(catalogue::instance_type_offerings(&self.region, instance_types)))
            }
            Call::DescribeAccountAttributes => Ok(Reply::Described(self.account_attributes())),
            Call::GetServiceQuota { service_code, quota_code } => {
                match self.limits.service_quota(service_code, quota_code) {
                    Some(value) => Ok(Reply::ServiceQuota(value)),
                    None => refuse(
                        "NoSuchResourceException",
                        "The request failed because the specified quota does not exist.",
                    ),
                }
            }
            Call::Describe { kind, filters, ids } => self.describe(*kind, filters, ids),
            other => refuse("InvalidAction", format!("The action {} is not valid.", other.name())),
        }
    }
}
