//! Problems through the front door: the chain of the article over the year 2015, the forms of the
//! pages, and random sequences of any calls by any officers, on both engines.

mod chain;
mod city;
mod forms;
mod random;

use crate::both;
use chain::the_chain_of_the_article;
use forms::a_problem_is_put_right_through_its_forms;
use random::no_sequence_of_calls_closes_a_problem_with_two_persons;

both!(
    the_chain_of_the_article,
    no_sequence_of_calls_closes_a_problem_with_two_persons,
    a_problem_is_put_right_through_its_forms,
);
