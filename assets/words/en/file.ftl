# Words of `file`: what is wrong with a file. Every one is a whole sentence without the final stop,
# or (`file-at` joins these to a place) the part behind the place.

file-empty = the file is empty: at line 1 there should be an object with `format`
file-too-large = the file has { $size } bytes, more than the { $limit } MiB that are read
file-not-text = line { $line }, column { $column }: the bytes from here on are not UTF-8 text
file-too-deep = line { $line }, column { $column }: objects and lists are nested more than { $limit } deep
file-truncated = line { $line }, column { $column }: the file ends in the middle, its last part is missing
file-not-json = line { $line }, column { $column }: this is not JSON ({ $detail })
file-duplicate = line { $line }, column { $column }: `{ $place }` stands here for the second time
file-too-many = line { $line }, column { $column }: the file has more than { $limit } resources
file-foreign = this is not a vpcscape file: `format` is missing at its top
file-unknown-format = `format`: `{ $found }` is not known, this program reads `vpcscape/{ $version }`
file-newer = `format`: the file has version { $found } and this program reads up to version { $version }, so open it with a newer vpcscape
file-at = `{ $place }`: { $what }
file-top = (top of the file)

file-format-not-text = the format is not text such as `vpcscape/{ $version }`
file-unknown-field = there is no such field{ $known }
file-known-fields = {" "}(known here: { $fields })
file-missing-field = the field `{ $field }` is missing
file-unknown-word = `{ $found }` is not one of { $expected }
file-wrong-type = { $found } stands here instead of { $expected }
file-list-in-list = a list cannot stand in this list
file-bad-address = { $found } is not an address or block such as `10.0.0.0/16`
file-name-tag = the tag `Name` is the resource's `name` and cannot stand among its tags
file-dangling = there is no resource `{ $to }`
file-wrong-kind = `{ $to }` is of the kind “{ $found }”, but “{ $wanted }” is needed here
file-cycle = the resource would stand inside itself ({ $ring })

file-a-null = `null`
file-a-list = a list
file-an-object = an object
file-want-text = a text
file-want-switch = `true` or `false`
file-want-number = a whole number from { $from } to { $to }
file-want-block = a block such as `10.0.0.0/16`
file-want-address = an address such as `10.0.0.10`

file-unreadable = { $path }: { $why }
file-unwritable = { $path } was not written: { $why }
file-read-only = { $path } was not written: it is marked as read-only
file-link-ring = its name is a link that leads back to itself
file-why-not-found = there is no such file or folder
file-why-permission = you have no permission to do that
file-why-folder = this is a folder, not a file
file-why-no-folder = a part of the path is a file, not a folder
file-why-full = the disk is full
file-why-read-only = the disk can only be read
file-why-broken = a defect of this program stopped it; nothing was changed

file-dialog-import = Import a folder of describe output
file-dialog-open = Open a topology
file-dialog-save = Save the topology
file-dialog-export = Export
file-dialog-topology = vpcscape topology
file-dialog-svg = SVG picture
file-dialog-png = PNG picture
file-recovered = This is unsaved work from a program that did not end well; look at it and save it
file-untitled = Untitled network
# Walks and saved checks as text.
file-trace-reachable = reachable: the packet arrives and the reply comes back
file-trace-blocked = blocked by { $count ->
        [one] one thing
       *[other] { $count } things
    } in the way
file-trace-forward = Forward
file-trace-reply = Reply
file-trace-blockers = In the way
file-test-ok = holds 
file-test-failed = FAILED
file-test-summary = { $count } checks, { $failed } of which do not hold
file-test-unexpected = the flow works, and the check says that it must not
file-connect-none = No way leads to a shell on { $name }. The nearest one: { $best }.
file-connect-reason = { $from } to { $to }: { $code }: { $detail }
file-trace-openings = Any one of these would open it:

file-matrix-from = FROM
file-matrix-to = TO
file-matrix-tcp = TCP
file-matrix-udp = UDP
file-matrix-ping = PING
file-matrix-yes = yes
file-matrix-all = all
file-matrix-summary = { $open } of { $pairs } pairs have something open between them.
