//! The rows closure audits cast.

use mechanisms::{
    Id,
    audit::{Audit, Stage, Verdict},
    roster::Power,
};

use crate::store::{
    kept::{Kept, Matter, Party, Todo, World},
    rows::Rows,
};

impl Kept for Audit {
    fn rows(&self, id: Id<Self>, _: &World<'_>, rows: &mut Rows) {
        let matter = Matter {
            kind: "audit",
            id: id.0,
            number: id.to_string(),
            title: self.terms.title.clone(),
            stage: self.stage.word(),
            standing: match self.stage {
                Stage::Open | Stage::Announced | Stage::Drawn => "open",
                Stage::Concluded => "done",
                Stage::Cancelled => "gone",
            },
            start_on: Some(self.opened.day.to_string()),
            done_on: self.concluded.as_ref().map(|(_, stamp)| stamp.day.to_string()),
            owner: Some(self.opened.by.post.0),
            ..Matter::default()
        };
        let party = Party { part: "opener", unit: None, post: Some(self.opened.by.post.0) };
        matter.put(&[party], &todos(self), rows);
    }
}

/// The supervision office owes the ceremony its next step; what an inspector owes stands on the
/// audit's own page, since teams are people and moves belong to posts.
fn todos(audit: &Audit) -> Vec<Todo> {
    let since = audit.widened.last().map_or(&audit.opened, |(_, stamp)| stamp).day.to_string();
    let what = match audit.stage {
        Stage::Open => "announce",
        Stage::Announced => "reveal",
        Stage::Drawn if audit.unrecorded().next().is_some() => return Vec::new(),
        Stage::Drawn if audit.statement().verdict == Verdict::Stop => "conclude",
        Stage::Drawn => "widen",
        Stage::Concluded | Stage::Cancelled => return Vec::new(),
    };
    vec![Todo { what, post: None, power: Some(Power::Register.word()), since, due_on: None }]
}
