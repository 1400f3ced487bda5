//! What the account may have and use, for who asks before anything is made.

use super::{
    ids,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{Live, LiveAccountAttribute, LiveImage, Reply};

impl SimulatedCloud {
    /// The images of these ids: every well-formed id names one, unless a test says otherwise.
    pub(super) fn describe_images(&self, image_ids: &[String]) -> Answer {
        let mut images = Vec::new();
        for image_id in image_ids {
            ids::AMI.check(image_id)?;
            if self.faults.missing_images.contains(image_id) {
                return Err(ids::AMI.not_found(image_id));
            }
            images.push(LiveImage {
                image_id: image_id.clone(),
                state: "available".to_owned(),
                architecture: String::new(),
            });
        }
        Ok(Reply::Described(Live::Images(images)))
    }

    /// The attributes that EC2 tells of an account and that concern networks.
    pub(super) fn account_attributes(&self) -> Live {
        let addresses = self.limits.addresses.to_string();
        let attribute = |name: &str, value: &str| LiveAccountAttribute {
            attribute_name: name.to_owned(),
            attribute_values: vec![value.to_owned()],
        };
        Live::AccountAttributes(vec![
            attribute("supported-platforms", "VPC"),
            attribute("vpc-max-elastic-ips", &addresses),
            attribute("max-elastic-ips", &addresses),
        ])
    }
}
