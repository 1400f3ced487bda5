# Words of `cli`: the help and the messages of the command line.

cli-about = Draw an AWS network, have it checked, deploy it, export it. Without a subcommand the editor opens.
cli-exit-codes = Exit codes: 0 as asked, 1 errors were found, 2 unusable input or wrong usage.
cli-error = error
cli-note = note
cli-stdout = nothing was written to the standard output: { $why }
cli-exists = { $path } was not written: it is there already (use --force to replace it)

cli-editor-file = The topology to open in the editor
cli-editor-renderer = What paints the editor's window
cli-renderer-glow = OpenGL
cli-renderer-wgpu = Vulkan, Metal or DirectX
cli-why-no-display = no display answers
cli-no-window = the editor's window could not be opened ({ $why }); the subcommands work without a display, see `vpcscape --help`

cli-new-about = Make a topology from a template
cli-new-template = The name of a template, see --list
cli-new-list = Print the names of the templates and stop
cli-new-generate = Make a realistic network of N resources instead, the same for the same N and seed
cli-new-seed = The seed of the generated network
cli-new-output = Where to write it, `-` for the standard output
cli-new-force = Replace a file that is there
cli-new-count = write a whole number from { $from } to { $to }
cli-new-unknown = there is no template `{ $name }`: choose one of { $known }

cli-check-about = Find what AWS would refuse and what would not work
cli-check-exit-codes = Exit codes: 0 no errors (there may be warnings), 1 errors, 2 unreadable input or wrong usage.
cli-plan-exit-codes = Exit codes: 0 nothing to do, 3 changes, 2 errors or wrong usage.
cli-check-file = The topology to check
cli-check-format = How the findings are printed
cli-check-fix = Apply the fixes of errors and warnings to the file, as long as each helps and makes no other error
cli-check-dry-run = Say what --fix would do and write nothing; the report is that of the mended network
cli-check-rule = Look only at this rule; with --fix, apply the fixes of this rule, however grave its findings
cli-check-unknown-rule = there is no rule `{ $code }`: `vpcscape check` without --rule shows codes, docs/rules.md lists all of them
cli-check-nothing-to-fix = there is nothing to fix without a decision of yours
cli-check-fixed = fixed: { $label } ({ $code }: { $message })
cli-check-would-fix = would fix: { $label } ({ $code }: { $message })
cli-check-changed = `{ $path }` was changed by another program in the meantime: nothing was written, run it again
cli-format-text = For people
cli-format-json = For scripts: vpcscape-check/1
cli-format-sarif = For code hosts: SARIF 2.1.0
cli-check-see = see: { $places }
cli-check-help = help: { $help }
cli-check-reason = reason: { $reason }
cli-check-suppressed = { $count ->
    [one] 1 finding is suppressed in the file
   *[other] { $count } findings are suppressed in the file
}
cli-check-summary = { $file }: { $counts }
cli-check-clean = no problems
cli-check-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
}
cli-check-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
cli-check-infos = { $count ->
    [one] 1 note
   *[other] { $count } notes
}

cli-import-about = Make a topology of a live account's region, or of files of `aws ec2 describe-*` output
cli-import-exit-codes = Exit codes: 0 imported (the report says what was left out), 2 unusable input or nothing found.
cli-import-vpc = Only these VPCs and what they need; without it everything is imported
cli-import-dump = A folder of files instead of an account: flat, one folder per region, or accounts/ACCOUNT/REGION; files are known by what is in them
cli-import-format = The form of the report
cli-import-format-json = For scripts: vpcscape-import/1

cli-export-about = Write the diagram as a picture, or the topology as JSON
cli-export-file = The topology to export
cli-export-to = The format
cli-export-json = The file format itself, in its canonical form
cli-export-svg = The diagram as an SVG picture
cli-export-png = The diagram as a PNG picture
cli-export-output = Where to write it, `-` for the standard output; a file that is there is replaced
cli-export-theme = The colours of a picture
cli-export-light = Dark on white
cli-export-dark = Light on dark
cli-export-scale = Pixels of a PNG per unit of the drawing
cli-export-bad-scale = write a number above 0 and up to { $limit }

cli-schema-about = Print the JSON Schema of the file format

cli-trace-about = Walk one packet through the drawing, hop by hop, there and back
cli-trace-exit-codes = Exit codes: 0 reachable, 1 blocked, 2 unusable input.
cli-trace-file = The document
cli-trace-from = The client: a resource id, a unique name, an IPv4 address or `internet`
cli-trace-to = The server: a resource id, a unique name, an IPv4 address or `internet`
cli-trace-protocol = tcp, udp, icmp, all or a number
cli-trace-port = The destination port
cli-trace-source-port = The client's port; one of the ephemeral range by default
cli-trace-icmp-type = ICMP type and code; an echo request by default
cli-trace-icmp-wrong = `{ $text }` is no ICMP type: write a number from 0 to 255, or TYPE/CODE
cli-trace-format = The form of the answer
cli-trace-format-json = For scripts: vpcscape-trace/1
cli-matrix-about = Say who reaches whom at which ports: hosts, endpoints, load balancers, the internet
cli-matrix-exit-codes = Pairs between which nothing is open are left out. Exit codes: 0 as asked, 2 unusable input.
cli-matrix-from = Only these clients: an id or a unique name, also of a subnet or a VPC, an address or `internet`; may be repeated
cli-matrix-to = Only these servers, in the same way
cli-matrix-internet = Only what the internet reaches: short for --from internet
cli-matrix-by-subnet = Take the hosts of a subnet together: what any of them reaches, or lets in
cli-matrix-format = The form of the answer
cli-matrix-format-json = For scripts: vpcscape-matrix/1
cli-matrix-format-csv = For spreadsheets
cli-test-about = Check the statements about reachability that the file carries
cli-test-exit-codes = Exit codes: 0 all hold, 1 some do not, 2 unusable input.
cli-test-file = The document
cli-test-format = The form of the answer
cli-test-format-json = For scripts: vpcscape-test/1
cli-test-format-junit = For CI systems: JUnit XML
cli-connect-about = Say how to get a shell on an instance: SSH, a bastion, Instance Connect, Session Manager
cli-connect-exit-codes = Exit codes: 0 there is a way, 1 none works, 2 unusable input.
cli-connect-to = The instance: a resource id, a unique name, or the AWS id of a deployed one
cli-connect-user = The user on the hosts
cli-connect-key = The file of the private key, where it is not the one that a deploy wrote
cli-connect-ssh-config = Print the plainest way as a piece of ~/.ssh/config
cli-connect-format = The form of the answer
cli-connect-format-text = Commands for a POSIX shell, with comments
cli-connect-format-json = For scripts: vpcscape-connect/1
cli-connect-no-user = `{ $text }` is no user: use letters, digits, `_`, `-` and `.`
cli-connect-no-host = `{ $name }` is no EC2 instance with a network interface: name one

cli-progress = { $ended } of { $all } actions · { $percent } % · { $passed } passed, about { $left } left
cli-progress-late = { $ended } of { $all } actions · { $percent } % · { $passed } passed, longer than expected
cli-progress-stopping = { $ended } of { $all } actions · { $passed } passed, stopping
cli-progress-critical = critical path: { $title }, then { $more } more
cli-progress-critical-last = critical path: { $title }
cli-progress-more = { $count } more under way
cli-progress-waiting = { $count } waiting
cli-progress-failed = { $count } failed
