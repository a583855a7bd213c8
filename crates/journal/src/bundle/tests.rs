//! `bundle.json` and the lines of contents have one way of being written.

use super::{Meta, MetaError, Payload, meta_file, read_meta, signed_meta_file};
use crate::Signer;

fn signer() -> Signer {
    Signer::new("shigan/130200", &[9; 32]).unwrap()
}

#[test]
fn the_bytes_of_a_bundle_page_are_pinned() {
    let meta = Meta::new(&signer(), "130200", 600);
    let bytes = signed_meta_file(&meta, "示范市", &signer()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    // The signature was made with another program's Ed25519 over the lines without it.
    assert_eq!(
        text,
        r#"{
  "format": "shigan-bundle/v1",
  "origin": "shigan/130200",
  "verifier_key": "shigan/130200+7cca0819+Af0XJDhaoMdbZPt4zWAvodmR/ev3axPFjtcC6sg16fYY",
  "jurisdiction": "130200",
  "name": "示范市",
  "size": 600,
  "signature": "fMoIGWAW6tb5iuZi7N6j2N55jGXcKtQufoh694CtXnl0r5rSY8SCXj2eHIFH\
                W+FA9gmfPF/UpF7K424oyRqXlWxBAwM="
}
"#
        .replace("\\\n                ", ""),
    );
}

#[test]
fn one_changed_bit_of_a_signed_page_is_noticed() {
    let meta = Meta::new(&signer(), "130200", 600);
    let bytes = signed_meta_file(&meta, "示范市", &signer()).unwrap();
    assert_eq!(read_meta(&bytes).unwrap(), (meta.clone(), Some("示范市".to_owned())));
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << bit;
            assert!(read_meta(&changed).is_err(), "{}", String::from_utf8_lossy(&changed));
        }
    }
    let unsigned = String::from_utf8(meta_file(&meta)).unwrap();
    assert_eq!(read_meta(unsigned.replace("  ", " ").as_bytes()), Err(MetaError::Form));
    let other = unsigned.replace("bundle/v1", "bundle/v2");
    assert_eq!(read_meta(other.as_bytes()), Err(MetaError::Format("shigan-bundle/v2".into())));
    let named = unsigned.replacen("  \"size\"", "  \"name\": \"示范市\",\n  \"size\"", 1);
    assert!(read_meta(named.as_bytes()).is_err());
}

#[test]
fn a_line_has_one_way_of_being_written() {
    let kept = Payload::kept(7, "5c", "{\"Told\":\"三\"}");
    let line = kept.line();
    assert_eq!(Payload::from_line(&line), Some(kept));
    assert_eq!(Payload::from_line(&Payload::erased(7).line()), Some(Payload::erased(7)));
    for wrong in [
        "{\"number\":7}\n",
        "{\"number\":7,\"erased\":true}",
        "{\"number\": 7,\"erased\":true}\n",
        "{\"number\":7,\"erased\":false}\n",
        "{\"number\":7,\"salt\":\"5c\",\"erased\":true}\n",
        "{\"number\":7,\"salt\":\"5c\"}\n",
        "{\"number\":7,\"erased\":true,\"why\":1}\n",
        "{\"number\":07,\"erased\":true}\n",
        "\n",
    ] {
        assert_eq!(Payload::from_line(wrong.as_bytes()), None, "{wrong}");
    }
}
