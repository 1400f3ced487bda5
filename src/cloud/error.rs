//! What a cloud answers when it refuses, and what that means for a run.

use serde::{Deserialize, Serialize};

use crate::t;

/// Why a call failed, as far as it matters for what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Too many calls: wait and send it again.
    Throttled,
    /// What the call names is not there: gone, or made so lately that not every part of EC2 knows it.
    NotFound,
    /// What the call would make is there already, or is in use by something else.
    AlreadyExists,
    /// Something still uses what the call would delete.
    DependencyViolation,
    /// The object is in a state in which this cannot be done: wait for the state.
    IncorrectState,
    /// A quota of the account is used up.
    Quota,
    /// The credentials are missing, wrong or expired.
    Credentials,
    /// The credentials do not allow the call.
    Denied,
    /// The parameters are wrong.
    Invalid,
    /// The reply did not arrive: the call may have taken effect or not.
    LostReply,
    /// The call surely did not arrive: connection refused, name not found.
    Unreachable,
    /// What answered is no EC2 API.
    NotUnderstood,
    /// An error within the cloud, or one that this program does not know.
    Internal,
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct CloudError {
    /// EC2's code, verbatim: `InvalidVpcID.NotFound`. One of our own for errors on the way.
    pub code: String,
    /// The cloud's message, verbatim.
    pub message: String,
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// The id under which AWS support finds the call.
    pub request_id: Option<String>,
}

impl CloudError {
    /// An error that the cloud answered; the code decides its kind.
    pub fn answered(code: impl Into<String>, message: impl Into<String>) -> Self {
        let code = code.into();
        Self { kind: classify(&code), code, message: message.into(), request_id: None }
    }

    /// The call was sent, its reply did not arrive.
    pub fn lost_reply(message: impl Into<String>) -> Self {
        Self::on_the_way("LostReply", ErrorKind::LostReply, message)
    }

    /// The call surely did not arrive.
    pub fn unreachable(message: impl Into<String>) -> Self {
        Self::on_the_way("Unreachable", ErrorKind::Unreachable, message)
    }

    /// What arrived is no reply of EC2.
    pub fn not_understood(message: impl Into<String>) -> Self {
        Self::on_the_way("NotUnderstood", ErrorKind::NotUnderstood, message)
    }

    /// There are no usable credentials, so nothing was sent.
    pub fn no_credentials(message: impl Into<String>) -> Self {
        Self::on_the_way("NoCredentials", ErrorKind::Credentials, message)
    }

    fn on_the_way(code: &str, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), kind, request_id: None }
    }

    /// Whether the code is this one, whatever the case of its letters (EC2 writes `ID` and `Id`).
    pub fn is_code(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code)
    }
}

/// Codes with a kind of their own, in lower case. The rest follows patterns.
///
/// Source: "Error codes for the Amazon EC2 API" in the EC2 API reference, and section "Common errors".
const BY_CODE: &[(&str, ErrorKind)] = &[
    ("requestlimitexceeded", ErrorKind::Throttled),
    ("throttling", ErrorKind::Throttled),
    ("throttlingexception", ErrorKind::Throttled),
    ("toomanyrequestsexception", ErrorKind::Throttled),
    ("ec2throttledexception", ErrorKind::Throttled),
    ("bandwidthlimitexceeded", ErrorKind::Throttled),
    ("slowdown", ErrorKind::Throttled),
    ("natgatewaynotfound", ErrorKind::NotFound),
    ("parameternotfound", ErrorKind::NotFound),
    ("gateway.notattached", ErrorKind::IncorrectState),
    ("invalidpermission.duplicate", ErrorKind::AlreadyExists),
    ("resource.alreadyassociated", ErrorKind::AlreadyExists),
    ("resource.alreadyassigned", ErrorKind::AlreadyExists),
    ("invalidipaddress.inuse", ErrorKind::AlreadyExists),
    ("invalidsubnet.conflict", ErrorKind::AlreadyExists),
    ("dependencyviolation", ErrorKind::DependencyViolation),
    ("invalidgroup.inuse", ErrorKind::DependencyViolation),
    ("invalidcidrblock.inuse", ErrorKind::DependencyViolation),
    ("invalidstatetransition", ErrorKind::IncorrectState),
    ("invalidvpcstate", ErrorKind::IncorrectState),
    ("invalidstate", ErrorKind::IncorrectState),
    ("incorrectstate", ErrorKind::IncorrectState),
    ("incorrectinstancestate", ErrorKind::IncorrectState),
    ("insufficientfreeaddressesinsubnet", ErrorKind::Quota),
    ("maxiopslimitexceeded", ErrorKind::Quota),
    ("invalidaction", ErrorKind::Invalid),
    ("authfailure", ErrorKind::Credentials),
    ("expiredtoken", ErrorKind::Credentials),
    ("expiredtokenexception", ErrorKind::Credentials),
    ("requestexpired", ErrorKind::Credentials),
    ("invalidclienttokenid", ErrorKind::Credentials),
    ("unrecognizedclientexception", ErrorKind::Credentials),
    ("signaturedoesnotmatch", ErrorKind::Credentials),
    ("incompletesignature", ErrorKind::Credentials),
    ("missingauthenticationtoken", ErrorKind::Credentials),
    ("optinrequired", ErrorKind::Credentials),
    ("unauthorizedoperation", ErrorKind::Denied),
    ("accessdenied", ErrorKind::Denied),
    ("accessdeniedexception", ErrorKind::Denied),
    ("operationnotpermitted", ErrorKind::Denied),
    ("cannotdelete", ErrorKind::Invalid),
    ("duplicatesubnetsinsamezone", ErrorKind::Invalid),
    ("idempotentparametermismatch", ErrorKind::Invalid),
    ("missingparameter", ErrorKind::Invalid),
    ("unknownparameter", ErrorKind::Invalid),
    ("routenotsupported", ErrorKind::Invalid),
    ("notavailableinzone", ErrorKind::Invalid),
    ("unsupported", ErrorKind::Invalid),
    ("unsupportedoperation", ErrorKind::Invalid),
    ("validationerror", ErrorKind::Invalid),
    ("internalerror", ErrorKind::Internal),
    ("internalfailure", ErrorKind::Internal),
    ("unavailable", ErrorKind::Internal),
    ("serviceunavailable", ErrorKind::Internal),
    ("insufficientinstancecapacity", ErrorKind::Internal),
];

/// The kind of an error code, whatever the case of its letters.
pub fn classify(code: &str) -> ErrorKind {
    let code = code.to_ascii_lowercase();
    if let Some((_, kind)) = BY_CODE.iter().find(|(known, _)| *known == code) {
        return *kind;
    }
    if code.ends_with("notfound") || code.ends_with("notfoundexception") {
        return ErrorKind::NotFound;
    }
    if code.ends_with(".duplicate") || code.ends_with("alreadyexists") {
        return ErrorKind::AlreadyExists;
    }
    if code.ends_with("limitexceeded") {
        return ErrorKind::Quota;
    }
    if code.starts_with("invalid") || code.starts_with("duplicate") || code.starts_with("unsupported") {
        return ErrorKind::Invalid;
    }
    ErrorKind::Internal
}

/// Our sentence beside the cloud's own message: what it means here and what to do. `None` where the
/// message says all there is.
pub fn explain(error: &CloudError) -> Option<String> {
    explain_code(&error.code.to_ascii_lowercase()).or_else(|| explain_kind(error.kind))
}

/// Sentences for single codes.
fn explain_code(code: &str) -> Option<String> {
    Some(match code {
        "invalidvpc.range" | "invalidvpcrange" => t!("cloud-vpc-range"),
        "invalidsubnet.range" => t!("cloud-subnet-range"),
        "invalidsubnet.conflict" => t!("cloud-subnet-conflict"),
        "gateway.notattached" => t!("cloud-gateway-not-attached"),
        "resource.alreadyassociated" => t!("cloud-already-associated"),
        "invalidipaddress.inuse" | "resource.alreadyassigned" => t!("cloud-address-in-use"),
        "routealreadyexists" => t!("cloud-route-exists"),
        "invalidgroup.duplicate" => t!("cloud-group-duplicate"),
        "invalidkeypair.duplicate" => t!("cloud-key-duplicate"),
        "invalidkeypair.notfound" => t!("cloud-key-missing"),
        "invalidamiid.notfound" | "invalidamiid.malformed" => t!("cloud-image-missing"),
        "duplicatesubnetsinsamezone" => t!("cloud-endpoint-zones"),
        "insufficientfreeaddressesinsubnet" => t!("cloud-subnet-full"),
        "insufficientinstancecapacity" => t!("cloud-no-capacity"),
        "vcpulimitexceeded" => t!("cloud-vcpu-limit"),
        "idempotentparametermismatch" => t!("cloud-token-mismatch"),
        "notavailableinzone" | "unsupported" => t!("cloud-not-in-zone"),
        "operationnotpermitted" => t!("cloud-protected"),
        "optinrequired" => t!("cloud-opt-in"),
        _ => return None,
    })
}

/// Sentences for whole kinds.
fn explain_kind(kind: ErrorKind) -> Option<String> {
    Some(match kind {
        ErrorKind::Throttled => t!("cloud-throttled"),
        ErrorKind::NotFound => t!("cloud-not-found"),
        ErrorKind::AlreadyExists => t!("cloud-already-exists"),
        ErrorKind::DependencyViolation => t!("cloud-dependency"),
        ErrorKind::IncorrectState => t!("cloud-incorrect-state"),
        ErrorKind::Quota => t!("cloud-quota"),
        ErrorKind::Credentials => t!("cloud-credentials"),
        ErrorKind::Denied => t!("cloud-denied"),
        ErrorKind::LostReply => t!("cloud-lost-reply"),
        ErrorKind::Unreachable => t!("cloud-unreachable"),
        ErrorKind::NotUnderstood => t!("cloud-not-understood"),
        ErrorKind::Invalid | ErrorKind::Internal => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_kinds_whatever_the_case() {
        for (code, kind) in [
            ("InvalidSubnetID.NotFound", ErrorKind::NotFound),
            ("InvalidSubnetId.NotFound", ErrorKind::NotFound),
            ("NatGatewayNotFound", ErrorKind::NotFound),
            ("InvalidPermission.NotFound", ErrorKind::NotFound),
            ("ParameterNotFound", ErrorKind::NotFound),
            ("InvalidGroup.Duplicate", ErrorKind::AlreadyExists),
            ("RouteAlreadyExists", ErrorKind::AlreadyExists),
            ("Resource.AlreadyAssociated", ErrorKind::AlreadyExists),
            ("DependencyViolation", ErrorKind::DependencyViolation),
            ("INVALIDGROUP.INUSE", ErrorKind::DependencyViolation),
            ("IncorrectInstanceState", ErrorKind::IncorrectState),
            ("Gateway.NotAttached", ErrorKind::IncorrectState),
            ("VpcLimitExceeded", ErrorKind::Quota),
            ("RequestLimitExceeded", ErrorKind::Throttled),
            ("AuthFailure", ErrorKind::Credentials),
            ("UnauthorizedOperation", ErrorKind::Denied),
            ("InvalidVpc.Range", ErrorKind::Invalid),
            ("InvalidParameterValue", ErrorKind::Invalid),
            ("InternalError", ErrorKind::Internal),
            ("SomethingOfNextYear", ErrorKind::Internal),
        ] {
            assert_eq!(classify(code), kind, "{code}");
        }
    }

    #[test]
    fn every_code_of_the_table_is_in_lower_case_and_stands_once() {
        for (at, (code, _)) in BY_CODE.iter().enumerate() {
            assert_eq!(*code, code.to_ascii_lowercase());
            assert!(!BY_CODE[..at].iter().any(|(other, _)| other == code), "{code} stands twice");
        }
    }

    #[test]
    fn an_explanation_is_a_sentence_from_the_catalogue() {
        let range = CloudError::answered("InvalidVpcRange", "The CIDR '10.0.0.0/8' is invalid.");
        let both_spellings = CloudError::answered("InvalidVpc.Range", "…");
        assert_eq!(explain(&range), explain(&both_spellings));
        for error in [range, CloudError::answered("VpcLimitExceeded", ""), CloudError::lost_reply("")] {
            let sentence = explain(&error).unwrap();
            assert!(sentence.contains(' ') && sentence.ends_with('.'), "{sentence}");
        }
        assert_eq!(explain(&CloudError::answered("InvalidParameterValue", "")), None);
    }
}
