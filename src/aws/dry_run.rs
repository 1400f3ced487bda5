//! `DryRun`: whether the credentials allow a call, without carrying it out.
//!
//! The parameter is put into the request as it leaves, in one place for every call. Emulators carry
//! out many a call in spite of it, so that no endpoint but AWS's own is asked before it has shown
//! that it knows better.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use aws_sdk_ec2::{
    config::{ConfigBag, Intercept, RuntimeComponents, interceptors::BeforeTransmitInterceptorContextMut},
    error::BoxError,
};
use aws_smithy_types::body::SdkBody;

use super::connect::Aws;
use crate::{
    cloud::{Call, CloudError, ErrorKind, Reply},
    t,
};

/// What EC2 answers where it would have carried the call out.
const WOULD: &str = "DryRunOperation";
/// The code of the answer that no dry run was made, because it could have been more than that.
const NOT_HONOURED: &str = "DryRunNotHonoured";
/// The ends of the host names of AWS's own endpoints.
const OF_AWS: &[&str] = &[".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn"];

/// Where requests went, as the interceptor saw it.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    is_aws: Arc<AtomicBool>,
}

impl Intercept for Guard {
    fn name(&self) -> &'static str {
        "DryRun"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        self.is_aws.store(is_aws(request.uri()), Ordering::Relaxed);
        let body = request.body().bytes().ok_or("a call of EC2 has its parameters in its body")?;
        let body = [body, b"&DryRun=true"].concat();
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(())
    }
}

/// Whether an address is one of AWS's own endpoints.
fn is_aws(uri: &str) -> bool {
    let authority = uri.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    uri.starts_with("https://") && OF_AWS.iter().any(|end| host.ends_with(end))
}

impl Aws {
    /// Asks; answers `Done` where the call would be carried out.
    pub(super) async fn dry_run(&self, call: &Call) -> Result<Reply, CloudError> {
        if !call.takes_dry_run() {
            return Err(not_honoured(t!("aws-dry-run-unknown", action = call.name())));
        }
        if !self.honours_dry_run().await? {
            return Err(not_honoured(t!("aws-dry-run-emulator")));
        }
        would(self.send(&self.dry, call).await)
    }

    /// Finds out once whether `DryRun` is honoured, by a call that changes nothing even where it is
    /// carried out: the end of a VPC that is not there.
    async fn honours_dry_run(&self) -> Result<bool, CloudError> {
        if let Some(known) = self.honours.get() {
            return Ok(*known);
        }
        let harmless = Call::DeleteVpc { vpc_id: "vpc-00000000000000000".to_owned() };
        let result = would(self.send(&self.dry, &harmless).await);
        let honours = match result {
            Ok(_) => true,
            Err(error) => match error.kind {
                ErrorKind::Denied => true,
                ErrorKind::LostReply | ErrorKind::Unreachable | ErrorKind::Throttled => return Err(error),
                _ => self.guard.is_aws.load(Ordering::Relaxed),
            },
        };
        Ok(*self.honours.get_or_init(|| honours))
    }
}

fn would(result: Result<Reply, CloudError>) -> Result<Reply, CloudError> {
    match result {
        Err(error) if error.is_code(WOULD) => Ok(Reply::Done),
        // A success means that it was carried out.
        Ok(_) => Err(not_honoured(t!("aws-dry-run-emulator"))),
        Err(error) => Err(error),
    }
}

fn not_honoured(message: String) -> CloudError {
    CloudError::answered(NOT_HONOURED, message)
}

#[cfg(test)]
mod tests {
    use super::is_aws;

    #[test]
    fn only_hosts_of_aws_over_tls_are_trusted_at_first_sight() {
        for uri in [
            "https://ec2.eu-central-1.amazonaws.com/",
            "https://vpce-1.ec2.us-east-1.vpce.amazonaws.com",
            "https://ec2.cn-north-1.amazonaws.com.cn:443/",
            "https://ec2.us-east-1.api.aws/",
        ] {
            assert!(is_aws(uri), "{uri}");
        }
        for uri in [
            "http://127.0.0.1:5000/",
            "https://amazonaws.com.example.org/",
            "http://ec2.eu-central-1.amazonaws.com/",
            "https://evil.example/#.amazonaws.com",
            "https://ec2.eu-central-1.amazonaws.com:8@evil.example/",
        ] {
            assert!(!is_aws(uri), "{uri}");
        }
    }
}
