//! Credentials, region and endpoint, found where the AWS CLI finds them.

use std::{env, fmt, path::PathBuf, sync::OnceLock, time::Duration};

use aws_config::{
    BehaviorVersion, Region, SdkConfig, profile::ProfileFileCredentialsProvider,
    provider_config::ProviderConfig, retry::RetryConfig, timeout::TimeoutConfig,
};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_ec2::config::{ProvideCredentials, SharedHttpClient};

use super::{dry_run::Guard, failure::innermost, http};
use crate::t;

/// What `--profile`, `--region` and `--endpoint-url` say. Where one says nothing, the environment
/// (`AWS_PROFILE`, `AWS_REGION`, `AWS_DEFAULT_REGION`, `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_EC2`, …)
/// and the CLI's own files decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// A profile of `~/.aws/config` and `~/.aws/credentials`. Named here it wins over keys in the
    /// environment, as with the CLI.
    pub profile: Option<String>,
    /// `eu-central-1`, …
    pub region: Option<String>,
    /// Another endpoint for all services: an emulator, a proxy, a private endpoint.
    pub endpoint_url: Option<String>,
    /// Other files than `~/.aws/config` and `~/.aws/credentials` (or where `AWS_CONFIG_FILE` and
    /// `AWS_SHARED_CREDENTIALS_FILE` point to).
    pub files: Option<CliFiles>,
}

/// Files in the form of the AWS CLI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliFiles {
    /// In the place of `~/.aws/config`.
    pub config: PathBuf,
    /// In the place of `~/.aws/credentials`.
    pub credentials: PathBuf,
}

impl CliFiles {
    fn for_sdk(&self) -> EnvConfigFiles {
        EnvConfigFiles::builder()
            .with_file(EnvConfigFileKind::Config, &self.config)
            .with_file(EnvConfigFileKind::Credentials, &self.credentials)
            .build()
    }
}

/// The longest wait for the answer to "who am I" and to questions that can do without one.
const SHORT: Duration = Duration::from_secs(8);

/// How long is waited for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For the whole of one call.
    pub call: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), call: Duration::from_secs(30) }
    }
}

/// Why there is no connection: one sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConnectError(pub String);

/// One account in one region of AWS.
pub struct Aws {
    pub(super) ec2: aws_sdk_ec2::Client,
    /// For calls that only read: what failed on the way is asked again by the SDK itself.
    pub(super) reader: aws_sdk_ec2::Client,
    /// For questions whether a call is allowed.
    pub(super) dry: aws_sdk_ec2::Client,
    pub(super) guard: Guard,
    /// Whether the endpoint honours `DryRun`, once that is known.
    pub(super) honours: OnceLock<bool>,
    pub(super) ssm: aws_sdk_ssm::Client,
    pub(super) quotas: aws_sdk_servicequotas::Client,
    pub(super) sts: aws_sdk_sts::Client,
    region: String,
    endpoint: String,
}

impl fmt::Debug for Aws {
    // The clients hold the credentials; they are not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aws")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Aws {
    /// Finds region and credentials. Nothing is sent to EC2 yet; a provider of credentials (single
    /// sign-on, an assumed role) may be asked.
    pub async fn connect(
        profile: Option<&str>,
        region: Option<&str>,
        endpoint_url: Option<&str>,
    ) -> Result<Self, ConnectError> {
        let options = Options {
            profile: profile.map(str::to_owned),
            region: region.map(str::to_owned),
            endpoint_url: endpoint_url.map(str::to_owned),
            files: None,
        };
        Self::connect_with(options, Timeouts::default()).await
    }

    /// As [`connect`](Self::connect), with timeouts of one's own.
    pub async fn connect_with(options: Options, timeouts: Timeouts) -> Result<Self, ConnectError> {
        let options = cleaned(options);
        if let Some(url) = &options.endpoint_url {
            check_endpoint(url)?;
        }
        let config = load(&options, timeouts).await?;
        let region =
            config.region().map(ToString::to_string).ok_or_else(|| ConnectError(t!("aws-no-region")))?;
        check_credentials(&config, options.profile.as_deref()).await?;
        let endpoint = config
            .endpoint_url()
            .map_or_else(|| t!("aws-endpoint-of-region", region = &region), str::to_owned);
        // Who am I is the first question of every run: an endpoint that is silent is found out soon. And
        // a plan does not wait long for a quota, of which the default is known.
        let short = Timeouts { call: timeouts.call.min(SHORT), ..timeouts };
        let guard = Guard::default();
        Ok(Self {
            ec2: aws_sdk_ec2::Client::new(&config),
            reader: aws_sdk_ec2::Client::from_conf(
                aws_sdk_ec2::config::Builder::from(&config).retry_config(RetryConfig::standard()).build(),
            ),
            dry: aws_sdk_ec2::Client::from_conf(
                aws_sdk_ec2::config::Builder::from(&config).interceptor(guard.clone()).build(),
            ),
            guard,
            honours: OnceLock::new(),
            ssm: aws_sdk_ssm::Client::new(&config),
            quotas: aws_sdk_servicequotas::Client::from_conf(
                aws_sdk_servicequotas::config::Builder::from(&config).timeout_config(within(short)).build(),
            ),
            sts: aws_sdk_sts::Client::from_conf(
                aws_sdk_sts::config::Builder::from(&config).timeout_config(within(short)).build(),
            ),
            region,
            endpoint,
        })
    }

    /// The region that is asked: `eu-central-1`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The endpoint's address, or words for AWS's own endpoint.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// An empty text means the same as none: forms and shell scripts give such.
fn cleaned(options: Options) -> Options {
    let some = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Options {
        profile: some(options.profile),
        region: some(options.region),
        endpoint_url: some(options.endpoint_url),
        files: options.files,
    }
}

/// Refuses what cannot be an address before the SDK wraps the reason into six errors.
fn check_endpoint(url: &str) -> Result<(), ConnectError> {
    let authority = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"))
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    let port = authority.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
    let sound = !authority.is_empty()
        && !authority.starts_with(':')
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
        && port.is_none_or(|port| port.parse::<u16>().is_ok());
    if sound {
        return Ok(());
    }
    Err(ConnectError(t!("aws-bad-endpoint", url = url)))
}

fn within(timeouts: Timeouts) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.call)
        .operation_attempt_timeout(timeouts.call)
        .build()
}

async fn load(options: &Options, timeouts: Timeouts) -> Result<SdkConfig, ConnectError> {
    let http = http::client().map_err(|cause| ConnectError(t!("aws-no-tls", cause = cause)))?;
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http.clone())
        .timeout_config(within(timeouts))
        // Retried after a lost reply, CreateVpc makes two VPCs. Who calls decides.
        .retry_config(RetryConfig::disabled());
    if let Some(region) = &options.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(url) = &options.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    if let Some(files) = &options.files {
        loader = loader.profile_files(files.for_sdk());
    }
    if let Some(profile) = &options.profile {
        // The SDK's chain would take keys from the environment even then; the CLI does not.
        loader =
            loader.profile_name(profile).credentials_provider(profile_credentials(profile, options, http));
    } else if let Some(profile) = old_profile_variable() {
        loader = loader.profile_name(profile);
    }
    Ok(loader.load().await)
}

fn profile_credentials(
    profile: &str,
    options: &Options,
    http: SharedHttpClient,
) -> ProfileFileCredentialsProvider {
    let config = ProviderConfig::without_region()
        .with_region(options.region.clone().map(Region::new))
        .with_http_client(http);
    let builder = ProfileFileCredentialsProvider::builder().configure(&config).profile_name(profile);
    match &options.files {
        Some(files) => builder.profile_files(files.for_sdk()).build(),
        None => builder.build(),
    }
}

/// `AWS_DEFAULT_PROFILE` is the CLI's older spelling; the SDK reads only `AWS_PROFILE`.
fn old_profile_variable() -> Option<String> {
    if env::var_os("AWS_PROFILE").is_some() {
        return None;
    }
    env::var("AWS_DEFAULT_PROFILE").ok().filter(|profile| !profile.is_empty())
}

/// Asks for the credentials once, so that a missing login is said before a plan is made.
async fn check_credentials(config: &SdkConfig, profile: Option<&str>) -> Result<(), ConnectError> {
    let Some(provider) = config.credentials_provider() else {
        return Err(ConnectError(t!("aws-no-credentials")));
    };
    let Err(error) = provider.provide_credentials().await else {
        return Ok(());
    };
    Err(ConnectError(match profile {
        None => t!("aws-no-credentials"),
        Some(profile) => {
            t!("aws-no-profile-credentials", profile = profile, cause = innermost(&error))
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_needs_a_scheme_and_a_host() {
        for good in [
            "http://127.0.0.1:5000",
            "https://ec2.eu-central-1.amazonaws.com",
            "http://localhost:5000/path",
            "http://[::1]:5000/",
            "http://[::1]",
        ] {
            assert_eq!(check_endpoint(good), Ok(()), "{good}");
        }
        for bad in [
            "localhost:5000",
            "ftp://host",
            "http://",
            "http:///x",
            "http://:80",
            "http://h:port",
            "http://a b",
        ] {
            let error = check_endpoint(bad).unwrap_err();
            assert!(error.0.contains(&format!("`{bad}`")), "{error}");
        }
    }

    #[test]
    fn empty_fields_count_as_none() {
        let options = Options {
            profile: Some("  ".to_owned()),
            region: Some(" eu-west-1 ".to_owned()),
            endpoint_url: Some(String::new()),
            files: None,
        };
        let expected = Options { region: Some("eu-west-1".to_owned()), ..Options::default() };
        assert_eq!(cleaned(options), expected);
    }
}
