import { useEffect, useState } from "react";

import { resetComposer } from "../composer/reset";
import type { IpcError, SessionState } from "../ipc/bindings";
import { RecoveryScreen } from "../sign-in/RecoveryScreen";
import { SignInScreen } from "../sign-in/SignInScreen";
import { StartingScreen } from "../sign-in/StartingScreen";
import { StoreProblemScreen } from "../sign-in/StoreProblemScreen";
import { VaultScreen } from "../sign-in/VaultScreen";
import { resetLifetimes } from "../retention/chosen";
import { resetComposing } from "../stores/composing";
import { loadSettings } from "../stores/settings";
import { forgetTimelines } from "../stores/timeline";
import { resetView } from "../stores/view";
import { forgetPositions } from "../timeline/positions";
import { VerificationDialog } from "../verification/VerificationDialog";
import { MainFrame } from "./MainFrame";
import { useHealing } from "./useHealing";

/** One state, one screen. */
export function SessionScreen({ state, error }: { state: SessionState; error: IpcError | null }) {
  const signedIn = state.kind === "signedIn";
  useHealing(state);
  useEffect(() => {
    if (signedIn) return;
    resetView();
    resetComposing();
    resetLifetimes();
    resetComposer();
    forgetTimelines();
    forgetPositions();
  }, [signedIn]);
  useEffect(() => {
    // They live in the account's store, which opens and closes with the state.
    void loadSettings().catch(() => {});
  }, [state.kind]);
  switch (state.kind) {
    case "starting":
      return <StartingScreen error={error} />;
    case "vaultLocked":
      return <VaultScreen reason={state.reason} hasPassphrase={state.hasPassphrase} />;
    case "storeUnusable":
      return <StoreProblemScreen problem={state.problem} />;
    case "signedOut":
      return <SignInScreen ended={state.ended} />;
    case "recovery":
      return (
        <>
          <KeyedRecovery state={state} />
          {/* A new device asks, and is not asked. */}
          <VerificationDialog entering />
        </>
      );
    case "signedIn":
      return <MainFrame account={state.account} />;
  }
}

/** A code that is on screen stays there, whatever the state says next about the step. */
function KeyedRecovery({ state }: { state: Extract<SessionState, { kind: "recovery" }> }) {
  const [step] = useState(state.step);
  return <RecoveryScreen account={state.account} step={step} />;
}
