//! A small house for tests: one body, a lead unit, a supervision office, and their officers.

use std::sync::Arc;

use app::store::{Hand, Store};
use mechanisms::{
    Day, Id, Officer,
    plan::{
        self, Plan,
        goal::{self, Goal},
        item::{self, Content, Due, Item, Milestone, Target},
    },
    roster::{self, Person, Post, Role, Roster, Unit, UnitKind},
};

/// The officers tests act as.
pub struct House {
    pub store: Arc<Store>,
    pub body: i64,
    pub bureau: Id<Unit>,
    pub goal: Id<Goal>,
    pub plan: Id<Plan>,
    pub officers: Vec<(&'static str, Officer)>,
}

pub fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

impl House {
    pub fn officer(&self, name: &str) -> Officer {
        self.officers.iter().find(|one| one.0 == name).expect("an officer").1
    }

    pub fn hand(&self, name: &str, on: &str) -> Hand {
        let at = format!("{on}T01:00:00.000000Z");
        Hand { jurisdiction: self.body, by: self.officer(name), day: day(on), at }
    }

    /// Founds the body with its units, posts and people, and opens a plan with one goal.
    pub async fn found(store: Arc<Store>) -> Self {
        let body = store.found("130200", "示范市", false).await.expect("founding");
        let posts: [(&str, &str, i64, Role, bool); 8] = [
            ("admin", "系统管理员", 3, Role::SystemAdmin, false),
            ("head", "督查室主任", 3, Role::SupervisionHead, true),
            ("clerk", "督办一科科长", 3, Role::Supervisor, false),
            ("second", "督办二科科长", 3, Role::Supervisor, false),
            ("mayor", "分管环保副市长", 4, Role::Leader, false),
            ("chief", "市环保局局长", 5, Role::UnitHead, true),
            ("li", "大气科科长", 6, Role::Cadre, true),
            ("auditor", "审计管理员", 3, Role::AuditAdmin, false),
        ];
        let founder = Officer { person: Id::new(100), post: Id::new(200) };
        let hand = Hand {
            jurisdiction: body,
            by: founder,
            day: day("2015-01-05"),
            at: "2015-01-05T01:00:00.000000Z".into(),
        };
        store
            .turn(hand, move |pen| {
                Box::pin(async move {
                    let id = Id::<Roster>::new(1);
                    for command in commands(&posts) {
                        pen.ask::<Roster>(id, command).await?;
                    }
                    Ok(())
                })
            })
            .await
            .expect("the roster");
        let officers: Vec<(&'static str, Officer)> = posts
            .iter()
            .zip(0_i64..)
            .map(|(post, place)| {
                let officer = Officer { person: Id::new(100 + place), post: Id::new(200 + place) };
                (post.0, officer)
            })
            .collect();
        let mut house =
            Self { store, body, bureau: Id::new(5), goal: Id::new(0), plan: Id::new(0), officers };
        (house.plan, house.goal) = house.open_plan().await;
        house
    }

    async fn open_plan(&self) -> (Id<Plan>, Id<Goal>) {
        let unit = Id::new(2);
        let turn = self.store.turn(self.hand("clerk", "2015-01-06"), move |pen| {
            Box::pin(async move {
                let (plan, goal) = (pen.fresh::<Plan>(), pen.fresh::<Goal>());
                let title = "2015年市委“四个干”运行图".to_owned();
                let open = plan::Command::Open { year: 2015, title, unit, parent: None };
                pen.ask::<Plan>(plan, open).await?;
                let number = plan::Command::Number { number: "27".into(), goal };
                pen.ask::<Plan>(plan, number).await?;
                let draft = goal::Command::Draft {
                    plan,
                    unit,
                    number: "27".into(),
                    area: "生态环境".into(),
                    title: "治理大气污染".into(),
                    sponsor: None,
                };
                pen.ask::<Goal>(goal, draft).await?;
                Ok((plan, goal))
            })
        });
        turn.await.expect("a plan")
    }

    /// One command of one officer on one day.
    pub async fn ask(
        &self,
        name: &str,
        on: &str,
        item: Id<Item>,
        command: item::Command,
    ) -> Result<(), String> {
        let turn = self.store.turn(self.hand(name, on), move |pen| {
            Box::pin(async move { pen.ask::<Item>(item, command).await })
        });
        turn.await.map_err(|stop| format!("{stop:?}"))
    }

    /// Drafts an item with all four parts.
    pub async fn draft(&self, number: &str) -> Id<Item> {
        let (plan, goal, number) = (self.plan, self.goal, number.to_owned());
        let content = self.content();
        let turn = self.store.turn(self.hand("clerk", "2015-01-07"), move |pen| {
            Box::pin(async move {
                let item = pen.fresh::<Item>();
                let command = goal::Command::Number { number: number.clone(), item };
                pen.ask::<Goal>(goal, command).await?;
                let command = item::Command::Draft { plan, goal, number, parent: None, content };
                pen.ask::<Item>(item, command).await?;
                Ok(item)
            })
        });
        turn.await.expect("an item")
    }

    pub fn content(&self) -> Content {
        let step = |number: i64, on: &str, amount: i64| Milestone {
            number,
            title: format!("第{number}批"),
            planned_on: day(on),
            amount: Some(amount),
            reached_on: None,
            workdays: None,
            after: Vec::new(),
        };
        Content {
            title: "淘汰燃煤锅炉".into(),
            what: "拆除建成区 10 蒸吨以下燃煤锅炉 1026 台".into(),
            target: Some(Target { amount: 1026, unit: "台".into() }),
            how: vec!["改电、改气或并入集中供热".into()],
            lead: Some(self.bureau),
            sponsor: Some(self.officer("mayor").post),
            owner: Some(self.officer("li").post),
            watcher: Some(self.officer("second").post),
            start_on: Some(day("2015-02-02")),
            due: Some(Due::On(day("2015-11-30"))),
            milestones: vec![
                step(1, "2015-07-31", 400),
                step(2, "2015-09-30", 800),
                step(3, "2015-10-31", 1026),
            ],
            best_pace: Some(60),
            report_every: 7,
            ..Content::default()
        }
    }
}

fn commands(posts: &[(&str, &str, i64, Role, bool)]) -> Vec<roster::Command> {
    let from = day("2015-01-01");
    let unit = |id: i64, name: &str, kind, parent: i64| roster::Command::OpenUnit {
        unit: Id::<Unit>::new(id),
        name: name.into(),
        code: String::new(),
        kind,
        parent: Id::new(parent),
        from,
    };
    let mut commands = vec![
        roster::Command::Found {
            unit: Id::new(2), name: "示范市".into(), code: "130200".into()
        },
        unit(3, "市委督查室", UnitKind::Department, 2),
        unit(4, "市领导", UnitKind::Leadership, 2),
        unit(5, "市环保局", UnitKind::Department, 2),
        unit(6, "大气科", UnitKind::Section, 5),
        unit(7, "市住建局", UnitKind::Department, 2),
    ];
    for ((_, title, unit, role, head), place) in posts.iter().zip(0_i64..) {
        commands.push(roster::Command::OpenPost {
            post: Id::<Post>::new(200 + place),
            title: (*title).into(),
            unit: Id::new(*unit),
            role: *role,
            head: *head,
        });
        let person = Id::<Person>::new(100 + place);
        commands.push(roster::Command::RegisterPerson { person, name: format!("人{place}") });
        commands.push(roster::Command::Appoint { person, post: Id::new(200 + place), from });
    }
    // The first appointment ends the founding: the administrator's own comes last.
    let first = commands.iter().position(|one| matches!(one, roster::Command::Appoint { .. }));
    if let Some(first) = first {
        let appoint = commands.remove(first);
        commands.insert(first, appoint);
    }
    commands
}
