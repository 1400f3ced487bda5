//! What many calls have in common: tag specifications going out, ids coming back.

use aws_sdk_ec2::types::{ResourceType, Tag, TagSpecification};

use crate::{
    cloud::{CloudError, Created, Reply, Tags},
    t,
};

/// The reply of a call that made something. A success without an id is a reply that did not arrive
/// whole: the object may be there.
pub(super) fn created(id: Option<String>) -> Result<Reply, CloudError> {
    Ok(Reply::Created(Created { id: required(id)?, ..Created::default() }))
}

/// The id that the reply of a writing call must have.
pub(super) fn required(id: Option<String>) -> Result<String, CloudError> {
    id.filter(|id| !id.is_empty()).ok_or_else(|| CloudError::lost_reply(t!("aws-reply-without-id")))
}

/// Tags in the SDK's form.
pub(super) fn sdk_tags(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect()
}

/// The tag specifications of a creating call for one kind of object. EC2 refuses an empty one.
pub(super) fn tagged(kind: ResourceType, tags: &Tags) -> Option<Vec<TagSpecification>> {
    tagged_all([kind], tags)
}

/// The same tags for several kinds of objects that one call makes.
pub(super) fn tagged_all(
    kinds: impl IntoIterator<Item = ResourceType>,
    tags: &Tags,
) -> Option<Vec<TagSpecification>> {
    if tags.is_empty() {
        return None;
    }
    let specification =
        |kind| TagSpecification::builder().resource_type(kind).set_tags(Some(sdk_tags(tags))).build();
    Some(kinds.into_iter().map(specification).collect())
}

/// A list parameter: absent where it is empty, since EC2 refuses an empty one.
pub(super) fn list(values: &[String]) -> Option<Vec<String>> {
    (!values.is_empty()).then(|| values.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::ErrorKind;

    #[test]
    fn a_success_without_an_id_may_have_taken_effect() {
        for id in [None, Some(String::new())] {
            assert_eq!(created(id).unwrap_err().kind, ErrorKind::LostReply);
        }
        assert_eq!(created(Some("vpc-1".to_owned())).unwrap().id(), Some("vpc-1"));
    }

    #[test]
    fn without_tags_or_values_the_parameter_is_left_out() {
        assert_eq!(tagged(ResourceType::Vpc, &Tags::new()), None);
        assert_eq!(list(&[]), None);
        let tags = Tags::from([("Name".to_owned(), "main".to_owned())]);
        let specifications = tagged_all([ResourceType::Instance, ResourceType::Volume], &tags).unwrap();
        assert_eq!(specifications.len(), 2);
        assert_eq!(specifications[1].resource_type(), Some(&ResourceType::Volume));
        assert_eq!(specifications[1].tags()[0].value(), Some("main"));
    }
}
