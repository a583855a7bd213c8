//! The faces of the plan: every number opens a list of as many, a past day is shown as it was, and
//! a list that leaves as a workbook comes back as the same plan.

use std::collections::BTreeSet;

use reqwest::multipart;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{answered, get, page},
};

both!(
    every_number_opens_a_list_of_as_many,
    a_past_day_is_shown_as_it_was,
    a_list_leaves_as_a_workbook_and_comes_back,
);

/// The links of a page whose whole text is a number, or that hold one in bold: address and number.
fn numbers(page: &str) -> BTreeSet<(String, i64)> {
    let mut found = BTreeSet::new();
    for part in page.split("<a").skip(1) {
        let Some((tag, rest)) = part.split_once('>') else { continue };
        // A chip's number says what the filter leaves; its link takes the filter away.
        if tag.contains("chip on") {
            continue;
        }
        let Some(text) = rest.split("</a").next() else { continue };
        let Some(href) = tag.split("href=\"").nth(1).and_then(|text| text.split('"').next()) else {
            continue;
        };
        let bold = text.split("<b").nth(1).and_then(|text| text.split('>').nth(1));
        let text = bold.and_then(|text| text.split("</b").next()).unwrap_or(text);
        let plain: String = strip(text);
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        let counted = plain.trim() == digits
            || ["项", "件事", "件"]
                .iter()
                .any(|unit| plain.trim().starts_with(&format!("{digits} {unit}")));
        if let (true, Ok(n)) = (counted, digits.parse()) {
            let href = href.replace("&amp;", "&").replace("&#38;", "&");
            found.insert((href, n));
        }
    }
    found
}

/// Text without tags.
fn strip(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// How many rows the whole list behind an address has.
async fn listed(client: &reqwest::Client, address: &str, href: &str) -> Option<i64> {
    let text = page(client, &format!("{address}{href}")).await;
    let told = text.split("data-total=\"").nth(1).and_then(|text| text.split('"').next());
    told.and_then(|text| text.parse().ok())
}

async fn every_number_opens_a_list_of_as_many(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let mut followed = 0;
    for (login, pages) in [
        (
            "ducha",
            &[
                "/",
                "/plan",
                "/plan?all=1",
                "/plan/chain",
                "/plan/timeliness",
                "/todo",
                "/?as_of=2015-09-04",
                "/plan?as_of=2015-09-04",
                "/plan/timeliness?as_of=2015-09-04",
            ][..],
        ),
        ("huanbao", &["/", "/plan?all=1"][..]),
    ] {
        let client = sign_in(&address, login).await;
        for shown in pages {
            let text = page(&client, &format!("{address}{shown}")).await;
            let numbers = numbers(&text);
            let links: Vec<_> = numbers
                .iter()
                .filter(|(href, _)| {
                    let path = href.split('?').next().unwrap_or_default();
                    ["/items", "/plan", "/todo", "/projects"].contains(&path)
                })
                .collect();
            // A page of one number a unit has hundreds: some of every part of it are enough.
            let every = links.len() / 40 + 1;
            let links = links.into_iter().step_by(every);
            let mut here = 0;
            for (href, n) in links {
                let list = listed(&client, &address, href).await;
                assert_eq!(list, Some(*n), "{login} {shown}: {href}");
                here += 1;
            }
            assert!(here >= 1, "{login} {shown} has no number that opens");
            followed += here;
        }
    }
    assert!(followed > 100, "{followed} numbers were followed");
    serving.abort();
}

async fn a_past_day_is_shown_as_it_was(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let client = sign_in(&address, "ducha").await;
    // Number and list of each light agree on every day, whichever way they are asked for. (Red and
    // amber of past days as the tally has them are followed from the overview's twelve weeks.)
    for day in ["2015-03-01", "2015-06-30", "2015-09-04", "2015-11-13", "2015-11-19"] {
        let counts = get(&client, &format!("{address}/api/counts?as_of={day}")).await;
        for light in ["late", "warn", "ok", "hold", "idle", "done"] {
            let path = format!("{address}/api/items?as_of={day}&light={light}&sort=number");
            let list = get(&client, &path).await;
            let whole = get(&client, &format!("{path}&q=-")).await;
            assert_eq!(list["total"], counts[light], "{day} {light}");
            assert_eq!(whole["total"], counts[light], "{day} {light}: rows");
            for item in list["items"].as_array().unwrap() {
                assert_eq!(item["light"], light, "{day} {item}");
            }
        }
    }
    // What was taken away since is there again, and the page says which day it shows.
    let list = get(&client, &format!("{address}/api/items?light=idle&as_of=2015-01-10")).await;
    let before = list["total"].as_i64().unwrap();
    assert!(before > 0, "in January much was still a draft");
    let shown = page(&client, &format!("{address}/plan?as_of=2015-09-04&all=1")).await;
    assert!(shown.contains("9月4日终了时的样子"), "the banner names the day");
    assert!(!shown.contains("/reminder"), "nothing is done on a past day");
    let today = page(&client, &format!("{address}/plan?as_of=2015-11-20")).await;
    assert!(!today.contains("终了时的样子"), "a day that has not passed is today");
    serving.abort();
}

async fn a_list_leaves_as_a_workbook_and_comes_back(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    for lang in ["zh-Hans", "en"] {
        let asked = clerk.get(format!("{address}/items.xlsx?sort=number"));
        let file = asked.header("accept-language", lang).send().await.expect("a file");
        assert_eq!(file.status(), 200);
        let bytes = file.bytes().await.expect("its bytes").to_vec();
        let table = paper::sheet::read("items.xlsx", &bytes).expect("a table");
        assert_eq!(table.rows.len(), 125);
        let form = multipart::Form::new()
            .part("file", multipart::Part::bytes(bytes).file_name("items.xlsx"))
            .text("year", "2015")
            .text("bring_in", "no");
        let request =
            clerk.post(format!("{address}/imports")).header("sec-fetch-site", "same-origin");
        let (status, _, tried) = answered(request.multipart(form)).await;
        assert_eq!(status, 200, "{tried}");
        let tried = tried.replace("<b\n>", "<b>");
        for count in ["<b>38</b>", "<b>125</b>"] {
            assert!(tried.contains(count), "{lang}: {count} is not on the trial's page: {tried}");
        }
    }
    serving.abort();
}
