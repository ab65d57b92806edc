import { useEffect, useRef, useState } from "react";

import { asIpcError, call } from "../ipc/backend";
import type { IpcError } from "../ipc/bindings";
import { roomMembers } from "../stores/members";

export type Outcome = { kind: "invited" } | { kind: "already" } | { kind: "banned" } | { kind: "unknown" } | { kind: "refused"; error: IpcError };

export interface Result {
  userId: string;
  outcome: Outcome;
}

export interface BulkInvite {
  state: "idle" | "running" | "over";
  results: readonly Result[];
  total: number;
  start: (userIds: readonly string[]) => void;
  /** After the invitation that is under way. */
  stop: () => void;
}

/** How often one is asked again when the server wants a pause. */
const attempts = 5;
const defaultPause = 2000;

/** Invites one after the other, in small requests; ends when it is stopped or the asker is gone. */
export function useBulkInvite(roomId: string): BulkInvite {
  const [state, setState] = useState<BulkInvite["state"]>("idle");
  const [results, setResults] = useState<readonly Result[]>([]);
  const [total, setTotal] = useState(0);
  const stopped = useRef<AbortController | null>(null);
  useEffect(() => () => stopped.current?.abort(), []);
  const run = async (userIds: readonly string[], stop: AbortSignal) => {
    for (const userId of userIds) {
      const outcome = await invite(roomId, userId, stop);
      if (outcome === null) break;
      setResults((before) => [...before, { userId, outcome }]);
      if (stop.aborted) break;
    }
    setState("over");
  };
  return {
    state,
    results,
    total,
    start(userIds) {
      if (state === "running") return;
      const controller = new AbortController();
      stopped.current = controller;
      setResults([]);
      setTotal(userIds.length);
      setState("running");
      void run(userIds, controller.signal);
    },
    stop: () => stopped.current?.abort(),
  };
}

/** `null` when it was stopped before the server answered. */
async function invite(roomId: string, userId: string, stop: AbortSignal): Promise<Outcome | null> {
  const membership = roomMembers(roomId).get().value.byKey.get(userId)?.membership;
  if (membership === "joined" || membership === "invited") return { kind: "already" };
  if (membership === "banned") return { kind: "banned" };
  for (let attempt = 1; !stop.aborted; attempt += 1) {
    try {
      // A server also invites people whom nobody knows.
      const found = await call("directory_search_users", { term: userId });
      if (!found.some((user) => user.userId === userId)) return { kind: "unknown" };
      await call("room_invite", { roomId, userId, reason: null });
      return { kind: "invited" };
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code !== "rateLimited" || attempt >= attempts) return error.code === "notFound" ? { kind: "unknown" } : { kind: "refused", error };
      await pause(error.retryAfterMs ?? defaultPause, stop);
    }
  }
  return null;
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
