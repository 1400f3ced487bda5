//! Instances, and what Systems Manager and STS say.

use vpcscape::cloud::{Call, DescribeKind, Filter, InstanceAttribute, Reply, RunInstances};

use super::cloud::{Cloud, tags};
use crate::{all, one};

/// Amazon Linux 2023, by its public parameter.
const IMAGE: &str = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

/// The call that launches an instance of the current Amazon Linux.
pub async fn launch(cloud: &Cloud, subnet_id: &str, instance_type: &str) -> Call {
    let Reply::Parameter(image_id) = cloud.ask(Call::GetSsmParameter { name: IMAGE.to_owned() }).await else {
        panic!("a parameter has a value");
    };
    assert!(image_id.starts_with("ami-"), "{image_id}");
    Call::RunInstances(Box::new(RunInstances {
        image_id,
        instance_type: instance_type.to_owned(),
        subnet_id: subnet_id.to_owned(),
        tags: tags("instance"),
        client_token: Some("instance".to_owned()),
        ..RunInstances::default()
    }))
}

#[tokio::test]
async fn an_instance_stands_in_its_subnet_with_its_groups() {
    let cloud = Cloud::of("ca-central-1").await;
    let vpc_id = cloud.vpc().await;
    let subnet_id = cloud.subnet(&vpc_id, "10.0.0.0/24", 'a').await;
    let (first, second) = (cloud.group(&vpc_id, "first").await, cloud.group(&vpc_id, "second").await);
    let Call::RunInstances(mut run) = launch(&cloud, &subnet_id, "t3.micro").await else {
        panic!("it launches");
    };
    run.security_group_ids = vec![first];
    run.private_ip_address = Some("10.0.0.77".to_owned());
    run.associate_public_ip_address = Some(true);
    run.user_data = Some("#!/bin/sh\necho ready\n".to_owned());
    let image_id = run.image_id.clone();
    let id = cloud.make(Call::RunInstances(run)).await;

    let groups = InstanceAttribute::Groups(vec![second.clone()]);
    cloud.done(Call::ModifyInstanceAttribute { instance_id: id.clone(), attribute: groups }).await;
    let check = InstanceAttribute::SourceDestCheck(false);
    cloud.done(Call::ModifyInstanceAttribute { instance_id: id.clone(), attribute: check }).await;
    let live = one!(cloud.show(DescribeKind::Instances, &[&id]).await, Instances);
    assert_eq!((live.state.as_str(), live.instance_type.as_str()), ("running", "t3.micro"));
    assert_eq!((live.image_id, live.availability_zone.as_str()), (image_id, "ca-central-1a"));
    assert_eq!((live.subnet_id, live.vpc_id), (Some(subnet_id), Some(vpc_id.clone())));
    assert_eq!(live.private_ip_address.as_deref(), Some("10.0.0.77"));
    assert!(live.public_ip_address.is_some());
    // EC2 replaces the groups; moto adds them.
    assert!(live.security_groups.iter().any(|group| group.group_id == second), "{:?}", live.security_groups);
    assert_eq!((live.client_token.as_deref(), live.tags), (Some("instance"), tags("instance")));

    cloud.done(Call::StopInstances { instance_ids: vec![id.clone()] }).await;
    let larger = InstanceAttribute::InstanceType("t3.large".to_owned());
    cloud.done(Call::ModifyInstanceAttribute { instance_id: id.clone(), attribute: larger }).await;
    let live = one!(cloud.show(DescribeKind::Instances, &[&id]).await, Instances);
    assert_eq!((live.state.as_str(), live.instance_type.as_str()), ("stopped", "t3.large"));
    cloud.done(Call::StartInstances { instance_ids: vec![id.clone()] }).await;

    cloud.done(Call::TerminateInstances { instance_ids: vec![id.clone()] }).await;
    let live = one!(cloud.show(DescribeKind::Instances, &[&id]).await, Instances);
    assert_eq!(live.state, "terminated");
    let filters = vec![Filter::one("vpc-id", vpc_id)];
    let left = Call::Describe { kind: DescribeKind::NetworkInterfaces, filters, ids: Vec::new() };
    assert_eq!(all!(cloud.list(left).await, NetworkInterfaces), []);
}

#[tokio::test]
async fn the_caller_and_the_zones_are_known() {
    let cloud = Cloud::of("sa-east-1").await;
    let Reply::Identity(identity) = cloud.ask(Call::GetCallerIdentity).await else {
        panic!("STS says who calls");
    };
    assert_eq!(identity.account, "123456789012");
    assert!(identity.arn.starts_with("arn:aws:"), "{identity:?}");
    let zones = all!(cloud.list(Call::DescribeAvailabilityZones).await, AvailabilityZones);
    let names: Vec<_> = zones.iter().map(|zone| zone.zone_name.as_str()).collect();
    assert!(names.contains(&"sa-east-1a") && names.is_sorted(), "{names:?}");
    assert!(zones.iter().all(|zone| zone.state == "available"), "{zones:?}");
}

#[tokio::test]
async fn service_quotas_tell_what_the_account_may_have() {
    let cloud = Cloud::of("sa-east-1").await;
    let question = |service: &str, code: &str| Call::GetServiceQuota {
        service_code: service.to_owned(),
        quota_code: code.to_owned(),
    };
    assert_eq!(cloud.ask(question("vpc", "L-F678F1CE")).await, Reply::ServiceQuota(5));
    // moto knows none of EC2's own: the documented defaults stand in.
    let refused = cloud.refused(question("ec2", "L-7029FAB6")).await;
    assert_eq!(refused.code, "NoSuchResourceException");
}
