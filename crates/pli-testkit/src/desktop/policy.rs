//! What the administrator of a desk laid down.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use anyhow::Result;
use serde_json::Value;

use super::Desk;

impl Desk {
    /// Lays down a policy, as a file that forces it; windows that are opened from then on obey.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn force(&mut self, name: &str, policy: &Value) -> Result<()> {
        let root = self.home.path().join("administrator");
        let managed = root.join("etc/pli/policies/managed");
        fs::create_dir_all(&managed)?;
        let file = managed.join(name);
        fs::write(&file, policy.to_string())?;
        // Whatever the mask of whoever runs the test: others may not write.
        let home = self.home.path();
        for place in file.ancestors().take_while(|place| *place != home) {
            fs::set_permissions(place, Permissions::from_mode(0o755))?;
        }
        self.policies = Some(root);
        Ok(())
    }

    /// Where windows look for policies, once one was laid down.
    pub fn policies(&self) -> Option<&Path> {
        self.policies.as_deref()
    }
}
