//! Where calls go, and how time passes there.

use std::sync::Arc;

use super::{keep::Paths, kept_cloud};
use crate::{cloud::CloudApi, session::Target, simulated::SimulatedApi};

/// Where calls go.
#[derive(Clone)]
pub enum Cloud {
    /// A cloud with a virtual clock.
    Simulated(Arc<SimulatedApi>, Pace),
    /// A cloud in real time.
    Real(Arc<dyn CloudApi>),
}

impl std::fmt::Debug for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Simulated(..) => "Simulated",
            Self::Real(_) => "Real",
        })
    }
}

/// How fast the virtual clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As fast as it can be worked out.
    AtOnce,
    /// So many times faster than real time.
    Times(u32),
}

/// Opens a target; answers where calls go and the region.
pub async fn open_target(
    target: &Target,
    document_region: &str,
    paths: Option<&Paths>,
    pace: Pace,
) -> Result<(Cloud, String), String> {
    match target {
        Target::Simulated => {
            let cloud = kept_cloud::open(paths, document_region)?;
            let region = cloud.region().to_owned();
            Ok((Cloud::Simulated(Arc::new(SimulatedApi::new(cloud)), pace), region))
        }
        Target::Aws { profile, region, endpoint_url } => {
            let region = region.as_deref().unwrap_or(document_region);
            real(profile.as_deref(), region, endpoint_url.as_deref()).await
        }
    }
}

#[cfg(feature = "aws")]
async fn real(
    profile: Option<&str>,
    region: &str,
    endpoint_url: Option<&str>,
) -> Result<(Cloud, String), String> {
    let api = crate::aws::Aws::connect(profile, Some(region), endpoint_url).await;
    let api = api.map_err(|error| error.to_string())?;
    let region = api.region().to_owned();
    Ok((Cloud::Real(Arc::new(api)), region))
}

#[cfg(not(feature = "aws"))]
#[expect(clippy::unused_async, reason = "the form with the SDK waits for the network")]
async fn real(_: Option<&str>, _: &str, _: Option<&str>) -> Result<(Cloud, String), String> {
    Err(crate::t!("deploy-without-aws"))
}
