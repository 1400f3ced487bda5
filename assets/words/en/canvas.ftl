# Words of the canvas and the palette.

canvas-node-with-problems = { $node }, { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
canvas-node-in-deploy = { $node }, deploy: { $status }
canvas-status-waiting = waiting
canvas-status-running = under way
canvas-status-done = done
canvas-status-failed = failed
canvas-status-skipped = skipped
canvas-arrow-tip = { $destination }, by route table { $table }: a click selects it
canvas-empty = Drag a VPC from the palette into the region
canvas-empty-more = or take a template: File, New from template
canvas-step-move = Move { $count } boxes

canvas-hint-select = Click selects, drag moves, Shift adds · drag the round handle of a box to connect it · double-click renames
canvas-hint-move = Let go over a container that lights up green · Escape leaves everything as it was
canvas-hint-resize = Let go to keep the size · Escape leaves everything as it was
canvas-hint-band = Everything wholly inside the band is selected · Shift adds
canvas-hint-pan = Drag moves the drawing under the window · V takes the pointer again
canvas-hint-place-drag = { $kind }: let go over a container that lights up green · Escape stops
canvas-hint-place-free = { $kind }: click where it belongs, or Tab to a container and press Enter · Shift puts in several · Escape stops
canvas-hint-connect-start = Press on the box at which the arrow starts · Escape stops
canvas-hint-connect-end = Let go or click on the target; or Tab to it and press Enter · Escape stops

canvas-tool-select = Select
canvas-tool-select-tip = Select, move and resize (V)
canvas-tool-connect = Connect
canvas-tool-connect-tip = Draw an arrow: a subnet to a gateway, an instance to its security group (C)
canvas-tool-pan = Pan
canvas-tool-pan-tip = Move the drawing under the window (H, the middle button, or Space held)
canvas-zoom-in = Zoom in
canvas-zoom-out = Zoom out
canvas-zoom-reset = Natural size
canvas-zoom-percent = { $percent } %
canvas-zoom-fit = Fit
canvas-zoom-fit-tip = Bring everything into sight

canvas-rename-field = New name

canvas-menu-rename = Rename
canvas-menu-connect = Connect to…
canvas-menu-route-table = Show its route table
canvas-menu-add-lane = Add the lane { $zone }
canvas-menu-remove-lane = Remove the lane { $zone }
canvas-menu-paste = Paste
canvas-menu-paste-into = Paste into it
canvas-menu-fit-this = Zoom to it
canvas-menu-duplicate = Duplicate
canvas-menu-delete = Delete
canvas-menu-select-all = Select all
canvas-menu-tidy = Tidy up
canvas-menu-fit = Zoom to everything

canvas-group-network = Network
canvas-group-gateways = Gateways
canvas-group-compute = Compute
canvas-group-security = Security
canvas-group-connections = Connections
canvas-group-account = Account
canvas-tip-vpc = A private network in the region, with its own block of addresses. Goes into the region.
canvas-tip-subnet = A part of a VPC's addresses in one Availability Zone. Goes into a lane of a VPC.
canvas-tip-route-table = Says where packets of its subnets go. Goes into a VPC; connect subnets to it.
canvas-tip-internet-gateway = The VPC's door to the internet. Goes onto a VPC.
canvas-tip-nat-gateway = Lets private hosts reach out, and nobody in. Goes into a public subnet and brings its Elastic IP.
canvas-tip-elastic-ip = A public IPv4 address that stays. Goes into the region; connect it to a NAT gateway or an instance.
canvas-tip-network-acl = Numbered allow and deny rules at the border of subnets, stateless. Goes into a VPC.
canvas-tip-security-group = Allow rules at the network interface, stateful. Goes into a VPC; connect instances to it.
canvas-tip-instance = A virtual server. Goes into a subnet.
canvas-tip-key-pair = The SSH key that instances are launched with. Goes into the region; connect instances to it.
canvas-tip-gateway-endpoint = Private access to S3 or DynamoDB by route tables. Goes onto a VPC.
canvas-tip-interface-endpoint = Private access to a service by an interface in a subnet. Goes into a subnet or a VPC.
canvas-tip-network-interface = A further network interface; drop it into a subnet
canvas-tip-egress-only-internet-gateway = IPv6 outwards only; drop it on a VPC
canvas-tip-regional-nat-gateway = One NAT gateway for all zones; drop it on a VPC
canvas-tip-vpc-peering-connection = Joins two VPCs
canvas-tip-transit-gateway = A router between VPCs
canvas-tip-transit-gateway-vpc-attachment = Joins a VPC to a transit gateway; drop it on a VPC
canvas-tip-transit-gateway-peering-attachment = Joins two transit gateways
canvas-tip-transit-gateway-route-table = Routes of a transit gateway
canvas-tip-vpn-gateway = The VPC’s side of VPN and Direct Connect; drop it on a VPC
canvas-tip-vpn-connection = A VPN to your premises
canvas-tip-managed-prefix-list = A named set of blocks
canvas-tip-instance-connect-endpoint = SSH without a bastion; drop it into a subnet
canvas-tip-dhcp-options = What hosts are told by DHCP
canvas-tip-flow-log = Records of traffic
canvas-tip-vpc-block-public-access = The account’s switch against the internet
canvas-tip-load-balancer = A load balancer; drop it on a VPC
canvas-tip-target-group = What a load balancer forwards to; drop it on a VPC
canvas-tip-other = A resource that this program does not know.
