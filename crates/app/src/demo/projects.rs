//! The key projects of the small world with their weekly meetings, and what counties do for the
//! body's items: the same commands as any officer's, on their days.

use std::{collections::BTreeMap, sync::Arc};

use mechanisms::{
    Day, Id,
    plan::{
        goal::Goal,
        item::{self, Account, Content, Due, Evidence, Item, Milestone, Target},
    },
    project::{Charter, Command, Decision, Minutes, Project},
};
use serde::Deserialize;

use super::{FIRST, World, read, told};
use crate::{
    drafting,
    failure::{Failure, Meaning},
    project,
    store::{Hand, Store},
};

const CLERK: &str = "督办一科科长";
/// No later than the clock of the demonstration.
const LAST: Day = jiff::civil::date(2015, 11, 19);
/// From this day on what counties report still waits for a check.
const CHECKED: Day = jiff::civil::date(2015, 11, 18);

#[derive(Debug, Deserialize)]
struct ProjectLine {
    title: String,
    aim: String,
    goal: String,
    unit: String,
    leader: String,
    team: String,
    start: Day,
    due: Day,
}

#[derive(Debug, Deserialize)]
struct MeetingLine {
    day: Day,
    project: String,
    raised: i64,
    solved: i64,
    text: String,
    decisions: String,
}

#[derive(Debug, Deserialize)]
struct CascadeLine {
    parent: String,
    lead: String,
    owner: String,
    title: String,
    target: i64,
    unit: String,
    start: Day,
    due: Day,
    how: String,
    /// Reports as `day@amount@text`, in order.
    reports: String,
    /// What the verifier saw, where all is done.
    finding: String,
}

/// A decision of the minutes, and with what words its end was reported and found.
struct Decided {
    decision: Decision,
    done: String,
    finding: String,
}

/// One command of one officer, on its day.
pub(super) type Step = (Hand, Id<Item>, item::Command);

/// The projects by title, each with its unit and responsible officer, and their meetings.
pub(super) struct Meetings {
    ids: BTreeMap<String, (Id<Project>, Charter)>,
    lines: BTreeMap<Day, Vec<MeetingLine>>,
}

impl Meetings {
    /// Registers the projects.
    pub(super) async fn open(
        store: &Arc<Store>,
        world: &World,
        goals: &BTreeMap<String, Id<Goal>>,
    ) -> Result<Self, Failure> {
        let projects: Vec<ProjectLine> = read(include_str!("../../../../demo/projects.csv"))?;
        let meetings: Vec<MeetingLine> = read(include_str!("../../../../demo/meetings.csv"))?;
        let mut ids = BTreeMap::new();
        for line in projects {
            let goal = goals.get(&line.goal).copied();
            let goal = goal.ok_or_else(|| Failure::new(format!("demo: goal {}", line.goal)))?;
            let charter = charter(&line, world)?;
            let register = Command::Register { goal, charter: charter.clone() };
            let turn = store.turn(world.hand(CLERK, FIRST)?, move |pen| {
                Box::pin(async move {
                    let id = pen.fresh::<Project>();
                    pen.ask::<Project>(id, register).await?;
                    Ok(id)
                })
            });
            ids.insert(line.title, (turn.await.map_err(told)?, charter));
        }
        let mut lines: BTreeMap<Day, Vec<MeetingLine>> = BTreeMap::new();
        for line in meetings {
            lines.entry(line.day).or_default().push(line);
        }
        Ok(Self { ids, lines })
    }

    /// Days on which anybody meets.
    pub(super) fn days(&self) -> impl Iterator<Item = Day> + '_ {
        self.lines.keys().copied()
    }

    /// Holds the meetings of a day; what they decide becomes items, whose steps come back.
    pub(super) async fn hold(
        &mut self,
        day: Day,
        store: &Arc<Store>,
        world: &World,
    ) -> Result<Vec<Step>, Failure> {
        let mut steps = Vec::new();
        for line in &self.lines.remove(&day).unwrap_or_default() {
            let known = self.ids.get(&line.project);
            let (id, charter) =
                known.ok_or_else(|| Failure::new(format!("demo: project {}", line.project)))?;
            let id = *id;
            let decided = decisions(line, world)?;
            let decisions = decided.iter().map(|one| one.decision.clone()).collect();
            let minutes = Minutes {
                held_on: day,
                chair: charter.leader,
                present: charter.team.clone(),
                raised: line.raised,
                solved: line.solved,
                text: line.text.clone(),
            };
            let meet = Command::Meet { minutes, decisions };
            let turn = store.turn(world.hand(CLERK, day)?, move |pen| {
                Box::pin(async move { project::meet(pen, id, meet, true).await })
            });
            let items = turn.await.map_err(told)?;
            for (item, decided) in items.into_iter().zip(&decided) {
                steps.extend(life(item, decided, day, world)?);
            }
        }
        Ok(steps)
    }
}

fn charter(line: &ProjectLine, world: &World) -> Result<Charter, Failure> {
    let mut team = Vec::new();
    for title in line.team.split('、') {
        team.push(world.officer(title)?.post);
    }
    Ok(Charter {
        title: line.title.clone(),
        aim: line.aim.clone(),
        unit: world.unit(&line.unit)?,
        leader: world.officer(&line.leader)?.post,
        team,
        start_on: line.start,
        due_on: line.due,
    })
}

/// Decisions are written `text|how|unit|post|day`, and where the day has come, `|done|finding`.
fn decisions(line: &MeetingLine, world: &World) -> Result<Vec<Decided>, Failure> {
    let mut decisions = Vec::new();
    for text in line.decisions.split(';').filter(|text| !text.is_empty()) {
        let parts: Vec<&str> = text.split('|').collect();
        let [text, how, lead, owner, due, ref end @ ..] = parts[..] else {
            return Err(Failure::new(format!("demo: the decision {text:?}")));
        };
        let said = |place: usize| end.get(place).copied().unwrap_or_default().to_owned();
        let decision = Decision {
            text: text.to_owned(),
            how: how.to_owned(),
            lead: world.unit(lead)?,
            owner: world.officer(owner)?.post,
            due_on: due.parse().meaning("demo: the day of a decision")?,
        };
        decisions.push(Decided { decision, done: said(0), finding: said(1) });
    }
    Ok(decisions)
}

/// From approval to the verified end, as far as the clock allows.
fn life(item: Id<Item>, decided: &Decided, day: Day, world: &World) -> Result<Vec<Step>, Failure> {
    let decision = &decided.decision;
    let owner = world.titled(decision.owner)?;
    let due = decision.due_on;
    let milestones = vec![Milestone {
        number: 1,
        title: decision.text.clone(),
        planned_on: due,
        amount: None,
        reached_on: None,
        workdays: None,
        after: Vec::new(),
    }];
    let mut steps = begin(item, &owner, day, milestones, world)?;
    if due > LAST {
        return Ok(steps);
    }
    let account = Account {
        amount: 100,
        text: decided.done.clone(),
        stuck: String::new(),
        needs: Vec::new(),
        evidence: Vec::new(),
        reached: vec![(1, due)],
    };
    let name = format!("{}办理单", decision.text);
    let evidence = vec![Evidence { reference: name.clone(), name, hash: None, true_for: due }];
    let close = item::Command::ApplyToClose { text: decided.done.clone(), evidence };
    let verify = item::Command::Verify { finding: decided.finding.clone() };
    steps.push((world.hand(&owner, due)?, item, item::Command::Report { account }));
    steps.push((world.hand(&owner, due)?, item, close));
    steps.push((world.hand("督查室核验员", due)?, item, verify));
    Ok(steps)
}

fn begin(
    item: Id<Item>,
    owner: &str,
    day: Day,
    milestones: Vec<Milestone>,
    world: &World,
) -> Result<Vec<Step>, Failure> {
    let plan = item::Command::ProposePlan { milestones, best_pace: None };
    Ok(vec![
        (world.hand("督查室主任", day)?, item, item::Command::Approve),
        (world.hand(CLERK, day)?, item, item::Command::Issue),
        (world.hand(owner, day)?, item, item::Command::Sign),
        (world.hand(owner, day)?, item, plan),
        (world.hand(CLERK, day)?, item, item::Command::ApprovePlan),
    ])
}

/// Drafts what counties do for the body's items on a day, once these are issued.
pub(super) async fn cascade(
    store: &Arc<Store>,
    world: &World,
    numbers: &BTreeMap<String, Id<Item>>,
) -> Result<Vec<Step>, Failure> {
    let lines: Vec<CascadeLine> = read(include_str!("../../../../demo/cascade.csv"))?;
    let mut steps = Vec::new();
    for line in lines {
        let parent = numbers.get(&line.parent).copied();
        let parent = parent.ok_or_else(|| Failure::new(format!("demo: item {}", line.parent)))?;
        let owner = world.officer(&line.owner)?.post;
        let content = Content {
            title: line.title.clone(),
            what: line.title.clone(),
            target: Some(Target { amount: line.target, unit: line.unit.clone() }),
            how: line.how.split('；').map(str::to_owned).collect(),
            lead: Some(world.unit(&line.lead)?),
            owner: Some(owner),
            start_on: Some(line.start),
            due: Some(Due::On(line.due)),
            report_every: 60,
            ..Content::default()
        };
        let turn = store.turn(world.hand(CLERK, line.start)?, move |pen| {
            Box::pin(async move {
                let item = drafting::cascade(pen, parent, content).await?;
                pen.ask::<Item>(item, item::Command::Submit).await?;
                Ok(item)
            })
        });
        let item = turn.await.map_err(told)?;
        let last = Milestone {
            number: 1,
            title: line.title.clone(),
            planned_on: line.due,
            amount: Some(line.target),
            reached_on: None,
            workdays: None,
            after: Vec::new(),
        };
        steps.extend(begin(item, &line.owner, line.start, vec![last], world)?);
        steps.extend(reports(item, &line, world)?);
    }
    Ok(steps)
}

fn reports(item: Id<Item>, line: &CascadeLine, world: &World) -> Result<Vec<Step>, Failure> {
    let mut steps = Vec::new();
    for (number, text) in (1_i64..).zip(line.reports.split(';')) {
        let parts: Vec<&str> = text.splitn(3, '@').collect();
        let [day, amount, said] = parts[..] else {
            return Err(Failure::new(format!("demo: the report {text:?}")));
        };
        let day: Day = day.parse().meaning("demo: the day of a report")?;
        let amount: i64 = amount.parse().meaning("demo: an amount")?;
        let ends = amount >= line.target;
        let account = Account {
            amount,
            text: said.to_owned(),
            stuck: String::new(),
            needs: Vec::new(),
            evidence: Vec::new(),
            reached: if ends { vec![(1, day)] } else { Vec::new() },
        };
        steps.push((world.hand(&line.owner, day)?, item, item::Command::Report { account }));
        if day < CHECKED {
            let check = item::Command::Check { report: number, sound: true, note: String::new() };
            steps.push((world.hand("督查室核验员", day)?, item, check));
        }
        if ends {
            let name = format!("{}淘汰台账", line.lead);
            let evidence =
                vec![Evidence { reference: name.clone(), name, hash: None, true_for: day }];
            let close = item::Command::ApplyToClose { text: said.to_owned(), evidence };
            let verify = item::Command::Verify { finding: line.finding.clone() };
            steps.push((world.hand(&line.owner, day)?, item, close));
            steps.push((world.hand("督查室核验员", day)?, item, verify));
        }
    }
    Ok(steps)
}
