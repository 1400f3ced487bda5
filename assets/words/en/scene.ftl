# Words of `scene`: what stands on the boxes of the picture.
scene-accessible = { $kind } { $name }, { $detail }
scene-accessible-plain = { $kind } { $name }
scene-internet = Internet
scene-region = Region { $name }
scene-zone = Availability Zone { $name }
scene-subnet-public = { $block }, public
scene-subnet-private = { $block }, private
scene-nat-public = NAT gateway
scene-nat-private = private NAT gateway
scene-not-attached = not attached
scene-endpoint-of = to { $service }
scene-interface = interface to { $service }
scene-interface-in = { $kind } { $name }, interface to { $service } in { $subnet }
scene-service = Service { $name }
scene-service-note = AWS service
scene-joins = { $a } ↔ { $b }
scene-elsewhere = elsewhere
scene-leads-to = to { $name }
scene-part-of = of { $name }
scene-entries = { $count } of { $room } entries
scene-block-off = off
scene-block-both = blocks both directions
scene-block-ingress = blocks what comes in
scene-balancer-network = network load balancer
scene-balancer-application = application load balancer
scene-balancer-gateway = gateway load balancer
scene-targets = { $protocol } { $port }, { $count ->
    [one] one target
   *[other] { $count } targets
}
scene-main = { $name } (main)
scene-default = { $name } (default)
scene-public-address = public IPv4
scene-prefix-list = { $service } prefix list
scene-more-destinations = { $first } and { $count } more
scene-label-count = { $label } × { $count }
scene-label-unknown = { $label } to { $target }
scene-legend-internet-gateway = Route to an internet gateway
scene-legend-nat-gateway = Route to a NAT gateway
scene-legend-gateway-endpoint = Route to a gateway endpoint
scene-legend-instance = Route to an instance or interface that forwards
scene-legend-network = Route to another network
scene-legend-onward = Leads on to
scene-legend-blackhole = Route whose target is missing or detached
scene-legend-other = Route to another target
scene-hidden-badges = { $count ->
    [one] One badge without room is not shown.
   *[other] { $count } badges without room are not shown.
}
scene-hidden-arrows = { $count ->
    [one] One arrow of the same route table is drawn together with others.
   *[other] { $count } arrows of the same route tables are drawn together with others.
}
scene-hidden-local = Local routes are not drawn.
scene-picture-title = Network diagram: { $region }
scene-picture-desc = { $boxes ->
    [one] One box
   *[other] { $boxes } boxes
} and { $arrows ->
    [one] one arrow
   *[other] { $arrows } arrows
}. A text alternative stands in the title of every box.
scene-png-scaled-down = The picture was made at { $scale } % instead of { $wanted } %: a PNG of more than { $limit } pixels on a side or { $total } million pixels is too large for most programs. Export SVG for any size.
scene-png-not-drawn = The picture could not be drawn: { $why }. Export SVG instead, or make the network smaller.
