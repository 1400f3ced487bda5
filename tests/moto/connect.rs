//! Profiles, regions and what is said when something is missing.

use vpcscape::{
    aws::{Aws, Options, Timeouts},
    cloud::{Call, CloudApi as _},
};

use super::{cloud::options, server};

async fn refusal(options: Options) -> String {
    match Aws::connect_with(options, Timeouts::default()).await {
        Ok(aws) => panic!("connected: {aws:?}"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn the_region_comes_from_the_profile_unless_it_is_given() {
    let server = server::shared();
    let given = options(&server, "eu-south-1", &server.url);
    let aws = Aws::connect_with(given.clone(), Timeouts::default()).await.unwrap();
    assert_eq!((aws.region(), aws.endpoint()), ("eu-south-1", server.url.as_str()));
    aws.call(&Call::GetCallerIdentity).await.expect("moto knows everyone");
    let of_profile = Options { region: None, ..given };
    // The test may run where `AWS_REGION` is set, which wins over the profile, as with the CLI.
    if std::env::var_os("AWS_REGION").is_none() && std::env::var_os("AWS_DEFAULT_REGION").is_none() {
        let aws = Aws::connect_with(of_profile, Timeouts::default()).await.unwrap();
        assert_eq!(aws.region(), "us-east-2");
    }
}

#[tokio::test]
async fn an_unknown_profile_is_named_with_what_to_do() {
    let server = server::shared();
    let unknown =
        Options { profile: Some("nobody".to_owned()), ..options(&server, "us-east-1", &server.url) };
    let said = refusal(unknown).await;
    assert!(said.contains("`nobody`") && said.contains("aws sso login --profile nobody"), "{said}");
}

#[tokio::test]
async fn an_address_without_a_scheme_is_refused() {
    let server = server::shared();
    let said = refusal(options(&server, "us-east-1", "localhost:5000")).await;
    assert!(said.contains("`localhost:5000`") && said.contains("http://"), "{said}");
}

#[tokio::test]
async fn keys_are_not_shown() {
    let server = server::shared();
    let aws =
        Aws::connect_with(options(&server, "us-east-1", &server.url), Timeouts::default()).await.unwrap();
    let shown = format!("{aws:?}");
    assert!(!shown.contains("testing") && shown.contains("us-east-1"), "{shown}");
}
