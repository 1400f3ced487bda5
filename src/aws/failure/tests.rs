//! What the SDK calls a failure, and what we call it.

use std::fmt;

use aws_sdk_ec2::{error::ConnectorError, operation::create_vpc::CreateVpcError};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::{body::SdkBody, error::ErrorMetadata};

use super::*;

#[derive(Debug)]
struct Chain(&'static str, Option<Box<Chain>>);

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Chain {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.1.as_deref().map(|cause| cause as _)
    }
}

fn chain(texts: &[&'static str]) -> Chain {
    Chain(texts[0], texts.get(1..).filter(|rest| !rest.is_empty()).map(|rest| Box::new(chain(rest))))
}

fn answer(status: u16, body: &'static str, meta: ErrorMetadata) -> SdkError<CreateVpcError, HttpResponse> {
    let raw = HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::from(body));
    SdkError::service_error(CreateVpcError::generic(meta), raw)
}

fn unreadable(status: u16) -> SdkError<CreateVpcError, HttpResponse> {
    answer(status, "<!doctype html>\n<title>Oops</title>", ErrorMetadata::builder().build())
}

#[test]
fn a_refusal_keeps_its_code_and_message() {
    let meta = ErrorMetadata::builder().code("InvalidVpc.Range").message("The CIDR is invalid.").build();
    let failure = of_write(answer(400, "", meta));
    assert_eq!((failure.code.as_str(), failure.kind), ("InvalidVpc.Range", ErrorKind::Invalid));
    assert_eq!(failure.message, "The CIDR is invalid.");
}

#[test]
fn an_answer_that_is_not_ec2s_leaves_a_write_open_but_not_a_read() {
    for status in [200, 500, 502] {
        assert_eq!(of_write(unreadable(status)).kind, ErrorKind::LostReply, "{status}");
    }
    assert_eq!(of_write(unreadable(404)).kind, ErrorKind::NotUnderstood);
    for status in [200, 404, 500] {
        assert_eq!(of_read(unreadable(status)).kind, ErrorKind::NotUnderstood, "{status}");
    }
    let message = of_read(unreadable(500)).message;
    assert!(message.contains("500") && message.contains("<title>Oops</title>"), "{message}");
}

#[test]
fn a_timeout_or_a_broken_connection_is_a_lost_reply() {
    let timeout = SdkError::<CreateVpcError, HttpResponse>::timeout_error(chain(&["no answer"]));
    assert_eq!(of_write(timeout).kind, ErrorKind::LostReply);
    let reset = || {
        let io = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "reset");
        SdkError::<CreateVpcError, HttpResponse>::dispatch_failure(ConnectorError::io(io.into()))
    };
    assert_eq!(of_write(reset()).kind, ErrorKind::LostReply);
    assert_eq!(of_read(reset()).kind, ErrorKind::LostReply);
}

#[test]
fn what_is_not_http_is_not_understood_by_a_read() {
    let garbage = || {
        let cause = chain(&["invalid HTTP version parsed"]);
        SdkError::<CreateVpcError, HttpResponse>::dispatch_failure(ConnectorError::other(cause.into(), None))
    };
    assert_eq!(of_read(garbage()).kind, ErrorKind::NotUnderstood);
    assert_eq!(of_write(garbage()).kind, ErrorKind::LostReply);
}

#[test]
fn missing_credentials_are_found_in_the_chain_of_causes() {
    let missing = CredentialsError::not_loaded(chain(&["no profile"]));
    let failure = of_write(SdkError::<CreateVpcError, HttpResponse>::dispatch_failure(
        ConnectorError::other(missing.into(), None),
    ));
    assert_eq!(failure.kind, ErrorKind::Credentials);
    assert!(failure.message.contains("no profile"), "{}", failure.message);
}

#[test]
fn the_innermost_causes_are_said_once() {
    assert_eq!(innermost(&chain(&["dispatch failure", "io error", "refused"])), "io error: refused");
    assert_eq!(innermost(&chain(&["tcp: refused", "refused"])), "tcp: refused");
    assert_eq!(innermost(&chain(&["alone"])), "alone");
}

#[test]
fn an_excerpt_is_one_short_line() {
    assert_eq!(excerpt(Some(b"a\n\t b\x1b[0m")), "a b[0m");
    assert_eq!(excerpt(Some("x".repeat(500).as_bytes())).len(), EXCERPT);
    assert_eq!(excerpt(None), t!("aws-empty-body"));
}
