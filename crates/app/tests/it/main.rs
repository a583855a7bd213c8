//! The front door: the whole house on both engines.

mod engines;
mod guards;
mod house;
mod store;
mod words;
