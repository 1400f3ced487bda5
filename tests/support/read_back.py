"""Prints everything that stands in one region, as JSON, read with boto3.

usage: read_back.py ENDPOINT_URL REGION

Each list holds the objects as boto3 shows them. VPCs get their DNS switches, instances their user
data as text. `parameters` holds the public parameters of Amazon Linux.
"""

import base64
import json
import sys

import boto3

IMAGES = "/aws/service/ami-amazon-linux-latest/"


def pages(client, action, key):
    """All items of a describing call, whether it has pages or not."""
    if not client.can_paginate(action):
        return getattr(client, action)()[key]
    return [item for page in client.get_paginator(action).paginate() for item in page[key]]


def vpcs(ec2):
    found = pages(ec2, "describe_vpcs", "Vpcs")
    for vpc in found:
        for name in ("enableDnsSupport", "enableDnsHostnames"):
            key = name[0].upper() + name[1:]
            answer = ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=name)
            vpc[key] = answer[key]["Value"]
    return found


def instances(ec2):
    found = []
    for reservation in pages(ec2, "describe_instances", "Reservations"):
        found.extend(reservation["Instances"])
    for instance in found:
        answer = ec2.describe_instance_attribute(InstanceId=instance["InstanceId"], Attribute="userData")
        value = answer["UserData"].get("Value")
        instance["UserData"] = base64.b64decode(value).decode() if value else None
    return found


def key_pairs(ec2):
    return ec2.describe_key_pairs(IncludePublicKey=True)["KeyPairs"]


def prefix_lists(ec2):
    found = pages(ec2, "describe_managed_prefix_lists", "PrefixLists")
    own = [it for it in found if it["OwnerId"] != "AWS"]
    for it in own:
        answer = ec2.get_managed_prefix_list_entries(PrefixListId=it["PrefixListId"])
        it["Entries"] = answer["Entries"]
    return own


def transit_tables(ec2):
    found = pages(ec2, "describe_transit_gateway_route_tables", "TransitGatewayRouteTables")
    filters = [{"Name": "type", "Values": ["static"]}]
    for it in (it for it in found if it["State"] == "available"):
        name = {"TransitGatewayRouteTableId": it["TransitGatewayRouteTableId"]}
        it["Associations"] = ec2.get_transit_gateway_route_table_associations(**name)["Associations"]
        answer = ec2.get_transit_gateway_route_table_propagations(**name)
        it["Propagations"] = answer["TransitGatewayRouteTablePropagations"]
        it["Routes"] = ec2.search_transit_gateway_routes(Filters=filters, **name)["Routes"]
    return found


def parameters(ssm):
    found = ssm.get_paginator("get_parameters_by_path").paginate(Path=IMAGES, Recursive=True)
    return {parameter["Name"]: parameter["Value"] for page in found for parameter in page["Parameters"]}


def main(endpoint, region):
    settings = {
        "endpoint_url": endpoint,
        "region_name": region,
        "aws_access_key_id": "testing",
        "aws_secret_access_key": "testing",
    }
    ec2 = boto3.client("ec2", **settings)
    live = {
        "vpcs": vpcs(ec2),
        "subnets": pages(ec2, "describe_subnets", "Subnets"),
        "route_tables": pages(ec2, "describe_route_tables", "RouteTables"),
        "internet_gateways": pages(ec2, "describe_internet_gateways", "InternetGateways"),
        "egress_only_internet_gateways": pages(
            ec2, "describe_egress_only_internet_gateways", "EgressOnlyInternetGateways"
        ),
        "addresses": pages(ec2, "describe_addresses", "Addresses"),
        "nat_gateways": pages(ec2, "describe_nat_gateways", "NatGateways"),
        "network_acls": pages(ec2, "describe_network_acls", "NetworkAcls"),
        "security_groups": pages(ec2, "describe_security_groups", "SecurityGroups"),
        "key_pairs": key_pairs(ec2),
        "instances": instances(ec2),
        "volumes": pages(ec2, "describe_volumes", "Volumes"),
        "network_interfaces": pages(ec2, "describe_network_interfaces", "NetworkInterfaces"),
        "vpc_endpoints": pages(ec2, "describe_vpc_endpoints", "VpcEndpoints"),
        "peerings": pages(ec2, "describe_vpc_peering_connections", "VpcPeeringConnections"),
        "prefix_lists": prefix_lists(ec2),
        "vpn_gateways": pages(ec2, "describe_vpn_gateways", "VpnGateways"),
        "customer_gateways": pages(ec2, "describe_customer_gateways", "CustomerGateways"),
        "vpn_connections": pages(ec2, "describe_vpn_connections", "VpnConnections"),
        "dhcp_options": pages(ec2, "describe_dhcp_options", "DhcpOptions"),
        "flow_logs": pages(ec2, "describe_flow_logs", "FlowLogs"),
        "transit_gateways": pages(ec2, "describe_transit_gateways", "TransitGateways"),
        "attachments": pages(
            ec2, "describe_transit_gateway_vpc_attachments", "TransitGatewayVpcAttachments"
        ),
        "transit_peerings": pages(
            ec2, "describe_transit_gateway_peering_attachments", "TransitGatewayPeeringAttachments"
        ),
        "transit_tables": transit_tables(ec2),
        "parameters": parameters(boto3.client("ssm", **settings)),
    }
    json.dump(live, sys.stdout, default=str)


main(*sys.argv[1:])
