//! The HTTP client under the SDK: rustls, the machine's root certificates, the usual proxy variables.

use aws_sdk_ec2::config::{RuntimeComponents, SharedHttpClient};
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};

/// A client that trusts what the machine trusts (`SSL_CERT_FILE` and `SSL_CERT_DIR` name other
/// certificates) and goes through `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` except to `NO_PROXY`.
///
/// The error is the SDK's text.
pub(super) fn client() -> Result<SharedHttpClient, String> {
    // A container without root certificates can still talk to an emulator over plain HTTP.
    let has_roots = !rustls_native_certs::load_native_certs().certs.is_empty();
    let trust = TrustStore::empty().with_native_roots(has_roots);
    let tls = TlsContext::builder().with_trust_store(trust).build().map_err(|error| error.to_string())?;
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls.clone()).build()
    }))
}
