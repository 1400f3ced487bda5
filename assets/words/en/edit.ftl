# Words of `edit`: why a change is refused, what a change has done, and its name behind Undo.

edit-gone = `{ $id }` is not on the drawing any more; look for it in the outline
edit-stale = the drawing has changed in the meantime; try again
edit-list-more = { $shown } and { $more } more
edit-no-vpc = no VPC

# What a change does, in previews and dry runs.
edit-change-added = + { $name } ({ $kind })
edit-change-removed = - { $name } ({ $kind })
edit-change-field = ~ { $place }: { $before } becomes { $after }
edit-change-with = ~ { $place }: with { $value }
edit-change-without = ~ { $place }: without { $value }
edit-change-nothing = nothing

# Drops.
edit-drop-vpc = a VPC stands in the region itself; drop it beside the other VPCs, not inside one
edit-drop-subnet-region = a subnet belongs to a VPC; drop it into an Availability Zone lane of one
edit-drop-subnet-subnet = a subnet cannot lie inside subnet `{ $name }`; drop it beside it, into the lane
edit-drop-needs-subnet = { $kind } stands in a subnet; drop it into one
edit-drop-needs-vpc = { $kind } belongs to a VPC; drop it into one
edit-cannot-place = { $kind } cannot be placed here; drop one from the palette instead
edit-second-gateway = VPC `{ $vpc }` has the internet gateway `{ $gateway }` already, and AWS attaches only one; detach that one first
edit-no-subnet-block = no block is free in VPC `{ $vpc }`; add a secondary block to it or make another subnet smaller
edit-no-vpc-block = no private block of this size is free for the VPC; make another VPC's block smaller first
edit-second-vpn-gateway = VPC `{ $vpc }` has the virtual private gateway `{ $gateway }` already, and AWS attaches only one; detach that one first
edit-second-egress-only = VPC `{ $vpc }` has the egress-only internet gateway `{ $gateway }` already, and one is all that a VPC can have; use that one
edit-second-connect-endpoint = VPC `{ $vpc }` has the Instance Connect Endpoint `{ $endpoint }` already, which reaches every subnet of it; use that one
edit-second-attachment = VPC `{ $vpc }` is attached to transit gateway `{ $gateway }` already; choose further subnets in that attachment, or draw another transit gateway
edit-second-block = Block Public Access is one setting of the account in this region, and `{ $name }` is on the drawing already; change that one
edit-peering-needs-two = a peering connection joins two VPCs; draw two VPCs first
edit-peering-all = every pair of these VPCs has a peering connection already; draw another VPC first
edit-gateway-peering-needs-two = a peering of transit gateways joins two of them; draw two transit gateways first
edit-vpn-needs-gateway = a VPN connection ends at a gateway of AWS; draw a virtual private gateway or a transit gateway first
edit-flow-log-needs-resource = a flow log records the traffic of something; drop it onto a VPC or a subnet
edit-place-needs = { $kind } cannot stand alone; draw this first: { $other }
edit-zone-empty = an Availability Zone needs a name; write one such as us-east-1a

# Moves.
edit-move-stays = { $kind } `{ $name }` cannot change its VPC; copy it and paste it into the other one
edit-move-subnet-used = subnet `{ $name }` cannot change its VPC while it is in use by { $users }; move or delete these first, or copy the subnet and paste it into the other VPC
edit-move-interfaces = endpoint `{ $name }` has { $count } network interfaces, so the drop does not say which one is meant; choose its subnets in the inspector

# Arrows.
edit-connect-internet = { $kind } `{ $name }` has no route of its own; draw the arrow to the internet from a subnet or a route table
edit-connect-no-gateway = VPC `{ $vpc }` has no internet gateway; drop one onto it first
edit-gateway-elsewhere = internet gateway `{ $gateway }` is attached to VPC `{ $vpc }`; detach it first by dragging it out of there
edit-other-vpc = `{ $a }` ({ $vpc_a }) and `{ $b }` ({ $vpc_b }) are not in the same VPC; connect resources of one VPC
edit-connect-local = `{ $a }` reaches `{ $b }` by the local route of their VPC, if they share one; what may pass is decided by security groups and network ACLs
edit-connect-groups = an arrow does not say which traffic `{ $b }` lets in from `{ $a }`; add an inbound rule to `{ $b }` with `{ $a }` as its source
edit-connect-from-instance = routes belong to subnets, not to instances; draw the arrow to `{ $b }` from the subnet in which `{ $a }` stands
edit-connect-reversed = a route is drawn the way its packets go; draw the arrow from `{ $b }` to `{ $a }`
edit-connect-no = `{ $a }` cannot be connected to `{ $b }`
edit-connects-subnet = a subnet can be connected to a gateway of any kind, a peering connection, an instance, a network interface, an endpoint, a load balancer, a route table, a network ACL, a flow log or the internet
edit-connects-route-table = a route table can be connected to a gateway of any kind, a peering connection, an instance, a network interface, a gateway endpoint, a subnet or the internet
edit-connects-instance = an instance can be connected to a security group, a key pair, an Elastic IP, a network interface, a target group or a flow log
edit-connects-elastic-ip = an Elastic IP can be connected to a NAT gateway, an instance or a network interface
edit-connects-internet-gateway = an internet gateway can be connected to a VPC
edit-connects-nat-gateway = a NAT gateway can be connected to an Elastic IP; routes to it are drawn from a subnet
edit-connects-network-acl = a network ACL can be connected to a subnet
edit-connects-security-group = a security group can be connected to an instance, a network interface, an endpoint or a load balancer
edit-connects-key-pair = a key pair can be connected to an instance
edit-connects-gateway-endpoint = a gateway endpoint can be connected to a subnet or a route table
edit-connects-interface-endpoint = an interface endpoint can be connected to a subnet or a security group
edit-connects-vpc = a VPC can be connected to another VPC, an internet gateway, a transit gateway, a virtual private gateway, DHCP options or a flow log
edit-connects-network-interface = a network interface can be connected to an instance, an Elastic IP, a security group or a flow log; routes to it are drawn from a subnet
edit-connects-way-out = routes to it are drawn from a subnet or a route table
edit-connects-transit-gateway = a transit gateway can be connected to a VPC, to another transit gateway or to a VPN connection; routes to it are drawn from a subnet
edit-connects-attachment = an attachment can be connected to a route table of its transit gateway
edit-connects-transit-gateway-route-table = a transit gateway route table can be connected to an attachment, whose blocks it learns then
edit-connects-vpn-gateway = a virtual private gateway can be connected to a VPC, a route table or a VPN connection
edit-connects-vpn-connection = a VPN connection can be connected to a virtual private gateway, a transit gateway or a transit gateway route table
edit-connects-prefix-list = a prefix list is used in rules and routes; name it there
edit-connects-connect-endpoint = an Instance Connect Endpoint can be connected to a security group
edit-connects-dhcp-options = DHCP options can be connected to a VPC
edit-connects-flow-log = a flow log can be connected to a VPC, a subnet, an instance or a network interface
edit-connects-block = Block Public Access concerns the whole account; add exclusions to it in the inspector
edit-connects-load-balancer = a load balancer can be connected to a subnet, a security group or a target group
edit-connects-target-group = a target group can be connected to an instance or a load balancer
edit-connects-other = draw the arrow between resources of kinds that this program knows
edit-join-self = `{ $name }` cannot be joined with itself; draw the arrow to another one
edit-already-joined = `{ $a }` and `{ $b }` are joined by `{ $by }` already; use that one
edit-vpn-gateway-elsewhere = virtual private gateway `{ $gateway }` is attached to VPC `{ $vpc }`; detach it first by dragging it out of there
edit-peering-elsewhere = peering connection `{ $peering }` does not join VPC `{ $vpc }`; draw an arrow between the two VPCs that it shall join first
edit-peering-no-blocks = the other side of peering connection `{ $peering }` is not drawn and has no blocks; write these in the inspector first
edit-not-attached-to = VPC `{ $vpc }` is not attached to transit gateway `{ $gateway }`; draw an arrow from the VPC to it first
edit-no-table = subnet `{ $subnet }` has no route table that could be edited; associate one with it first
edit-second-interface = endpoint `{ $endpoint }` has a network interface in subnet `{ $other }`, and AWS makes only one per Availability Zone ({ $zone }); choose a subnet in another zone
edit-private-nat = NAT gateway `{ $nat }` is private and takes no Elastic IP; make it public first

# Fields.
edit-set-kind = `{ $name }` is and stays of the kind { $kind }; delete it and place another kind
edit-set-main = `{ $name }` alone cannot change which table is the main one; choose "make main" on the table that shall be it
edit-set-default = AWS makes the default of a VPC itself, so `{ $name }` cannot become it or cease to be it; make another one and use that
edit-set-missing = `{ $to }`, named in { $field }, is not on the drawing; choose one that is
edit-set-wrong-kind = { $field } must name a resource of the kind { $expected }, but `{ $to }` is of the kind { $kind }; choose another one
edit-tag-name = the tag Name of `{ $name }` is its name; rename it instead
edit-tag-empty = a tag of `{ $name }` has no key; write one or remove the tag
edit-document-name-empty = a drawing needs a name; write one
edit-check-name-empty = a check needs a name; write one
edit-region-malformed = `{ $region }` is not a region; write one such as us-east-1
edit-lanes-not-vpc = `{ $name }` is not a VPC; lanes belong to VPCs
edit-main-not-table = `{ $name }` is not a route table; choose one of the VPC's tables

# Deleting and pasting.
edit-delete-main-table = `{ $name }` is the main route table of VPC `{ $vpc }` and goes only with it; make another table the main one first
edit-delete-default-acl = `{ $name }` is the default network ACL of VPC `{ $vpc }`, which AWS does not delete; it goes with the VPC
edit-delete-default-group = `{ $name }` is the default security group of VPC `{ $vpc }`, which AWS does not delete; it goes with the VPC
edit-paste-homeless = { $kind } `{ $name }` was copied without its container; select where it shall go and paste again
edit-paste-needs = { $kind } `{ $name }` needs `{ $other }`, which is not on this drawing; copy both together

# Notes.
edit-note-unattached = internet gateway `{ $gateway }` is not attached to a VPC; drag it onto one
edit-note-attached = internet gateway `{ $gateway }` was attached to VPC `{ $vpc }` for this
edit-note-vpn-gateway-unattached = virtual private gateway `{ $gateway }` is not attached to a VPC; drag it onto one
edit-note-transit-gateway-made = transit gateway `{ $gateway }` was drawn for this, with the route table that AWS makes with it
edit-note-attachment-no-subnet = VPC `{ $vpc }` has no subnet yet; choose the subnets of the attachment when there are some
edit-note-balancer-no-subnet = load balancer `{ $balancer }` stands nowhere yet, because VPC `{ $vpc }` has no subnet; choose its subnets when there are some
edit-note-empty-acl = network ACL `{ $acl }` has no rules yet and so denies everything in the subnets that use it
edit-note-nat-address = NAT gateway `{ $nat }` brought its Elastic IP `{ $address }`
edit-note-endpoint-only-table = endpoint `{ $endpoint }` is in route table `{ $table }`, the only one of the VPC
edit-note-endpoint-no-table = endpoint `{ $endpoint }` is in no route table yet; draw an arrow to it from each subnet that shall use it
edit-note-no-private-dns = private DNS of endpoint `{ $endpoint }` is off, because VPC `{ $vpc }` does not have both DNS switches on
edit-note-new-block = subnet `{ $name }` got the free block { $block }
edit-note-associations-dropped = subnet `{ $name }` uses the main route table and the default network ACL of VPC `{ $vpc }` now
edit-note-address-dropped = `{ $name }` lost its fixed address { $address }, which is not in { $block }
edit-note-groups-dropped = `{ $name }` lost the security groups of the VPC that it left
edit-note-routes-dropped = route table `{ $table }` lost its routes to `{ $target }`, which left the VPC
edit-note-detached-routes = the routes to internet gateway `{ $gateway }` stay and lead nowhere until it is attached again
edit-note-route-added = route table `{ $table }` now sends { $destination } to `{ $to }`
edit-note-route-replaced = route table `{ $table }` now sends { $destination } to `{ $to }`, no longer to `{ $old }`
edit-note-route-present = route table `{ $table }` sends { $destination } to `{ $to }` already
edit-note-endpoint-route = route table `{ $table }` now has a route to endpoint `{ $endpoint }`
edit-note-table-explicit = `{ $table }` is the route table associated with subnet `{ $subnet }`
edit-note-table-main = subnet `{ $subnet }` has no route table of its own, so the main table `{ $table }` was edited
edit-note-table-shared = `{ $table }` also serves { $subnets }
edit-note-table-serves = `{ $table }` serves { $subnets }
edit-note-table-serves-none = `{ $table }` serves no subnet yet
edit-note-joined = { $kind } `{ $name }` was drawn for this; routes to it are still yours to draw
edit-note-propagates = route table `{ $table }` learns the blocks on premises from `{ $gateway }` now
edit-note-vpn-attached = virtual private gateway `{ $gateway }` is attached to VPC `{ $vpc }` now
edit-note-transit-associated = what comes from `{ $attachment }` is routed by `{ $table }` now
edit-note-transit-propagates = `{ $table }` learns the blocks behind `{ $attachment }` now
edit-note-associated = subnet `{ $subnet }` uses route table `{ $table }` now
edit-note-guarded = subnet `{ $subnet }` is guarded by network ACL `{ $acl }` now
edit-note-key-replaced = `{ $instance }` no longer uses the key pair `{ $old }`
edit-note-address-taken = Elastic IP `{ $address }` no longer belongs to `{ $owner }`
edit-note-address-replaced = `{ $to }` no longer uses the Elastic IP `{ $old }`
edit-note-deleted-too = { $count ->
    [one] { $names } went too, because it cannot exist alone
   *[other] { $names } went too, because they cannot exist alone
  }
edit-note-addresses-stay = Elastic IP { $names } stays; delete it as well if it is not needed
edit-note-routes-removed = the routes to what was deleted were removed from { $tables }
edit-note-subnets-implicit = { $subnets } went back to the main route table or the default network ACL
edit-note-checks-removed = the saved checks { $names } spoke of what was deleted and were removed
edit-lanes-kept = the lanes { $zones } stay, because subnets are in them
edit-main-serves = route table `{ $table }` is the main one now and serves { $subnets }
edit-main-serves-none = route table `{ $table }` is the main one now; every subnet has a table of its own

# Names of steps, behind Undo and Redo.
edit-label-place = Add { $kind } { $name }
edit-label-move = Move { $name }
edit-label-move-many = Move { $count } boxes
edit-label-tidy = Tidy up
edit-label-connect = Connect { $from } to { $to }
edit-label-set = Change { $field } of { $name }
edit-label-rename = Rename { $name }
edit-label-tags = Change tags of { $name }
edit-label-delete = Delete { $name }
edit-label-delete-many = Delete { $count } resources
edit-label-duplicate = Duplicate { $name }
edit-label-duplicate-many = Duplicate { $count } resources
edit-label-paste = { $count ->
    [one] Paste 1 resource
   *[other] Paste { $count } resources
  }
edit-label-lanes = Change lanes of { $name }
edit-label-main = Make { $name } the main route table
edit-label-take-over = Take over { $name }
edit-label-take-over-many = Take over { $count } resources
edit-label-region = Change the region to { $region }
edit-label-document-name = Rename the drawing to { $name }
edit-label-check = Save check { $name }
edit-label-check-removed = Remove check { $name }

# What a document that is well formed never shows.
edit-invariant-id = the resource under `{ $key }` calls itself `{ $id }`
edit-invariant-placement = there is a placement of `{ $id }`, which does not exist
edit-invariant-lanes = there are lanes of `{ $id }`, which is not a VPC
edit-invariant-implicit = VPC `{ $vpc }` has { $count } of what AWS makes exactly once with it: { $what }

edit-suppress-reason = say why this is meant to be so: the reason is kept in the file
edit-severity-code = name the rule whose severity shall change
edit-label-suppress = Suppress { $code } on { $name }
edit-label-unsuppress = No longer suppress { $code } on { $name }
edit-label-severity = Set { $code } to { $level }
edit-label-severity-own = Give { $code } its own severity
