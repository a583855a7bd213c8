//! A story of a year's end: 312 closed problems, a drawn sample looked at again, two found false,
//! what is stated, the wider sample, and the two open again under their numbers.

use std::{collections::BTreeMap, sync::Arc};

use app::{ROWS, access::account, cast, clock::Clock, demo, store::Store};
use mechanisms::{
    Day, Id,
    plan::item::Timeliness,
    problem::{Problem, Stage},
    roster::Role,
};
use reqwest::Client;
use serde_json::{Value, json};

use crate::{
    both,
    doors::{open_with_clock, sign_in},
    engines::Fresh,
    story::{answered, get, page, send},
};

both!(two_of_the_sample_are_false_and_open_again, the_city_has_an_audit_under_way);

const SECRET: &str = "a sheet in the safe: 8c41 77d0 19ab";
/// How many are looked at first, and how many false ones of all would be tolerable.
const TAKE: u64 = 60;
const TOLERABLE: u64 = 9;
/// The places in the order of the draw at which a false closure is found.
const FALSE: [usize; 2] = [7, 41];
/// The deadline their problems get.
const AGAIN: Day = jiff::civil::date(2015, 12, 31);

/// Inspectors by person, each signed in.
async fn inspectors(address: &str, store: &Store) -> BTreeMap<i64, Client> {
    let roster = store.roster(1).await.unwrap();
    let hash = account::hash(demo::PASSWORD.into()).await.unwrap();
    let mut clients = BTreeMap::new();
    let posts = roster.posts().filter(|(_, post)| post.role == Role::Inspector);
    for (post, _) in posts {
        let person = roster.holder(post, demo::NOW.date()).unwrap();
        let login = format!("inspector-{person}");
        account::set_hash(store, 1, person, &login, &hash).await.unwrap();
        clients.insert(person.0, sign_in(address, &login).await);
    }
    clients
}

fn member(line: &Value) -> i64 {
    line["picked"]["team"][0].as_i64().unwrap()
}

async fn problem(store: &Store, line: &Value) -> Problem {
    let id = Id::new(line["picked"]["problem"].as_i64().unwrap());
    store.state::<Problem>(1, id).await.unwrap().unwrap()
}

/// Records every missing result: false at the places given, true elsewhere.
async fn look(
    address: &str,
    id: &str,
    clients: &BTreeMap<i64, Client>,
    is_false: impl Fn(usize) -> bool,
) {
    let any = clients.values().next().unwrap();
    let audit = get(any, &format!("{address}/api/audits/{id}")).await;
    for (place, line) in (1..).zip(audit["sample"].as_array().unwrap()) {
        if !line["held"].is_null() {
            continue;
        }
        let problem = line["picked"]["problem"].to_string();
        let mut form = vec![("problem", &*problem), ("finding", "到现场逐条看过")];
        form.push(("held", if is_false(place) { "no" } else { "yes" }));
        if is_false(place) {
            form.push(("due_on", "2015-12-31"));
        }
        let address = format!("{address}/audits/{id}/result");
        let (status, place, text) = send(&clients[&member(line)], &address, &form).await;
        assert_eq!((status, &*place), (303, &*format!("/audits/{id}")), "{text}");
    }
}

async fn closed(client: &Client, address: &str) -> u64 {
    let text = page(client, &format!("{address}/audits/new?up_to=2015-12-31")).await;
    let total = text.split("data-total=\"").nth(1).unwrap().split('"').next().unwrap();
    total.trim().parse().unwrap()
}

/// The house of the story: the clerk who runs the audit, and everybody who may be drawn.
struct Story {
    address: String,
    store: Arc<Store>,
    clock: Clock,
    clerk: Client,
    clients: BTreeMap<i64, Client>,
}

impl Story {
    async fn audit(&self, id: &str) -> Value {
        get(&self.clerk, &format!("{}/api/audits/{id}", self.address)).await
    }

    fn here(&self, id: &str) -> String {
        format!("{}/audits/{id}", self.address)
    }

    async fn published(&self) -> String {
        // Frame and secret are published, each by its fingerprint.
        let roster = self.store.roster(1).await.unwrap();
        let titles = roster.posts().filter(|(_, post)| post.role == Role::Inspector);
        let titles: Vec<String> = titles.map(|(_, post)| post.title.clone()).collect();
        let titles = titles.join("、");
        let (take, tolerable) = (TAKE.to_string(), TOLERABLE.to_string());
        let mut form = vec![
            ("title", "年终销号抽查"),
            ("up_to", "2015-11-20"),
            ("take", &*take),
            ("tolerable", &*tolerable),
            ("inspectors", &*titles),
            ("source", "福利彩票双色球"),
            ("secret", "short"),
        ];
        let (status, _, text) = send(&self.clerk, &format!("{}/audits", self.address), &form).await;
        assert!(status == 422 && text.contains("密数太短"), "{text}");
        form[6] = ("secret", SECRET);
        let (status, place, text) =
            send(&self.clerk, &format!("{}/audits", self.address), &form).await;
        assert_eq!(status, 303, "{text}");
        let id = place.strip_prefix("/audits/").unwrap().to_owned();
        let here = self.here(&id);
        let text = page(&self.clerk, &here).await;
        assert!(text.contains(&draw::fingerprint(SECRET)) && !text.contains(SECRET));
        id
    }

    async fn drawn(&self, id: &str) {
        let here = self.here(id);
        // The number comes after them, or there is no draw.
        let announce = |at| [("number", "07112331"), ("at", at)];
        let door = format!("{here}/announcement");
        let (status, _, text) = send(&self.clerk, &door, &announce("2015-11-20 09:00")).await;
        assert_eq!(status, 422, "{text}");
        let (status, _, text) = send(&self.clerk, &door, &announce("2015-11-20 21:30")).await;
        assert_eq!(status, 303, "{text}");
        self.clock.move_to(jiff::civil::datetime(2015, 11, 23, 9, 30, 0, 0));
        let door = format!("{here}/reveal");
        let (status, _, _) =
            send(&self.clerk, &door, &[("secret", "another secret, long enough")]).await;
        assert_eq!(status, 422);
        let (status, _, text) = send(&self.clerk, &door, &[("secret", SECRET)]).await;
        assert_eq!(status, 303, "{text}");
    }

    /// The sample, and the file of the draw.
    async fn recomputed(&self, id: &str) -> (Vec<Value>, String) {
        let here = self.here(id);
        // Anybody recomputes it from the file.
        let file = page(&self.clerk, &format!("{here}/draw.json")).await;
        assert!(draw::verify(file.as_bytes(), None).unwrap().holds());
        let audit = self.audit(id).await;
        let sample = audit["sample"].as_array().unwrap().clone();
        assert_eq!((sample.len() as u64, audit["frame"].as_array().unwrap().len()), (TAKE, 312));
        (sample, file)
    }

    async fn first_look(&self, id: &str, sample: &[Value]) {
        let here = self.here(id);
        // Only those drawn record, and a false one says by when.
        let first = sample[0]["picked"]["problem"].to_string();
        let form = [("problem", &*first), ("held", "yes"), ("finding", "看过")];
        let (status, _, _) = send(&self.clerk, &format!("{here}/result"), &form).await;
        assert_eq!(status, 422);
        let form = [("problem", &*first), ("held", "no"), ("finding", "没有改")];
        let (status, _, _) =
            send(&self.clients[&member(&sample[0])], &format!("{here}/result"), &form).await;
        assert_eq!(status, 422);
        // What they were drawn for stands before them until it is recorded.
        let todo = format!("{}/todo", self.address);
        let drawn = &self.clients[&member(&sample[0])];
        let link = format!("/audits/{id}/result?problem={first}");
        assert!(page(drawn, &todo).await.contains(&link));
        assert!(!page(&self.clerk, &todo).await.contains(&link));
        look(&self.address, id, &self.clients, |place| FALSE.contains(&place)).await;
        assert!(!page(drawn, &todo).await.contains(&link));
        // With 95 % confidence at most so many of all are false: not yet enough.
        let audit = self.audit(id).await;
        let bound = draw::audit::upper_bound(312, TAKE, 2, 0.05).unwrap();
        assert_eq!(audit["stated"]["most"], bound.most);
        assert!(bound.most > TOLERABLE && audit["stated"]["verdict"] == "go-on", "{audit}");
        let text = page(&self.clerk, &here).await;
        assert!(text.contains(&format!("全部 312 个销号里，假的最多 {} 个", bound.most)), "{text}");
        let (status, _, _) =
            send(&self.clerk, &format!("{here}/conclusion"), &[("text", "")]).await;
        assert_eq!(status, 422);
    }

    async fn open_again(&self, sample: &[Value]) {
        // The two are open again under their numbers, and never count as on time.
        for place in FALSE {
            let line = &sample[place - 1];
            let found = problem(&self.store, line).await;
            assert_eq!(found.number.as_deref(), line["number"].as_str(), "{found:#?}");
            assert!(found.stage == Stage::Registered && found.content.due_on == Some(AGAIN));
            assert_eq!(found.relapses.len(), 1, "{found:#?}");
            assert_eq!(found.relapses[0].by_way_of, "closure-audit");
            assert_eq!(found.timeliness(AGAIN), Timeliness::Overdue, "its clock is the first one");
        }
        assert_eq!(closed(&self.clerk, &self.address).await, 310);
    }

    async fn widened(&self, id: &str) -> Value {
        let here = self.here(id);
        // Wider, until it is enough.
        let mut verdict = String::from("go-on");
        while verdict == "go-on" {
            let text = page(&self.clerk, &format!("{here}/widening")).await;
            let more = text.split("name=\"more\"").nth(1).unwrap();
            let more = more.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
            let form = [("more", more)];
            let (status, _, text) = send(&self.clerk, &format!("{here}/widening"), &form).await;
            assert_eq!(status, 303, "{text}");
            look(&self.address, id, &self.clients, |_| false).await;
            let audit = self.audit(id).await;
            verdict = audit["stated"]["verdict"].as_str().unwrap().to_owned();
        }
        assert_eq!(verdict, "stop");
        let step = json!({ "step": "conclude", "text": "两个已重新打开，其余保持住了" });
        let request = self.clerk.post(format!("{}/api/audits/{id}", self.address)).json(&step);
        let request = request.header("sec-fetch-site", "same-origin");
        let (status, _, text) = answered(request).await;
        assert_eq!(status, 200, "{text}");
        let audit: Value = serde_json::from_str(&text).unwrap();
        let (examined, found) = (&audit["stated"]["examined"], &audit["stated"]["found"]);
        let (examined, found) = (examined.as_u64().unwrap(), found.as_u64().unwrap());
        assert!(examined > TAKE && examined < 312 && found == 2, "{examined} {found}");
        let bound = draw::audit::upper_bound(312, examined, 2, 0.05).unwrap();
        assert!(audit["stated"]["most"] == bound.most && audit["stage"] == "concluded");
        audit
    }
}

async fn two_of_the_sample_are_false_and_open_again(base: Fresh) {
    let (address, serving, store, clock) = open_with_clock(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let clients = inspectors(&address, &store).await;
    let story = Story { address, store, clock, clerk, clients };
    assert_eq!(closed(&story.clerk, &story.address).await, 312);
    let id = story.published().await;
    story.drawn(&id).await;
    let (sample, file) = story.recomputed(&id).await;
    story.first_look(&id, &sample).await;
    story.open_again(&sample).await;
    let audit = story.widened(&id).await;
    // What widening added stands in the order of the whole draw.
    let seed = serde_json::from_str::<Value>(&file).unwrap()["seed"].as_str().unwrap().to_owned();
    let frame: Vec<&str> =
        audit["frame"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let order = draw::sample(&frame, &seed, &draw::Plan::take(frame.len())).unwrap();
    let order: Vec<&str> = order.iter().map(|one| one.id).collect();
    let looked: Vec<&str> = audit["sample"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line["number"].as_str())
        .collect();
    assert_eq!(looked, order[..looked.len()]);
    serving.abort();
    let report = story.store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

async fn the_city_has_an_audit_under_way(base: Fresh) {
    let (address, serving, store, _) = open_with_clock(&base).await;
    let clerk = sign_in(&address, "ducha-02").await;
    let audits = get(&clerk, &format!("{address}/api/audits")).await;
    let audit = &audits[0];
    assert_eq!((&audit["stage"], audits.as_array().unwrap().len()), (&json!("drawn"), 1));
    let stated = &audit["stated"];
    assert_eq!((&stated["examined"], &stated["found"]), (&json!(24), &json!(1)));
    let population = stated["population"].as_u64().unwrap();
    let bound = draw::audit::upper_bound(population, 24, 1, 0.05).unwrap();
    assert_eq!(stated["most"], bound.most);
    let file = page(&clerk, &format!("{address}/audits/{}/draw.json", audit["id"])).await;
    assert!(draw::verify(file.as_bytes(), None).unwrap().holds());
    // The one found false is on the ledger again, late.
    let lines = audit["sample"].as_array().unwrap();
    let again = lines.iter().find(|line| line["held"] == false).unwrap();
    let found = problem(&store, again).await;
    assert!(
        found.stage == Stage::Rectifying && found.number.as_deref() == again["number"].as_str()
    );
    assert_eq!(found.relapses.len(), 1);
    serving.abort();
}
