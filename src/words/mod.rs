//! Every string that a user reads, by key, from the catalogues in `assets/words`.
//!
//! Messages are Fluent (<https://projectfluent.org>). A key starts with its room: `edit-…`, `rule-…`,
//! `ui-…`, `cli-…`, `deploy-…`, `file-…`, `cloud-…`, `aws-…`, `scene-…`. Use the macro [`t!`](crate::t).

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

/// The English catalogue, one file per room.
pub const ENGLISH: &[(&str, &str)] = &[
    ("kinds.ftl", include_str!("../../assets/words/en/kinds.ftl")),
    ("edit.ftl", include_str!("../../assets/words/en/edit.ftl")),
    ("reach.ftl", include_str!("../../assets/words/en/reach.ftl")),
    ("rules.ftl", include_str!("../../assets/words/en/rules.ftl")),
    ("scene.ftl", include_str!("../../assets/words/en/scene.ftl")),
    ("deploy.ftl", include_str!("../../assets/words/en/deploy.ftl")),
    ("cloud.ftl", include_str!("../../assets/words/en/cloud.ftl")),
    ("aws.ftl", include_str!("../../assets/words/en/aws.ftl")),
    ("file.ftl", include_str!("../../assets/words/en/file.ftl")),
    ("import.ftl", include_str!("../../assets/words/en/import.ftl")),
    ("session.ftl", include_str!("../../assets/words/en/session.ftl")),
    ("canvas.ftl", include_str!("../../assets/words/en/canvas.ftl")),
    ("panels.ftl", include_str!("../../assets/words/en/panels.ftl")),
    ("cli.ftl", include_str!("../../assets/words/en/cli.ftl")),
];

static BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
    // Isolation marks are for mixed right-to-left text; terminals and file formats show them as boxes.
    bundle.set_use_isolating(false);
    for (_, text) in ENGLISH {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
});

/// The message of a key with its arguments put in; the key itself where the catalogue has no such
/// message (a test finds these).
pub fn text(key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let Some(pattern) = BUNDLE.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        let value = match value {
            FluentValue::String(text) => FluentValue::String(Cow::Borrowed(text)),
            other => other.clone(),
        };
        values.set(*name, value);
    }
    let mut errors = Vec::new();
    BUNDLE.format_pattern(pattern, Some(&values), &mut errors).into_owned()
}

/// Whether the catalogue has a message of this key.
pub fn has(key: &str) -> bool {
    BUNDLE.has_message(key)
}

/// Turns an argument of `t!` into Fluent's form: numbers stay numbers (for plurals), the rest is text.
pub trait IntoWord {
    /// The value for Fluent.
    fn into_word(self) -> FluentValue<'static>;
}

macro_rules! number_words {
    ($($number:ty),+) => {
        $(impl IntoWord for $number {
            fn into_word(self) -> FluentValue<'static> { FluentValue::from(self) }
        })+
    };
}
number_words!(u8, u16, u32, u64, usize, i32, i64);

macro_rules! text_words {
    ($($text:ty),+) => {
        $(impl IntoWord for $text {
            fn into_word(self) -> FluentValue<'static> { FluentValue::from(self.to_string()) }
        })+
    };
}
text_words!(
    &str,
    String,
    &String,
    &crate::model::ResourceId,
    crate::model::ResourceId,
    &crate::model::Field,
    std::net::Ipv4Addr,
    std::net::IpAddr,
    std::net::Ipv6Addr,
    &std::net::Ipv6Addr,
    ipnet::Ipv4Net,
    ipnet::IpNet,
    ipnet::Ipv6Net,
    &ipnet::Ipv6Net,
    &ipnet::Ipv4Net,
    &ipnet::IpNet,
    std::path::Display<'_>,
    crate::net::Protocol,
    crate::net::PortRange,
    char
);

/// The text of a key: `t!("ui-open")`, `t!("edit-overlap", block = block, other = other)`.
#[macro_export]
macro_rules! t {
    ($key:literal) => { $crate::words::text($key, &[]) };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::words::text($key, &[$((stringify!($name), $crate::words::IntoWord::into_word($value))),+])
    };
}
