//! Spreads what was said in one minute over the days it is meant to have taken.
//!
//! A server gives every event the time at which it arrives, so the stopped server's own
//! database is changed. Only the demo may do so: no peer would believe such an event again.

use std::process::Command;

use anyhow::{Result, bail};

use super::Shift;
use crate::{place, synapse::Synapse};

const SET: &str = r#"
import json, sqlite3, sys, time
database, shifts = sqlite3.connect(sys.argv[1]), json.load(sys.stdin)
now = int(time.time() * 1000)
ago = {s["event"]: s["ago"]["secs"] * 1000 for s in shifts}
first, start = {}, {}
order = "select event_id, room_id from events order by stream_ordering"
events = list(database.execute(order))
for event, room in events:
    if event in ago and room not in first:
        first[room] = now - ago[event]
last = {}
for event, room in events:
    if room not in first:
        continue
    # What leads up to the first message (creation, joins) comes just before it.
    at = now - ago[event] if event in ago else last.get(room, first[room] - 60000) + 50
    at = max(at, last.get(room, 0))
    last[room] = at
    database.execute("update events set origin_server_ts=?, received_ts=? where event_id=?",
                     (at, at, event))
    (text,) = database.execute("select json from event_json where event_id=?", (event,)).fetchone()
    body = json.loads(text)
    body["origin_server_ts"] = at
    if "age_ts" in body.get("unsigned", {}):
        body["unsigned"]["age_ts"] = at
    database.execute("update event_json set json=? where event_id=?", (json.dumps(body), event))
database.commit()
"#;

/// Sets the time of events in the database of a stopped server.
pub(super) fn set(server: &Synapse, shifts: &[Shift]) -> Result<()> {
    let list = server.directory().join("shifts.json");
    std::fs::write(&list, serde_json::to_vec(shifts)?)?;
    let output = Command::new(place::synapse_python()?)
        .args(["-c", SET])
        .arg(server.directory().join("homeserver.db"))
        .stdin(std::fs::File::open(&list)?)
        .output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(std::fs::remove_file(list)?)
}
