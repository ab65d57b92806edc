import { useRef, useState } from "react";

import { useText } from "../i18n/text";
import { asIpcError } from "../ipc/backend";
import type { IpcError } from "../ipc/bindings";
import { toastError } from "./wordError";

export interface Work {
  busy: boolean;
  /** Why the last one failed; what the user gave up is no failure. */
  error: IpcError | null;
  /** Does nothing while one is under way: nothing is asked twice. */
  run<T>(work: () => Promise<T>, done?: (result: T) => void): void;
}

/** One command at a time, from a button that shows it. */
export function useWork(onError?: (error: IpcError) => void): Work {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<IpcError | null>(null);
  const running = useRef(false);
  const end = () => {
    running.current = false;
    setBusy(false);
  };
  return {
    busy,
    error,
    run(work, done) {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setError(null);
      work().then(
        (result) => {
          end();
          done?.(result);
        },
        (thrown: unknown) => {
          const failure = asIpcError(thrown);
          end();
          if (failure.code === "cancelled") return;
          setError(failure);
          onError?.(failure);
        },
      );
    },
  };
}

/** Where there is no place for a notice: failures are told in a toast, with `what` could not be done. */
export function useToastedWork(what?: string): Work {
  const text = useText();
  return useWork((error) => toastError(text, error, what));
}
