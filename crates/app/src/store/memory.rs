//! Answers remembered for one state of a jurisdiction.
//!
//! Rows change only in turns and in rebuilding, and both move the head. So what was answered from
//! rows under one head is the answer as long as the head stands: nothing here has to be told of a
//! change, and nothing can be stale. Those who ask the same at once wait for one answer.

use std::{
    any::Any,
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
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

type Answer = Arc<OnceCell<Arc<dyn Any + Send + Sync>>>;

/// What was answered, by jurisdiction and question.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<(i64, String), (Standing, Answer)>>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Memory {
    /// The answer to a question under a head. The question must hold everything the answer
    /// depends on beside the rows of the jurisdiction: the officer's scope, the day, the filter.
    pub async fn answer<T: Send + Sync + 'static>(
        &self,
        (jurisdiction, standing): (i64, Standing),
        question: String,
        find: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<Arc<T>, Failure> {
        let answer = self.place(jurisdiction, standing, question);
        let found = answer
            .get_or_try_init(|| async {
                let found: Arc<dyn Any + Send + Sync> = Arc::new(find.await?);
                Ok::<_, Failure>(found)
            })
            .await?;
        found.clone().downcast().map_err(|_| Failure::new("an answer to another question"))
    }

    fn place(&self, jurisdiction: i64, standing: Standing, question: String) -> Answer {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= ANSWERS {
            answers.retain(|key, kept| key.0 != jurisdiction || kept.0 == standing);
            if answers.len() >= ANSWERS {
                answers.clear();
            }
        }
        let fresh = || (standing, Answer::default());
        let kept = answers.entry((jurisdiction, question)).or_insert_with(fresh);
        if kept.0 != standing {
            *kept = fresh();
        }
        kept.1.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{ANSWERS, Memory, Standing};
    use crate::failure::Failure;

    #[tokio::test]
    async fn an_answer_holds_as_long_as_its_head() {
        let memory = Memory::default();
        let ask = async |size, refilled, now: i64| {
            let under = (1, Standing { size, refilled });
            let answer = memory.answer(under, "how many".into(), async { Ok(now) });
            *answer.await.unwrap()
        };
        assert_eq!(ask(7, 0, 1).await, 1);
        assert_eq!(ask(7, 0, 2).await, 1);
        assert_eq!(ask(8, 0, 3).await, 3);
        assert_eq!(ask(8, 1, 4).await, 4);
    }

    #[tokio::test]
    async fn a_failure_is_not_remembered_and_memory_ends() {
        let memory = Memory::default();
        let under = (1, Standing { size: 1, refilled: 0 });
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
