//! Whatever the bytes of a plan are, there is an answer or a refusal, soon and in little memory.
//! The first byte chooses the format, the direction and the explanation; the rest is the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use schedule::{Direction, Options, Plan, Source, command, schedule};

fuzz_target!(|bytes: &[u8]| {
    let Some((how, file)) = bytes.split_first() else { return };
    let is_backward = how & 1 == 1;
    let options = Options {
        direction: (how & 4 == 0).then_some(match is_backward {
            true => Direction::Backward,
            false => Direction::Forward,
        }),
        start: (!is_backward).then(|| "2015-11-20T08:00".parse().expect("a time")),
        deadline: (is_backward || how & 8 > 0).then(|| "2016-11-18T17:00".parse().expect("a time")),
        explain: how & 16 > 0,
        ..Options::default()
    };
    if how & 2 > 0 {
        let _ = command(Source::Csv(file), &options);
        return;
    }
    let _ = command(Source::Xml(file), &options);
    // What is read can be written, and read again.
    let Ok(plan) = Plan::from_xml(file) else { return };
    let Ok(dates) = schedule(&plan) else { return };
    Plan::from_xml(plan.to_xml(Some(&dates)).as_bytes()).expect("what was written is read");
});
