//! The real window on the real parts, driven by what is named on the screen.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]

mod healing;
mod opening;
mod policy;
mod profile;
mod signing_in;
mod two_people;
mod xss;
