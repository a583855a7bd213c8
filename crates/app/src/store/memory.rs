//! Answers remembered for one state of a jurisdiction.
//!
//! Rows change only in turns and in rebuilding, and both move the head. So what was answered from
//! rows under one head is the answer as long as the head stands: nothing here has to be told of a
//! change. Those who ask the same at once wait for one answer.
//!
//! In a body with a long journal somebody always writes, and counting takes a while. There, while
//! one visitor counts anew, the others are told what was counted just before, as if they had come
//! that moment earlier; but nobody is told what is older than their own last turn.

use std::{
    any::Any,
    collections::{HashMap, hash_map::Entry},
    fmt,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::OnceCell;

use crate::failure::Failure;

/// Where a jurisdiction's rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The length of its journal.
    pub size: i64,
    /// How often its rows were refilled.
    pub refilled: i64,
}

/// More answers than this are not kept: those of earlier heads go first, then all.
const ANSWERS: usize = 1_024;

/// From so many entries on, others are not kept waiting while one counts anew.
const LONG: i64 = 100_000;

type Found = Arc<dyn Any + Send + Sync>;
type Answer = Arc<OnceCell<Found>>;

/// An answer, or the place where it will be, and who is looking for it.
struct Kept {
    standing: Standing,
    answer: Answer,
    /// Gone when whoever looks for the answer has given up.
    looking: Weak<()>,
    /// The answer before this one.
    before: Option<(Standing, Found)>,
}

/// What a visitor does for an answer.
enum Place {
    /// Waits for it, or looks for it and holds this while doing so.
    Look(Answer, Option<Arc<()>>),
    Known(Found),
}

/// What was answered, by jurisdiction and question.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<(i64, String), Kept>>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Memory {
    /// The answer to a question under a head, or one just before it, but no older than `written`,
    /// the length of the journal after the visitor's own last turn. The question must hold
    /// everything the answer depends on beside the rows of the jurisdiction: the officer's scope,
    /// the day, the filter.
    pub async fn answer<T: Send + Sync + 'static>(
        &self,
        (jurisdiction, standing, written): (i64, Standing, i64),
        question: String,
        find: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<Arc<T>, Failure> {
        let found = match self.place(jurisdiction, standing, written, question) {
            Place::Known(found) => found,
            Place::Look(answer, looking) => {
                let find = async {
                    let found: Found = Arc::new(find.await?);
                    Ok::<_, Failure>(found)
                };
                let found = answer.get_or_try_init(|| find).await?.clone();
                drop(looking);
                found
            }
        };
        found.downcast().map_err(|_| Failure::new("an answer to another question"))
    }

    fn place(
        &self,
        jurisdiction: i64,
        standing: Standing,
        written: i64,
        question: String,
    ) -> Place {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= ANSWERS {
            answers.retain(|key, kept| key.0 != jurisdiction || kept.standing == standing);
            if answers.len() >= ANSWERS {
                answers.clear();
            }
        }
        let looking = Arc::new(());
        let mut kept = match answers.entry((jurisdiction, question)) {
            Entry::Vacant(place) => {
                let answer = Answer::default();
                let found = Place::Look(answer.clone(), Some(looking.clone()));
                place.insert(Kept {
                    standing,
                    answer,
                    looking: Arc::downgrade(&looking),
                    before: None,
                });
                return found;
            }
            Entry::Occupied(kept) => kept,
        };
        let kept = kept.get_mut();
        if kept.standing == standing {
            if kept.answer.initialized() {
                return Place::Look(kept.answer.clone(), None);
            }
            if kept.looking.strong_count() == 0 {
                kept.looking = Arc::downgrade(&looking);
                return Place::Look(kept.answer.clone(), Some(looking));
            }
        } else {
            let idle = kept.answer.initialized() || kept.looking.strong_count() == 0;
            if idle || !kept.serves(standing, written) {
                let before = kept.answer.get().cloned().map(|found| (kept.standing, found));
                let before = before.or(kept.before.take());
                let answer = Answer::default();
                let looks = Arc::downgrade(&looking);
                *kept = Kept { standing, answer: answer.clone(), looking: looks, before };
                return Place::Look(answer, Some(looking));
            }
        }
        match &kept.before {
            Some((_, found)) if kept.serves(standing, written) => Place::Known(found.clone()),
            _ => Place::Look(kept.answer.clone(), None),
        }
    }
}

impl Kept {
    /// May the answer before be given while this one is looked for?
    fn serves(&self, standing: Standing, written: i64) -> bool {
        self.before.as_ref().is_some_and(|(before, _)| {
            before.refilled == standing.refilled && before.size >= written.max(LONG)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{ANSWERS, LONG, Memory, Standing};
    use crate::failure::Failure;

    #[tokio::test]
    async fn an_answer_holds_as_long_as_its_head() {
        let memory = Memory::default();
        let ask = async |size, refilled, now: i64| {
            let under = (1, Standing { size, refilled }, 0);
            let answer = memory.answer(under, "how many".into(), async { Ok(now) });
            *answer.await.unwrap()
        };
        assert_eq!(ask(7, 0, 1).await, 1);
        assert_eq!(ask(7, 0, 2).await, 1);
        assert_eq!(ask(8, 0, 3).await, 3);
        assert_eq!(ask(8, 1, 4).await, 4);
    }

    #[tokio::test]
    async fn while_one_counts_anew_others_hear_what_was_counted_before() {
        let memory = Memory::default();
        let under =
            |size, written| (1, Standing { size: LONG + size, refilled: 0 }, LONG + written);
        let ask = async |size, written, now: i64| {
            let now = async move { Ok(now) };
            *memory.answer(under(size, written), "how many".into(), now).await.unwrap()
        };
        assert_eq!(ask(0, 0, 1).await, 1);
        let (told, counts) = tokio::sync::oneshot::channel();
        let counting = memory.answer(under(2, 0), "how many".into(), async {
            counts.await.map_err(|_| Failure::new("gone"))
        });
        let others = async {
            // Somebody else's turn moved the head: what was counted before is told.
            assert_eq!(ask(2, 0, 7).await, 1);
            assert_eq!(ask(3, 0, 7).await, 1);
            // Whoever wrote since looks for themselves.
            assert_eq!(ask(3, 3, 4).await, 4);
            told.send(2_i64).unwrap();
        };
        let (counted, ()) = tokio::join!(counting, others);
        assert_eq!(*counted.unwrap(), 2);
        assert_eq!(ask(3, 0, 9).await, 4);
    }

    #[tokio::test]
    async fn whoever_gives_up_counting_leaves_it_to_the_next() {
        let memory = Memory::default();
        let under = |size| (1, Standing { size: LONG + size, refilled: 0 }, 0);
        let first = memory.answer(under(0), "how many".into(), async { Ok(1_i64) });
        assert_eq!(*first.await.unwrap(), 1);
        let never = memory.answer(under(1), "how many".into(), std::future::pending());
        let never: Result<Result<Arc<i64>, _>, _> =
            tokio::time::timeout(std::time::Duration::from_millis(1), never).await;
        assert!(never.is_err());
        let next = memory.answer(under(1), "how many".into(), async { Ok(2_i64) });
        assert_eq!(*next.await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_failure_is_not_remembered_and_memory_ends() {
        let memory = Memory::default();
        let under = (1, Standing { size: 1, refilled: 0 }, 0);
        let fails = async { Err::<i64, _>(Failure::new("no")) };
        assert!(memory.answer(under, "a".into(), fails).await.is_err());
        let answer = memory.answer(under, "a".into(), async { Ok(5_i64) }).await;
        assert_eq!(*answer.unwrap(), 5);
        for number in 0..3 * ANSWERS {
            let asked = memory.answer(under, number.to_string(), async { Ok(0_i64) });
            asked.await.unwrap();
        }
        assert!(memory.0.lock().unwrap().len() <= ANSWERS);
    }
}
