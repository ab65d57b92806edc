//! The stores of a profile, used as the SDK and the application use them.

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod damage;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod durability;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod event_cache;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod memory;
#[cfg(test)]
mod model;
#[cfg(test)]
mod random;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod shares;
