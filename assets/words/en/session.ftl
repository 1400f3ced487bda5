# Words of `session`.

session-untitled = Untitled network
session-fix-gone = this finding is no longer there; look at the list of problems again
session-nothing-copied = nothing was copied yet; select something and copy it first
session-no-template = there is no template `{ $name }`; `vpcscape new --list` names them all
session-saved = Saved to { $path }
session-exported = Exported to { $path }
session-path-empty = write the path of a file
session-path-folder = `{ $path }` is a folder; write the name of a file behind it
session-run-under-way = a run is under way; wait until it has ended or cancel it first
session-no-run = there is no run to go on with or to go back from
session-plan-stale = the drawing has changed since this plan was made; plan again, so that what you review is what happens
session-plan-errors = errors stand in the way of this plan; mend them and plan again
session-plan-empty = there is nothing to do
session-no-plan = there is no plan to carry out; plan first
session-row-since = for { $since }, usually { $usual }
session-row-usual = usually takes { $usual }
