//! One text for one value, in every language: compact JSON with sorted keys, and its fingerprint.
//!
//! It is what Python writes with `json.dumps(value, sort_keys=True, ensure_ascii=False,
//! separators=(",", ":"))`. No value here holds a fraction, whose digits languages write
//! differently.

use serde::Serialize;
use serde_json::Value;

use crate::digits::hex;

/// The canonical text of a value.
pub(crate) fn canonical(value: &impl Serialize) -> String {
    let mut text = String::new();
    // Only maps with keys that are no text fail, and there are none here.
    write(&serde_json::to_value(value).unwrap_or_default(), &mut text);
    text
}

/// The lowercase hexadecimal SHA-256 of a text in UTF-8.
///
/// ```
/// assert_eq!(&draw::fingerprint("abc")[..16], "ba7816bf8f01cfea");
/// ```
pub fn fingerprint(text: &str) -> String {
    hex(text)
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (nth, item) in items.iter().enumerate() {
                text.push_str(if nth == 0 { "" } else { "," });
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (nth, (key, item)) in entries.into_iter().enumerate() {
                text.push_str(if nth == 0 { "" } else { "," });
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(item, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}
