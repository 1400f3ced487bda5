//! `vpcscape connect`: how to get a shell on an instance of the drawing.

use std::{collections::BTreeMap, path::PathBuf};

use clap::ValueEnum;

use super::{
    output::{self, Failure},
    trace::{live_ids, read_party},
};
use crate::{
    interop::walk_report,
    reach::{
        Network, Party,
        connect::{self, Operator},
    },
    runtime::files,
    t,
};

/// Exit code: no way works.
const NO_WAY: u8 = 1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", help = t!("cli-trace-file"))]
    file: PathBuf,
    #[arg(long, value_name = "HOST", help = t!("cli-connect-to"))]
    to: String,
    #[arg(long, value_name = "NAME", default_value = "ec2-user", value_parser = user, help = t!("cli-connect-user"))]
    user: String,
    #[arg(long, value_name = "KEY-FILE", help = t!("cli-connect-key"))]
    key: Option<String>,
    #[arg(long, conflicts_with = "format", help = t!("cli-connect-ssh-config"))]
    ssh_config: bool,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("cli-connect-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("cli-connect-format-text"))]
    Text,
    #[value(help = t!("cli-connect-format-json"))]
    Json,
}

fn user(text: &str) -> Result<String, String> {
    if connect::is_user(text) { Ok(text.to_owned()) } else { Err(t!("cli-connect-no-user", text = text)) }
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let document = files::read(&args.file).map_err(Failure)?.document;
    let index = document.topology.index();
    let network = Network::new(&document.topology, &index);
    let not_one = || Failure(t!("cli-connect-no-host", name = &args.to));
    let Party::Resource(host) = read_party(&document.topology, &args.file, &args.to)? else {
        return Err(not_one());
    };
    let found = connect::connect(&network, &host).ok_or_else(not_one)?;
    let mut keys = connect::key_files(&network, &args.file);
    if let Some(key) = &args.key {
        keys.extend(index.of_kind(crate::model::Kind::KeyPair).iter().map(|id| (id.clone(), key.clone())));
    }
    let live: BTreeMap<_, _> = live_ids(&args.file);
    let operator = Operator { user: &args.user, keys: &keys, live: &live };
    let text = if args.ssh_config {
        walk_report::ssh_config_text(&network, &found, &operator)
    } else {
        match args.format {
            Format::Text => None,
            Format::Json => Some(walk_report::connection_json(&network, &found, &operator)),
        }
    };
    let text = text.unwrap_or_else(|| walk_report::connection_text(&network, &found, &operator));
    output::print(text.as_bytes())?;
    Ok(if found.works.is_empty() { NO_WAY } else { 0 })
}
