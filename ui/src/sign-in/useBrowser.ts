import { useCallback, useEffect, useRef, useState } from "react";

import { asIpcError, call } from "../ipc/backend";
import type { BrowserLink, IpcError } from "../ipc/bindings";

/** What is done in the system's browser: begun here, waited for, or given up. */
export interface InBrowser {
  /** Where the browser was led, while it is waited for. */
  link: BrowserLink | null;
  busy: boolean;
  error: IpcError | null;
  start<T>(begin: () => Promise<BrowserLink>, finish: () => Promise<T>, done?: (result: T) => void): void;
  giveUp(): void;
}

export function useBrowser(): InBrowser {
  const [link, setLink] = useState<BrowserLink | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<IpcError | null>(null);
  /** The last one begun: what an earlier one still answers is of no interest. */
  const last = useRef(0);
  const waiting = useRef(false);

  const giveUp = useCallback(() => {
    last.current += 1;
    if (waiting.current) void call("browser_give_up").catch(() => undefined);
    waiting.current = false;
    setLink(null);
    setBusy(false);
  }, []);
  useEffect(() => giveUp, [giveUp]);

  const start: InBrowser["start"] = (begin, finish, done) => {
    last.current += 1;
    const mine = last.current;
    const isMine = () => mine === last.current;
    const run = async () => {
      const begun = await begin();
      if (!isMine()) return;
      waiting.current = true;
      setLink(begun);
      const result = await finish();
      if (isMine()) done?.(result);
    };
    setBusy(true);
    setError(null);
    run()
      .catch((thrown: unknown) => {
        const failed = asIpcError(thrown);
        if (isMine() && failed.code !== "cancelled") setError(failed);
      })
      .finally(() => {
        if (!isMine()) return;
        waiting.current = false;
        setLink(null);
        setBusy(false);
      });
  };
  return { link, busy, error, start, giveUp };
}
