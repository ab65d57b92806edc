//! A real Synapse, scenes of several devices, a WebDriver client and fixtures, for tests and the demo.
