//! What AWS has before anybody asks: zones, service names, prefix lists, machine images, types.

use super::state::{hash_text, mix};
use crate::cloud::{Live, LiveAvailabilityZone, LiveInstanceTypeOffering, LivePrefixList};

/// The account's number, one that AWS gives to nobody.
pub(super) const ACCOUNT: &str = "000000000000";

/// The letters of the zones of a region that a new account sees.
fn zone_letters(region: &str) -> &'static str {
    match region {
        "us-east-1" => "abcdef",
        "us-west-2" | "ap-northeast-2" => "abcd",
        "us-west-1" => "ac",
        "ca-central-1" => "abd",
        "ap-northeast-1" => "acd",
        _ => "abc",
    }
}

/// The names of the zones of a region.
pub(super) fn zone_names(region: &str) -> Vec<String> {
    zone_letters(region).chars().map(|letter| format!("{region}{letter}")).collect()
}

/// The id of a zone: `euc1-az1` for the first of `eu-central-1`.
pub(super) fn zone_id(region: &str, zone: &str) -> Option<String> {
    let at = zone_names(region).iter().position(|name| name == zone)?;
    Some(format!("{}-az{}", short_region(region), at + 1))
}

/// `eu-central-1` is `euc1`, `ap-northeast-2` is `apne2`, `us-gov-west-1` is `usgw1`.
fn short_region(region: &str) -> String {
    let mut parts = region.split('-');
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        short.push_str(match part {
            "northeast" => "ne",
            "northwest" => "nw",
            "southeast" => "se",
            "southwest" => "sw",
            number if number.starts_with(|first: char| first.is_ascii_digit()) => number,
            word => word.split_at_checked(1).map_or(word, |(first, _)| first),
        });
    }
    short
}

/// The zones of a region.
pub(super) fn availability_zones(region: &str) -> Live {
    let zones = zone_names(region).into_iter().map(|zone_name| LiveAvailabilityZone {
        zone_id: zone_id(region, &zone_name).unwrap_or_default(),
        zone_name,
        state: "available".to_owned(),
        zone_type: "availability-zone".to_owned(),
        opt_in_status: "opt-in-not-required".to_owned(),
    });
    Live::AvailabilityZones(zones.collect())
}

/// The services that have gateway endpoints.
const GATEWAY_SERVICES: &[&str] = &["s3", "dynamodb"];

/// Services that have interface endpoints in every region, by the end of the service name.
const INTERFACE_SERVICES: &[&str] = &[
    "access-analyzer",
    "acm-pca",
    "airflow.api",
    "application-autoscaling",
    "athena",
    "autoscaling",
    "backup",
    "batch",
    "bedrock",
    "bedrock-runtime",
    "cloudformation",
    "cloudtrail",
    "codeartifact.api",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "config",
    "datasync",
    "dms",
    "dynamodb",
    "ebs",
    "ec2",
    "ec2messages",
    "ecr.api",
    "ecr.dkr",
    "ecs",
    "ecs-agent",
    "ecs-telemetry",
    "eks",
    "eks-auth",
    "elasticache",
    "elasticbeanstalk",
    "elasticfilesystem",
    "elasticloadbalancing",
    "elasticmapreduce",
    "email-smtp",
    "events",
    "execute-api",
    "fsx",
    "glue",
    "guardduty-data",
    "inspector2",
    "kinesis-firehose",
    "kinesis-streams",
    "kms",
    "lambda",
    "logs",
    "monitoring",
    "rds",
    "rds-data",
    "redshift",
    "s3",
    "sagemaker.api",
    "sagemaker.runtime",
    "secretsmanager",
    "securityhub",
    "servicecatalog",
    "sns",
    "sqs",
    "ssm",
    "ssm-contacts",
    "ssm-incidents",
    "ssmmessages",
    "states",
    "storagegateway",
    "sts",
    "textract",
    "transfer",
    "xray",
];

/// The last part of a service name of this region, where there is such a service of this type.
pub(super) fn service<'n>(region: &str, service_name: &'n str, gateway: bool) -> Option<&'n str> {
    let service = service_name.strip_prefix("com.amazonaws.")?.strip_prefix(region)?.strip_prefix('.')?;
    let known = if gateway { GATEWAY_SERVICES } else { INTERFACE_SERVICES };
    known.contains(&service).then_some(service)
}

/// The prefix lists of the services with gateway endpoints. The blocks stand for AWS's own.
pub(super) fn prefix_lists(region: &str) -> Vec<LivePrefixList> {
    let blocks: [&[&str]; 2] = [&["52.216.0.0/15", "3.5.0.0/19"], &["52.94.0.0/22"]];
    GATEWAY_SERVICES
        .iter()
        .zip(blocks)
        .map(|(service, cidrs)| {
            let prefix_list_name = format!("com.amazonaws.{region}.{service}");
            LivePrefixList {
                prefix_list_id: format!("pl-{:08x}", mix(hash_text(&prefix_list_name)) >> 32),
                prefix_list_name,
                cidrs: cidrs.iter().map(|block| (*block).to_owned()).collect(),
            }
        })
        .collect()
}

/// The folder of the public parameters that name Amazon Linux images.
const IMAGE_PARAMETERS: &str = "/aws/service/ami-amazon-linux-latest/";

/// The machine image that a public parameter names.
pub(super) fn image_of_parameter(region: &str, parameter: &str) -> Option<String> {
    let name = parameter.strip_prefix(IMAGE_PARAMETERS)?;
    let (family, rest) = name.split_once("-ami-")?;
    let known = match family {
        "al2023" => {
            let kernel = rest.trim_start_matches("minimal-");
            let (kernel, architecture) = kernel.rsplit_once('-')?;
            kernel.starts_with("kernel-") && matches!(architecture, "x86_64" | "arm64")
        }
        "amzn2" => ["x86_64", "arm64"].iter().any(|architecture| rest.contains(architecture)),
        _ => false,
    };
    known.then(|| format!("ami-0{:016x}", mix(hash_text(region) ^ hash_text(name))))
}

/// The sizes of instance types, after the dot.
const SIZES: &[&str] = &[
    "nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "3xlarge", "4xlarge", "6xlarge",
    "8xlarge", "9xlarge", "10xlarge", "12xlarge", "16xlarge", "18xlarge", "24xlarge", "32xlarge", "48xlarge",
    "96xlarge", "metal",
];

/// Whether a text has the form of an instance type: `t3.micro`, `m7i-flex.large`, `c7gn.metal`.
pub(super) fn is_instance_type(text: &str) -> bool {
    let Some((family, size)) = text.split_once('.') else {
        return false;
    };
    let has_letters = family.starts_with(|first: char| first.is_ascii_lowercase());
    let has_generation = family.contains(|c: char| c.is_ascii_digit());
    let is_plain = family.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    has_letters && has_generation && is_plain && (SIZES.contains(&size) || size.starts_with("metal-"))
}

/// The zones in which instance types are offered: this cloud has every well-formed type in each of its
/// zones, but for the one that AWS's older regions really leave out.
pub(super) fn instance_type_offerings(region: &str, instance_types: &[String]) -> Live {
    let known = instance_types.iter().filter(|it| is_instance_type(it));
    let offerings = known.flat_map(|instance_type| {
        let zones = zone_names(region).into_iter().filter(|zone| zone != OLD_ZONE);
        zones.map(|availability_zone| LiveInstanceTypeOffering {
            instance_type: instance_type.clone(),
            availability_zone,
        })
    });
    Live::InstanceTypeOfferings(offerings.collect())
}

/// A zone in which current instance types cannot be had.
const OLD_ZONE: &str = "us-east-1e";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zone_ids_are_short_forms_of_the_region() {
        assert_eq!(zone_id("eu-central-1", "eu-central-1b").as_deref(), Some("euc1-az2"));
        assert_eq!(zone_id("ap-northeast-2", "ap-northeast-2d").as_deref(), Some("apne2-az4"));
        assert_eq!(zone_id("us-gov-west-1", "us-gov-west-1a").as_deref(), Some("usgw1-az1"));
        assert_eq!(zone_id("eu-central-1", "eu-central-1z"), None);
    }

    #[test]
    fn images_are_named_by_the_parameters_of_current_amazon_linux() {
        let known = |name: &str| image_of_parameter("eu-central-1", &format!("{IMAGE_PARAMETERS}{name}"));
        assert!(known("al2023-ami-kernel-default-x86_64").is_some());
        assert_ne!(known("al2023-ami-kernel-default-x86_64"), known("al2023-ami-kernel-default-arm64"));
        assert!(known("amzn2-ami-hvm-x86_64-gp2").is_some());
        assert_eq!(known("al2023-ami-kernel-default-mips"), None);
        assert_eq!(known("ubuntu"), None);
    }

    #[test]
    fn instance_types_have_a_family_and_a_size() {
        for good in ["t3.micro", "m7i-flex.large", "c7gn.metal", "u-6tb1.metal", "m7i.metal-24xl"] {
            assert!(is_instance_type(good), "{good}");
        }
        for bad in ["", "t3", "t3.huge", "banana.large", "T3.micro", ".micro"] {
            assert!(!is_instance_type(bad), "{bad}");
        }
    }
}
