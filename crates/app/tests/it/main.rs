//! The front door: the whole house on both engines.

mod doors;
mod engines;
mod guards;
mod house;
mod killed;
mod store;
mod words;
