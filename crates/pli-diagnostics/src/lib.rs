//! Tracing set-up and the redaction of everything that is written to the log.
