# Words of `deploy`: plans, runs, and the subcommands that carry them out.

deploy-what = { $kind } { $name }
deploy-what-detail = { $kind } { $name } ({ $detail })
deploy-title-create = create { $what }
deploy-title-update = update { $what }
deploy-title-replace = replace { $what }
deploy-title-delete = delete { $what }
deploy-title-adopt = adopt { $what }
deploy-title-put-back = put { $what } back to `{ $mode }`
deploy-title-none = leave { $what }

deploy-reason-create = it is drawn and not there yet
deploy-reason-lost-key = its private key was lost with the reply that carried it
deploy-reason-accepted = it was accepted into the drawing, and becomes its own
deploy-reason-adopt = AWS makes it together with what it belongs to
deploy-reason-setting = it is a setting of the account in this region, and there already
deploy-reason-pending = an earlier run left it on its way
deploy-reason-none = it is as drawn
deploy-reason-delete = it is drawn no more
deploy-reason-destroy = everything is removed
deploy-reason-replace = { $parts }: this cannot be changed in place
deploy-reason-field = `{ $field }` is `{ $live }` and shall be `{ $wanted }`
deploy-reason-with = `{ $field }` `{ $live }` is made anew
deploy-reason-replaced = another one takes its place
deploy-lost-disks = its disks are lost
deploy-lost-addresses = its addresses change, unless they are fixed
deploy-lost-address = the address is given back and cannot be had again
deploy-lost-connections = connections through it break
deploy-lost-key = the old private key opens nothing any more
deploy-restarts = it stops and starts again: out of reach for a minute or two
deploy-lost-public-address = a public address that is no Elastic IP changes
deploy-detached = nothing passes through it until it is attached again
deploy-block-region = it holds for every VPC of the account in { $region }, also for those that are not drawn: `{ $from }` becomes `{ $to }`
deploy-vpn-moves = its tunnels are down while it moves to the other router, usually for some minutes
deploy-vpn-anew = its tunnels get other addresses and other keys: the router on premises must be configured anew
deploy-down = it is out of reach from the end of the old one until the new one is there
deploy-reason-differs = what differs: { $parts }

deploy-aspect-tags = tags
deploy-aspect-dns = DNS switches
deploy-aspect-blocks = blocks
deploy-aspect-ipv6 = IPv6 block
deploy-aspect-dns64 = DNS64
deploy-aspect-public-ip = public IPv4 on launch
deploy-aspect-table = route table
deploy-aspect-acl = network ACL
deploy-aspect-main = main route table
deploy-aspect-routes = routes
deploy-aspect-attachment = attachment
deploy-aspect-association = association
deploy-aspect-entries = rules
deploy-aspect-rules = rules
deploy-aspect-groups = security groups
deploy-aspect-source-dest = source/destination check
deploy-aspect-instance-type = instance type
deploy-aspect-addresses = addresses
deploy-aspect-acceptance = acceptance
deploy-aspect-settings = settings
deploy-aspect-exclusions = exclusions
deploy-aspect-customer-gateway = customer gateway
deploy-aspect-associations = associations
deploy-aspect-propagations = propagation
deploy-aspect-edge = gateways that route by it
deploy-aspect-dhcp = DHCP options
deploy-aspect-endpoint = what it serves

deploy-summary = { $create } to create, { $adopt } to adopt, { $update } to update, { $replace } to replace, { $delete } to delete.
deploy-summary-nothing = Nothing to do: the account is as drawn.
deploy-summary-destroy = { $count } to delete.
deploy-summary-nothing-left = Nothing to do: nothing of this drawing is there.

deploy-replace = { $what } is there with `{ $field }` `{ $live }`; the drawing says `{ $wanted }`, and this cannot be changed in place.
deploy-replace-help = Set the field back, or delete the resource, deploy, draw it again and deploy once more.
deploy-twice = Two objects carry the tag of `{ $resource }`: `{ $kept }` is taken for it, `{ $other }` is left alone.
deploy-twice-help = Remove the tag `vpcscape:resource` from the one that is not meant.
deploy-other = { $name } is of a kind that this program cannot deploy; it is left alone.
deploy-other-help = Make it by other means, or remove it from the drawing.
deploy-other-used = { $user } leads to { $name }, which this program cannot deploy.
deploy-other-used-help = Take the mention of it out of { $user }, or make both by other means.
deploy-vpn-no-router = { $name } does not say where its router is: `customer_gateway_ip` is empty.
deploy-vpn-no-router-help = Give it the public IPv4 address of the router on premises.
deploy-vpn-static-transit = { $name } has static routes only and ends at a transit gateway, which learns no static routes: its blocks on premises are not routed by themselves.
deploy-vpn-static-transit-help = Give it the ASN of its router, so that BGP announces the blocks, or draw static routes to it in the transit gateway's tables.
deploy-block-policy = { $name } is set to `{ $mode }` by a policy of the organisation, and this account cannot change it.
deploy-block-no-exclusions = { $name } has exclusions, and the organisation allows this account none.
deploy-block-policy-help = Draw it as it is, which accepting the drift does, or remove it from the drawing.
deploy-block-exclusion = Exclusion of Block Public Access
deploy-customer-gateway = Customer gateway
deploy-accept-elsewhere = The other side of { $name } is in another account or region, and has to accept it there.
deploy-accept-elsewhere-help = Until it is accepted it carries nothing; routes to it wait in vain.
deploy-field = The field `{ $field }` of { $name } cannot be deployed by this program.
deploy-field-help = Clear the field, or make the resource by other means.
deploy-circle = The steps around `{ $resource }` wait for each other in a circle.
deploy-circle-help = Deploy the change in two parts: first without this resource, then with it.
deploy-foreign = `{ $id }` ({ $what }) in `{ $vpc }` was not deployed from this drawing, so it stays, and the VPC cannot be removed while it is there.
deploy-foreign-help = Remove it by the means by which it was made, then destroy again; or leave it with `destroy --leave-foreign`.
deploy-foreign-goes = It goes by itself once its owner is deleted, usually within { $usual } min, and is waited for; `destroy --leave-foreign` leaves it.
deploy-owner-lambda = Lambda function `{ $name }`
deploy-owner-balancer = load balancer `{ $name }`
deploy-owner-rds = an RDS database
deploy-owner-endpoint = VPC endpoint `{ $id }`
deploy-owner-nat = NAT gateway `{ $id }`
deploy-owner-transit = transit gateway attachment `{ $id }`
deploy-owner-efs = EFS file system: { $words }
deploy-owner-eks = EKS cluster: { $words }
deploy-owner-instance = instance `{ $id }`
deploy-owner-service = a service of AWS: { $words }
deploy-owner-described = an interface of others: { $words }
deploy-owner-unknown = an interface of others
deploy-owner-others = { $kind } of others
deploy-occupant = `{ $id }` ({ $words })
deploy-held = `{ $id }` cannot be removed while { $by } is there, which is not of this drawing and stays untouched. Remove it by the means by which it was made and destroy again, or leave it: `destroy --leave-foreign`.
deploy-held-wait = `{ $id }` waits for { $by } to go, for { $secs } s; once the owner is deleted that usually takes up to { $usual } min. `destroy --leave-foreign` would leave it.
deploy-held-look = `{ $id }` is held by { $by }; looking again whether it goes
deploy-left = `{ $id }` is left: { $by } is there, which is not of this drawing.

deploy-mapped = `{ $id }` cannot be detached while public addresses behind it stay with: { $users }.
deploy-mapped-help = Remove what has the address too, or keep the gateway: an address that was given at launch goes only with its instance, one of a NAT gateway with that.

deploy-refused = { $action } failed: { $code }: { $message }
deploy-refused-explained = { $action } failed: { $code }: { $message } { $ours }
deploy-retry = { $action } answered { $code }; trying again
deploy-recovering = looking whether the call without a reply took effect
deploy-finding = waiting until it shows
deploy-skipped = not done, because something before it failed or the run was stopped
deploy-never = it is `{ $state }`: { $reason }
deploy-vanished = `{ $id }` is no longer there. Plan again.
deploy-no-id = { $action } answered without an id. Plan again to see what is there.
deploy-image-unknown = The parameter `{ $name }` does not name an image.
deploy-not-found-in-vpc = What stands for `{ $resource }` did not show in its VPC. Plan again.
deploy-wait = `{ $id }` is { $state } for { $secs } s; it usually takes { $usual } s
deploy-wait-gone = `{ $id }` is { $state } for { $secs } s; its end usually takes { $usual } s
deploy-wait-over = `{ $id }` is still { $state } after { $secs } s. Deploy or destroy again to go on.
deploy-stuck = The run has nothing left to wait for and is not over. Deploy or destroy again to go on.

deploy-log-bound = { $resource } is { $id }
deploy-log-done = done: { $title }
deploy-log-failed = failed: { $title }: { $message }

deploy-journal-unreadable = Line { $line } of the journal cannot be read. Move the journal away; what it would say is found again by tags.
deploy-journal-format = The journal has the format `{ $format }`, which this program does not know. Use the program that wrote it.
deploy-state-unreadable = The state file cannot be read: { $error }. Mend it, or take the last version from your backup.
deploy-state-format = The state file has the format `{ $format }`, which this program does not know. Use the program that wrote it.
deploy-file-unreadable = `{ $path }` cannot be read: { $why }
deploy-file-unwritable = `{ $path }` cannot be written: { $why }
deploy-file-about = `{ $path }`: { $why }
deploy-calls-unreadable = Line { $line } cannot be read. Restore the file, or remove it to go on from the simulated cloud as it was before that run.
deploy-locked = `{ $path }` is in use: another run of this drawing is under way. Wait for its end.
deploy-other-scope = A run in `{ $scope }` is not over, and this is `{ $now }`. Finish that one first, by deploy or destroy.
deploy-save-first = Save the drawing first: what is deployed is remembered in a file beside it.
deploy-changed-since = The account or the files beside the drawing have changed since the plan was made; nothing was done. Plan again, and look at what is new.
deploy-without-aws = This program was built without the real EC2 API. Build it with the feature `aws`, or use `--target simulated`.
deploy-no-identity = The target did not say who is asking. Is the endpoint one of AWS?
deploy-key-written = the private key of `{ $name }` is in { $path }
deploy-key-unwritten = the private key of `{ $name }` could not be written: { $why }
deploy-no-plan = There is no plan to carry out. Plan first.
deploy-run-failed = Some of it failed. Deploy or destroy goes on from here.
deploy-run-cancelled = Stopped. Deploy or destroy goes on from here.

deploy-cli-file = the drawing
deploy-cli-target = where it is deployed
deploy-cli-target-aws = the real EC2 API, with credentials as the AWS CLI finds them
deploy-cli-target-simulated = an offline cloud, kept in a file beside the drawing
deploy-cli-profile = a profile of the AWS CLI
deploy-cli-region = another region than the drawing's: its zones and services follow, and it has a state of its own
deploy-cli-endpoint = another endpoint, such as a local emulator
deploy-cli-format = how it is told
deploy-cli-format-text = for people
deploy-cli-format-json = one JSON document
deploy-cli-format-lines = one JSON object per line
deploy-cli-yes = carry it out without asking; needed where nobody can be asked
deploy-cli-resume = go on with a run that was cut off, as a deploy does by itself; one of `drift --restore` goes on as that alone; without one this is a plain deploy
deploy-cli-rollback = bring back what stood before a run that was cut off
deploy-cli-plan-about = Show what a deploy would do
deploy-cli-deploy-about = Make the network as it is drawn
deploy-cli-destroy-about = Remove everything that was deployed of a drawing
deploy-cli-error = error
deploy-cli-where = In { $scope }:
deploy-where-caller = In { $scope }, as { $arn }
deploy-where-profile = In { $scope }, as { $arn } (profile { $profile })
deploy-cli-goes-on = An earlier run is not over; this one goes on from there.
deploy-cli-goes-on-restore = A restore is not over; this one goes on with what it was to set back, and leaves the rest.
deploy-cli-after-restore = A restore is not over; this deploys the whole drawing. `--resume` would go on with the restore alone.
deploy-cli-no-open-run = There is no open run to roll back. Use `destroy` to remove everything.
deploy-cli-errors = Errors stand in the way; nothing was changed. Mend them and deploy again.
deploy-cli-despite-checks = deploy although saved checks do not hold, without asking
deploy-cli-check-failed = does not hold: { $name }
deploy-cli-checks-need-consent = { $count ->
    [one] 1 saved check does not hold
   *[other] { $count } saved checks do not hold
}, and nobody can be asked here. Mend the drawing, or say `--despite-checks`.
deploy-cli-ask-checks = { $count ->
    [one] 1 saved check does not hold
   *[other] { $count } saved checks do not hold
}: deploy nevertheless? [y/N]
deploy-cli-not-confirmed = Not confirmed; nothing was changed.
deploy-cli-needs-yes = Nobody can be asked here. Say `--yes` to carry it out.
deploy-cli-drift-about = What was changed in the account behind the drawing’s back
deploy-cli-drift-exit-codes = Exit codes: 0 no drift or all of it settled, 3 drift, 2 unusable input, the account cannot be read, or something was refused or failed.
deploy-cli-drift-accept = Change the drawing to what is there: ids of the drawing or of AWS
deploy-cli-drift-accept-all = Change the drawing to everything that is there
deploy-cli-drift-restore = Set these back in the account as they are drawn; nothing that others added is removed
deploy-cli-leave-foreign = Leave what interfaces of others keep from going, and end there instead of waiting
deploy-cli-left = Destroyed as far as it goes; left with what is not of this drawing: { $by }. Destroy again once that is gone.
deploy-cli-restored = Restored.
deploy-drift-no-such = Nothing called `{ $name }` has drifted; `drift` lists what has.
deploy-drift-accepted = Accepted into the drawing: { $line }
deploy-drift-refused = Not accepted: { $line }. { $why }
deploy-accept-label = Accept { $name } as it is there
deploy-accept-label-many = Accept { $count } things as they are there
deploy-accept-remains = `{ $name }` cannot be accepted: the drawing cannot say what is there; { $change ->
    [added] leave it, or remove it by the means by which it was made.
   *[other] restore it, or change the drawing by hand.
}
deploy-accept-refused = `{ $name }` cannot be accepted: { $why }; { $change ->
    [added] leave it, or remove it by the means by which it was made.
   *[other] restore it, or change the drawing by hand.
}
deploy-accept-leads-to = `{ $name }` cannot be accepted with what it names; restore it, or change the drawing by hand. { $why }
deploy-accept-breaks = `{ $name }` cannot be accepted alone: `{ $other }` would have to be made anew ({ $detail }); { $change ->
    [added] accept that one too, or leave both.
   *[other] restore it instead.
}
deploy-accept-not-shown = `{ $name }` cannot be accepted: this program does not read { $what } from the account; restore it, or change the drawing by hand.
deploy-accept-of-other = `{ $id }` was deployed from another drawing, so it is not for this one to accept; leave it, or remove it with its own drawing.
deploy-accept-unknown = `{ $id }` is nothing that can be taken over into the drawing from here; leave it, or remove it by the means by which it was made.
deploy-accept-of-service = `{ $id }` belongs to { $owner }, which alone may change or remove it, so it cannot be accepted into the drawing; leave it, or remove what it belongs to.
deploy-accept-no-router = `{ $name }` cannot be accepted: its customer gateway `{ $router }` is none that this account can see; move the connection to one of this account, and look for drift again.
deploy-accept-router-stays = The customer gateway `{ $id }` was made by others: it is used, and stays when the connection goes.
deploy-accept-pending = `{ $name }` waits for its other side and goes by itself within seven days if nobody accepts it, so that no drawing can hold that; restore it, which accepts it, or accept it in the account and look for drift again.
deploy-restore-added = `{ $id }` was added by others, and what is not ours is never removed; accept it into the drawing, or remove it by the means by which it was made.
deploy-restore-open-run = An earlier run is not over; go on with `deploy`, go back with `deploy --rollback`, or `destroy`, and then look for drift again.
deploy-cli-adopt-about = Find what was deployed of a drawing when its state file is lost
deploy-drift-missing = it was deployed and is gone
deploy-drift-added = it is not of this drawing and stands in { $vpc } ({ $what })
deploy-drift-added-connection = it ends at { $gateway }, comes from { $router } and is not of this drawing
deploy-drift-added-exclusion = it is an exclusion of { $of } ({ $mode }) and is not of this drawing
deploy-drift-line = { $kind } { $name } ({ $id }): { $detail }
deploy-drift-line-added = { $kind } { $id }: { $detail }
deploy-drift-summary = { $count ->
    [0] Nothing drifted: what was deployed stands as it is drawn.
    [one] { $count } thing drifted: `--accept` takes it over into the drawing, `--restore` or a deploy sets it back.
   *[other] { $count } things drifted: `--accept` takes them over into the drawing, `--restore` or a deploy sets them back.
}
deploy-adopt-known = The state file knows what stands in { $scope } already; there is nothing to adopt.
deploy-adopt-nothing = No VPC of this account and region carries the tags of this drawing; it was deployed elsewhere or never.
deploy-adopt-several = Two deployments fit this drawing, { $one } and { $other }; destroy one of them with its own file first.
deploy-adopted = { $count } objects found and written down; plan shows what differs from the drawing.
deploy-cost = Estimate: { $hour } USD an hour, { $month } a month (on demand, { $region }, prices of { $date }; no traffic, disks or taxes).
deploy-cost-unknown = Not counted, since their price is not known: { $types }.
deploy-cli-ask = Carry it out? [y/N]
deploy-cli-ask-name = Something is lost or out of reach by this. Type the name of the drawing, { $name }, to carry it out:
deploy-cli-ask-destroy = Remove all of this? [y/N]
deploy-cli-deployed = Deployed.
deploy-cli-destroyed = Destroyed.
deploy-cli-rolled-back = Rolled back: what stood before the run stands again.
deploy-cli-failed = Some of it failed; see above. Go on with `deploy --resume` or `destroy`, go back with `deploy --rollback`, or leave it so.
deploy-cli-cancelled = Stopped. Run deploy or destroy again to go on from here, or `deploy --rollback` to go back.
deploy-cli-stopping = Stopping: calls under way end, no new one starts. Press Ctrl-C once more to end at once.
deploy-cli-ended = Ended at once, with calls under way. Run deploy or destroy again: it looks what came of them and goes on from there.
deploy-cli-file-changed = The drawing was changed while its plan was read; nothing was done. Plan again.
deploy-cli-elsewhere = Still deployed in { $scopes }: destroy there with `--region` or `--profile`.

preflight-permission = The credentials do not allow `{ $action }`, which is needed to { $title }.
preflight-permission-read = The credentials do not allow `{ $action }`, so that this was not checked.
preflight-permission-help = Ask for a policy that allows `ec2:{ $action }`, or use another profile. AWS says: { $said }
preflight-no-dry-run = Whether the credentials allow the { $count } kinds of calls of this plan was not checked.
preflight-no-dry-run-help = The endpoint is no endpoint of AWS and may carry out what is only asked for.
preflight-unanswered = There was no usable answer to { $actions }, so that this was not checked.
preflight-unanswered-help = The plan can be carried out all the same; what it cannot have shows when it is asked for.
preflight-zone-missing = There is no zone `{ $zone }` in this account and region.
preflight-zone-opt-in = The account has not opted in to the zone `{ $zone }`.
preflight-zone-state = The zone `{ $zone }` is `{ $state }`.
preflight-zone-help = Choose one of { $zones }.
preflight-type-missing = The instance type `{ $instance_type }` is not offered in this region.
preflight-type-help = Choose another type.
preflight-type-zone = The instance type `{ $instance_type }` is not offered in `{ $zone }`.
preflight-type-zone-help = Choose another type, or a subnet in one of { $zones }.
preflight-image-parameter = There is no parameter `{ $name }` that names an image.
preflight-image-parameter-help = Choose another image.
preflight-image-missing = There is no image `{ $image }` that this account may use in this region.
preflight-image-state = The image `{ $image }` is `{ $state }`.
preflight-image-help = Image ids differ from region to region; choose one of this region.
preflight-image-architecture = The image `{ $image }` is made for { $architecture }, and `{ $instance_type }` runs { $wanted }.
preflight-image-architecture-help = Choose an image or an instance type that fits the other.
preflight-key-pair = A key pair named `{ $name }` is there already ({ $id }) and is not this drawing’s.
preflight-key-pair-help = Give the key pair another name.
preflight-cidr = The block { $block } overlaps { $theirs } of { $name } ({ $id }), which is in the account.
preflight-cidr-help = It can be made, but the two can never be peered. Choose another block while nothing stands in it.
preflight-quota = { $what }: the account has { $there } here, the plan makes { $comes } and removes { $goes }, and { $told ->
    [own] its quota { $name } is { $quota }.
   *[default] the quota { $name } is { $quota } by default.
  }
preflight-quota-coded = `{ $name }` ({ $code })
preflight-quota-named = `{ $name }`
preflight-quota-help = That is the documented default, and it may have been raised for this account: see { $page }, and have it raised there first if it was not. With the permission `servicequotas:GetServiceQuota` the account's own quota is compared.
preflight-quota-support-help = That is the documented default, and it may have been raised for this account; Service Quotas does not show this one: if it was not raised, ask AWS Support first, at { $page }.
preflight-quota-told-help = Have the quota raised at { $page }, or remove what is no longer needed.
preflight-quota-at = { $what } of { $at }
preflight-quota-in = { $what } in { $zone }

deploy-secs = { $secs } s
deploy-minutes = { $minutes } min
deploy-minutes-secs = { $minutes } min { $secs } s
deploy-takes = It takes about { $time }.
deploy-takes-rehearsed = It takes about { $time }, as a rehearsal in the simulated cloud shows.
deploy-rehearsal-failed = A rehearsal of this plan in the simulated cloud failed: { $why }
deploy-rehearsal-failed-help = The simulated cloud refuses what EC2 refuses; look at this before you carry the plan out.
