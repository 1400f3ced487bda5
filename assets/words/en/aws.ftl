# Words of `aws`: what stands between this program and the EC2 API.
aws-endpoint-of-region = AWS's endpoint of { $region }
aws-bad-endpoint = `{ $url }` is not the address of an endpoint: write it like `http://127.0.0.1:5000`.
aws-no-region = No region is chosen: give one with `--region`, set `AWS_REGION`, or run `aws configure`.
aws-no-tls = The connection cannot be secured ({ $cause }): check the machine's root certificates.
aws-no-credentials = There are no usable AWS credentials: run `aws configure`, or log in with `aws sso login --profile NAME` and choose that profile with `--profile NAME`.
aws-no-profile-credentials = The profile `{ $profile }` gives no usable AWS credentials ({ $cause }): log in with `aws sso login --profile { $profile }`, or enter keys with `aws configure --profile { $profile }`.
aws-reply-without-id = The reply does not name what was made.
aws-reply-without-rules = The reply does not name every rule that was added.
aws-not-ec2 = HTTP status { $status } with `{ $body }`
aws-empty-body = nothing
aws-at-endpoint = { $endpoint }: { $cause }
aws-parameter-empty = The parameter `{ $name }` has no value.
aws-quota-empty = Service Quotas answered without a usable value for `{ $code }`.
aws-identity-empty = The reply does not name the account.
aws-endpoint-not-deleted = The endpoint `{ $id }` was not deleted.

aws-dry-run-unknown = EC2 has no dry run of { $action }.
aws-dry-run-emulator = The endpoint may carry out what is only asked for, so nothing was asked.
