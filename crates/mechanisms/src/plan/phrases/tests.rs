//! Phrases found in real lists.

use super::{When, owners, when};

fn day(text: &str) -> crate::Day {
    text.parse().unwrap()
}

#[test]
fn who_does_it() {
    let told = |text: &str| {
        let owners = owners(text);
        (owners.lead.unwrap_or_default(), owners.co.join(" "), owners.guessed)
    };
    let row = |lead: &str, co: &str, guessed| (lead.to_owned(), co.to_owned(), guessed);
    assert_eq!(
        told("市发改委牵头，市财政局、市环保局按职责分工负责"),
        row("市发改委", "市财政局 市环保局", false)
    );
    assert_eq!(told("市住建局、市规划局按职责分工负责"), row("市住建局", "市规划局", true));
    assert_eq!(told("市环保局牵头，市公安局配合"), row("市环保局", "市公安局", false));
    assert_eq!(told("市环保局"), row("市环保局", "", false));
    assert_eq!(told("无"), row("", "", false));
    assert_eq!(told("市教育局（市人社局、市财政局）"), row("市教育局", "市人社局 市财政局", false));
}

#[test]
fn by_when() {
    for (text, expected) in [
        ("2015-10-31", When::Exact(day("2015-10-31"))),
        ("2015/10/31", When::Exact(day("2015-10-31"))),
        ("2015年10月31日", When::Exact(day("2015-10-31"))),
        ("6月30日前", When::Exact(day("2015-06-30"))),
        ("42308", When::Exact(day("2015-10-31"))),
        ("10月底", When::Interpreted(day("2015-10-31"))),
        ("2月底前", When::Interpreted(day("2015-02-28"))),
        ("年底前", When::Interpreted(day("2015-12-31"))),
        ("上半年", When::Interpreted(day("2015-06-30"))),
        ("三季度末", When::Interpreted(day("2015-09-30"))),
        ("5月中旬", When::Interpreted(day("2015-05-20"))),
        ("", When::Empty),
        ("年内持续推进", When::Never("年内持续推进".into())),
        (
            "2015-11-31",
            When::Wrong { found: "2015-11-31".into(), instead: Some(day("2015-11-30")) },
        ),
        (
            "2015-02-29",
            When::Wrong { found: "2015-02-29".into(), instead: Some(day("2015-02-28")) },
        ),
        ("尽快", When::Wrong { found: "尽快".into(), instead: None }),
    ] {
        assert_eq!(when(text, 2015), expected, "{text}");
    }
}
