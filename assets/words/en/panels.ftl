# Words of the panels, menus and dialogs.

panel-menu-file = File
panel-menu-edit = Edit
panel-menu-view = View
panel-menu-deploy = Deploy
panel-menu-help = Help
panel-menu-recent = Open recent
panel-menu-step = { $what }: { $step }
panel-toolbar-deploy = Plan deploy…

panel-cmd-new = New
panel-cmd-new-tip = Start an empty network
panel-cmd-template = New from template…
panel-cmd-template-tip = Start from a network that is already drawn
panel-cmd-import = Import…
panel-cmd-import-tip = Make a network of a folder of `aws ec2 describe-*` output
panel-cmd-open = Open…
panel-cmd-open-tip = Open a network from a file
panel-cmd-save = Save
panel-cmd-save-tip = Write the network to its file
panel-cmd-save-as = Save as…
panel-cmd-save-as-tip = Write the network to another file
panel-cmd-export-svg = Export as SVG…
panel-cmd-export-svg-tip = Write the picture as lines and letters, for documents and the web
panel-cmd-export-png = Export as PNG…
panel-cmd-export-png-tip = Write the picture as pixels
panel-cmd-export-json = Export as JSON…
panel-cmd-export-json-tip = Write the network in the format of its file
panel-cmd-dark-pictures = Export with dark background
panel-cmd-dark-pictures-tip = Switch exported pictures between dark and light colours
panel-cmd-quit = Quit
panel-cmd-quit-tip = Close the window; unsaved changes are asked about
panel-cmd-undo = Undo
panel-cmd-undo-tip = Take the last change back
panel-cmd-redo = Redo
panel-cmd-redo-tip = Make the change again that was taken back
panel-cmd-cut = Cut
panel-cmd-cut-tip = Copy what is selected and remove it
panel-cmd-copy = Copy
panel-cmd-copy-tip = Copy what is selected
panel-cmd-paste = Paste
panel-cmd-paste-tip = Put in what was copied
panel-cmd-duplicate = Duplicate
panel-cmd-duplicate-tip = Copy what is selected beside itself
panel-cmd-delete = Delete
panel-cmd-delete-tip = Remove what is selected
panel-cmd-rename = Rename
panel-cmd-rename-tip = Go to the name of what is selected
panel-cmd-select-all = Select all
panel-cmd-select-all-tip = Select everything on the drawing
panel-cmd-select-none = Select nothing
panel-cmd-select-none-tip = Select nothing; the inspector shows the document
panel-cmd-tidy = Tidy up
panel-cmd-tidy-tip = Lay everything out anew
panel-cmd-diagram = Diagram
panel-cmd-diagram-tip = Show the drawing
panel-cmd-route-map = Route map
panel-cmd-route-map-tip = Show subnets, route tables and where routes lead as a graph
panel-cmd-zoom-in = Zoom in
panel-cmd-zoom-in-tip = Come nearer
panel-cmd-zoom-out = Zoom out
panel-cmd-zoom-out-tip = Go farther away
panel-cmd-zoom-reset = Natural size
panel-cmd-zoom-reset-tip = Show everything at its natural size
panel-cmd-fit = Fit everything
panel-cmd-fit-tip = Bring everything into sight
panel-cmd-fit-selection = Fit selection
panel-cmd-fit-selection-tip = Bring what is selected into sight
panel-cmd-find = Find in outline
panel-cmd-find-tip = Search the outline by name, kind, block or tag
panel-cmd-problems = Problems
panel-cmd-problems-tip = Show what is wrong with the network
panel-cmd-next-problem = Next problem
panel-cmd-next-problem-tip = Go to the next problem and select the culprit
panel-cmd-previous-problem = Previous problem
panel-cmd-previous-problem-tip = Go to the problem before and select the culprit
panel-cmd-trace = Trace
panel-cmd-trace-tip = Follow a packet through the drawing, there and back
panel-cmd-log = Log
panel-cmd-log-tip = Show everything that was said so far
panel-cmd-left = Palette and outline
panel-cmd-left-tip = Open or close the panel on the left
panel-cmd-right = Inspector
panel-cmd-right-tip = Open or close the panel on the right
panel-cmd-bottom = Bottom panel
panel-cmd-bottom-tip = Open or close the panel with problems, deploy and log
panel-cmd-theme-system = System colours
panel-cmd-theme-system-tip = Be light or dark as the system is
panel-cmd-theme-light = Light
panel-cmd-theme-light-tip = Dark letters on white
panel-cmd-theme-dark = Dark
panel-cmd-theme-dark-tip = Light letters on black
panel-cmd-deploy = Deploy panel
panel-cmd-deploy-tip = Show the plan and the run
panel-cmd-plan = Plan
panel-cmd-plan-tip = Work out what a deploy would do; nothing is changed yet
panel-cmd-apply = Apply the plan…
panel-cmd-apply-tip = Carry out the plan that is shown, after one more question
panel-cmd-cancel-run = Cancel the run
panel-cmd-cancel-run-tip = Start nothing new; what is under way ends
panel-cmd-destroy = Plan destroy
panel-cmd-destroy-tip = Work out how everything that was deployed would be removed; nothing is changed yet
panel-cmd-palette = Command palette…
panel-cmd-palette-tip = Find any command by a few letters of its name
panel-cmd-keys = Keyboard shortcuts
panel-cmd-keys-tip = Show which keys do what
panel-cmd-about = About vpcscape
panel-cmd-about-tip = What this program is

panel-copied = vpcscape: { $names }
panel-palette-label = Command
panel-palette-hint = Type a few letters of a command
panel-palette-none = No command has these letters.

panel-keys-title = Keyboard shortcuts
panel-keys-intro = On macOS, Ctrl is ⌘. The canvas takes further keys while it has the focus; its tooltips and the status line name them.
panel-keys-command = Command
panel-keys-keys = Keys
panel-keys-does = What it does
panel-keys-fields = In text fields
panel-keys-fields-text = Enter or leaving a field commits one step of undo, Escape drops what was typed. While a text field has the focus, letters, Delete, Undo and the clipboard belong to it.

panel-tab-problems = Problems ({ $errors }/{ $total })
panel-tab-deploy = Deploy
panel-tab-trace = Trace
panel-tab-log = Log
panel-tab-diagram = Diagram
panel-tab-route-map = Route map

panel-status-route-map = Click a card to select it, double-click to show it on the diagram, drag to move, Ctrl and wheel to zoom.
panel-status-target-tip = Where a deploy goes; click to change it
panel-status-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
  }
panel-status-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
  }
panel-status-saving = Saving…
panel-status-never-saved = Not saved to a file yet
panel-status-unsaved = { $file }: unsaved changes
panel-status-saved = { $file }: saved

panel-target-label = Target
panel-target-simulated = Simulated (offline)
panel-target-simulated-tip = A cloud in this program's memory: free, without a network, forgotten when the program ends
panel-target-aws = AWS
panel-target-aws-tip = The real EC2 API, with credentials as the AWS CLI finds them; what is created there costs money
panel-target-aws-with = AWS ({ $what })
panel-target-profile = Profile
panel-target-profile-hint = default
panel-target-region = Region override
panel-target-endpoint = Endpoint URL
panel-target-endpoint-hint = AWS's own

panel-log-empty = Nothing was said yet.
panel-toast-close = Close this message

panel-problems-none = No problems: AWS would take this network as it is, as far as the rules know.
panel-problems-hidden = Every problem is of a kind that is hidden; switch a kind on above.
panel-problems-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
  }
panel-problems-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
  }
panel-problems-infos = { $count ->
    [one] { $count } hint
   *[other] { $count } hints
  }
panel-problems-filter = Show or hide these
panel-problems-fix = Mend it this way; Undo takes it back

panel-outline-title = Outline
panel-outline-search = Search the outline
panel-outline-search-hint = Name, kind, block or tag
panel-outline-open = Open { $what }
panel-outline-close = Close { $what }
panel-outline-region = region
panel-outline-region-name = Region { $region }
panel-outline-zone = Availability Zone
panel-outline-zone-name = Availability Zone { $zone }
panel-outline-main = main route table
panel-outline-default-acl = default network ACL
panel-outline-default-group = default security group

panel-deploy-idle = Nothing is planned. Choose a target, then Plan: it shows what would be created, in which order and why, and changes nothing.
panel-deploy-planning = Working out the plan…
panel-deploy-nothing = There is nothing to do.
panel-deploy-apply = Apply this plan…
panel-deploy-destroy-now = Destroy as planned…
panel-deploy-stale = The drawing changed since this plan was made; plan again.
panel-deploy-cancel = Cancel
panel-deploy-cancel-tip = Start nothing new; calls that are under way end, and what was created stays known
panel-deploy-cancelling = Stopping: waiting for calls under way
panel-deploy-dismiss = Put away
panel-deploy-progress = { $ended } of { $all } actions
panel-deploy-log-line = { $at } s  { $text }
panel-row-waiting = waiting
panel-row-running = running
panel-row-done = done
panel-row-failed = failed
panel-row-skipped = skipped

panel-dialog-cancel = Cancel
panel-dialog-close = Close
panel-save-changes-title = Save changes?
panel-save-changes-text = `{ $name }` has changes that are not saved. { $what }
panel-save-changes-close = Closing the window without saving loses them.
panel-save-changes-new = Starting another network without saving loses them.
panel-save-changes-import = Importing a network without saving loses them.
panel-save-changes-open = Opening another network without saving loses them.
panel-save-changes-save = Save
panel-save-changes-drop = Do not save
panel-overwrite-title = Replace the file?
panel-overwrite-text = `{ $path }` exists. Replacing it loses what it holds now.
panel-overwrite-yes = Replace
panel-changed-title = The file changed
panel-changed-text = Something else changed `{ $path }` since it was opened here. Saving now loses those changes; Cancel, then Save as, keeps both.
panel-changed-yes = Save anyway
panel-run-title = A run is under way
panel-run-text = A deploy or destroy is under way. Calls that are under way end first, and what was created stays known: deploy or destroy goes on from there.
panel-run-stop = Stop and close
panel-path-import = Import a folder of describe output
panel-path-import-button = Import
panel-import-report = What was imported
panel-path-open = Open a network
panel-path-save = Save the network
panel-path-export = Export
panel-path-text = No file dialog of the system answers. Type the path.
panel-path-label = Path
panel-path-open-button = Open
panel-path-save-button = Save
panel-path-export-button = Export
panel-templates-title = New from template
panel-templates-text = Choose what to start from.
panel-template-bastion-nat = A public and a private subnet, an internet gateway, a bastion host, and a NAT gateway through which the private host reaches out.
panel-template-private-endpoints = A private host that reaches S3 through a gateway endpoint and other services through interface endpoints, without the internet.
panel-confirm-title = Carry out the plan?
panel-confirm-destroy-title = Destroy everything that was deployed?
panel-confirm-text = Target: { $target }. Actions: { $actions }.
panel-confirm-word = destroy
panel-confirm-type = Type `{ $word }` to confirm
panel-confirm-yes = Apply
panel-confirm-destroy-yes = Destroy
panel-about-title = About vpcscape
panel-about-version = Version { $version }
panel-about-text = Draw an AWS network, have it checked while you draw, deploy it with a plan that you have seen, and export it.
panel-about-licence = MIT or Apache 2.0, at your option. Not made or endorsed by Amazon Web Services.

panel-form-id-tip = The id in the file: it stays when the name changes
panel-form-missing = { $id } (missing)
panel-form-choose = Choose…
panel-form-none = None
panel-form-nothing-to-choose = There is nothing to choose from.
panel-form-show = Show { $what }

panel-field-name = Name
panel-field-vpc = VPC
panel-field-cidr-block = CIDR block
panel-field-dns-support = DNS support
panel-field-dns-hostnames = DNS hostnames
panel-field-tenancy = Tenancy
panel-field-lanes = Availability Zone lanes
panel-field-zone = Availability Zone
panel-field-map-public-ip = Auto-assign public IPv4
panel-field-route-table = Route table
panel-field-network-acl = Network ACL
panel-field-attached-vpc = Attached to VPC
panel-field-subnet = Subnet
panel-field-connectivity = Connectivity type
panel-field-elastic-ip = Elastic IP
panel-field-eip-instance = Associated instance
panel-field-key-name = Key pair name
panel-field-key-type = Key type
panel-field-public-key = Public key
panel-field-service = Service name
panel-field-route-tables = Route tables
panel-field-subnets = Subnets
panel-field-security-groups = Security groups
panel-field-private-dns = Private DNS names
panel-field-other = Fields as JSON
panel-field-group-name = Group name
panel-field-description = Description
panel-field-instance-type = Instance type
panel-field-image = Image (AMI)
panel-field-ami = AMI id or SSM parameter
panel-field-key-pair = Key pair
panel-field-private-ip = Private IPv4 address
panel-field-public-ip = Public IPv4 address
panel-field-source-dest-check = Source/destination check
panel-field-user-data = User data
panel-field-document-name = Document name
panel-field-region = Region

panel-vpc-size = { $count ->
    [one] { $count } address
   *[other] { $count } addresses
  }
panel-vpc-dns = DNS
panel-vpc-secondary = Secondary CIDR blocks
panel-vpc-add-block = Add CIDR block
panel-vpc-remove-block = Remove { $block }
panel-vpc-block = Secondary CIDR block { $number }
panel-vpc-lanes-hint = us-east-1a, us-east-1b
panel-tenancy-default = Default (shared hardware)
panel-tenancy-dedicated = Dedicated hardware
panel-subnet-size = { $count ->
    [one] { $count } address for you; AWS keeps five of every subnet
   *[other] { $count } addresses for you; AWS keeps five of every subnet
  }
panel-subnet-zone-tip = Move the subnet to { $zone }
panel-subnet-main-table = Main (implicit): { $name }
panel-subnet-no-main-table = Main (implicit)
panel-subnet-default-acl = Default (implicit): { $name }
panel-subnet-no-default-acl = Default (implicit)
panel-subnet-public = Public: its route table has a route to an internet gateway.
panel-subnet-private = Private: its route table has no route to an internet gateway.
panel-table-main = The main route table of its VPC: AWS makes it with the VPC, and it serves every subnet without a table of its own. Make another table the main one to change that.
panel-table-make-main = Make main route table
panel-table-make-main-tip = Subnets without a table of their own are served by this one then
panel-table-subnets = Serves
panel-table-subnet-explicit = { $name } (explicit)
panel-table-subnet-implicit = { $name } (as main table)
panel-table-no-subnets = No subnet uses this table.
panel-routes-title = Routes
panel-routes-local = { $destination } → local
panel-routes-local-tip = AWS puts this route into every table of the VPC; it follows from the VPC's block and cannot be removed.
panel-routes-endpoint = { $destination } → { $endpoint }
panel-routes-endpoint-tip = The gateway endpoint puts this route here; take the table off the endpoint to remove it.
panel-routes-number = Route { $number }
panel-routes-remove = Remove route { $number }
panel-routes-destination = Destination of route { $number }
panel-routes-target = Target of route { $number }
panel-routes-other = Other, by its AWS id…
panel-routes-other-start = tgw-
panel-routes-other-id = AWS id of the target of route { $number }
panel-routes-new-destination = New destination
panel-routes-new-target = New target
panel-routes-no-target = Nothing to route to yet
panel-routes-add = Add route
panel-routes-add-tip = A route needs a destination and a target: attach an internet gateway, or place a NAT gateway or an instance, first.
panel-gateway-detached = Not attached
panel-gateway-note = Attaching is not enough: a subnet is public once its route table has a route to the gateway.
panel-nat-public = Public (with an Elastic IP)
panel-nat-private = Private
panel-nat-private-note = A private NAT gateway has no Elastic IP; it leads to other private networks, not to the internet.
panel-eip-free = No instance
panel-eip-nat = Used by NAT gateway { $name }
panel-key-ed25519 = Ed25519
panel-key-rsa = RSA
panel-key-public-hint = ssh-ed25519 AAAA… (leave empty to have AWS make a pair)
panel-key-private = this is a private key: paste the public one, from the file that ends in `.pub`
panel-key-imported = This public key is imported at deploy.
panel-key-made = AWS makes the pair at deploy and hands out the private key once.
panel-gateway-endpoint-note = The chosen tables get a route for the service's prefix list.
panel-service-suggestions = Common services
panel-other-note = `{ $kind }` is a kind that this version does not know. Its fields are kept as they are.
panel-other-error = this is not a JSON object: look at line { $line }, column { $column }
panel-instance-types = Common types
panel-instance-no-key = None (no SSH)
panel-instance-default-group = Without a group of its own, AWS gives it the VPC's default group.
panel-instance-ip-hint = AWS chooses one
panel-instance-user-data-hint = A script that runs at the first boot
panel-image-x86 = Amazon Linux 2023, x86-64 (current)
panel-image-arm = Amazon Linux 2023, Arm (current)
panel-image-own = Another image
panel-image-hint = ami-0123456789abcdef0
panel-public-ip-subnet = As the subnet says
panel-public-ip-subnet-yes = As the subnet says (yes)
panel-public-ip-subnet-no = As the subnet says (no)
panel-public-ip-yes = Yes
panel-public-ip-no = No

panel-rules-inbound = Inbound rules
panel-rules-outbound = Outbound rules
panel-rules-add-inbound = Add inbound rule
panel-rules-add-outbound = Add outbound rule
panel-rule-title = Rule { $number }
panel-rule-inbound = inbound
panel-rule-outbound = outbound
panel-rule-all = all
panel-rule-number = Number
panel-rule-action = Action
panel-rule-protocol = Protocol
panel-rule-ports = Ports
panel-rule-icmp = Type/code
panel-rule-source = Source
panel-rule-destination = Destination
panel-rule-remove = Remove { $way } rule { $number }
panel-rule-number-of = Number of { $way } rule { $number }
panel-rule-protocol-of = Protocol of { $way } rule { $number }
panel-rule-protocol-number-of = Protocol number of { $way } rule { $number }
panel-rule-ports-of = Ports of { $way } rule { $number }
panel-rule-source-of = Source of { $way } rule { $number }
panel-rule-destination-of = Destination of { $way } rule { $number }
panel-rule-peer-type-of = Peer type of { $way } rule { $number }
panel-rule-action-of = Action of { $way } rule { $number }
panel-rule-description-of = Description of { $way } rule { $number }
panel-rule-ports-hint = 22, 8000-8080 or all
panel-rule-icmp-hint = Type, type/code or all
panel-rule-peer-hint = 203.0.113.0/24 or a prefix list
panel-rule-description-hint = What it is for
panel-protocol-all = All traffic
panel-protocol-number = Protocol { $number }
panel-peer-block = CIDR block or prefix list
panel-peer-group = Security group
panel-group-default = The default group of its VPC: AWS makes it with the VPC, and it cannot be removed.
panel-group-note = Security groups are stateful: the reply to what came in may go out, whatever the outbound rules say.
panel-acl-default = The default network ACL of its VPC: AWS makes it with the VPC, and it guards every subnet without one of its own.
panel-acl-rule = Rule { $number }
panel-acl-final = *  everything else: deny
panel-acl-final-tip = The final rule (32767) of every network ACL; it cannot be changed or removed.
panel-acl-allow = Allow
panel-acl-deny = Deny

panel-tags-title = Tags
panel-tags-new-key = New tag key
panel-tags-new-value = New tag value
panel-tags-add = Add tag
panel-tags-add-tip = Type a key that is not there yet; the tag `Name` is the name above.
panel-tags-remove = Remove tag { $key }
panel-tags-value = Value of tag { $key }

panel-many-title = { $count } selected
panel-many-kind = { $count } × { $kind }
panel-many-duplicate = Duplicate all
panel-many-delete = Delete all
panel-many-more = and { $count } more
panel-document-title = Document
panel-document-region-note = Changing the region changes the names of zones and services with it.
panel-document-count = { $count ->
    [one] { $count } resource
   *[other] { $count } resources
  }
panel-checks-title = Saved checks
panel-checks-holds = { $name }: holds
panel-checks-fails = { $name }: does not hold
panel-checks-must-reach = must be reachable
panel-checks-must-block = must be blocked
panel-status-checks = { $sign } { $held }/{ $all } checks
panel-status-checks-tip = { $failed ->
    [0] All saved checks hold
    [one] 1 saved check does not hold: show it
   *[other] { $failed } saved checks do not hold: show them
}
panel-deploy-failed-checks = { $count ->
    [one] 1 saved check does not hold: the network that would be made does not do what it is for.
   *[other] { $count } saved checks do not hold: the network that would be made does not do what it is for.
}
panel-trace-from = From
panel-trace-to = To
panel-trace-protocol = Protocol
panel-trace-port = Port
panel-trace-swap-short = Swap
panel-trace-swap = Swap From and To
panel-trace-all = all protocols
panel-trace-internet = the internet
panel-trace-typed = An address…
panel-trace-address = { $end }: address, id or name
panel-trace-type = Type an IPv4 address, an id or a name.
panel-trace-choose = Choose where the packet starts.
panel-trace-gone = (deleted)
panel-trace-end = { $name } ({ $kind })
panel-trace-reachable = Reachable: the packet arrives and the answer comes back.
panel-trace-blocked = { $count ->
    [one] Blocked by one thing.
   *[other] Blocked by { $count } things.
}
panel-trace-there = The way there
panel-trace-back = The way back
panel-trace-no-way = No packet gets this far.
panel-trace-blockers = In the way
panel-trace-hop = { $number }. { $name } ({ $kind })
panel-trace-blocker = { $name }: { $code } ({ $way })
panel-hop-interface = network interface
panel-hop-subnet = subnet
panel-hop-internet-gateway = internet gateway
panel-hop-nat-gateway = NAT gateway
panel-hop-gateway-endpoint = gateway endpoint
panel-hop-internet = outside
panel-checks-note = Statements about reachability that must stay true.
panel-checks-new = New check name
panel-checks-add = Add check
panel-checks-remove = Remove check { $name }
panel-checks-from = From, in check { $name }
panel-checks-to = To, in check { $name }
panel-checks-protocol = Protocol, in check { $name }
panel-checks-port = Port, in check { $name }
panel-checks-reachable = { $name } must be reachable
panel-checks-blocked = { $name } must be blocked

panel-parse-ipv4-block = `{ $text }` is not an IPv4 block: write it like `10.0.0.0/16`
panel-parse-block = `{ $text }` is not a block: write it like `10.0.0.0/16` or `2001:db8::/56`
panel-parse-address = `{ $text }` is not an IPv4 address: write it like `10.0.0.10`, or leave it empty
panel-parse-empty = this must not be empty
panel-parse-destination = `{ $text }` is not a destination: write a block like `0.0.0.0/0`, or a prefix list
panel-parse-peer = `{ $text }` is not a source or destination: write a block like `203.0.113.0/24`, or a prefix list
panel-parse-protocol = `{ $text }` is not a protocol: write `tcp`, `udp`, `icmp`, `icmpv6`, `all` or a number from 0 to 255
panel-parse-rule-number = `{ $text }` is not a rule number: write a number from 1 to 32766
panel-parse-ports = `{ $text }` is not a port or a range: write `22`, `8000-8080` or `all`
panel-parse-port = `{ $text }` is not a port: write a number from 0 to 65535, or leave it empty
panel-parse-icmp = `{ $text }` is not an ICMP type: write `8`, `3/4` (type and code) or `all`
panel-parse-image = `{ $text }` is not an image: write an id like `ami-0123456789abcdef0`, or `resolve:ssm:` and a parameter

panel-map-name = Route map
panel-map-empty = There is nothing on the route map yet: place a VPC and a subnet first.
panel-map-missing = missing
panel-map-service = service
panel-map-internet = Internet
panel-map-implicit = main (implicit)
panel-map-nat-public = from its public address
panel-map-nat-private = from its private address
panel-map-interface = interface
panel-connect-title = Connect
panel-connect-endpoint = Gets to
panel-connect-endpoint-none = No instance of the VPC lets SSH in from here.
panel-connect-user = User
panel-connect-copy = Copy
panel-connect-copy-config = Copy for ssh_config
panel-connect-copy-of = { $what }: { $way }
panel-trace-openings = Would open it
panel-trace-opening = Apply
panel-trace-opening-name = Apply: { $label }
panel-trace-opening-tip = One step of undo. The drawing shows the way that the packet would take then.
panel-trace-openings-none = No change that this program knows would open it.
panel-trace-openings-find = Find what would open it
panel-trace-openings-or = or
