//! Networks of tasks on working calendars: forward, backward, and why.
mod dates;
mod link;
mod network;
mod order;
mod pass;
mod plan;
mod summary;
mod swift;

pub use dates::{Row, Schedule, schedule};
pub use link::{Kind, Lag, Link};
pub use network::Network;
pub use pass::Passes;
pub use plan::{Constraint, Direction, Mode, Plan, Progress, Task};
mod element;
mod output;
mod table;
pub use table::Table;
mod project_xml;
