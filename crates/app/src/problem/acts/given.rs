//! What a step's form holds, and what it asks.

use mechanisms::{
    Day, Id,
    plan::item::Evidence,
    problem::{Against, Answer, Command, Content, LinkKind, Measure, Problem, Source, Tick},
    reminder::{Level, Wish},
    roster::Unit,
};
use sqlx::Row;

use super::{super::Asked, Given};
use crate::{
    access::Me,
    evidence::{Kept, of_files},
    failure::Failure,
    typed::{self, Unreadable, day, sure_day},
};

/// Why a form means nothing.
#[derive(Debug)]
pub enum NotRead {
    Unreadable(Unreadable),
    Failed(Failure),
}

impl From<Unreadable> for NotRead {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

fn text(given: &Given, name: &str) -> String {
    given.get(name).map(|text| text.trim().to_owned()).unwrap_or_default()
}

fn is_yes(given: &Given, name: &str) -> bool {
    given.get(name).is_none_or(|value| value != "no")
}

/// What stands in an empty form.
pub fn usual(problem: &Problem, me: &Me) -> Given {
    let (content, today) = (&problem.content, me.today());
    let soon = me.calendar.add_workdays(today, 3);
    let later = today.saturating_add(jiff::Span::new().days(60));
    let line = |one: &Measure| format!("{} {}", one.due_on, one.text);
    let measures: Vec<String> = problem.measures.iter().map(line).collect();
    [
        ("cause", content.cause.clone()),
        ("target", content.target.clone()),
        ("measures", measures.join("\n")),
        ("true_for", today.to_string()),
        ("asked_on", today.to_string()),
        ("answer_due", soon.to_string()),
        ("look_back_on", later.to_string()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// A form filled so far that only what the rules say of the officer and the moment is left.
pub fn blank(problem: &Problem, me: &Me) -> Given {
    let tomorrow = me.today().tomorrow().unwrap_or(me.today()).to_string();
    let against = Against::ALL.iter().find(|one| problem.conclusion(**one).is_some());
    let mut given = usual(problem, me);
    let due = problem.content.due_on.unwrap_or(me.today());
    let watcher = problem.content.watcher.map(|post| me.roster.post_title(post).to_owned());
    let said = [
        ("text", "-".to_owned()),
        ("reason", "-".to_owned()),
        ("cause", "-".to_owned()),
        ("target", "-".to_owned()),
        ("criteria", "-".to_owned()),
        ("despite", "-".to_owned()),
        ("evidence", "-".to_owned()),
        ("measures", format!("{due} -")),
        ("due_on", tomorrow.clone()),
        ("until", tomorrow.clone()),
        ("look_back_on", tomorrow),
        ("answer", Answer::Satisfied.word().to_owned()),
        ("against", against.map_or("registration", |one| one.word()).to_owned()),
        ("watcher", watcher.unwrap_or_default()),
    ];
    given.extend(said.map(|(name, value)| (name.to_owned(), value)));
    for place in 1..=problem.content.criteria.len() {
        given.insert(format!("tick-{place}"), "-".to_owned());
    }
    given
}

/// The first reminder that could be sent.
pub fn reminder(problem: &Problem, me: &Me) -> Command {
    let ask = me.ask();
    let level = ask.ladder.offered(&problem.urged(), &ask).first().copied();
    let (text, reason) = ("-".to_owned(), "-".to_owned());
    let level = level.unwrap_or(Level::Nudge);
    Command::Remind(Wish { level, text, answer_due: None, reason })
}

/// The unit for which this officer may answer a push.
pub fn asked_unit(problem: &Problem, me: &Me) -> Option<Id<Unit>> {
    let own = me.roster.unit_of(me.officer.post)?;
    let chain = me.roster.unit_and_ancestors(own);
    let open = problem.pushes.iter().filter(|push| push.answer.is_none());
    open.map(|push| push.unit).find(|unit| chain.contains(unit))
}

/// What a form asks: a command, or what takes more than the problem itself.
pub async fn asked(
    noun: &str,
    given: &Given,
    files: &[Kept],
    problem: &Problem,
    me: &Me,
) -> Result<Asked, NotRead> {
    Ok(match noun {
        "registration" => Asked::Register,
        "merge" => Asked::Merge { into: numbered(given, me).await?, reason: text(given, "reason") },
        "link" => {
            let word = text(given, "link");
            let kind = LinkKind::of(&word).unwrap_or(LinkKind::Recurrence);
            Asked::Link { kind, other: numbered(given, me).await? }
        }
        "push-answer" => {
            let unit = asked_unit(problem, me).unwrap_or(problem.content.unit);
            let found = (given.get("found").is_some_and(|value| value == "yes"))
                .then(|| Box::new(found_here(problem, unit, given, me)));
            Asked::AnswerPush { unit, found, text: text(given, "text") }
        }
        noun => Asked::Plain(command(noun, given, files, problem, me)?),
    })
}

/// What a sibling found at home: the same kind of problem, of its own unit.
fn found_here(problem: &Problem, unit: Id<Unit>, given: &Given, me: &Me) -> Content {
    let what = text(given, "what");
    Content {
        source: Source::SelfCheck,
        what: if what.is_empty() { problem.content.what.clone() } else { what },
        cause: String::new(),
        target: String::new(),
        unit,
        owner: me.roster.head_of(unit),
        complaint: None,
        found_on: me.today(),
        ..problem.content.clone()
    }
}

/// The problem with the number that was typed.
async fn numbered(given: &Given, me: &Me) -> Result<Id<Problem>, NotRead> {
    let number = text(given, "number");
    let row = sqlx::query(
        "select id from matter where jurisdiction = $1 and kind = 'problem' and sort = $2 \
         order by id limit 1",
    )
    .bind(me.body.id)
    .bind(crate::store::kept::sortable(&number))
    .fetch_optional(me.house.store.reader())
    .await
    .map_err(|error| NotRead::Failed(error.into()))?;
    let unknown = Unreadable { field: "number", why: "unreadable-problem", found: number };
    let row = row.ok_or(unknown)?;
    row.try_get(0).map(Id::new).map_err(|error| NotRead::Failed(error.into()))
}

/// The command of a step from what was typed.
pub fn command(
    noun: &str,
    given: &Given,
    files: &[Kept],
    problem: &Problem,
    me: &Me,
) -> Result<Command, Unreadable> {
    let (said, reason) = (text(given, "text"), text(given, "reason"));
    let typed = |name: &'static str| sure_day(name, given.get(name).map_or("", String::as_str));
    let newest = problem.progress.last().map_or(0, |one| one.number);
    Ok(match noun {
        "measures" => Command::SetMeasures {
            cause: text(given, "cause"),
            target: text(given, "target"),
            criteria: lines(given, "criteria").collect(),
            measures: measures(given)?,
        },
        "measures-return" => Command::ReturnMeasures { reason },
        "report" | "report-correction" => {
            let (evidence, done) = (evidence(given, files, me)?, done(given, problem, me));
            match noun {
                "report" => Command::Report { text: said, evidence, done },
                _ => Command::CorrectReport { text: said, evidence, done },
            }
        }
        "check" => {
            Command::CheckReport { number: newest, sound: is_yes(given, "sound"), note: reason }
        }
        "application" => Command::Apply { text: said, evidence: evidence(given, files, me)? },
        "application-correction" => {
            Command::CorrectApplication { text: said, evidence: evidence(given, files, me)? }
        }
        "consultation" => {
            let word = text(given, "answer");
            let wrong =
                Unreadable { field: "answer", why: "unreadable-choice", found: word.clone() };
            let answer = Answer::of(&word).ok_or(wrong)?;
            Command::Consult { answer, note: said, on: typed("asked_on")? }
        }
        "first-check" => Command::Check { finding: said },
        "return" => Command::Return { reason },
        "verification" => Command::Verify {
            finding: said,
            ticks: ticks(given, problem),
            look_back_on: typed("look_back_on")?,
            despite: text(given, "despite"),
        },
        "verification-undo" => Command::UndoVerification,
        "publication-end" => Command::EndPublication { note: said },
        "look-back" => Command::LookBack {
            held: is_yes(given, "held"),
            finding: said,
            evidence: evidence(given, files, me)?,
            again_on: day("again_on", &text(given, "again_on"))?,
            due_on: day("due_on", &text(given, "due_on"))?,
        },
        "relapse" => {
            Command::Relapse { by_way_of: "finding", finding: said, due_on: typed("due_on")? }
        }
        "archive" => Command::Archive,
        "withdrawal" => Command::Withdraw { reason },
        _ => return beside(noun, given, problem, me),
    })
}

/// Reminders, time, waivers, siblings, statements and objections.
fn beside(noun: &str, given: &Given, problem: &Problem, me: &Me) -> Result<Command, Unreadable> {
    let (said, reason) = (text(given, "text"), text(given, "reason"));
    let typed = |name: &'static str| sure_day(name, given.get(name).map_or("", String::as_str));
    let open = problem.open_reminder().map_or(0, |one| one.number);
    let objection = problem.open_objection().map_or(0, |one| one.number);
    let granted = is_yes(given, "granted");
    let choice =
        |field, word: &str| Unreadable { field, why: "unreadable-choice", found: word.to_owned() };
    Ok(match noun {
        "reminder" => {
            let word = text(given, "level");
            let level = Level::of(&word).ok_or(choice("level", &word))?;
            let answer_due = day("answer_due", &text(given, "answer_due"))?;
            Command::Remind(Wish { level, text: said, answer_due, reason })
        }
        "reminder-signature" => Command::SignReminder { number: open },
        "reminder-answer" => Command::AnswerReminder { number: open, text: said },
        "reminder-revocation" => Command::RevokeReminder { number: open, reason },
        "watch" => {
            let post = typed::post(&me.roster, "watcher", &text(given, "watcher"))?;
            let missing =
                Unreadable { field: "watcher", why: "unreadable-post", found: String::new() };
            Command::Watch { post: post.ok_or(missing)? }
        }
        "deadline" => Command::MoveDue { due_on: typed("due_on")?, reason },
        "extension" => Command::AskExtension { due_on: typed("due_on")?, reason },
        "extension-decision" => Command::DecideExtension { granted, reason },
        "suspension" => Command::AskSuspension { reason },
        "suspension-decision" => Command::DecideSuspension { granted, reason },
        "resumption" => Command::Resume { due_on: day("due_on", &text(given, "due_on"))?, reason },
        "waiver" => Command::Waive { until: typed("until")?, reason },
        "push" => {
            let names = text(given, "units");
            let names = names.split(['、', ',', '，', '\n']).filter(|name| !name.trim().is_empty());
            let found: Result<Vec<_>, _> =
                names.map(|name| typed::unit(&me.roster, "units", name)).collect();
            let units = found?.into_iter().flatten().collect();
            Command::Push { units, text: said, answer_due: typed("answer_due")? }
        }
        "statement" => Command::State { text: said },
        "objection" => {
            let word = text(given, "against");
            let against = Against::of(&word).ok_or(choice("against", &word))?;
            Command::Object { against, reason }
        }
        "objection-decision" => {
            let upheld = is_yes(given, "upheld");
            Command::DecideObjection { number: objection, upheld, reason }
        }
        _ => {
            let found = noun.to_owned();
            return Err(Unreadable { field: "", why: "error-not-found", found });
        }
    })
}

fn lines<'g>(given: &'g Given, name: &str) -> impl Iterator<Item = String> + use<'g> {
    let text = given.get(name).map_or("", String::as_str);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// Measures, one a line: the day, and what is done by then.
fn measures(given: &Given) -> Result<Vec<Measure>, Unreadable> {
    let read = |(number, line): (i64, String)| {
        let (due, text) = line.split_once(char::is_whitespace).unwrap_or((&*line, ""));
        let text = text.trim().to_owned();
        Ok(Measure { number, text, due_on: sure_day("measures", due)?, done_on: None })
    };
    (1..).zip(lines(given, "measures")).map(read).collect()
}

/// The measures ticked as done, today.
fn done(given: &Given, problem: &Problem, me: &Me) -> Vec<(i64, Day)> {
    let ticked = |number: i64| given.contains_key(&format!("done-{number}"));
    let numbers = problem.measures.iter().map(|measure| measure.number);
    numbers.filter(|number| ticked(*number)).map(|number| (number, me.today())).collect()
}

fn ticks(given: &Given, problem: &Problem) -> Vec<Tick> {
    let tick = |criterion: i64| {
        let note = text(given, &format!("tick-{criterion}"));
        (!note.is_empty()).then_some(Tick { criterion, note })
    };
    (1_i64..).zip(&problem.content.criteria).filter_map(|(place, _)| tick(place)).collect()
}

/// Evidence by reference, one a line, and the files that came.
fn evidence(given: &Given, files: &[Kept], me: &Me) -> Result<Vec<Evidence>, Unreadable> {
    let true_for = day("true_for", &text(given, "true_for"))?.unwrap_or(me.today());
    let named = lines(given, "evidence").map(|line| Evidence {
        name: line.clone(),
        reference: line,
        hash: None,
        true_for,
    });
    Ok(named.chain(of_files(files, true_for)).collect())
}
