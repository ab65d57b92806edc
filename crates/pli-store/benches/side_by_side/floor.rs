//! What no store could do without.

use std::{fs::File, io::Write, time::Instant};

use matrix_sdk_base::RoomInfo;
use matrix_sdk_crypto::vodozemac::megolm::{InboundGroupSession, SessionConfig};

use crate::{content::room_info, stats::median, work::directory, works::decrypt::Decrypt};

fn timed(times: usize, mut act: impl FnMut()) -> f64 {
    let mut took = Vec::new();
    for _ in 0..times {
        let begun = Instant::now();
        act();
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    median(&took)
}

/// Lines of what was timed, in milliseconds.
pub(crate) fn measure(decrypt: &Decrypt, rooms: usize, times: usize) -> Vec<(String, f64)> {
    let directory = directory();
    let bytes = vec![0x5a; 1_000_000];
    let mut file = File::create(directory.path().join("raw")).expect("a file");
    let raw = timed(times, || {
        file.write_all(&bytes).expect("written");
        file.sync_data().expect("on the disk");
    });
    let mut small = |sync: fn(&File) -> std::io::Result<()>| {
        timed(10 * times, || {
            file.write_all(&bytes[..4_096]).expect("written");
            sync(&file).expect("on the disk");
        })
    };
    let (fsync, fdatasync) = (small(File::sync_all), small(File::sync_data));
    let infos: Vec<_> = (0..rooms)
        .map(|number| serde_json::to_vec(&room_info(number, number)).expect("JSON"))
        .collect();
    let parse_rooms = timed(times, || {
        for info in &infos {
            let _: RoomInfo = serde_json::from_slice(info).expect("JSON");
        }
    });
    let parse_events = timed(times, || {
        for event in &decrypt.events {
            event.event.deserialize().expect("JSON");
        }
    });
    let vodozemac = timed(times, || {
        let mut sessions: Vec<_> = decrypt
            .sessions
            .iter()
            .map(|session| InboundGroupSession::new(&session.key, SessionConfig::version_1()))
            .collect();
        for event in &decrypt.events {
            let session = &mut sessions[event.session];
            session.decrypt(&event.message).expect("decrypted");
        }
    });
    vec![
        ("write 1 MB and fdatasync".to_owned(), raw),
        ("write 4 kB and fdatasync".to_owned(), fdatasync),
        ("write 4 kB and fsync".to_owned(), fsync),
        (
            format!(
                "parse the JSON of {} encrypted events",
                decrypt.events.len()
            ),
            parse_events,
        ),
        (
            format!(
                "decrypt {} messages with vodozemac alone",
                decrypt.events.len()
            ),
            vodozemac,
        ),
        (format!("parse the JSON of {rooms} room infos"), parse_rooms),
    ]
}
