//! The rules of the lights (亮灯规则), as they are in force: every rule of the pack with its two
//! thresholds in words and where they come from.

use askama::Template;
use axum::response::Html;
use mechanisms::light::Rule;

use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

struct Row {
    word: &'static str,
    name: String,
    about: String,
    yellow: String,
    red: String,
    source: String,
}

#[derive(Template)]
#[template(path = "plan/lights.html")]
struct LightsPage {
    shell: Shell,
    version: i64,
    from: String,
    rows: Vec<Row>,
}

pub async fn lights_page(me: Me) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let pack = me.house.store.lights();
    let page = LightsPage {
        shell: Shell::of(&me, "/plan").await?,
        version: pack.version,
        from: w.day(&pack.valid_from, &me.today()),
        rows: pack.rules.iter().map(|rule| row(rule, &w)).collect(),
    };
    Ok(ui::page(&page)?)
}

fn row(rule: &Rule, w: &Words) -> Row {
    let word = rule.key.word();
    Row {
        word,
        name: w.t(&format!("rule-{word}")),
        about: w.t(&format!("rule-about-{word}")),
        yellow: w.threshold(rule.key, rule.yellow),
        red: w.threshold(rule.key, rule.red),
        source: rule.source.clone(),
    }
}
