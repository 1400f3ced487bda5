//! The adapter, connected to moto, and short ways to ask it.

use std::{sync::Arc, time::Duration};

use vpcscape::{
    aws::{Aws, CliFiles, Options, Timeouts},
    cloud::{Call, CloudApi as _, CloudError, Created, DescribeKind, Live, Reply, Tags},
};

use super::server::{self, Server};

/// One region of moto.
pub struct Cloud {
    aws: Aws,
    _server: Arc<Server>,
}

/// Made-up credentials for any endpoint on loopback.
pub fn options(server: &Server, region: &str, endpoint_url: &str) -> Options {
    Options {
        profile: Some("moto".to_owned()),
        region: Some(region.to_owned()),
        endpoint_url: Some(endpoint_url.to_owned()),
        files: Some(CliFiles { config: server.config.clone(), credentials: server.credentials.clone() }),
    }
}

impl Cloud {
    /// Connects to moto in this region.
    pub async fn of(region: &str) -> Self {
        let server = server::shared();
        let options = options(&server, region, &server.url);
        // moto reads its images at the first call, on a busy machine for more than a few seconds.
        let timeouts = Timeouts { call: Duration::from_mins(2), ..Timeouts::default() };
        let aws = Aws::connect_with(options, timeouts).await.expect("the profile has keys");
        Self { aws, _server: server }
    }

    /// Carries out a call that must succeed.
    pub async fn ask(&self, call: Call) -> Reply {
        self.aws.call(&call).await.unwrap_or_else(|error| panic!("{}: {error}", call.name()))
    }

    /// Carries out a call that must be refused.
    pub async fn refused(&self, call: Call) -> CloudError {
        match self.aws.call(&call).await {
            Err(error) => error,
            Ok(reply) => panic!("{} was carried out: {reply:?}", call.name()),
        }
    }

    /// Carries out a call that answers `Done`.
    pub async fn done(&self, call: Call) {
        let name = call.name();
        assert_eq!(self.ask(call).await, Reply::Done, "{name}");
    }

    /// Carries out a call that makes something.
    pub async fn created(&self, call: Call) -> Created {
        let name = call.name();
        match self.ask(call).await {
            Reply::Created(created) => created,
            other => panic!("{name} answered {other:?}"),
        }
    }

    /// The id of what the call makes.
    pub async fn make(&self, call: Call) -> String {
        self.created(call).await.id
    }

    /// Lists the objects with these ids.
    pub async fn show(&self, kind: DescribeKind, ids: &[&str]) -> Live {
        self.list(Call::describe_ids(kind, ids.iter().copied())).await
    }

    /// Lists what a describing call finds.
    pub async fn list(&self, call: Call) -> Live {
        match self.ask(call).await {
            Reply::Described(live) => live,
            other => panic!("a describing call answered {other:?}"),
        }
    }

    /// A VPC `10.0.0.0/16`.
    pub async fn vpc(&self) -> String {
        let cidr_block = "10.0.0.0/16".to_owned();
        self.make(Call::CreateVpc { cidr_block, instance_tenancy: None, tags: tags("vpc") }).await
    }

    /// A subnet in the region's zone `a`, `b`, …
    pub async fn subnet(&self, vpc_id: &str, cidr_block: &str, zone: char) -> String {
        let call = Call::CreateSubnet {
            vpc_id: vpc_id.to_owned(),
            cidr_block: cidr_block.to_owned(),
            ipv6_cidr_block: None,
            availability_zone: Some(format!("{}{zone}", self.aws.region())),
            tags: tags("subnet"),
        };
        self.make(call).await
    }

    /// A security group.
    pub async fn group(&self, vpc_id: &str, name: &str) -> String {
        let call = Call::CreateSecurityGroup {
            group_name: name.to_owned(),
            description: format!("for {name}"),
            vpc_id: vpc_id.to_owned(),
            tags: tags(name),
        };
        self.make(call).await
    }
}

/// The one item of a described list.
#[macro_export]
macro_rules! one {
    ($live:expr, $kind:ident) => {
        match $live {
            vpcscape::cloud::Live::$kind(mut items) if items.len() == 1 => items.remove(0),
            other => panic!("expected one of {}, got {other:?}", stringify!($kind)),
        }
    };
}

/// All items of a described list.
#[macro_export]
macro_rules! all {
    ($live:expr, $kind:ident) => {
        match $live {
            vpcscape::cloud::Live::$kind(items) => items,
            other => panic!("expected {}, got {other:?}", stringify!($kind)),
        }
    };
}

/// The tags of every object that the tests make.
pub fn tags(name: &str) -> Tags {
    Tags::from([
        ("Name".to_owned(), name.to_owned()),
        ("vpcscape:test".to_owned(), "ünïcode & <xml>".to_owned()),
    ])
}
