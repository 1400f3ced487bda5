# Importing files of `aws ec2 describe-*` output.

import-failed = { $path } was not imported: { $why }
import-unusable = `{ $path }` cannot be used: { $why }
import-file-too-large = it is larger than { $limit } MiB
import-too-large = { $path } was not imported: its files are larger than { $limit } MiB together
import-too-many-files = { $path } was not imported: it has more than { $limit } files
import-nothing = nothing to import was found in { $files ->
    [one] 1 file
   *[other] { $files } files
} (arrays seen: { $arrays }); save the output of `aws ec2 describe-vpcs`, `describe-subnets` and so on there as JSON
import-no-such-vpc = there is no VPC `{ $id }` (there are: { $known })
import-refused = it was not read: { $why }
import-not-simulated = there is nothing to import from the simulated cloud: its network is the document that was deployed to it
import-no-arrays = none

import-imported = { $count ->
    [one] 1 resource imported
   *[other] { $count } resources imported
}
import-left-out = left out: { $count }
import-not-understood = not understood: { $count }
import-dangling = leads out of these files: { $count }
import-assumed = assumed: { $count }
import-more = … and { $count } more

import-empty-file = the file is empty
import-no-json = it is no JSON
import-no-object = it is no object of JSON
import-no-array = no array of resources is in it
import-no-id = it has no id
import-same-id = the id is taken by something else
import-incomplete = `{ $field }` is missing or of no use
import-wrong-type = { $expected } is expected here
import-wrong-value = `{ $value }` is not { $expected }
import-rule = the entry is incomplete or not understood
import-not-alive = it is deleted or was never made
import-not-active = the peering is not active
import-detached = it is attached to no VPC
import-no-side = neither of its VPCs is in these files
import-no-vpc = it belongs to no VPC
import-vpc-elsewhere = its VPC `{ $vpc }` is not in these files
import-transit-interface = the attachment of the transit gateway stands for it
import-no-thing = { $count ->
    [one] 1 entry that is
   *[other] { $count } entries that are
} no part of a network's drawing
import-off = it is off
import-second-default = its VPC has another one that is main or default: this one is taken for an ordinary one
import-orphan = `{ $field }` names something that is not in these files
import-dangling-one = `{ $to }` ({ $what }) is not in these files
import-unknown-target = the target `{ $to }` is unknown here: the route is kept and drops nothing silently, but no packet is followed through it

import-assumed-region = no file says the region: { $region } is taken
import-assumed-key = instances name this key pair, no file describes it
import-assumed-address = an interface or gateway names this address, no file lists it
import-assumed-gateway = something leads to it, no file lists it: it is taken to be there and attached
import-assumed-table = no route tables of the transit gateway are in these files: one that knows all attachments is taken
import-assumed-propagation = no propagations are in these files: all attachments are taken to propagate to the default table
import-assumed-association = no attachments are listed with their tables: those that are known are taken to be associated with the default table
import-fail-open = none of its targets is healthy: requests go to all of them
import-assumed-main = no main route table of the VPC is in these files: one with local routes only is taken
import-assumed-acl = no default network ACL of the VPC is in these files: one that allows everything is taken
import-assumed-group = no default security group of the VPC is in these files: that of AWS is taken
