"""Makes EC2 calls with boto3, as somebody would by hand, and prints what each answered.

usage: by_hand.py ENDPOINT_URL REGION '[["create_subnet", {"VpcId": "vpc-1"}], …]'
"""

import json
import sys

import boto3

url, region, calls = sys.argv[1:]
keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
ec2 = boto3.client("ec2", region_name=region, endpoint_url=url, **keys)
print(json.dumps([getattr(ec2, action)(**arguments) for action, arguments in json.loads(calls)], default=str))
