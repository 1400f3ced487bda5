"""Writes what `aws ec2 describe-*` prints about a region: one file per call, in the CLI's form."""

import json
import pathlib
import sys

import boto3

url, region, folder = sys.argv[1:]
keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
ec2 = boto3.client("ec2", region_name=region, endpoint_url=url, **keys)

CALLS = [
    "describe_addresses",
    "describe_dhcp_options",
    "describe_egress_only_internet_gateways",
    "describe_flow_logs",
    "describe_instances",
    "describe_internet_gateways",
    "describe_key_pairs",
    "describe_managed_prefix_lists",
    "describe_nat_gateways",
    "describe_network_acls",
    "describe_network_interfaces",
    "describe_prefix_lists",
    "describe_route_tables",
    "describe_security_groups",
    "describe_subnets",
    "describe_transit_gateway_attachments",
    "describe_transit_gateway_peering_attachments",
    "describe_transit_gateway_route_tables",
    "describe_transit_gateway_vpc_attachments",
    "describe_transit_gateways",
    "describe_vpc_endpoints",
    "describe_vpc_peering_connections",
    "describe_vpcs",
    "describe_vpn_connections",
    "describe_vpn_gateways",
]


def write(name, answer):
    answer.pop("ResponseMetadata", None)
    text = json.dumps(answer, default=str, indent=4)
    (pathlib.Path(folder) / f"{name}.json").write_text(text)


OPTIONS = {"describe_key_pairs": {"IncludePublicKey": True}}

for call in CALLS:
    if ec2.can_paginate(call):
        write(call, ec2.get_paginator(call).paginate().build_full_result())
    else:
        write(call, getattr(ec2, call)(**OPTIONS.get(call, {})))

for vpc in ec2.describe_vpcs()["Vpcs"]:
    for attribute in ["enableDnsSupport", "enableDnsHostnames"]:
        answer = ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=attribute)
        write(f"{vpc['VpcId']}-{attribute}", answer)

entries = []
for prefix_list in ec2.describe_managed_prefix_lists()["PrefixLists"]:
    answer = ec2.get_managed_prefix_list_entries(PrefixListId=prefix_list["PrefixListId"])
    entries.append({"PrefixListId": prefix_list["PrefixListId"], "Entries": answer["Entries"]})
write("entries", {"ManagedPrefixListEntries": entries})

propagations, routes = [], []
for table in ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]:
    key = {"TransitGatewayRouteTableId": table["TransitGatewayRouteTableId"]}
    answer = ec2.get_transit_gateway_route_table_propagations(**key)
    propagations.append({**key, "TransitGatewayRouteTablePropagations": answer["TransitGatewayRouteTablePropagations"]})
    every = [{"Name": "state", "Values": ["active", "blackhole"]}]
    answer = ec2.search_transit_gateway_routes(**key, Filters=every)
    routes.append({**key, "Routes": answer["Routes"]})
write("propagations", {"TransitGatewayPropagations": propagations})
write("routes", {"TransitGatewayStaticRoutes": routes})
