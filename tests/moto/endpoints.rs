//! Endpoints that refuse, keep silent, break off or talk nonsense; pages; and that nothing is sent
//! twice by itself.

use std::{net::TcpListener, time::Duration};

use vpcscape::{
    aws::{Aws, Timeouts},
    cloud::{Call, CloudApi as _, CloudError, DescribeKind, ErrorKind, Live, Reply, Tags},
};

use super::{
    cloud::options,
    scripted::{Answer, Scripted},
    server,
};

const TIMEOUTS: Timeouts = Timeouts { connect: Duration::from_secs(2), call: Duration::from_secs(2) };

async fn connect(url: &str) -> Aws {
    let server = server::shared();
    Aws::connect_with(options(&server, "us-east-1", url), TIMEOUTS).await.expect("the profile has keys")
}

fn read() -> Call {
    Call::describe_all(DescribeKind::Vpcs)
}

fn write() -> Call {
    Call::CreateVpc { cidr_block: "10.0.0.0/16".to_owned(), instance_tenancy: None, tags: Tags::new() }
}

async fn failure(url: &str, call: Call) -> CloudError {
    connect(url).await.call(&call).await.expect_err("the endpoint is bad")
}

#[tokio::test]
async fn a_refused_connection_carried_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for call in [read(), write()] {
        let error = failure(&url, call).await;
        assert_eq!(error.kind, ErrorKind::Unreachable, "{error}");
        assert!(error.message.contains(&url) && error.message.contains("refused"), "{error}");
    }
}

#[tokio::test]
async fn a_broken_conversation_leaves_the_effect_open_and_is_not_begun_again() {
    for answer in [Answer::HangUp, Answer::Silence, Answer::Truncated("<CreateVpcResponse>")] {
        for call in [read(), write()] {
            let endpoint = Scripted::new(vec![answer.clone()]);
            let error = failure(&endpoint.url, call).await;
            assert_eq!(error.kind, ErrorKind::LostReply, "{answer:?}: {error}");
            assert!(error.message.contains(&endpoint.url), "{error}");
            assert_eq!(endpoint.asked().len(), 1, "{answer:?}");
        }
    }
}

#[tokio::test]
async fn nonsense_is_not_understood_when_reading_and_a_lost_reply_when_writing() {
    let html = "<!doctype html><title>500 Internal Server Error</title>".to_owned();
    for answer in [
        Answer::Reply(500, "text/html", html.clone()),
        Answer::Reply(200, "text/html", html),
        Answer::Reply(502, "text/plain", String::new()),
        Answer::Reply(200, "application/json", "{\"hello\": 1}".to_owned()),
        Answer::Bytes(b"SSH-2.0-OpenSSH_9.9\r\n"),
    ] {
        for (call, kind) in [(read(), ErrorKind::NotUnderstood), (write(), ErrorKind::LostReply)] {
            let endpoint = Scripted::new(vec![answer.clone()]);
            let error = failure(&endpoint.url, call).await;
            assert_eq!(error.kind, kind, "{answer:?}: {error}");
            assert_eq!(endpoint.asked().len(), 1, "{answer:?}");
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_was_not_carried_out() {
    let endpoint = Scripted::new(vec![Answer::Reply(404, "text/html", "<h1>Not Found</h1>".to_owned())]);
    let error = failure(&endpoint.url, write()).await;
    assert_eq!(error.kind, ErrorKind::NotUnderstood, "{error}");
    assert!(error.message.contains("404") && error.message.contains("Not Found"), "{error}");
}

#[tokio::test]
async fn throttling_arrives_as_such_and_is_left_to_the_caller() {
    let body = "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>slow down</Message>\
                </Error></Errors><RequestID>r-1</RequestID></Response>";
    for call in [read(), write()] {
        let endpoint = Scripted::new(vec![Answer::Reply(503, "text/xml", body.to_owned())]);
        let error = failure(&endpoint.url, call).await;
        assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Throttled, "slow down"));
        assert_eq!(error.request_id.as_deref(), Some("r-1"));
        assert_eq!(endpoint.asked().len(), 1);
    }
}

#[tokio::test]
async fn every_page_is_read() {
    let page = |ids: &[&str], next: &str| {
        let items: Vec<_> = ids.iter().map(|id| format!("<item><vpcId>{id}</vpcId></item>")).collect();
        let items = items.concat();
        let body = format!(
            "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><vpcSet>{items}</vpcSet>\
             {next}</DescribeVpcsResponse>"
        );
        Answer::Reply(200, "text/xml", body)
    };
    let endpoint = Scripted::new(vec![
        page(&["vpc-3", "vpc-1"], "<nextToken>second page</nextToken>"),
        page(&[], "<nextToken>third page</nextToken>"),
        page(&["vpc-2"], ""),
    ]);
    let reply = connect(&endpoint.url).await.call(&read()).await.unwrap();
    let Reply::Described(Live::Vpcs(vpcs)) = reply else { panic!("{reply:?}") };
    let ids: Vec<_> = vpcs.iter().map(|vpc| vpc.vpc_id.as_str()).collect();
    assert_eq!(ids, ["vpc-1", "vpc-2", "vpc-3"]);
    let asked = endpoint.asked();
    assert_eq!(asked.len(), 3);
    assert!(!asked[0].contains("NextToken") && asked[1].contains("NextToken=second%20page"), "{asked:?}");
    assert!(asked[2].contains("NextToken=third%20page"), "{asked:?}");
}

#[tokio::test]
async fn a_made_object_without_an_id_is_a_lost_reply() {
    let body = "<CreateVpcResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"/>".to_owned();
    let endpoint = Scripted::new(vec![Answer::Reply(200, "text/xml", body)]);
    assert_eq!(failure(&endpoint.url, write()).await.kind, ErrorKind::LostReply);
}
