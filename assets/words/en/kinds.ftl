# What the kinds of resources are called.
kind-vpc = VPC
kind-subnet = Subnet
kind-route_table = Route table
kind-internet_gateway = Internet gateway
kind-nat_gateway = NAT gateway
kind-elastic_ip = Elastic IP
kind-network_acl = Network ACL
kind-security_group = Security group
kind-instance = EC2 instance
kind-key_pair = Key pair
kind-gateway_endpoint = Gateway endpoint
kind-interface_endpoint = Interface endpoint
kind-other = Other resource
