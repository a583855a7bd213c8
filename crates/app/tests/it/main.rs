//! The front door: the whole house on both engines.

mod engines;
mod house;
mod store;
