//! An audit as pages and the API show it: what is stated, how it came about, result by result.

use mechanisms::{
    Id,
    audit::{Audit, Statement, Verdict},
    roster::Person,
};

use crate::{access::Me, ui::words::Words};

/// One problem of the sample, in the order of the draw.
#[derive(Debug)]
pub struct Line {
    pub place: usize,
    pub problem: i64,
    pub number: String,
    pub unit: String,
    pub team: String,
    /// `held`, `false`, or empty while nothing is recorded.
    pub result: &'static str,
    pub finding: String,
    pub by: String,
    pub day: String,
    /// The officer at the door is of its team, and the result is missing.
    pub mine: bool,
    /// What all results up to this one say; none behind a gap.
    pub then: Option<Said>,
}

/// A statement in words and numbers.
#[derive(Clone, Debug)]
pub struct Said {
    pub population: u64,
    pub examined: u64,
    pub found: u64,
    pub most: u64,
    pub percent: String,
    pub verdict: &'static str,
    pub more: Option<u64>,
}

impl Said {
    pub fn of(statement: Statement) -> Self {
        let Statement { population, examined, found, most, verdict, more } = statement;
        Self {
            population,
            examined,
            found,
            most,
            percent: percent(most, population),
            verdict: Verdict::word(verdict),
            more,
        }
    }

    /// With 95 % confidence at most so many of all are false.
    pub fn sentence(&self, w: &Words) -> String {
        let args = [
            ("most", &*self.most.to_string()),
            ("all", &*self.population.to_string()),
            ("percent", &self.percent),
        ];
        w.a("audit-stated", &args)
    }

    /// How that is worked out.
    pub fn working(&self, w: &Words) -> String {
        let (n, k) = (self.examined.to_string(), self.found.to_string());
        let (all, most) = (self.population.to_string(), self.most.to_string());
        let args = [("n", &*n), ("k", &*k), ("all", &*all), ("most", &*most)];
        w.a("audit-working", &args)
    }

    /// What comes next, and how many true ones would end it.
    pub fn next(&self, w: &Words) -> String {
        let key = format!("audit-next-{}", self.verdict);
        match self.more.filter(|_| self.verdict == "go-on") {
            Some(more) => w.a("audit-next-more", &[("n", &more.to_string())]),
            None => w.t(&key),
        }
    }
}

/// A share of all, rounded up: a bound must not look smaller than it is.
fn percent(most: u64, all: u64) -> String {
    let hundredths = (most * 10_000).div_ceil(all.max(1));
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn name(me: &Me, person: Id<Person>) -> &str {
    me.roster.person(person).map_or("", |person| person.name.as_str())
}

/// A person by name and post.
pub fn person(me: &Me, person: Id<Person>) -> String {
    let name = name(me, person);
    let post = me.roster.posts_of(person, me.today()).into_iter().next();
    match post {
        Some(post) => format!("{name}（{}）", me.roster.post_title(post)),
        None => name.to_owned(),
    }
}

/// The sample with its results, and what they said one after the other.
pub fn lines(audit: &Audit, me: &Me, w: &Words) -> Vec<Line> {
    let mut said = audit.statements().into_iter().skip(1);
    let mut lines = Vec::new();
    for (place, (picked, outcome)) in audit.sample.iter().enumerate() {
        let framed = audit.framed(picked.problem);
        let team: Vec<String> = picked.team.iter().map(|one| person(me, *one)).collect();
        lines.push(Line {
            place: place + 1,
            problem: picked.problem.0,
            number: framed.map(|one| one.number.clone()).unwrap_or_default(),
            unit: framed.map_or("", |one| me.roster.unit_name(one.unit)).to_owned(),
            team: team.join("、"),
            result: match outcome {
                Some(outcome) if outcome.held => "held",
                Some(_) => "false",
                None => "",
            },
            finding: outcome.as_ref().map(|one| one.finding.clone()).unwrap_or_default(),
            by: outcome.as_ref().map_or("", |one| name(me, one.stamp.by.person)).to_owned(),
            day: outcome.as_ref().map_or(String::new(), |one| w.short(&one.stamp.day, &me.today())),
            mine: outcome.is_none() && picked.team.contains(&me.officer.person),
            then: said.next().map(Said::of),
        });
    }
    lines
}
