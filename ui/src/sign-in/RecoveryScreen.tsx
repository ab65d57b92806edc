import { useState } from "react";

import type { AccountInfo, RecoveryStep } from "../ipc/bindings";
import { EnterCode } from "./EnterCode";
import { ResetRecovery } from "./ResetRecovery";
import { ShowCode } from "./ShowCode";

/** Between signing in and writing: the code that reopens the history elsewhere. */
export function RecoveryScreen({ account, step }: { account: AccountInfo; step: RecoveryStep }) {
  const [resetting, setResetting] = useState(false);
  /** Drawn by `recovery_reset`; forgotten with this screen. */
  const [newCode, setNewCode] = useState<string | null>(null);
  if (step === "showCode" || newCode !== null) return <ShowCode account={account} given={newCode} />;
  if (resetting) return <ResetRecovery account={account} onBack={() => setResetting(false)} onCode={setNewCode} />;
  return <EnterCode account={account} onReset={() => setResetting(true)} />;
}
