//! The fields of a step's form, and what the step is about.

use mechanisms::problem::{Against, Answer, LinkKind, Problem};

use super::{Act, Given};
use crate::{access::Me, ui::words::Words};

/// How a field is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Area(usize),
    /// One of these: value and name.
    Choice(Vec<(String, String)>),
    /// Several lines, each with a name: field name, what it is about, value.
    Lines(Vec<(String, String, String)>),
    /// Several boxes: field name, what it is about, whether it is ticked.
    Boxes(Vec<(String, String, bool)>),
    File,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub value: String,
    pub optional: bool,
    pub kind: Kind,
}

impl Field {
    pub fn rows(&self) -> usize {
        if let Kind::Area(rows) = self.kind { rows } else { 0 }
    }

    pub fn choices(&self) -> &[(String, String)] {
        if let Kind::Choice(choices) = &self.kind { choices } else { &[] }
    }

    pub fn lines(&self) -> &[(String, String, String)] {
        if let Kind::Lines(lines) = &self.kind { lines } else { &[] }
    }

    pub fn boxes(&self) -> &[(String, String, bool)] {
        if let Kind::Boxes(boxes) = &self.kind { boxes } else { &[] }
    }

    pub fn is_file(&self) -> bool {
        self.kind == Kind::File
    }
}

pub fn of(act: &Act, given: &Given, problem: &Problem, me: &Me, w: &Words) -> Vec<Field> {
    let field = |name: &&'static str| {
        let name = *name;
        let own = |what: &str| {
            let key = format!("problem-{what}-{name}-{}", act.noun);
            let plain = format!("problem-{what}-{name}");
            let found = [key, plain].into_iter().find(|key| w.has(key));
            w.t(&found.unwrap_or(format!("{what}-{name}")))
        };
        Field {
            name,
            label: own("field"),
            hint: own("hint"),
            value: given.get(name).cloned().unwrap_or_default(),
            optional: is_optional(name, act.noun),
            kind: kind(name, given, problem, me, w),
        }
    };
    let shown = act.fields.iter().filter(|name| is_asked(name, problem));
    shown.map(field).collect()
}

/// Criteria are asked only where there are none, the reason in spite of a complaint only where
/// there is one.
fn is_asked(name: &str, problem: &Problem) -> bool {
    match name {
        "criteria" => problem.content.criteria.is_empty(),
        "despite" => problem.content.complaint.is_some(),
        _ => true,
    }
}

fn is_optional(name: &str, noun: &str) -> bool {
    let fields = ["file", "despite", "again_on", "what"];
    fields.contains(&name)
        || (name, noun) == ("reason", "reminder")
        || (name, noun) == ("due_on", "resumption")
        || (name, noun) == ("due_on", "look-back")
        || (name, noun) == ("evidence", "report")
}

fn kind(name: &str, given: &Given, problem: &Problem, me: &Me, w: &Words) -> Kind {
    let worded = |prefix: &str, words: Vec<&'static str>| {
        let name = |word: &str| (word.to_owned(), w.t(&format!("{prefix}{word}")));
        Kind::Choice(words.into_iter().map(name).collect())
    };
    let yes_no = |yes: &str, no: &str| {
        Kind::Choice(vec![("yes".to_owned(), w.t(yes)), ("no".to_owned(), w.t(no))])
    };
    match name {
        "granted" | "upheld" | "sound" => yes_no("yes", "no"),
        "held" => yes_no("problem-held", "problem-not-held"),
        "found" => yes_no("problem-found-too", "problem-not-found-here"),
        "answer" => worded("problem-answer-", Answer::ALL.iter().map(|one| one.word()).collect()),
        "link" => {
            worded("problem-link-", vec![LinkKind::Recurrence.word(), LinkKind::Duplicate.word()])
        }
        "against" => {
            let open = Against::ALL.iter().filter(|one| problem.conclusion(**one).is_some());
            worded("against-", open.map(|one| one.word()).collect())
        }
        "level" => {
            let ask = me.ask();
            let rungs = ask.ladder.offered(&problem.urged(), &ask);
            worded("level-", rungs.into_iter().map(mechanisms::reminder::Level::word).collect())
        }
        "ticks" => {
            let line = |(place, text): (i64, &String)| {
                let name = format!("tick-{place}");
                let value = given.get(&name).cloned().unwrap_or_default();
                (name, format!("{place}. {text}"), value)
            };
            Kind::Lines((1..).zip(&problem.content.criteria).map(line).collect())
        }
        "done" => {
            let open = problem.measures.iter().filter(|measure| measure.done_on.is_none());
            let one = |measure: &mechanisms::problem::Measure| {
                let name = format!("done-{}", measure.number);
                let ticked = given.contains_key(&name);
                (name, format!("{}. {}", measure.number, measure.text), ticked)
            };
            Kind::Boxes(open.map(one).collect())
        }
        "file" => Kind::File,
        "measures" => Kind::Area(5),
        "cause" | "target" | "criteria" | "text" | "reason" | "evidence" | "despite" | "what"
        | "units" => Kind::Area(3),
        _ => Kind::Line,
    }
}

/// What the step is about: who decides on something sees what it is.
pub fn about(noun: &str, problem: &Problem, me: &Me, w: &Words) -> Vec<(String, String)> {
    let day = |day: &mechanisms::Day| w.day(day, &me.today());
    let mut list = Vec::new();
    let mut tell = |key: &str, text: String| {
        if !text.is_empty() {
            list.push((w.t(key), text));
        }
    };
    match noun {
        "reminder-answer" | "reminder-signature" | "reminder-revocation" => {
            if let Some(open) = problem.open_reminder() {
                tell("reminder-text", open.text.clone());
                tell("reminder-answer-due", day(&open.answer_due));
            }
        }
        "extension-decision" => {
            if let Some(asked) = problem.open_extension() {
                tell("extension-new-due", day(&asked.due_on));
                tell("field-reason", asked.reason.clone());
            }
        }
        "suspension-decision" => {
            let asked = problem.open_suspension();
            tell("field-reason", asked.map(|one| one.reason.clone()).unwrap_or_default());
        }
        "objection-decision" => {
            if let Some(open) = problem.open_objection() {
                tell("problem-field-against", w.t(&format!("against-{}", open.against.word())));
                tell("field-reason", open.reason.clone());
                tell("problem-decide-by", day(&open.decide_by));
            }
        }
        "push-answer" => {
            let asked = super::given::asked_unit(problem, me);
            let push = problem.pushes.iter().find(|push| Some(push.unit) == asked);
            tell("problem-what", problem.content.what.clone());
            tell("reminder-text", push.map(|push| push.text.clone()).unwrap_or_default());
        }
        "first-check" | "verification" | "return" | "consultation" => {
            tell("problem-what", problem.content.what.clone());
            if let Some(application) = problem.application() {
                tell("closing-text", application.text.clone());
                let names: Vec<&str> =
                    application.evidence.iter().map(|one| one.name.as_str()).collect();
                tell("closing-evidence", names.join("；"));
            }
            let complaint = problem.content.complaint.clone().unwrap_or_default();
            tell("problem-complaint", complaint);
        }
        "check" => {
            if let Some(report) = problem.progress.last() {
                tell("reports", w.n("report-number", report.number));
                tell("field-text", report.text.clone());
            }
        }
        _ => {
            tell("problem-what", problem.content.what.clone());
            let due = problem.content.due_on;
            tell("col-due", due.map(|due| day(&due)).unwrap_or_default());
        }
    }
    list
}
