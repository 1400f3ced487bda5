//! Where calls go, and how time passes there.

use std::sync::Arc;

use super::keep::{self, Paths};
use crate::{
    cloud::CloudApi,
    session::Target,
    simulated::{SimulatedApi, SimulatedCloud},
    t,
};

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
            let cloud = simulated(document_region, paths)?;
            let region = cloud.region().to_owned();
            Ok((Cloud::Simulated(Arc::new(SimulatedApi::new(cloud)), pace), region))
        }
        Target::Aws { profile, region, endpoint_url } => {
            let region = region.as_deref().unwrap_or(document_region);
            real(profile.as_deref(), region, endpoint_url.as_deref()).await
        }
    }
}

/// The cloud kept beside the document, or a new one whose ids follow from the region.
fn simulated(region: &str, paths: Option<&Paths>) -> Result<SimulatedCloud, String> {
    let kept = match paths {
        Some(paths) => keep::read(&paths.simulated())?,
        None => None,
    };
    let Some(text) = kept else {
        return Ok(SimulatedCloud::new(1, region));
    };
    let cloud = SimulatedCloud::from_json(&text).map_err(|error| error.to_string())?;
    if cloud.region() == region {
        return Ok(cloud);
    }
    Err(t!("deploy-simulated-region", kept = cloud.region().to_owned(), wanted = region))
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
    Err(t!("deploy-without-aws"))
}
