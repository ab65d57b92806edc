//! The static rules of the house: what must hold of the sources, whatever they do when run.

mod privileges;
