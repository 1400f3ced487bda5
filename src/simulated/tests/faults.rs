//! Tokens, quotas, and what goes wrong on purpose.

use std::task::{Context, Poll, Waker};

use super::bench::{
    REGION, address, ask, cloud, create_nat, create_subnet, gateway, launch, list, made, ok, refused, subnet,
    vpc, wait,
};
use crate::{
    cloud::{Call, CloudApi, DescribeKind, ErrorKind, Live, Reply, RunInstances, Spec, Tags},
    simulated::{Fault, Faults, Limits, PlannedFault, SimulatedApi, SimulatedCloud},
};

fn create_vpc() -> Call {
    Call::CreateVpc { cidr_block: "10.0.0.0/16".to_owned(), instance_tenancy: None, tags: Tags::new() }
}

fn count_vpcs(cloud: &mut SimulatedCloud) -> usize {
    match list(cloud, DescribeKind::Vpcs, Vec::new()) {
        Live::Vpcs(vpcs) => vpcs.len(),
        other => panic!("{other:?}"),
    }
}

fn planned(action: &str, nth: u32, fault: Fault) -> SimulatedCloud {
    let planned = vec![PlannedFault { action: action.to_owned(), nth, fault }];
    cloud().with_faults(Faults { planned, ..Faults::default() })
}

#[test]
fn the_same_token_makes_one_object() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    let run = RunInstances { client_token: Some("token".to_owned()), ..launch(&subnet) };
    let call = Call::RunInstances(Box::new(run.clone()));
    let first = ok(&mut cloud, call.clone());
    wait(&mut cloud);
    assert_eq!(ok(&mut cloud, call), first);
    let other = RunInstances { instance_type: "t3.small".to_owned(), ..run };
    assert_eq!(refused(&mut cloud, Call::RunInstances(Box::new(other))), "IdempotentParameterMismatch");
    // Another action may use the same token.
    made(
        &mut cloud,
        Call::CreateRouteTable { vpc_id: vpc, tags: Tags::new(), client_token: Some("token".to_owned()) },
    );
}

#[test]
fn a_refused_call_does_not_use_up_its_token() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    let run = RunInstances {
        client_token: Some("token".to_owned()),
        key_name: Some("key".to_owned()),
        ..launch(&subnet)
    };
    let call = Call::RunInstances(Box::new(run));
    assert_eq!(refused(&mut cloud, call.clone()), "InvalidKeyPair.NotFound");
    made(
        &mut cloud,
        Call::CreateKeyPair { key_name: "key".to_owned(), key_type: "rsa".to_owned(), tags: Tags::new() },
    );
    made(&mut cloud, call);
}

#[test]
fn a_lost_reply_leaves_its_object_and_a_lost_request_none() {
    for (fault, left, kind) in [
        (Fault::LostReply, 2, ErrorKind::LostReply),
        (Fault::LostRequest, 1, ErrorKind::LostReply),
        (Fault::Unreachable, 1, ErrorKind::Unreachable),
        (
            Fault::Refused { code: "InternalError".to_owned(), message: "again".to_owned() },
            1,
            ErrorKind::Internal,
        ),
    ] {
        let mut cloud = planned("CreateVpc", 1, fault);
        assert_eq!(ask(&mut cloud, &create_vpc()).unwrap_err().kind, kind);
        assert_eq!(count_vpcs(&mut cloud), left);
        // The second call of the action is not concerned.
        ok(&mut cloud, create_vpc());
        assert_eq!(count_vpcs(&mut cloud), left + 1);
        assert_eq!(cloud.calls_of("CreateVpc"), 2);
    }
}

#[test]
fn a_token_recovers_from_a_lost_reply() {
    let mut cloud = planned("CreateRouteTable", 1, Fault::LostReply);
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let call = Call::CreateRouteTable {
        vpc_id: vpc.clone(),
        tags: Tags::new(),
        client_token: Some("token".to_owned()),
    };
    assert_eq!(ask(&mut cloud, &call).unwrap_err().kind, ErrorKind::LostReply);
    made(&mut cloud, call);
    assert_eq!(in_vpc!(&mut cloud, RouteTables, &vpc).len(), 2, "the main one and this one");
}

#[test]
fn drawn_faults_come_at_their_rate_and_with_their_seed() {
    let throttled = |seed| -> Vec<bool> {
        let faults = Faults { seed, throttle_per_mille: 300, ..Faults::default() };
        let mut cloud = cloud().with_faults(faults);
        let call = Call::describe_all(DescribeKind::Vpcs);
        (0..1000)
            .map(|_| ask(&mut cloud, &call).is_err_and(|error| error.kind == ErrorKind::Throttled))
            .collect()
    };
    let first = throttled(1);
    assert_eq!(first, throttled(1));
    assert_ne!(first, throttled(2));
    let count = first.iter().filter(|hit| **hit).count();
    assert!((230..370).contains(&count), "{count} of 1000");
}

#[test]
fn a_stale_reply_hides_what_is_new_for_a_while() {
    let faults = Faults { stale_describe_per_mille: 1000, stale_ms: 3_000, ..Faults::default() };
    let mut cloud = cloud().with_faults(faults);
    let id = vpc(&mut cloud, "10.0.0.0/16");
    assert_eq!(count_vpcs(&mut cloud), 1);
    let call = Call::describe_ids(DescribeKind::Vpcs, [id]);
    assert_eq!(ask(&mut cloud, &call).unwrap_err().code, "InvalidVpcID.NotFound");
    cloud.advance(3_000);
    assert_eq!(count_vpcs(&mut cloud), 2);
    ok(&mut cloud, call);
}

#[test]
fn failures_under_way_show_when_described() {
    let faults =
        Faults { nat_failure_per_mille: 1000, instance_failure_per_mille: 1000, ..Faults::default() };
    let mut cloud = cloud().with_faults(faults);
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    gateway(&mut cloud, &vpc);
    let address = address(&mut cloud);
    let nat = made(&mut cloud, create_nat(&subnet, Some(&address)));
    let host = made(&mut cloud, Call::RunInstances(Box::new(launch(&subnet))));
    wait(&mut cloud);
    assert_eq!(one!(&mut cloud, NatGateways, &nat).failure_code.as_deref(), Some("InternalError"));
    let host = one!(&mut cloud, Instances, &host);
    assert_eq!(host.state, "terminated");
    assert!(host.state_reason.is_some());
    assert!(in_vpc!(&mut cloud, NetworkInterfaces, &vpc).is_empty());
}

#[test]
fn denied_actions_are_denied() {
    let denied_actions = vec!["CreateVpc".to_owned()];
    let mut cloud = cloud().with_faults(Faults { denied_actions, ..Faults::default() });
    assert_eq!(ask(&mut cloud, &create_vpc()).unwrap_err().kind, ErrorKind::Denied);
}

#[test]
fn quotas_end_where_aws_ends_them() {
    let mut cloud = cloud();
    for at in 1..5 {
        vpc(&mut cloud, &format!("10.{at}.0.0/16"));
    }
    assert_eq!(refused(&mut cloud, create_vpc()), "VpcLimitExceeded", "the default VPC is the fifth");
    for _ in 0..5 {
        address(&mut cloud);
    }
    assert_eq!(refused(&mut cloud, Call::AllocateAddress { tags: Tags::new() }), "AddressLimitExceeded");
    for _ in 0..4 {
        made(&mut cloud, Call::CreateInternetGateway { tags: Tags::new() });
    }
    assert_eq!(
        refused(&mut cloud, Call::CreateInternetGateway { tags: Tags::new() }),
        "InternetGatewayLimitExceeded"
    );
    let gateway = || Call::CreateObject {
        spec: Box::new(Spec::VpnGateway { amazon_side_asn: None, attachments: Vec::new() }),
        tags: Tags::new(),
        client_token: None,
    };
    for _ in 0..5 {
        made(&mut cloud, gateway());
    }
    assert_eq!(refused(&mut cloud, gateway()), "VpnGatewayLimitExceeded");
}

#[test]
fn quotas_are_those_of_the_account() {
    let mut cloud = cloud().with_limits(Limits { subnets_per_vpc: 1, ..Limits::default() });
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    assert_eq!(refused(&mut cloud, create_subnet(&vpc, "10.0.1.0/24", "a")), "SubnetLimitExceeded");
}

/// A future of the simulated cloud is ready at once: it never waits for anything.
fn at_once(api: &SimulatedApi, call: &Call) -> Result<Reply, crate::cloud::CloudError> {
    match api.call(call).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn behind_the_trait_time_passes_when_it_is_told_to() {
    let api = SimulatedApi::new(SimulatedCloud::new(1, REGION));
    let id = at_once(&api, &create_vpc()).unwrap().id().unwrap().to_owned();
    let state = || match at_once(&api, &Call::describe_ids(DescribeKind::Vpcs, [id.clone()])) {
        Ok(Reply::Described(Live::Vpcs(vpcs))) => vpcs[0].state.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(state(), "pending");
    let due = api.snapshot().next_change_ms().expect("the VPC is under way");
    api.advance_to(due - 1);
    assert_eq!(state(), "pending");
    api.advance(1);
    assert_eq!(state(), "available");
    api.advance_to(0);
    assert_eq!(api.now_ms(), due, "time does not go back");
    assert!(SimulatedCloud::latency_ms(&create_vpc()) > 0);
}
