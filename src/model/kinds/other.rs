/// A kind that this program does not know, kept as it was read and drawn as a plain box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Other {
    /// What the file calls the kind.
    pub kind_name: String,
    /// Every field but `kind`, `name` and `tags`, as it was read.
    pub fields: serde_json::Map<String, serde_json::Value>,
}
