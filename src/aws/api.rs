//! Which call goes where.

use aws_sdk_ec2::Client;

use super::{
    account, acl,
    connect::Aws,
    describe,
    endpoint::{self, Change, Endpoint},
    failure::of_read,
    gateways, instance, key_pair,
    nat::{self, NatGateway},
    objects::{self, Caller},
    objects_change, routing, security_group, subnet, tags, vpc,
};
use crate::{
    cloud::{Call, CallerIdentity, CloudApi, CloudError, CloudFuture, ErrorKind, Reply},
    t,
};

impl CloudApi for Aws {
    fn call<'a>(&'a self, call: &'a Call) -> CloudFuture<'a> {
        if let Call::DryRun { call } = call {
            return Box::pin(
                async move { self.dry_run(call).await.map_err(|error| self.at_endpoint(error)) },
            );
        }
        let answer = self.send(&self.ec2, call);
        Box::pin(async move { answer.await.map_err(|error| self.at_endpoint(error)) })
    }
}

impl Aws {
    /// Says where it failed, if it was not EC2 that said no.
    fn at_endpoint(&self, mut error: CloudError) -> CloudError {
        if matches!(error.kind, ErrorKind::Unreachable | ErrorKind::LostReply | ErrorKind::NotUnderstood) {
            error.message = t!("aws-at-endpoint", endpoint = self.endpoint(), cause = error.message);
        }
        error
    }

    #[expect(clippy::too_many_lines, reason = "a table: one row per call, complete by the compiler's word")]
    pub(super) fn send<'a>(&'a self, ec2: &'a Client, call: &'a Call) -> CloudFuture<'a> {
        match call {
            Call::CreateVpc { cidr_block, instance_tenancy, tags } => {
                vpc::create(ec2, cidr_block, instance_tenancy.as_deref(), tags)
            }
            Call::ModifyVpcAttribute { vpc_id, attribute, value } => {
                vpc::modify(ec2, vpc_id, *attribute, *value)
            }
            Call::DescribeVpcAttribute { vpc_id, attribute } => {
                vpc::describe_attribute(ec2, vpc_id, *attribute)
            }
            Call::AssociateVpcCidrBlock { vpc_id, cidr_block, amazon_provided_ipv6_cidr_block } => {
                vpc::add_block(ec2, vpc_id, cidr_block.as_deref(), *amazon_provided_ipv6_cidr_block)
            }
            Call::DisassociateVpcCidrBlock { association_id } => vpc::remove_block(ec2, association_id),
            Call::DeleteVpc { vpc_id } => vpc::delete(ec2, vpc_id),

            Call::CreateSubnet { vpc_id, cidr_block, ipv6_cidr_block, availability_zone, tags } => {
                let blocks = (cidr_block.as_str(), ipv6_cidr_block.as_deref());
                subnet::create(ec2, vpc_id, blocks, availability_zone.as_deref(), tags)
            }
            Call::AssociateSubnetCidrBlock { subnet_id, ipv6_cidr_block } => {
                subnet::add_block(ec2, subnet_id, ipv6_cidr_block)
            }
            Call::DisassociateSubnetCidrBlock { association_id } => subnet::remove_block(ec2, association_id),
            Call::ModifySubnetAttribute { subnet_id, attribute, value } => {
                subnet::modify(ec2, subnet_id, *attribute, *value)
            }
            Call::DeleteSubnet { subnet_id } => subnet::delete(ec2, subnet_id),

            Call::CreateInternetGateway { tags } => gateways::create(ec2, tags),
            Call::AttachInternetGateway { internet_gateway_id, vpc_id } => {
                gateways::attach(ec2, internet_gateway_id, vpc_id)
            }
            Call::DetachInternetGateway { internet_gateway_id, vpc_id } => {
                gateways::detach(ec2, internet_gateway_id, vpc_id)
            }
            Call::DeleteInternetGateway { internet_gateway_id } => gateways::delete(ec2, internet_gateway_id),
            Call::CreateEgressOnlyInternetGateway { vpc_id, tags, client_token } => {
                gateways::create_egress_only(ec2, vpc_id, tags, client_token.as_deref())
            }
            Call::DeleteEgressOnlyInternetGateway { egress_only_internet_gateway_id } => {
                gateways::delete_egress_only(ec2, egress_only_internet_gateway_id)
            }
            Call::AllocateAddress { tags } => gateways::allocate(ec2, tags),
            Call::ReleaseAddress { allocation_id } => gateways::release(ec2, allocation_id),
            Call::AssociateAddress { allocation_id, target, allow_reassociation } => {
                gateways::associate(ec2, allocation_id, target, *allow_reassociation)
            }
            Call::DisassociateAddress { association_id } => gateways::disassociate(ec2, association_id),

            Call::CreateRouteTable { vpc_id, tags, client_token } => {
                routing::create_table(ec2, vpc_id, tags, client_token.as_deref())
            }
            Call::DeleteRouteTable { route_table_id } => routing::delete_table(ec2, route_table_id),
            Call::CreateRoute { route_table_id, destination, target } => {
                routing::create_route(ec2, route_table_id, destination, target)
            }
            Call::ReplaceRoute { route_table_id, destination, target } => {
                routing::replace_route(ec2, route_table_id, destination, target)
            }
            Call::DeleteRoute { route_table_id, destination } => {
                routing::delete_route(ec2, route_table_id, destination)
            }
            Call::AssociateRouteTable { route_table_id, subnet_id } => {
                routing::associate(ec2, route_table_id, subnet_id)
            }
            Call::ReplaceRouteTableAssociation { association_id, route_table_id } => {
                routing::replace_association(ec2, association_id, route_table_id)
            }
            Call::DisassociateRouteTable { association_id } => routing::disassociate(ec2, association_id),

            Call::CreateNatGateway {
                subnet_id,
                connectivity_type,
                allocation_id,
                private_ip_address,
                tags,
                client_token,
            } => nat::create(
                ec2,
                NatGateway {
                    subnet_id,
                    connectivity_type,
                    allocation_id: allocation_id.as_deref(),
                    private_ip_address: private_ip_address.as_deref(),
                    tags,
                    client_token: client_token.as_deref(),
                },
            ),
            Call::CreateRegionalNatGateway { vpc_id, availability_zone_addresses, tags, client_token } => {
                nat::create_regional(ec2, vpc_id, availability_zone_addresses, tags, client_token.as_deref())
            }
            Call::DeleteNatGateway { nat_gateway_id } => nat::delete(ec2, nat_gateway_id),

            Call::CreateNetworkAcl { vpc_id, tags, client_token } => {
                acl::create(ec2, vpc_id, tags, client_token.as_deref())
            }
            Call::DeleteNetworkAcl { network_acl_id } => acl::delete(ec2, network_acl_id),
            Call::CreateNetworkAclEntry { network_acl_id, entry } => {
                acl::create_entry(ec2, network_acl_id, entry)
            }
            Call::ReplaceNetworkAclEntry { network_acl_id, entry } => {
                acl::replace_entry(ec2, network_acl_id, entry)
            }
            Call::DeleteNetworkAclEntry { network_acl_id, rule_number, egress } => {
                acl::delete_entry(ec2, network_acl_id, *rule_number, *egress)
            }
            Call::ReplaceNetworkAclAssociation { association_id, network_acl_id } => {
                acl::replace_association(ec2, association_id, network_acl_id)
            }

            Call::CreateSecurityGroup { group_name, description, vpc_id, tags } => {
                security_group::create(ec2, group_name, description, vpc_id, tags)
            }
            Call::DeleteSecurityGroup { group_id } => security_group::delete(ec2, group_id),
            Call::AuthorizeSecurityGroupRules { group_id, egress, rules, tags } => {
                security_group::authorize(ec2, group_id, *egress, rules, tags)
            }
            Call::RevokeSecurityGroupRules { group_id, egress, security_group_rule_ids } => {
                security_group::revoke(ec2, group_id, *egress, security_group_rule_ids)
            }

            Call::ImportKeyPair { key_name, public_key_material, tags } => {
                key_pair::import(ec2, key_name, public_key_material, tags)
            }
            Call::CreateKeyPair { key_name, key_type, tags } => {
                key_pair::create(ec2, key_name, key_type, tags)
            }
            Call::DeleteKeyPair { key_pair_id } => key_pair::delete(ec2, key_pair_id),

            Call::RunInstances(run) => instance::run(ec2, run),
            Call::TerminateInstances { instance_ids } => instance::terminate(ec2, instance_ids),
            Call::StopInstances { instance_ids } => instance::stop(ec2, instance_ids),
            Call::StartInstances { instance_ids } => instance::start(ec2, instance_ids),
            Call::ModifyInstanceAttribute { instance_id, attribute } => {
                instance::modify(ec2, instance_id, attribute)
            }

            Call::CreateVpcEndpoint {
                vpc_id,
                vpc_endpoint_type,
                service_name,
                route_table_ids,
                subnet_ids,
                security_group_ids,
                private_dns_enabled,
                tags,
                client_token,
            } => endpoint::create(
                ec2,
                Endpoint {
                    vpc_id,
                    vpc_endpoint_type: *vpc_endpoint_type,
                    service_name,
                    route_table_ids,
                    subnet_ids,
                    security_group_ids,
                    private_dns_enabled: *private_dns_enabled,
                    tags,
                    client_token: client_token.as_deref(),
                },
            ),
            Call::ModifyVpcEndpoint {
                vpc_endpoint_id,
                add_route_table_ids,
                remove_route_table_ids,
                add_subnet_ids,
                remove_subnet_ids,
                add_security_group_ids,
                remove_security_group_ids,
                private_dns_enabled,
            } => endpoint::modify(
                ec2,
                vpc_endpoint_id,
                Change {
                    add_route_table_ids,
                    remove_route_table_ids,
                    add_subnet_ids,
                    remove_subnet_ids,
                    add_security_group_ids,
                    remove_security_group_ids,
                    private_dns_enabled: *private_dns_enabled,
                },
            ),
            Call::DeleteVpcEndpoints { vpc_endpoint_ids } => endpoint::delete(ec2, vpc_endpoint_ids),

            Call::CreateObject { spec, tags, client_token } => {
                let caller = Caller { sts: &self.sts, region: self.region() };
                objects::create(ec2, caller, spec, tags, client_token.as_deref())
            }
            Call::ChangeObject { id, change } => objects_change::change(ec2, id, change),
            Call::DeleteObject { kind, id } => objects::delete(ec2, *kind, id),

            Call::CreateTags { resources, tags } => tags::create(ec2, resources, tags),
            Call::DeleteTags { resources, keys } => tags::delete(ec2, resources, keys),

            Call::GetSsmParameter { name } => self.parameter(name),
            Call::GetCallerIdentity => self.identity(),
            Call::DescribeAvailabilityZones => account::zones(ec2),
            Call::DescribeImages { image_ids } => account::images(ec2, image_ids),
            Call::DescribeInstanceTypeOfferings { instance_types } => account::offerings(ec2, instance_types),
            Call::DescribeAccountAttributes => account::attributes(ec2),
            Call::GetServiceQuota { service_code, quota_code } => {
                account::quota(&self.quotas, service_code, quota_code)
            }
            Call::DryRun { call } => Box::pin(self.dry_run(call)),
            Call::Describe { kind, filters, ids } => describe::describe(ec2, *kind, filters, ids),
        }
    }

    fn parameter<'a>(&'a self, name: &'a str) -> CloudFuture<'a> {
        Box::pin(async move {
            let answer = self.ssm.get_parameter().name(name).send().await.map_err(of_read)?;
            answer
                .parameter
                .and_then(|parameter| parameter.value)
                .map(Reply::Parameter)
                .ok_or_else(|| CloudError::not_understood(t!("aws-parameter-empty", name = name)))
        })
    }

    fn identity(&self) -> CloudFuture<'_> {
        Box::pin(async move {
            let answer = self.sts.get_caller_identity().send().await.map_err(of_read)?;
            let account = answer.account.filter(|account| !account.is_empty());
            let Some(account) = account else {
                return Err(CloudError::not_understood(t!("aws-identity-empty")));
            };
            Ok(Reply::Identity(CallerIdentity { account, arn: answer.arn.unwrap_or_default() }))
        })
    }
}
