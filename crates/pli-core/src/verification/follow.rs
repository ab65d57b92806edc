//! The task behind one verification: from the states of the SDK to what is told.

use std::{pin::pin, sync::Arc};

use futures_util::{
    FutureExt as _, StreamExt as _,
    stream::{self, BoxStream},
};
use matrix_sdk::{
    Client,
    encryption::verification::{
        QrVerification, SasState, SasVerification, Verification as Concrete, VerificationRequest,
        VerificationRequestState as State,
    },
};

use super::{Ending, Stage, Verification, Verifications, Ways, stage};
use crate::{room, to_device};

/// Longest name of a device or person kept, in characters.
const MAX_NAME: usize = 100;

/// A verification as it is told at first.
pub(super) async fn told(client: &Client, request: &VerificationRequest) -> Verification {
    let user_id = request.other_user_id().to_owned();
    let own = request.is_self_verification();
    let room = request.room_id().and_then(|id| client.get_room(id));
    let name = match room {
        Some(room) => room::person(&room, &user_id).await.name,
        None => user_id.localpart().to_owned(),
    };
    let state = request.state();
    Verification {
        id: request.flow_id().to_owned(),
        user_id,
        name: short(&name),
        own,
        device: device(&state).filter(|_| own),
        incoming: !request.we_started(),
        stage: match state {
            State::Created { .. } => Stage::Asking,
            State::Cancelled(info) => Stage::Ended(Ending::of(&info)),
            _ => Stage::Asked,
        },
    }
}

/// Tells a verification until it is over.
pub(super) async fn run(client: Client, request: VerificationRequest, told: Arc<Verifications>) {
    let in_room = request.room_id().is_some();
    let id = request.flow_id().to_owned();
    let own = request.is_self_verification();
    let mut states = pin!(states(&request));
    let mut concrete: Option<BoxStream<'static, Stage>> = None;
    loop {
        let next = tokio::select! {
            state = states.next() => match state {
                Some(state) => {
                    if let Some(device) = device(&state).filter(|_| own) {
                        told.change(&id, |one| one.device = Some(device));
                    }
                    of_request(state, &mut concrete)
                }
                None => return,
            },
            stage = next_of(&mut concrete) => {
                if in_room {
                    to_device::send_what_is_queued(&client).await;
                }
                Some(stage)
            }
        };
        let Some(next) = next else { continue };
        let over = next.is_over();
        tell(&told, &id, next);
        if over {
            return;
        }
    }
}

fn tell(told: &Verifications, id: &str, next: Stage) {
    let asked = told.find(|one| one.id == id && one.stage == Stage::Asked);
    match next {
        // The user was told of it by the request alone, and has not taken part.
        Stage::Ended(_) if asked.is_some() => told.remove(id),
        Stage::Ended(Ending::Elsewhere) => told.remove(id),
        next => told.change(id, |one| one.stage = next),
    }
}

/// The state now, and those to come.
fn states(request: &VerificationRequest) -> impl futures_util::Stream<Item = State> + Send + use<> {
    // In this order: what happens in between is then told twice, and not lost.
    let changes = request.changes();
    stream::once(std::future::ready(request.state())).chain(changes)
}

/// What a state of the request says by itself; the way that was chosen says the rest.
fn of_request(state: State, concrete: &mut Option<BoxStream<'static, Stage>>) -> Option<Stage> {
    match state {
        State::Created { .. } => Some(Stage::Asking),
        State::Requested { .. } => Some(Stage::Asked),
        State::Ready { their_methods, .. } => Some(Stage::Ready(Ways::of(&their_methods))),
        State::Transitioned { verification } => {
            *concrete = match verification {
                Concrete::SasV1(sas) => Some(emojis(sas).boxed()),
                Concrete::QrV1(code) => Some(codes(code).boxed()),
                _ => None,
            };
            concrete.is_none().then_some(Stage::Ended(Ending::Failed))
        }
        // The other side says so: it is done when this side is, too.
        State::Done if concrete.is_some() => None,
        State::Done => Some(Stage::Ended(Ending::Failed)),
        State::Cancelled(info) => Some(Stage::Ended(Ending::of(&info))),
    }
}

async fn next_of(concrete: &mut Option<BoxStream<'static, Stage>>) -> Stage {
    match concrete {
        Some(stages) => match stages.next().await {
            Some(stage) => stage,
            None => std::future::pending().await,
        },
        None => std::future::pending().await,
    }
}

fn emojis(sas: SasVerification) -> impl futures_util::Stream<Item = Stage> + Send {
    let changes = sas.changes();
    let states = stream::once(std::future::ready(sas.state())).chain(changes);
    states.then(move |state| {
        let sas = sas.clone();
        async move {
            // To take part was the user's choice; which way, the other side's.
            if matches!(state, SasState::Started { .. })
                && !sas.we_started()
                && sas.accept().await.is_err()
            {
                tracing::warn!(name: "a verification could not be accepted", "");
                return Stage::Ended(Ending::Failed);
            }
            stage::of_sas(&state)
        }
        .boxed()
    })
}

fn codes(code: QrVerification) -> impl futures_util::Stream<Item = Stage> + Send {
    let changes = code.changes();
    let states = stream::once(std::future::ready(code.state())).chain(changes);
    states.map(move |state| stage::of_code(&code, &state))
}

/// Name of the other device, once it is known which one it is.
fn device(state: &State) -> Option<String> {
    let (State::Requested {
        other_device_data, ..
    }
    | State::Ready {
        other_device_data, ..
    }) = state
    else {
        return None;
    };
    let name = other_device_data.display_name().map(str::trim);
    let name = name.filter(|name| !name.is_empty());
    Some(short(
        name.unwrap_or(other_device_data.device_id().as_str()),
    ))
}

fn short(name: &str) -> String {
    name.chars().take(MAX_NAME).collect()
}
