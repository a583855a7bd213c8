//! In the browser: every page of the demonstration, in three languages, wide and narrow, light
//! and dark, holds under axe-core, lacks no word and does not scroll sideways.

use std::time::Duration;

use chromiumoxide::{
    Browser, BrowserConfig, Page,
    cdp::browser_protocol::{
        emulation::{SetDeviceMetricsOverrideParams, SetScriptExecutionDisabledParams},
        network::{CookieParam, SetCookiesParams},
    },
};
use futures_util::StreamExt;

use crate::{
    doors::{open, sign_in, sign_in_cookie},
    engines::{Fresh, run, sqlite},
};

const PAGES: &[&str] = &[
    "/",
    "/todo",
    "/search?q=锅炉",
    "/plan",
    "/plan?all=1&zoom=year",
    "/plan/chain",
    "/plan/cascade",
    "/plan/timeliness",
    "/plan/wall",
    "/projects",
    "/projects/new",
    "/projects/{project}",
    "/projects/{project}/meeting",
    "/projects/{project}/edit",
    "/projects/{project}/end",
    "/items/{item}",
    "/items/{item}/edit",
    "/items/{item}/cascade",
    "/items/{item}/report",
    "/items/{item}/reminder",
    "/items/{item}/closing",
    "/items/{item}/extension",
    "/setup/units",
    "/setup/plan",
    "/setup/chain",
    "/setup/rules",
    "/setup/start",
    "/units/5",
    "/items",
    "/items?light=late",
    "/items/new",
    "/units",
    "/imports",
    "/journal",
    "/journal/400",
];

#[expect(clippy::disallowed_methods, reason = "the server that runs the tests says where it is")]
fn chromium() -> String {
    std::env::var("SHIGAN_TEST_CHROMIUM").expect(
        "SHIGAN_TEST_CHROMIUM is not set: run `cargo xtask test`, which finds or installs Chromium",
    )
}

fn axe() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).expect("axe-core: run `npm ci` in web/, or `cargo xtask test`")
}

/// Chromium with a fresh profile, and the task that reads its events.
async fn launch() -> (Browser, tokio::task::JoinHandle<()>, tempfile::TempDir) {
    let profile = tempfile::tempdir().expect("a profile");
    let config = BrowserConfig::builder()
        .chrome_executable(chromium())
        .no_sandbox()
        .user_data_dir(profile.path())
        .args([
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .request_timeout(Duration::from_secs(60))
        .build()
        .expect("a configuration");
    let (browser, mut events) = Browser::launch(config).await.expect("Chromium");
    let watching = tokio::spawn(async move { while events.next().await.is_some() {} });
    (browser, watching, profile)
}

#[test]
fn every_page_holds_in_the_browser() {
    run(async { sqlite() }, pages);
}

async fn pages(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (mut browser, watching, _profile) = launch().await;
    let session = sign_in_cookie(&address, "ducha").await;
    let axe = axe();
    let pages = addresses(&address).await;
    let mut faults = Vec::new();
    for (lang, theme, width) in
        [("zh-Hans", "light", 1440), ("zh-Hant", "dark", 1440), ("en", "light", 390)]
    {
        let page = browser.new_page("about:blank").await.expect("a page");
        dress(&page, &address, &session, (lang, theme, width)).await;
        for path in &pages {
            let told = look(&page, &format!("{address}{path}"), &axe).await;
            if !told.is_empty() {
                faults.push(format!("{path} {lang} {theme} {width}: {told}"));
            }
        }
    }
    browser.close().await.expect("closing Chromium");
    browser.wait().await.expect("Chromium's end");
    watching.abort();
    serving.abort();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The overview, the run chart and its views: every state of theirs that an address can hold.
const FACES: &[&str] = &[
    "/",
    "/?as_of=2015-09-04",
    "/todo?what=check",
    "/search",
    "/plan?zoom=month&light=late",
    "/plan?as_of=2015-09-04&all=1&sort=number",
    "/plan/list?light=urgent&sort=number",
    "/plan/chain?as_of=2015-06-30",
    "/plan/timeliness",
    "/plan/wall?as_of=2015-06-30",
    "/projects?show=lit",
];

#[test]
fn faces_hold_at_every_width() {
    run(async { sqlite() }, faces);
}

async fn faces(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (mut browser, watching, _profile) = launch().await;
    let axe = axe();
    let mut faults = Vec::new();
    for (login, lang, theme, width) in [
        ("ducha", "zh-Hans", "light", 1100),
        ("lingdao", "en", "dark", 1440),
        ("daqi", "zh-Hant", "light", 390),
    ] {
        let session = sign_in_cookie(&address, login).await;
        let page = browser.new_page("about:blank").await.expect("a page");
        dress(&page, &address, &session, (lang, theme, width)).await;
        for path in FACES {
            let told = look(&page, &format!("{address}{path}"), &axe).await;
            if !told.is_empty() {
                faults.push(format!("{path} {login} {lang} {theme} {width}: {told}"));
            }
        }
    }
    browser.close().await.expect("closing Chromium");
    browser.wait().await.expect("Chromium's end");
    watching.abort();
    serving.abort();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The card of a row opens on hover, on focus and by its address, without a line of script; with
/// one, letters walk the rows. A goal folds by an address, too.
#[test]
fn the_chart_opens_its_cards_and_obeys_keys() {
    run(async { sqlite() }, cards);
}

async fn cards(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (mut browser, watching, _profile) = launch().await;
    let session = sign_in_cookie(&address, "ducha").await;
    let page = browser.new_page("about:blank").await.expect("a page");
    dress(&page, &address, &session, ("zh-Hans", "light", 1440)).await;
    page.execute(SetScriptExecutionDisabledParams::new(true)).await.expect("no scripts");
    let client = sign_in(&address, "ducha").await;
    let late = client.get(format!("{address}/api/items?light=late")).send().await.expect("a list");
    let late: serde_json::Value = late.json().await.expect("a list");
    let id = late["items"][0]["id"].to_string();
    let shown = async |page: &Page| -> bool {
        let card = page.find_element(format!("#i{id} .pop")).await.expect("a card");
        card.bounding_box().await.is_ok_and(|card| card.width > 100.0)
    };
    page.goto(format!("{address}/plan")).await.expect("the chart");
    assert!(!shown(&page).await, "cards are closed at first");
    page.find_element(format!("#i{id} .dv")).await.expect("a cell").hover().await.expect("hover");
    assert!(shown(&page).await, "it opens on hover");
    page.goto("about:blank").await.expect("another page");
    page.goto(format!("{address}/plan#i{id}")).await.expect("the chart");
    assert!(shown(&page).await, "it opens by its address");
    page.execute(SetScriptExecutionDisabledParams::new(false)).await.expect("scripts");
    page.goto("about:blank").await.expect("another page");
    page.goto(format!("{address}/plan")).await.expect("the chart");
    page.wait_for_navigation().await.expect("its end");
    let body = page.find_element("body").await.expect("a body");
    body.press_key("j").await.expect("a key");
    body.press_key("j").await.expect("a key");
    let script = "document.activeElement.closest('tr').querySelector('.pop').offsetWidth";
    let wide: f64 = page.evaluate(script).await.expect("a number").into_value().expect("it");
    assert!(wide > 100.0, "J walks the rows, and the card opens on focus");
    let fold = "document.querySelector('tr.gr').getAttribute('data-turn')";
    let fold: String = page.evaluate(fold).await.expect("a text").into_value().expect("it");
    assert!(fold.contains("shut="), "the fold is an address: {fold}");
    page.goto(format!("{address}{fold}").split('#').next().expect("a path")).await.expect("it");
    page.find_element("tr.gr[aria-expanded=false]").await.expect("the goal is folded");
    browser.close().await.expect("closing Chromium");
    browser.wait().await.expect("Chromium's end");
    watching.abort();
    serving.abort();
}

/// The pages, with an item and a project of the demonstration in their addresses.
async fn addresses(address: &str) -> Vec<String> {
    let client = sign_in(address, "ducha").await;
    let first = async |path: &str| -> serde_json::Value {
        let answer = client.get(format!("{address}{path}")).send().await.expect("an answer");
        answer.json().await.expect("a list")
    };
    let item = first("/api/items?light=late").await["items"][0]["id"].to_string();
    let project = first("/api/projects").await[0]["id"].to_string();
    let named = |path: &&str| path.replace("{item}", &item).replace("{project}", &project);
    PAGES.iter().map(named).collect()
}

/// Reports progress on an item without a line of script: what a page offers, a form carries out.
#[test]
fn everything_works_without_javascript() {
    run(async { sqlite() }, scriptless);
}

async fn scriptless(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (mut browser, watching, _profile) = launch().await;
    let page = browser.new_page("about:blank").await.expect("a page");
    page.execute(SetScriptExecutionDisabledParams::new(true)).await.expect("no scripts");
    page.goto(format!("{address}/sign-in")).await.expect("the sign-in page");
    fill(&page, "form.lg-f input[name=login]", "daqi").await;
    fill(&page, "form.lg-f input[name=password]", app::demo::PASSWORD).await;
    press(&page, "form.lg-f button").await;
    let owner = sign_in(&address, "daqi").await;
    let list = owner.get(format!("{address}/api/items?q=27-1")).send().await.expect("a list");
    let list: serde_json::Value = list.json().await.expect("a list");
    let id = list["items"][0]["id"].to_string();
    // Menus and filters are plain links and open without a script.
    for path in ["/", "/plan?light=late", "/items?sort=number", "/plan/wall"] {
        page.goto(format!("{address}{path}")).await.expect("a page");
        page.find_element("h1, svg").await.expect(path);
    }
    page.goto(format!("{address}/items/{id}/report")).await.expect("the report's page");
    fill(&page, "textarea[name=text]", "城南四台已拆除").await;
    press(&page, "form.ph-form button.btn-p").await;
    let shown = page.content().await.expect("the item's page");
    assert!(shown.contains("城南四台已拆除"), "the report is on the item's page");
    browser.close().await.expect("closing Chromium");
    browser.wait().await.expect("Chromium's end");
    watching.abort();
    serving.abort();
}

async fn fill(page: &Page, selector: &str, text: &str) {
    let field = page.find_element(selector).await.expect(selector);
    field.click().await.expect("a click").type_str(text).await.expect("typing");
}

async fn press(page: &Page, selector: &str) {
    let button = page.find_element(selector).await.expect(selector);
    button.click().await.expect("a click");
    page.wait_for_navigation().await.expect("the next page");
}

/// A signed-in visitor with a language, a theme and a width.
async fn dress(page: &Page, address: &str, session: &str, (lang, theme, width): (&str, &str, i64)) {
    let cookie = |name: &str, value: &str| {
        let mut cookie = CookieParam::new(name, value);
        cookie.url = Some(address.to_owned());
        cookie
    };
    let cookies = vec![cookie("lang", lang), cookie("theme", theme), cookie("shigan", session)];
    page.execute(SetCookiesParams::new(cookies)).await.expect("cookies");
    let size = SetDeviceMetricsOverrideParams::new(width, 900, 1.0, width < 500);
    page.execute(size).await.expect("a width");
}

/// What is wrong with a page: axe's violations, missing words, sideways scrolling.
async fn look(page: &Page, address: &str, axe: &str) -> String {
    page.goto(address).await.expect("a page");
    page.wait_for_navigation().await.expect("its end");
    page.evaluate(axe).await.expect("axe-core");
    let script = "(async () => { \
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']; \
        const found = await axe.run(document, { runOnly: tags }); \
        const told = found.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 160)); \
        const root = document.documentElement; \
        if (root.scrollWidth > root.clientWidth) { told.push('scrolls sideways'); } \
        if (document.body.innerText.includes('⟦')) { told.push('lacks a word'); } \
        if (!document.querySelector('h1')) { told.push('no heading'); } \
        return told.join('; '); })()";
    page.evaluate(script).await.expect("a verdict").into_value().expect("its words")
}
