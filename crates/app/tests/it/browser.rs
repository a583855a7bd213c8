//! In the browser: every page of the demonstration, in three languages, wide and narrow, light
//! and dark, holds under axe-core, lacks no word and does not scroll sideways.

use std::time::Duration;

use chromiumoxide::{
    Browser, BrowserConfig, Page,
    cdp::browser_protocol::{
        dom::FocusParams,
        emulation::{SetDeviceMetricsOverrideParams, SetScriptExecutionDisabledParams},
        input::{DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams},
        network::{CookieParam, SetCookiesParams},
        page::EventFrameNavigated,
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
    "/items/{item}/backward",
    "/items/{item}/backward?due_on=2015-12-31&best_pace=x",
    "/items/{item}/cascade",
    "/items/{item}/report",
    "/items/{item}?reports=all",
    "/items/{item}/check",
    "/items/{item}/issue",
    "/items/{item}/plan",
    "/items/{item}/objection",
    "/items/{item}/extension-decision",
    "/items/{item}/three-answers",
    "/items/{item}/reminder",
    "/items/{item}/closing",
    "/items/{item}/extension",
    "/setup/units",
    "/imports?from=setup",
    "/setup/chain",
    "/setup/rules",
    "/setup/start",
    "/units/5",
    "/items",
    "/items?light=late",
    "/items/new",
    "/units",
    "/workdays",
    "/workdays/impact?days=2015-11-23 休 市庆&reason=通知",
    "/imports",
    "/journal",
    "/journal?kind=item&act=Reported&from=2015-11-01",
    "/journal/400",
    "/problems",
    "/problems?due=overdue&sort=number",
    "/problems?step=to-verify&open={problem}",
    "/problems?q=没有这样的",
    "/problems/new",
    "/problems/{problem}",
    "/problems/{problem}/edit",
    "/problems/{problem}/verification",
    "/problems/{problem}/look-back",
    "/problems/{problem}/report",
    "/ledgers",
    "/problems/units",
    "/problems/units/5",
    "/problems/leaders",
    "/problems/statistics",
    "/problems/coverage",
    "/problems/import",
    "/problems/public",
    "/jobs",
    "/rules/lights",
    "/audits",
    "/audits/new?up_to=2015-10-31",
    "/audits/{audit}",
    "/audits/{audit}/conclusion",
    "/audits/{audit}/result?problem={problem}",
    "/reminders",
    "/reminders?whose=watched",
    "/posts/{post}/handover",
    "/nowhere",
];

/// What is sent in the browser, and then looked at: forms that come back.
const SENT: &[(&str, &[(&str, &str)])] = &[
    ("/items/{item}/edit", &[("milestones", "不是日期")]),
    ("/items/{item}/report", &[("since", "x"), ("text", "y")]),
    ("/items/{item}/extension", &[("due_on", "2015-11-31")]),
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

/// A browser that answers no more fails the test instead of holding it for ever.
fn bounded<F: Future<Output = ()>>(test: impl FnOnce(Fresh) -> F) {
    run(async { sqlite() }, async |base| {
        let ended = tokio::time::timeout(Duration::from_secs(1_200), test(base)).await;
        ended.expect("the browser to answer");
    });
}

#[test]
fn every_page_holds_in_the_browser() {
    bounded(pages);
}

async fn pages(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (mut browser, watching, _profile) = launch().await;
    let session = sign_in_cookie(&address, "ducha").await;
    let axe = axe();
    let (pages, item) = addresses(&address).await;
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
        for (path, fields) in SENT {
            let path = path.replace("{item}", &item);
            page.goto(format!("{address}{path}")).await.expect("a page");
            let told = sent_back(&page, fields, &axe).await;
            if !told.is_empty() {
                faults.push(format!("{path} sent back {lang} {theme} {width}: {told}"));
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
    bounded(faces);
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

/// The pages, with an item and a project of the demonstration in their addresses.
async fn addresses(address: &str) -> (Vec<String>, String) {
    let client = sign_in(address, "ducha").await;
    let first = async |path: &str| -> serde_json::Value {
        let answer = client.get(format!("{address}{path}")).send().await.expect("an answer");
        answer.json().await.expect("a list")
    };
    let item = first("/api/items?light=late").await["items"][0]["id"].to_string();
    let project = first("/api/projects").await[0]["id"].to_string();
    let audit = first("/api/audits").await[0]["id"].to_string();
    let post = first("/api/posts").await[0]["id"].to_string();
    let list = crate::story::page(&client, &format!("{address}/problems?step=to-verify")).await;
    let problem = list.split("name=\"id\" value=\"").nth(1).expect("a problem");
    let problem = problem.split('"').next().expect("its number").to_owned();
    let named = |path: &&str| {
        let path = path.replace("{item}", &item).replace("{project}", &project);
        let path = path.replace("{post}", &post).replace("{audit}", &audit);
        path.replace("{problem}", &problem)
    };
    (PAGES.iter().map(named).collect(), item)
}

/// Sends a form with a fault in it; what is wrong with the page that comes back: beside axe's
/// violations, a refusal that is not said, or words that were typed and are gone.
async fn sent_back(page: &Page, fields: &[(&str, &str)], axe: &str) -> String {
    let typed = serde_json::to_string(fields).expect("fields");
    let script = format!(
        "(async () => {{ const told = []; \
         const form = document.querySelector('form[data-draft]'); \
         for (const [name, value] of {typed}) {{ form.elements[name].value = value; }} \
         const all = new FormData(form); \
         const plain = form.enctype !== 'multipart/form-data'; \
         const answer = await fetch(form.action, {{ method: 'POST', \
         body: plain ? new URLSearchParams(all) : all }}); \
         if (answer.status !== 422) {{ told.push('answers ' + answer.status); }} \
         const page = new DOMParser().parseFromString(await answer.text(), 'text/html'); \
         document.body.replaceWith(page.body); \
         if (!document.querySelector('#errors')) {{ told.push('says nothing'); }} \
         const back = document.querySelector('form[data-draft]'); \
         for (const [name, value] of {typed}) {{ \
         if (!back || back.elements[name].value !== value) {{ told.push('loses ' + name); }} }} \
         return told.join('; '); }})()"
    );
    let lost: String =
        page.evaluate(script).await.expect("a look").into_value().expect("its words");
    let told = judge(page, axe).await;
    [lost, told].iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("; ")
}

/// Reports progress on an item without a line of script: what a page offers, a form carries out.
#[test]
fn everything_works_without_javascript() {
    bounded(scriptless);
}

async fn scriptless(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (mut browser, watching, _profile) = launch().await;
    let page = browser.new_page("about:blank").await.expect("a page");
    page.execute(SetScriptExecutionDisabledParams::new(true)).await.expect("no scripts");
    page.goto(format!("{address}/sign-in")).await.expect("the sign-in page");
    fill(&page, "form.lg-f input[name=login]", "daqi").await;
    fill(&page, "form.lg-f input[name=password]", app::demo::PASSWORD).await;
    enter(&page).await;
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
    fill(&page, "input[name=since]", "4").await;
    enter(&page).await;
    let shown = page.url().await.expect("an address");
    assert_eq!(shown, Some(format!("{address}/items/{id}")), "the form was sent");
    let shown = owner.get(format!("{address}/items/{id}")).send().await.expect("the item's page");
    let shown = shown.text().await.expect("its text");
    assert!(shown.contains("城南四台已拆除"), "the report is on the item's page");
    browser.close().await.expect("closing Chromium");
    browser.wait().await.expect("Chromium's end");
    watching.abort();
    serving.abort();
}

/// Puts the focus on a field. Everything chromiumoxide does with an element runs a script in the
/// page, which never answers where scripts are off: so this is asked of the browser itself.
async fn focus(page: &Page, selector: &str) {
    let field = page.find_element(selector).await.expect(selector);
    let node = FocusParams::builder().backend_node_id(field.backend_node_id).build();
    page.execute(node).await.expect("the focus");
}

async fn fill(page: &Page, selector: &str, text: &str) {
    focus(page, selector).await;
    page.execute(InsertTextParams::new(text)).await.expect("typing");
}

/// Sends the form of the field that has the focus, by the keyboard.
async fn enter(page: &Page) {
    let mut arrived = page.event_listener::<EventFrameNavigated>().await.expect("the news");
    for kind in [DispatchKeyEventType::KeyDown, DispatchKeyEventType::KeyUp] {
        let key = DispatchKeyEventParams::builder()
            .r#type(kind)
            .key("Enter")
            .code("Enter")
            .text("\r")
            .windows_virtual_key_code(13)
            .build()
            .expect("a key");
        page.execute(key).await.expect("a key pressed");
    }
    let next = tokio::time::timeout(Duration::from_secs(60), arrived.next()).await;
    assert!(next.is_ok_and(|frame| frame.is_some()), "the next page");
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
    judge(page, axe).await
}

async fn judge(page: &Page, axe: &str) -> String {
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
