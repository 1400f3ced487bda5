# What the rules say: `-summary` is the same for every finding of a rule, the plain key says what is
# wrong here, `-help` what to do.

rule-vpc-cidr-size-summary = A VPC's IPv4 block is between /16 and /28
rule-vpc-cidr-size = the block { $block } of VPC `{ $name }` is not between /16 and /28
rule-vpc-cidr-size-help = choose a block with a prefix length from 16 to 28, such as 10.0.0.0/16

rule-vpc-cidr-overlap-summary = The blocks of one VPC do not overlap
rule-vpc-cidr-overlap = the block { $block } of VPC `{ $name }` overlaps its block { $other }
rule-vpc-cidr-overlap-help = choose a secondary block that shares no address with the VPC's other blocks

rule-vpc-cidr-unusable-summary = Link-local, loopback and multicast ranges cannot be a VPC's
rule-vpc-cidr-unusable = the block { $block } of VPC `{ $name }` lies in { $range }, which no VPC may use
rule-vpc-cidr-unusable-help = choose a private block from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16

rule-vpc-cidr-quota-summary = A VPC has up to 5 IPv4 blocks, up to 50 after a quota increase
rule-vpc-cidr-quota = VPC `{ $name }` has { $count } IPv4 blocks, the default quota is 5
rule-vpc-cidr-quota-help = use fewer and larger blocks, or ask for a higher quota (50 at most) before the deploy

rule-subnet-cidr-size-summary = A subnet's IPv4 block is between /16 and /28
rule-subnet-cidr-size = the block { $block } of subnet `{ $name }` is not between /16 and /28
rule-subnet-cidr-size-help = choose a prefix length from 16 to 28; /24 holds 251 hosts, /28 holds 11

rule-subnet-outside-vpc-summary = A subnet's block lies inside one block of its VPC
rule-subnet-outside-vpc = the block { $block } of subnet `{ $name }` is not inside a block of VPC `{ $vpc }` ({ $blocks })
rule-subnet-outside-vpc-help = choose a block inside the VPC's, or add a secondary block to the VPC
rule-fix-all = Fix all of { $code } ({ $count })
rule-fix-free-block = Use the free block { $block }

rule-subnet-overlap-summary = The subnets of one VPC do not overlap
rule-subnet-overlap = the block { $block } of subnet `{ $name }` overlaps { $other_block } of subnet `{ $other }`
rule-subnet-overlap-help = give one of the two another block of the VPC

rule-subnet-full-summary = A subnet has an address for everything in it
rule-subnet-full = subnet `{ $name }` ({ $block }) holds { $usable } addresses and { $needed } are needed
rule-subnet-full-help = AWS keeps five addresses of every subnet: choose a larger block or move something to another subnet

rule-subnet-zone-summary = A subnet's Availability Zone is one of its region
rule-subnet-zone = `{ $zone }` of subnet `{ $name }` is not an Availability Zone of { $region }
rule-subnet-zone-help = name a zone of the region, such as { $region }a
rule-subnet-zone-fix = Use { $zone }
rule-subnet-zone-fix-many = Use { $zone } for the { $count } subnets in { $wrong }

rule-other-vpc-summary = What works together belongs to one VPC
rule-other-vpc = `{ $name }` of VPC `{ $vpc }` uses `{ $other }` of VPC `{ $other_vpc }`
rule-other-vpc-help = choose one of the same VPC: route tables, network ACLs, groups, gateways and endpoints serve their own VPC only

rule-main-table-public-summary = The main route table has no route to an internet gateway
rule-main-table-public = the main route table `{ $name }` of VPC `{ $vpc }` has a route to an internet gateway, so that every subnet without a table of its own is public
rule-main-table-public-help = move the route to a second table and associate the public subnets with that one

rule-route-duplicate-summary = A route table has one route per destination
rule-route-duplicate = route table `{ $name }` has two routes to { $destination }
rule-route-duplicate-help = remove one of the two; AWS keeps one target per destination
rule-route-duplicate-local = the route to { $destination } in table `{ $name }` repeats the local route of the VPC
rule-route-duplicate-local-help = remove it: AWS makes the local route for each block of the VPC by itself

rule-route-inside-vpc-summary = A route inside the VPC's own block matches a whole subnet
rule-route-inside-vpc = the route to { $destination } in table `{ $name }` lies inside the VPC's own block and is not the block of a subnet towards a NAT gateway or an instance
rule-route-inside-vpc-help = name the whole block of one subnet and send it to an instance or a NAT gateway, or remove the route

rule-route-blackhole-summary = A route leads to a target that takes packets
rule-route-blackhole = the route to { $destination } in table `{ $name }` leads to { $what } `{ $gateway }`, which is not attached
rule-route-blackhole-help = attach the gateway to the VPC, or remove the route: it wins by its prefix and drops the packets
rule-route-blackhole-fix = Attach { $gateway } to { $vpc }

rule-igw-second-on-vpc-summary = A VPC has one internet gateway
rule-igw-second-on-vpc = internet gateway `{ $name }` is attached to VPC `{ $vpc }`, which has `{ $first }` already
rule-igw-second-on-vpc-help = detach one of the two; one internet gateway serves the whole VPC
rule-igw-second-on-vpc-fix = Detach { $name }

rule-public-address-missing-summary = An instance needs a public address to use an internet gateway
rule-public-address-missing = instance `{ $name }` in the public subnet `{ $subnet }` gets no public IPv4 address, so the internet gateway drops its packets
rule-public-address-missing-help = switch on the public address of the instance or of the subnet, associate an Elastic IP, or move the instance to a private subnet
rule-public-address-missing-fix = Give { $name } a public address

rule-public-address-unused-summary = A public address is of no use without a route to an internet gateway
rule-public-address-unused = instance `{ $name }` gets a public IPv4 address, but its subnet `{ $subnet }` has no route to an internet gateway
rule-public-address-unused-help = add a route to an internet gateway, or switch the public address off: AWS bills every public IPv4 address

rule-nat-without-internet-summary = A public NAT gateway stands in a subnet with a route to an internet gateway
rule-nat-without-internet = NAT gateway `{ $name }` stands in subnet `{ $subnet }`, which has no route for 0.0.0.0/0 to the internet gateway
rule-nat-without-internet-help = move the NAT gateway to a public subnet, or route this subnet to the internet gateway; AWS accepts the mistake and drops the traffic
rule-nat-without-internet-fix = Route { $subnet } to { $gateway }
rule-nat-without-internet-gateway = NAT gateway `{ $name }` is public, but VPC `{ $vpc }` has no internet gateway
rule-nat-without-internet-gateway-help = attach an internet gateway to the VPC: without one the NAT gateway fails minutes after it was created

rule-nat-address-summary = A public NAT gateway has an Elastic IP address, a private one has none
rule-nat-address = the public NAT gateway `{ $name }` has no Elastic IP address
rule-nat-address-help = choose an Elastic IP address for it, or make it private
rule-nat-address-private = the private NAT gateway `{ $name }` has the Elastic IP address `{ $address }`, which AWS refuses
rule-nat-address-private-help = remove the address, or make the NAT gateway public
rule-nat-address-private-fix = Remove the address

rule-elastic-ip-private-address-summary = An Elastic IP address stands for a private address that its instance or interface has
rule-elastic-ip-private-address = Elastic IP `{ $name }` stands for { $address }, which { $of ->
    [instance] instance
   *[network_interface] network interface
  } `{ $holder }` does not have
rule-elastic-ip-private-address-help = choose one of its private addresses, or none for its first one
rule-elastic-ip-private-address-fix = Stand for the first address

rule-elastic-ip-shared-summary = An Elastic IP address belongs to one thing at a time
rule-elastic-ip-shared = Elastic IP `{ $name }` is used by both `{ $first }` and `{ $second }`
rule-elastic-ip-shared-help = give each its own address
rule-elastic-ip-second = instance `{ $name }` has two Elastic IP addresses, `{ $first }` and `{ $second }`, for its one private address
rule-elastic-ip-second-help = dissociate one of the two

rule-elastic-ip-without-gateway-summary = An Elastic IP address is associated only where the VPC has an internet gateway
rule-elastic-ip-without-gateway = Elastic IP `{ $name }` is associated with `{ $instance }`, but VPC `{ $vpc }` has no internet gateway
rule-elastic-ip-without-gateway-help = attach an internet gateway to the VPC, or dissociate the address

rule-acl-rule-number-summary = Rule numbers of a network ACL are 1 to 32766 and unique per direction
rule-acl-rule-number = rule number { $number } of network ACL `{ $name }` is not between 1 and 32766
rule-acl-rule-number-help = number the rules in steps, such as 100, 110, 120
rule-acl-rule-number-twice = network ACL `{ $name }` has two { $list } rules numbered { $number }
rule-acl-rule-number-twice-help = give one of the two another number; the lowest number that matches decides

rule-acl-denies-all-summary = A network ACL lets something in and something out
rule-acl-denies-all = network ACL `{ $name }` allows no { $list } traffic, which cuts off subnet `{ $subnet }`
rule-acl-denies-all-help = add allow rules in both directions: a network ACL is stateless, so replies need a rule too

rule-acl-no-replies-summary = A network ACL lets replies through
rule-acl-no-replies = { $list } rule { $number } of network ACL `{ $name }` lets connections through whose replies no { $other } rule lets back
rule-acl-no-replies-help = a network ACL is stateless: allow TCP to the clients' ephemeral ports 1024-65535 in the other direction
rule-acl-no-replies-fix = Add { $list } rule { $number } for ports 1024-65535

rule-rule-ports-summary = Rules for TCP and UDP name their ports, rules for ICMP a type and a code
rule-rule-ports-missing = the rule at `{ $place }` of `{ $name }` names no ports
rule-rule-ports-missing-help = give the first and the last port; 0 and 65535 stand for all
rule-rule-ports-order = the ports at `{ $place }` of `{ $name }` are the wrong way round
rule-rule-ports-order-help = the first port must not be above the last
rule-rule-ports-range = a port at `{ $place }` of `{ $name }` is not between 0 and 65535
rule-rule-ports-range-help = choose ports from 0 to 65535
rule-rule-ports-icmp = the ICMP rule at `{ $place }` of `{ $name }` needs a type and a code, -1 for all
rule-rule-ports-icmp-help = give a type and a code from 0 to 255, or -1 for all

rule-group-lets-nothing-in-summary = A host's security groups let someone in
rule-group-lets-nothing-in = nothing can connect to instance `{ $name }`: its groups ({ $groups }) have no inbound rule
rule-group-lets-nothing-in-help = add an inbound rule for what the host serves; leave it so if it only makes connections itself

rule-group-name-summary = A security group has a legal name, unique in its VPC, and a description
rule-group-name = AWS refuses the name `{ $text }` of security group `{ $name }`
rule-group-name-help = use 1 to 255 ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{"{"}{"}"}!$*, not beginning with sg-, and not `default`
rule-group-name-twice = security group `{ $name }` is named `{ $text }` like `{ $other }` of the same VPC
rule-group-name-twice-help = give one of the two another name; the case of letters does not count
rule-group-name-description = AWS refuses the description `{ $text }` of security group `{ $name }`
rule-group-name-description-help = write 1 to 255 ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{"{"}{"}"}!$*

rule-groups-per-interface-summary = A network interface has up to 5 security groups, up to 16 after a quota increase
rule-groups-per-interface = `{ $name }` has { $count } security groups, the default quota is 5 per network interface
rule-groups-per-interface-help = merge groups, or ask for a higher quota (16 at most) before the deploy

rule-gateway-endpoint-service-summary = Gateway endpoints exist for S3 and DynamoDB of the same region
rule-gateway-endpoint-service = `{ $service }` of endpoint `{ $name }` has no gateway endpoint in { $region }
rule-gateway-endpoint-service-help = use com.amazonaws.{ $region }.s3 or com.amazonaws.{ $region }.dynamodb, or an interface endpoint for other services

rule-gateway-endpoint-tables-summary = A gateway endpoint works through route tables, one per service in each
rule-gateway-endpoint-tables = `{ $name }` and `{ $other }` both route `{ $service }` in table `{ $table }`
rule-gateway-endpoint-tables-help = remove the table from one of the two endpoints
rule-gateway-endpoint-tables-none = gateway endpoint `{ $name }` is in no route table, so nothing uses it
rule-gateway-endpoint-tables-none-help = choose the route tables of the subnets that need the service

rule-endpoint-subnets-summary = An interface endpoint has one subnet per Availability Zone
rule-endpoint-subnets = endpoint `{ $name }` has two subnets in { $zone }, `{ $other }` and `{ $subnet }`
rule-endpoint-subnets-help = keep one subnet per zone; one interface serves the whole zone
rule-endpoint-subnets-none = interface endpoint `{ $name }` is in no subnet, so it has no address
rule-endpoint-subnets-none-help = choose one subnet in each zone that needs the service

rule-endpoint-group-443-summary = The groups of an interface endpoint admit HTTPS
rule-endpoint-group-443 = no group of endpoint `{ $name }` ({ $groups }) admits TCP 443, so no client reaches the service
rule-endpoint-group-443-help = add an inbound rule for TCP 443 from the clients' groups or from the VPC's block
rule-endpoint-group-443-fix = Admit TCP 443 from { $block } in { $group }

rule-endpoint-private-dns-summary = Private DNS needs both DNS switches of the VPC and one endpoint per service
rule-endpoint-private-dns = endpoint `{ $name }` has private DNS, but DNS support or DNS hostnames of VPC `{ $vpc }` is off
rule-endpoint-private-dns-help = switch both on in the VPC (DNS hostnames is off by default), or switch private DNS off
rule-endpoint-private-dns-fix = Switch DNS support and hostnames of { $vpc } on
rule-endpoint-private-dns-twice = `{ $name }` and `{ $other }` both have private DNS for `{ $service }`
rule-endpoint-private-dns-twice-help = keep private DNS on one of the two
rule-endpoint-private-dns-twice-fix = Switch private DNS of { $name } off

rule-private-ip-summary = A fixed private address is free and lies in its subnet
rule-private-ip = { $address } of `{ $name }` is not in subnet `{ $subnet }` ({ $block })
rule-private-ip-help = choose an address of the subnet, or leave the choice to AWS
rule-private-ip-reserved = { $address } of `{ $name }` is one of the addresses that AWS keeps in subnet `{ $subnet }`
rule-private-ip-reserved-help = the first four addresses and the last one of { $block } are taken: choose another
rule-private-ip-twice = { $address } of `{ $name }` is also the address of `{ $other }`
rule-private-ip-twice-help = give one of the two another address, or leave the choice to AWS
rule-private-ip-fix = Let AWS choose the address

rule-vpc-defaults-summary = A VPC has one main route table, one default network ACL and one default group
rule-vpc-defaults = VPC `{ $name }` has { $count } { $what }, AWS makes exactly one
rule-vpc-defaults-help = mark exactly one of the VPC's resources in the file as the main or default one
rule-vpc-defaults-table = main route tables
rule-vpc-defaults-acl = default network ACLs
rule-vpc-defaults-group = default security groups

rule-fix-remove-block = Remove the block { $block }
rule-fix-remove-route = Remove the route to { $destination }
rule-fix-remove-rule = Remove the rule at { $place }

rule-vpc-cidr-family-summary = A secondary block comes from a range that AWS allows beside the primary one
rule-vpc-cidr-family = the block { $block } cannot be added to VPC `{ $name }` ({ $primary }): AWS refuses { $range } beside it
rule-vpc-cidr-family-help = add a block of the same private range, one of 100.64.0.0/10, or a public one

rule-vpc-cidr-unwise-summary = A VPC's block is not public address space and not Docker's
rule-vpc-cidr-unwise = the block { $block } of VPC `{ $name }` is public address space: hosts in it cannot reach its real owner
rule-vpc-cidr-unwise-help = choose a private block from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, unless these addresses are yours
rule-vpc-cidr-unwise-docker = the block { $block } of VPC `{ $name }` lies in 172.17.0.0/16, which Docker uses on its hosts
rule-vpc-cidr-unwise-docker-help = choose another block: services such as Cloud9 and SageMaker cannot reach these addresses

rule-vpcs-overlap-summary = VPCs that shall be joined one day have different blocks
rule-vpcs-overlap = the block { $block } of VPC `{ $name }` overlaps { $other_block } of VPC `{ $other }`
rule-vpcs-overlap-help = leave it so if the two never meet; VPCs that overlap can neither be peered nor be routed to through one transit gateway

rule-route-reserved-summary = A route's destination is not one that AWS keeps for its services
rule-route-reserved = the route to { $destination } in table `{ $name }` lies in { $reserved }, which AWS keeps for its services
rule-route-reserved-help = remove the route: AWS refuses it
rule-route-private-internet-summary = A route to private addresses leads to something else than an internet gateway
rule-route-private-internet = the route to { $destination } in table `{ $name }` leads to internet gateway `{ $gateway }`, which drops what goes to private addresses
rule-route-private-internet-help = lead it to a peering connection, transit gateway or virtual private gateway, or remove it
rule-default-route-instance-summary = The default route of hosts leads to a NAT gateway, not to an instance
rule-default-route-instance = the default route of table `{ $name }` leads to `{ $instance }`, on which all traffic of its subnets depends
rule-default-route-instance-help = a NAT gateway does not fail with one machine and needs no care; keep the instance where it is a firewall

rule-route-source-dest-check-summary = An instance or interface that forwards has its source/destination check off
rule-route-source-dest-check = `{ $name }` drops what the route to { $destination } in table `{ $table }` sends it: its source/destination check is on
rule-route-source-dest-check-help = switch the check off on an instance that forwards, or send the route elsewhere
rule-route-source-dest-check-fix = Switch the check of { $name } off

rule-acl-rule-hidden-summary = Every rule of a network ACL can decide about something
rule-acl-rule-hidden = { $list } rule { $number } of network ACL `{ $name }` never decides: rule { $other } matches all that it matches
rule-acl-rule-hidden-help = the lowest number that matches decides: give the narrower rule the lower number, or remove it
rule-acl-rule-hidden-fix = Renumber rule { $old } to { $new }

rule-acl-rule-quota-summary = A network ACL has up to 20 rules per direction, up to 40 after a quota increase
rule-acl-rule-quota = network ACL `{ $name }` has { $count } { $list } rules, the default quota is 20
rule-acl-rule-quota-help = merge rules, or ask for a higher quota (40 at most) before the deploy

rule-rule-ports-ignored-summary = Rules for all protocols, or for ones without ports, name no ports
rule-rule-ports-ignored = the rule at `{ $place }` of `{ $name }` is for protocol { $protocol }, so port { $port } is ignored and all ports match
rule-rule-ports-ignored-help = name tcp or udp if only this port is meant, or remove the port
rule-rule-ports-ignored-fix = Remove the ports, which AWS ignores

rule-group-rule-duplicate-summary = A security group has each rule once
rule-group-rule-duplicate = security group `{ $name }` has the same rule twice, at `{ $first }` and `{ $second }`
rule-group-rule-duplicate-help = remove one of the two: AWS refuses the second, whatever its description

rule-group-rule-quota-summary = A security group has up to 60 rules per direction and address family
rule-group-rule-quota = security group `{ $name }` has { $count } { $list } rules, the default quota is 60
rule-group-rule-quota-help = split the group or name larger blocks; a higher quota is granted while rules per group times groups per interface stay within 1000

rule-user-data-size-summary = User data has at most 16 KB
rule-user-data-size = the user data of instance `{ $name }` has { $size } bytes, AWS takes 16384
rule-user-data-size-help = put the script into an S3 bucket or an image, and fetch it from a short one

rule-key-pair-summary = A key pair has a name of its own, and a public key that EC2 imports
rule-key-pair-name = EC2 refuses `{ $text }` as the name of key pair `{ $name }`
rule-key-pair-name-help = use 1 to 255 ASCII characters without blanks at the ends
rule-key-pair-twice = key pairs `{ $name }` and `{ $other }` are both named `{ $text }`
rule-key-pair-twice-help = give one of the two another name: they are unique in a region
rule-key-pair-private = key pair `{ $name }` has a private key where the public one belongs
rule-key-pair-private-help = remove it from the file at once and replace it by the content of the `.pub` file; whoever has seen the file has the key
rule-key-pair-kind = EC2 does not import the { $kind } key of key pair `{ $name }`
rule-key-pair-empty = the public key of key pair `{ $name }` is not complete
rule-key-pair-form = the public key of key pair `{ $name }` is in no form that EC2 imports
rule-key-pair-kind-help = import an Ed25519 or RSA key in the form of `id_ed25519.pub`, or leave it empty so that AWS makes a pair

rule-tags-summary = Tags keep within AWS's limits
rule-tags-count = `{ $name }` has { $count } tags, which with Name and those of a deploy are more than 50
rule-tags-count-help = keep at most { $most }
rule-tags-key = the tag key `{ $key }` of `{ $name }` does not have 1 to 128 characters
rule-tags-key-help = choose a key of 1 to 128 characters
rule-tags-value = the value of tag `{ $key }` of `{ $name }` has more than 256 characters
rule-tags-value-help = shorten it to 256 characters
rule-tags-reserved = the tag `{ $key }` of `{ $name }` begins with aws:, which AWS keeps for itself
rule-tags-reserved-help = choose another key, in any spelling of these letters
rule-tags-name = the name of `{ $id }` has more than 256 characters, which is no value for the tag Name
rule-tags-fix = Remove the tag { $key }

rule-fix-delete = Delete { $name }

rule-group-open-to-world-summary = Ports for administration and data are not open to the world
rule-group-open-to-world = security group `{ $name }` admits TCP { $port } ({ $service }) from { $peer }
rule-group-open-to-world-all = security group `{ $name }` admits all ports from { $peer }
rule-group-open-to-world-help = name the blocks or groups that need it; for administration a bastion's group, or Session Manager, which needs no open port

rule-default-group-used-summary = Nothing is in the default security group
rule-default-group-used = `{ $name }` is in the default security group `{ $group }`
rule-default-group-used-help = make a group for what it does: members of the default group may all talk to each other, and whatever is made without a group joins them

rule-acl-allows-all-summary = A network ACL of one's own does more than the default one
rule-acl-allows-all = network ACL `{ $name }` lets everything pass, as the default one does
rule-acl-allows-all-help = delete it, so that its subnets are on the default one, or give it the rules for which it was made

rule-public-address-unneeded-summary = A host that nobody outside connects to needs no public address
rule-public-address-unneeded = instance `{ $name }` has a public IPv4 address, but its groups let nobody outside in
rule-public-address-unneeded-help = put it in a private subnet behind a NAT gateway or endpoints: AWS bills every public IPv4 address. Keep it where it only makes connections and a NAT gateway would cost more

rule-elastic-ip-unused-summary = An Elastic IP address is associated with something
rule-elastic-ip-unused = nothing uses Elastic IP `{ $name }`, and AWS bills it
rule-elastic-ip-unused-help = delete it, unless it is kept for later

rule-unused-summary = Tables, network ACLs, groups, gateways, interfaces, prefix lists, DHCP options and key pairs are used
rule-unused = nothing uses `{ $name }`
rule-unused-help = use it, or delete it

rule-nat-several-zones-summary = Each zone has a NAT gateway of its own
rule-nat-several-zones = NAT gateway `{ $name }` serves subnets of other zones: { $subnets }
rule-nat-several-zones-help = a gateway per zone goes on working when another zone fails and saves the charge for traffic between zones; for a trial one is enough

rule-nat-acl-summary = The network ACL of a NAT gateway's subnet lets answers through
rule-nat-acl-in = network ACL `{ $name }` does not let answers from the internet back to NAT gateway `{ $nat }` (TCP 1024-65535)
rule-nat-acl-out = network ACL `{ $name }` does not let NAT gateway `{ $nat }` answer the hosts of subnet `{ $subnet }` (TCP 32768-60999)
rule-nat-acl-help = a network ACL is stateless: allow TCP 1024-65535 from the internet in, and to the subnets behind the gateway out

rule-nat-private-internet-summary = A default route to the internet leads to a public NAT gateway
rule-nat-private-internet = table `{ $table }` sends all traffic to NAT gateway `{ $name }`, which is private: the internet gateway behind it drops it
rule-nat-private-internet-help = make the NAT gateway public, with an Elastic IP address, or route only private destinations to it

rule-nat-without-gateway-endpoint-summary = Traffic to S3 and DynamoDB goes through gateway endpoints, which are free
rule-nat-without-gateway-endpoint = what the subnets of table `{ $table }` send to S3 goes through a NAT gateway
rule-nat-without-gateway-endpoint-help = add a gateway endpoint for S3: it costs nothing, the NAT gateway bills each byte
rule-nat-without-gateway-endpoint-fix = Add a gateway endpoint for S3 to { $table }
rule-nat-without-gateway-endpoint-table = table `{ $table }` leads to a NAT gateway and is not one of gateway endpoint `{ $name }`
rule-nat-without-gateway-endpoint-table-help = add the table to the endpoint: it costs nothing, the NAT gateway bills each byte
rule-nat-without-gateway-endpoint-table-fix = Add { $table } to { $name }

rule-endpoint-zones-summary = An interface endpoint has a subnet in every zone with hosts
rule-endpoint-zones = interface endpoint `{ $name }` has no subnet in { $zones }, where hosts of its VPC are
rule-endpoint-zones-help = add a subnet of each zone: traffic between zones is billed, and ends when the endpoint's zone fails

rule-vpc-dns-summary = DNS hostnames need DNS support, and hosts need DNS
rule-vpc-dns = VPC `{ $name }` has DNS hostnames on and DNS support off, which AWS refuses
rule-vpc-dns-off = DNS support of VPC `{ $name }` is off, so its hosts resolve no names unless they have a DNS server of their own
rule-vpc-dns-help = switch DNS support on; it is on by default
rule-vpc-dns-fix = Switch DNS support of { $name } on

rule-quota-vpc-summary = A VPC holds up to 200 subnets, route tables and network ACLs and 50 interface endpoints and peering connections, a table up to 500 routes
rule-quota-vpc = VPC `{ $name }` has { $count } of the kind { $what }, the default quota is { $quota }
rule-quota-routes = route table `{ $name }` has { $count } routes of one address family, the default quota is 500
rule-quota-routes-help = merge routes to larger blocks, or ask for a higher quota (1000 at most) before the deploy
rule-quota-transit-tables = transit gateway `{ $name }` has { $count } route tables, the default quota is 20
rule-quota-help = ask for a higher quota before the deploy, if the account does not have one already

rule-quota-region-summary = A region holds up to 5 VPCs, internet gateways and Elastic IPs, a zone up to 5 NAT gateways
rule-quota-region = the network has { $count } of the kind { $what }, the default quota of a region is { $quota }
rule-quota-zone = the network has { $count } NAT gateways in { $zone }, the default quota of a zone is 5

rule-gateway-endpoint-blocked-summary = Hosts whose table has a gateway endpoint may send HTTPS to it
rule-gateway-endpoint-blocked = instance `{ $name }` cannot use gateway endpoint `{ $endpoint }`: no group of it lets HTTPS out to the service
rule-gateway-endpoint-blocked-help = add an outbound rule for TCP 443 to the service's prefix list
rule-gateway-endpoint-blocked-acl = the { $list } rules of network ACL `{ $name }` keep subnet `{ $subnet }` from gateway endpoint `{ $endpoint }`: they name no public address
rule-gateway-endpoint-blocked-acl-help = allow TCP 443 out to the service's addresses and 1024-65535 in from them; a network ACL names no prefix list

rule-vpc-ipv6-block-summary = A VPC's IPv6 block is between /44 and /60 in steps of four, a /56 where Amazon provides it
rule-vpc-ipv6-block = the IPv6 block { $block } of VPC `{ $name }` is not between /44 and /60 in steps of four
rule-vpc-ipv6-block-help = choose a prefix length of 44, 48, 52, 56 or 60
rule-vpc-ipv6-block-amazon = the IPv6 block { $block } of VPC `{ $name }` is not a /56, which Amazon provides
rule-vpc-ipv6-block-amazon-help = make it a /56, or bring a block of your own
rule-vpc-ipv6-block-quota = VPC `{ $name }` has { $count } IPv6 blocks, the default quota is 5

rule-vpc-cidr-route-summary = A secondary block covers no destination that the VPC's tables learn
rule-vpc-cidr-route = the block { $block } of VPC `{ $name }` covers { $destination }, which table `{ $table }` learns from `{ $gateway }`
rule-vpc-cidr-route-help = choose a block apart from it or smaller than it: AWS refuses one that is equal to or larger than the destination of a route

rule-subnet-ipv6-block-summary = A subnet's IPv6 block is between /44 and /64 in steps of four, inside one of its VPC
rule-subnet-ipv6-block = the IPv6 block { $block } of subnet `{ $name }` is not between /44 and /64 in steps of four
rule-subnet-ipv6-block-help = choose a /64, which holds every host that a subnet will ever have
rule-subnet-ipv6-block-outside = the IPv6 block { $block } of subnet `{ $name }` is not inside an IPv6 block of VPC `{ $vpc }`
rule-subnet-ipv6-block-outside-help = choose a block inside the VPC's, or add an IPv6 block to the VPC

rule-subnet-ipv6-overlap-summary = The IPv6 blocks of one VPC's subnets do not overlap

rule-subnet-ipv6-switches-summary = A subnet that assigns IPv6 addresses has an IPv6 block
rule-subnet-ipv6-switches = subnet `{ $name }` assigns IPv6 addresses and has no IPv6 block
rule-subnet-ipv6-switches-help = give it an IPv6 block, or switch the assignment off
rule-subnet-ipv6-switches-fix = Switch the assignment off

rule-ipv6-address-summary = A fixed IPv6 address is free and lies in its subnet's block
rule-ipv6-address = { $address } of `{ $name }` is not in the IPv6 block of subnet `{ $subnet }`
rule-ipv6-address-reserved = { $address } of `{ $name }` is one of the addresses that AWS keeps in subnet `{ $subnet }`
rule-ipv6-address-twice = { $address } of `{ $name }` is also the address of `{ $other }`
rule-ipv6-address-help = choose a free address of the subnet's IPv6 block; AWS keeps its first four and its last one

rule-route-family-summary = Egress-only gateways serve IPv6 only, NAT gateways IPv4 and 64:ff9b::/96
rule-route-family-egress = the route to { $destination } in table `{ $name }` leads IPv4 to egress-only internet gateway `{ $target }`
rule-route-family-nat = the route to { $destination } in table `{ $name }` leads IPv6 to NAT gateway `{ $target }`
rule-route-family-help = send IPv4 to a NAT gateway and IPv6 to an egress-only or internet gateway; AWS refuses the other way round, save for 64:ff9b::/96 to a NAT gateway

rule-route-instance-interfaces-summary = A route leads to an instance only while it has one network interface
rule-route-instance-interfaces = the route to { $destination } in table `{ $table }` leads to instance `{ $name }`, which has { $count } network interfaces
rule-route-instance-interfaces-help = lead the route to the interface that is meant: AWS refuses an instance with several
rule-fix-route-to = Lead it to { $name }

rule-route-prefix-lists-summary = Two prefix lists of one table do not hold the same block
rule-route-prefix-lists = table `{ $table }` leads { $block } by prefix list `{ $name }` to another target than by `{ $other }`
rule-route-prefix-lists-help = take the block out of one of the lists: AWS picks one of the two routes at random

rule-gateway-route-table-summary = The table of a gateway leads whole blocks to network interfaces and does nothing else
rule-gateway-route-table-target = the route to { $destination } in gateway route table `{ $name }` does not lead to a network interface
rule-gateway-route-table-block = { $destination } in gateway route table `{ $name }` is not the whole block of the VPC or of a subnet
rule-gateway-route-table-help = name the whole block of the VPC or of a subnet and lead it to the interface of an appliance, or remove the route
rule-gateway-route-table-main = route table `{ $name }` is the main one and cannot be that of a gateway
rule-gateway-route-table-main-help = make a table for the gateway alone
rule-gateway-route-table-learns = gateway route table `{ $name }` learns routes, which AWS refuses
rule-gateway-route-table-learns-help = switch route propagation off in the table of a gateway
rule-gateway-route-table-learns-fix = Switch propagation off
rule-gateway-route-table-twice = gateway `{ $gateway }` has two route tables, `{ $other }` and `{ $name }`
rule-gateway-route-table-twice-help = keep one of the two associations

rule-one-per-vpc-summary = A VPC has one egress-only gateway, one virtual private gateway and one Instance Connect Endpoint
rule-one-per-vpc = VPC `{ $vpc }` has two of the kind { $what }, `{ $first }` and `{ $second }`
rule-one-per-vpc-help = keep one of the two: it serves the whole VPC

rule-block-public-access-summary = VPC Block Public Access leaves open what the drawing relies on
rule-block-public-access = Block Public Access stops all internet traffic of VPC `{ $vpc }`, on which { $subnets } relies
rule-block-public-access-help = exclude the VPC or its subnets from it, or take the routes to the internet out
rule-block-public-access-both = exclusion { $number } of `{ $name }` does not name exactly one VPC or subnet
rule-block-public-access-both-help = name a VPC or a subnet, not both
rule-block-public-access-egress = exclusion { $number } of `{ $name }` allows egress only, and the setting does not block egress
rule-block-public-access-egress-help = allow both directions: AWS takes this exclusion only where the mode is block-bidirectional
rule-block-public-access-quota = `{ $name }` has { $count } exclusions, the default quota is 50

rule-regional-nat-summary = A regional NAT gateway has addresses in every zone that uses it, and an internet gateway behind it
rule-regional-nat = regional NAT gateway `{ $name }` has no address in { $zone }, where { $subnets } uses it
rule-regional-nat-help = add an Elastic IP address in that zone, or leave zones and addresses to AWS
rule-regional-nat-gateway = regional NAT gateway `{ $name }` needs an internet gateway, and VPC `{ $vpc }` has none
rule-regional-nat-twice = regional NAT gateway `{ $name }` names { $zone } twice
rule-regional-nat-twice-help = name all addresses of a zone in one entry
rule-regional-nat-count = regional NAT gateway `{ $name }` has { $count } addresses in { $zone }
rule-regional-nat-count-help = name 1 to 32 Elastic IP addresses per zone

rule-nat64-summary = A subnet with DNS64 has a route for 64:ff9b::/96 to a NAT gateway
rule-nat64 = subnet `{ $name }` has DNS64, and its table `{ $table }` has no route for 64:ff9b::/96 to a NAT gateway
rule-nat64-help = add the route, or switch DNS64 off: hosts get IPv6 addresses for IPv4 servers and cannot reach them
rule-nat64-fix = Route 64:ff9b::/96 of { $table } to { $nat }
rule-nat64-off-fix = Switch DNS64 off

rule-acl-icmp-family-summary = Rules of a network ACL for ICMP name IPv4 blocks, those for ICMPv6 IPv6 blocks
rule-acl-icmp-family = { $list } rule { $number } of network ACL `{ $name }` is for { $protocol } and names { $block }
rule-acl-icmp-family-help = name the protocol of the block's family: the other one never comes from there
rule-acl-icmp-family-fix = Make it a rule for { $protocol }

rule-group-reference-summary = A security group names groups of its own VPC, or of one joined to it in the same region
rule-group-reference = security group `{ $name }` of VPC `{ $vpc }` names `{ $other }` of VPC `{ $other_vpc }`, { $why }
rule-group-reference-apart = and nothing joins the two VPCs
rule-group-reference-apart-help = name the blocks of the other VPC instead, or join the two by a peering connection
rule-group-reference-pending = and their peering connection is not accepted
rule-group-reference-pending-help = accept the peering connection first
rule-group-reference-transit = and their transit gateway does not carry groups
rule-group-reference-transit-help = switch security group referencing on in the transit gateway and in both attachments, or name blocks
rule-group-reference-region = which lies in another region
rule-group-reference-region-help = name the blocks of the other VPC: groups do not cross regions

rule-connect-endpoint-egress-summary = The groups of an EC2 Instance Connect Endpoint let it out to SSH or RDP
rule-connect-endpoint-egress = no group of EC2 Instance Connect Endpoint `{ $name }` ({ $groups }) lets it out to TCP 22 or 3389
rule-connect-endpoint-egress-help = add an outbound rule for TCP 22 (or 3389) to the hosts' groups or to the VPC's block
rule-connect-endpoint-egress-fix = Let TCP 22 out to { $block } in { $group }

rule-route-blackhole-igw = internet gateway
rule-route-blackhole-vgw = virtual private gateway
rule-route-blackhole-interface = the route to { $destination } in table `{ $name }` leads to network interface `{ $interface }`, which is attached to no instance
rule-route-blackhole-interface-help = attach the interface to an instance, or remove the route: it wins by its prefix and drops the packets
rule-route-blackhole-gone = the target `{ $target }` of the route to { $destination } in table `{ $name }` is gone
rule-route-blackhole-gone-help = remove the route or give it another target: it wins by its prefix and drops the packets

rule-quota-propagated = route table `{ $name }` learns { $count } routes, AWS takes 100
rule-quota-propagated-help = announce fewer and larger blocks: this quota cannot be raised
rule-quota-peerings = VPC `{ $name }` has { $count } peering connections, the default quota is 50
rule-quota-peerings-help = ask for a higher quota (125 at most) before the deploy, or join the VPCs by a transit gateway
rule-quota-peerings-waiting = VPC `{ $name }` has { $count } peering connections that wait, the default quota is 25

rule-peering-overlap-summary = The two sides of a peering connection share no address
rule-peering-overlap = peering connection `{ $name }` joins blocks that overlap: { $block } of VPC `{ $vpc }` and { $other }
rule-peering-overlap-help = give one of the two VPCs other blocks: AWS lets the connection fail, whether the blocks are used or not
rule-peering-itself = peering connection `{ $name }` joins VPC `{ $vpc }` to itself
rule-peering-itself-help = name another VPC, or delete the connection

rule-peering-duplicate-summary = Two VPCs have one peering connection
rule-peering-duplicate = peering connections `{ $first }` and `{ $second }` join the same two VPCs
rule-peering-duplicate-help = keep one of the two: AWS refuses the second

rule-peering-route-summary = A route to a peering connection leads from one side to addresses of the other
rule-peering-route = the route to { $destination } in table `{ $name }` leads to peering connection `{ $peering }`, and the other side has none of these addresses
rule-peering-route-help = name blocks of the other VPC: a peering connection reaches neither a third network nor the gateways of the other side
rule-peering-route-foreign = the route to { $destination } in table `{ $name }` leads to peering connection `{ $peering }`, of which VPC `{ $vpc }` is not a side
rule-peering-route-foreign-help = make a peering connection of this VPC, or remove the route: AWS refuses it
rule-peering-route-pending = the route to { $destination } in table `{ $name }` leads to peering connection `{ $peering }`, which is not accepted
rule-peering-route-pending-help = let the other side accept the connection, in its own region and within seven days

rule-peering-return-route-summary = Both sides of a peering connection have routes to it
rule-peering-return-route = VPC `{ $with }` has routes to peering connection `{ $name }` and VPC `{ $without }` has none, so nothing comes back
rule-peering-return-route-help = add routes to the first one's blocks in the tables of the other side
rule-peering-return-route-fix = Route { $block } of { $table } to it
rule-peering-unrouted = no route table leads to peering connection `{ $name }`, so nothing uses it
rule-peering-unrouted-help = add a route to the other side's blocks in the tables of each VPC, or delete the connection

rule-peering-dns-summary = DNS resolution over a peering connection needs DNS hostnames on both sides
rule-peering-dns = peering connection `{ $name }` resolves names of the other side, but DNS hostnames of VPC `{ $vpc }` are off
rule-peering-dns-help = switch DNS support and DNS hostnames of both VPCs on, or the option off
rule-peering-dns-pending = peering connection `{ $name }` resolves names of the other side, but is not accepted

rule-transit-attachment-subnets-summary = An attachment to a transit gateway has one subnet in each zone that uses it
rule-transit-attachment-subnets = attachment `{ $name }` has no subnet in { $zone }, so that { $subnets } does not reach the transit gateway
rule-transit-attachment-subnets-help = add a subnet of that zone to the attachment, best a small one of its own
rule-transit-attachment-subnets-fix = Add a subnet of { $zone } to { $name }
rule-transit-attachment-subnets-none = attachment `{ $name }` names no subnet
rule-transit-attachment-subnets-none-help = choose one subnet in each zone with hosts
rule-transit-attachment-subnets-twice = attachment `{ $name }` has two subnets in { $zone }, `{ $other }` and `{ $subnet }`
rule-transit-attachment-subnets-twice-fix = Take { $subnet } out

rule-transit-attachment-duplicate-summary = A VPC is attached once to a transit gateway, and to five of them at most
rule-transit-attachment-duplicate = VPC `{ $vpc }` is attached to transit gateway `{ $gateway }` twice, by `{ $first }` and `{ $second }`
rule-transit-attachment-duplicate-help = keep one of the two with all subnets: AWS refuses the second
rule-transit-attachment-quota = VPC `{ $vpc }` is attached to more than five transit gateways, `{ $name }` is too many
rule-transit-attachment-quota-help = join the transit gateways by peering instead: this quota cannot be raised

rule-transit-route-summary = The tables of a VPC lead to the transit gateways to which it is attached
rule-transit-route = the route to { $destination } in table `{ $name }` leads to transit gateway `{ $gateway }`, to which VPC `{ $vpc }` is not attached
rule-transit-route-help = attach the VPC to the transit gateway, or remove the route: AWS refuses it
rule-transit-route-none = attachment `{ $name }` joins VPC `{ $vpc }` to transit gateway `{ $gateway }`, and no table of the VPC leads there
rule-transit-route-none-help = add a route to the other networks' blocks towards the transit gateway: an attachment adds none

rule-transit-tables-summary = An attachment is associated with one table of its transit gateway and known in some table
rule-transit-tables-none = attachment `{ $name }` is associated with no route table of the transit gateway, which drops what comes from it
rule-transit-tables-none-help = associate it with the table that shall route its packets
rule-transit-tables-none-fix = Associate { $name } with { $table }
rule-transit-tables-twice = attachment `{ $name }` is associated with two tables, `{ $first }` and `{ $second }`
rule-transit-tables-twice-help = keep one association: an attachment has one table
rule-transit-tables-twice-fix = Take { $name } out of { $table }
rule-transit-tables-unknown = no route table of the transit gateway knows attachment `{ $name }`, so nothing reaches it
rule-transit-tables-unknown-help = let it propagate its blocks to a table, or add a static route to it
rule-transit-tables-unknown-fix = Propagate { $name } to { $table }

rule-transit-table-route-summary = A static route of a transit gateway leads to one of its attachments, once per destination
rule-transit-table-route = the route to { $destination } in table `{ $name }` leads to `{ $target }`, which is no attachment of this transit gateway
rule-transit-table-route-target = the route to { $destination } in table `{ $name }` has to be either a blackhole or lead to an attachment
rule-transit-table-route-help = name one attachment of the table's own transit gateway, or a blackhole, and each destination once

rule-transit-overlap-summary = VPCs on one transit gateway share no address
rule-transit-overlap = transit gateway `{ $gateway }` joins blocks that overlap: { $block } of VPC `{ $name }` and { $other_block } of VPC `{ $other }`
rule-transit-overlap-help = give one of the two other blocks: AWS attaches the second VPC and does not propagate its blocks

rule-transit-attachment-shared-summary = The subnets of an attachment are its own where a network ACL filters
rule-transit-attachment-shared = subnet `{ $subnet }` holds hosts and attachment `{ $name }`, so that their traffic passes network ACL `{ $acl }` twice
rule-transit-attachment-shared-help = give the attachment a small subnet of its own, or let the ACL admit the subnet's own block in both directions

rule-transit-appliance-mode-summary = An attachment that sends to an appliance in several zones is in appliance mode
rule-transit-appliance-mode = attachment `{ $name }` sends to appliance `{ $appliance }` and appliance mode is off, so that the two directions of a flow may use different zones
rule-transit-appliance-mode-help = switch appliance mode on: an appliance that keeps state drops what it saw only half of
rule-transit-appliance-mode-fix = Switch appliance mode of { $name } on

rule-vgw-propagation-summary = A table learns routes from the virtual private gateway of its VPC
rule-vgw-propagation = table `{ $name }` learns routes from virtual private gateway `{ $gateway }`, which is not attached
rule-vgw-propagation-help = attach the gateway to the VPC, or switch propagation off: AWS refuses it

rule-vpn-connection-summary = A VPN connection ends at one gateway, and that is attached
rule-vpn-connection-both = VPN connection `{ $name }` names both a virtual private gateway and a transit gateway
rule-vpn-connection-none = VPN connection `{ $name }` ends at no gateway of the drawing
rule-vpn-connection-help = name exactly one gateway at which it ends
rule-vpn-connection-detached = VPN connection `{ $name }` ends at virtual private gateway `{ $gateway }`, which is attached to no VPC
rule-vpn-connection-detached-help = attach the gateway to a VPC

rule-prefix-list-entries-summary = A prefix list holds blocks of its family, each once, within the room that it has
rule-prefix-list-entries = { $block } in prefix list `{ $name }` is not of the list's address family
rule-prefix-list-entries-twice = prefix list `{ $name }` holds { $block } twice
rule-prefix-list-entries-help = remove it: AWS refuses it
rule-prefix-list-entries-room = prefix list `{ $name }` has { $count } entries and room for { $room }
rule-prefix-list-entries-room-help = give it more room, which counts against the quotas of tables and groups that use it, or fewer entries
rule-prefix-list-entries-room-fix = Make room for { $count }
rule-prefix-list-entries-quota = prefix list `{ $name }` has room for { $room } entries, AWS grants 1 to 1000
rule-prefix-list-entries-quota-help = choose the room that it needs, or split the list

rule-dhcp-options-summary = DHCP options name up to four servers by their addresses
rule-dhcp-options = `{ $text }` in DHCP options `{ $name }` is not an address
rule-dhcp-options-help = name a server by its address, or AmazonProvidedDNS
rule-dhcp-options-many = DHCP options `{ $name }` name { $count } servers, AWS takes four
rule-dhcp-options-many-help = keep the four nearest
rule-dhcp-options-off = DHCP options `{ $name }` send hosts to Amazon's DNS server, which VPC `{ $vpc }` has off
rule-dhcp-options-empty = DHCP options `{ $name }` say nothing
rule-dhcp-options-empty-help = name a domain or servers, or delete them, so that VPCs take those of AWS

rule-interface-attachment-summary = A further network interface stands in its instance's zone, at a place of its own
rule-interface-attachment = network interface `{ $name }` stands in { $zone } and instance `{ $instance }` in { $other }
rule-interface-attachment-help = put it into a subnet of the instance's zone, or attach it to another instance
rule-interface-attachment-primary = network interface `{ $name }` is at place 0 of instance `{ $instance }`, where its primary interface is
rule-interface-attachment-place = network interfaces `{ $other }` and `{ $name }` are both at place { $place } of instance `{ $instance }`
rule-interface-attachment-place-help = choose another place, from 1, or leave it to AWS
rule-interface-attachment-fix = Let AWS choose the place

rule-instance-interfaces-summary = An instance has no more interfaces and addresses than its type allows
rule-instance-interfaces = instance `{ $name }` has { $count } network interfaces, a { $kind } may have { $most }
rule-instance-interfaces-addresses = an interface of `{ $name }` has { $count } IPv4 addresses, that of a { $kind } may have { $most }
rule-instance-interfaces-help = choose a larger type, or fewer

rule-flow-log-missing-summary = A VPC has a flow log
rule-flow-log-missing = VPC `{ $name }` has no flow log
rule-flow-log-missing-help = add one: without it nobody can say afterwards what was dropped and what got through

rule-default-group-rules-summary = The default security group has no rules
rule-default-group-rules = the default security group `{ $name }` of VPC `{ $vpc }` has { $count } rules
rule-default-group-rules-help = remove its rules, so that what is made without a group reaches nothing and is noticed
rule-default-group-rules-fix = Remove the rules of { $name }

rule-rule-description-summary = Rules of security groups say what they are for
rule-rule-description = the rule at `{ $place }` of security group `{ $name }` does not say what it is for
rule-rule-description-help = describe who needs it and why, so that it can be removed one day

rule-nat-address-quota = the NAT gateway `{ $name }` has { $count } Elastic IP addresses, the default quota is 2
rule-nat-address-quota-help = ask for a higher quota (8 at most) before the deploy, or use fewer addresses

rule-nat-acl-requests-summary = The network ACL of a NAT gateway's subnet lets requests through
rule-nat-acl-requests-in = network ACL `{ $name }` does not let requests of subnet `{ $subnet }` in to NAT gateway `{ $nat }` (TCP below 1024)
rule-nat-acl-requests-out = network ACL `{ $name }` does not let NAT gateway `{ $nat }` out to the internet (TCP below 1024)
rule-nat-acl-requests-help = a network ACL is stateless: allow the ports of the services that hosts use, in from their subnets and out to the internet
rule-nat-acl-requests-fix = Allow all TCP from or to { $block } ({ $list } rule { $number })
rule-open-label = Open the way with { $count } changes
rule-open-members = the members of { $group }
rule-open-everything = all protocols
rule-open-group-in = Let { $group } take in { $what } from { $peer }
rule-open-group-out = Let { $group } send out { $what } to { $peer }
rule-open-acl-in = Let network ACL { $acl } pass { $what } from { $block } by a rule { $number }
rule-open-acl-out = Let network ACL { $acl } pass { $what } to { $block } by a rule { $number }
rule-open-route = Send { $destination } to { $target } in table { $table }
rule-open-dead-route = Remove the route to { $destination }, which leads nowhere, from table { $table }
rule-open-associate = Serve subnet { $subnet } by table { $table }
rule-open-endpoint = Give table { $table } the route of endpoint { $endpoint }
rule-open-propagate = Let table { $table } learn what { $gateway } knows on premises
rule-open-attach = Attach { $gateway } to VPC { $vpc }
rule-open-new-gateway = Give VPC { $vpc } an internet gateway
rule-open-new-nat = Put a NAT gateway into subnet { $subnet }
rule-open-peering = Peer VPC { $vpc } with VPC { $other }
rule-open-accept = Accept { $name }
rule-open-public-address = Give { $name } a public address
rule-open-public-nat = Make NAT gateway { $name } a public one
rule-open-public-balancer = Let load balancer { $name } face the internet
rule-open-forward = Let { $name } forward packets: switch its source/destination check off
rule-open-exclusion = Exclude VPC { $vpc } from Block Public Access
rule-open-attachment-subnet = Give attachment { $name } the subnet { $subnet }
rule-open-tgw-associate = Associate attachment { $name } with table { $table }
rule-open-tgw-propagate = Propagate the blocks of { $name } to table { $table }
rule-open-listener = Let { $name } listen on port { $port } and forward as it does on { $like }
