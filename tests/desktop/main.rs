//! The real window on the real parts, driven by what is named on the screen.

mod opening;
mod profile;
mod signing_in;
