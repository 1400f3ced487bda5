//! Where `plan`, `deploy` and `destroy` go.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{deploy::Desired, model::Document, runtime::files, session::Target, t};

/// The options that choose a target.
#[derive(Debug, clap::Args)]
pub(super) struct TargetArgs {
    #[arg(value_name = "FILE", help = t!("deploy-cli-file"))]
    pub file: PathBuf,
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// An account and a region, without a file.
#[derive(Debug, clap::Args)]
pub(super) struct PlaceArgs {
    #[arg(long, value_enum, default_value_t = Where::Aws, help = t!("deploy-cli-target"))]
    pub target: Where,
    #[arg(long, value_name = "NAME", help = t!("deploy-cli-profile"))]
    pub profile: Option<String>,
    #[arg(long, value_name = "REGION", help = t!("deploy-cli-region"))]
    pub region: Option<String>,
    #[arg(long, value_name = "URL", help = t!("deploy-cli-endpoint"))]
    pub endpoint_url: Option<String>,
}

/// A kind of target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Where {
    #[value(help = t!("deploy-cli-target-aws"))]
    Aws,
    #[value(help = t!("deploy-cli-target-simulated"))]
    Simulated,
}

impl TargetArgs {
    /// The document, in the region that the command line asks for.
    pub fn document(&self) -> Result<Document, String> {
        let mut document = files::read(&self.file)?.document;
        if let (Where::Simulated, Some(region)) = (self.place.target, &self.place.region) {
            document.topology = Desired::new(&document, region).topology;
        }
        Ok(document)
    }

    /// The target.
    pub fn target(&self) -> Target {
        self.place.target()
    }
}

impl PlaceArgs {
    /// The target.
    pub fn target(&self) -> Target {
        match self.target {
            Where::Simulated => Target::Simulated,
            Where::Aws => Target::Aws {
                profile: self.profile.clone(),
                region: self.region.clone(),
                endpoint_url: self.endpoint_url.clone(),
            },
        }
    }
}
