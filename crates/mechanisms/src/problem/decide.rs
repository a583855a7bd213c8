//! Every rule of a problem. One arm per arrow in the drawing; what is not written is refused.

use super::{Command, Event, Problem, Refusal};
use crate::Ask;

pub(super) fn decide(
    state: Option<&Problem>,
    command: Command,
    _ask: &Ask<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(problem) = state else {
        let Command::File { ledger, content } = command else { return Err(Refusal::NotFiled) };
        return Ok(vec![Event::Filed { ledger, content: Box::new(content) }]);
    };
    Err(Refusal::OutOfOrder { stage: problem.stage })
}
