//! From the SDK's errors to [`CloudError`]: what was refused, what was lost, what never left.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ec2::{
    error::{ProvideErrorMetadata, SdkError},
    operation::RequestId,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use crate::{
    cloud::{CloudError, ErrorKind},
    t,
};

/// How much of an answer that is no EC2 reply is shown, in characters.
const EXCERPT: usize = 80;

/// The failure of a call that only reads.
pub(super) fn of_read<E>(error: SdkError<E, HttpResponse>) -> CloudError
where
    E: Error + ProvideErrorMetadata + 'static,
{
    with_request_id(sort(&error, false), &error)
}

/// The failure of a call that changes something: whatever leaves its effect open is a lost reply.
pub(super) fn of_write<E>(error: SdkError<E, HttpResponse>) -> CloudError
where
    E: Error + ProvideErrorMetadata + 'static,
{
    with_request_id(sort(&error, true), &error)
}

fn with_request_id<E>(mut failure: CloudError, error: &SdkError<E, HttpResponse>) -> CloudError
where
    SdkError<E, HttpResponse>: RequestId,
{
    failure.request_id = error.request_id().map(str::to_owned);
    failure
}

fn sort<E>(error: &SdkError<E, HttpResponse>, writes: bool) -> CloudError
where
    E: Error + ProvideErrorMetadata + 'static,
{
    if let Some(missing) = cause_of::<CredentialsError>(error) {
        return CloudError::no_credentials(innermost(missing));
    }
    match error {
        SdkError::ConstructionFailure(_) => CloudError {
            code: "RequestNotBuilt".to_owned(),
            message: innermost(error),
            kind: ErrorKind::Invalid,
            request_id: None,
        },
        SdkError::DispatchFailure(failure) => {
            if never_connected(error) {
                return CloudError::unreachable(innermost(error));
            }
            // `as_other` is set where the connection ended early; without it the answer was no HTTP.
            let broke_off = failure.is_io() || failure.is_timeout() || failure.as_other().is_some();
            if writes || broke_off {
                return CloudError::lost_reply(innermost(error));
            }
            CloudError::not_understood(innermost(error))
        }
        SdkError::ServiceError(answered) => of_answer(error, answered.raw(), writes),
        // A timeout of the attempt, a body that broke off, and what later versions of the SDK add.
        _ => CloudError::lost_reply(innermost(error)),
    }
}

/// An HTTP reply arrived. Without an EC2 error code in it something else answered: a proxy, a web
/// server, an emulator that fell over. A 4xx was surely not carried out; of the others a write may
/// have been.
fn of_answer(error: &impl ProvideErrorMetadata, raw: &HttpResponse, writes: bool) -> CloudError {
    if let Some(code) = error.code().filter(|code| !code.is_empty()) {
        return CloudError::answered(code, error.message().unwrap_or_default());
    }
    let status = raw.status().as_u16();
    let message = t!("aws-not-ec2", status = status.to_string(), body = excerpt(raw.body().bytes()));
    if writes && !(400..500).contains(&status) {
        return CloudError::lost_reply(message);
    }
    CloudError::not_understood(message)
}

/// Whether the connection was never made, so that nothing can have been sent.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    cause_of::<hyper_util::client::legacy::Error>(error)
        .is_some_and(hyper_util::client::legacy::Error::is_connect)
}

/// The error and its causes, the outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        error.source()
    })
}

/// The first error of this type in the chain of causes.
fn cause_of<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// What the two innermost causes say: the outer ones only repeat that something failed.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in causes(error) {
        let text = cause.to_string();
        // Some wrappers print their cause as well, and some causes only repeat the wrapper.
        if said.last().is_some_and(|outer| outer.contains(&text)) {
            continue;
        }
        said.push(text);
    }
    let skip = said.len().saturating_sub(2);
    said.into_iter().skip(skip).collect::<Vec<_>>().join(": ")
}

/// The beginning of a body as one line of text.
fn excerpt(body: Option<&[u8]>) -> String {
    let text = String::from_utf8_lossy(body.unwrap_or_default());
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|c| !c.is_control()).take(EXCERPT).collect();
    if line.is_empty() { t!("aws-empty-body") } else { line }
}

#[cfg(test)]
mod tests;
