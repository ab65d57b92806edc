import type { Commands, IpcError, IpcErrorCode, Subscriptions } from "./bindings";

export type CommandName = keyof Commands;
export type SubscriptionName = keyof Subscriptions;

/** `null` arguments may be left out. */
export type ArgsOf<T extends { args: unknown }> = T["args"] extends null ? [] : [args: T["args"]];

/** The other side of the border: the shell in Pli, an invented ministry in a plain browser. */
export interface Backend {
  /** Rejects with an `IpcError`. */
  call<K extends CommandName>(name: K, ...args: ArgsOf<Commands[K]>): Promise<Commands[K]["result"]>;
  /** Answers what ends it. `onError` hears, once, why it could not be opened. */
  subscribe<K extends SubscriptionName>(
    name: K,
    args: Subscriptions[K]["args"],
    onUpdate: (update: Subscriptions[K]["updates"]) => void,
    onError?: (error: IpcError) => void,
  ): () => void;
  /** Where the bytes of a media id are. */
  mediaUrl(id: string): string;
}

let current: Backend | null = null;

/** Chosen once, before anything is drawn. */
export function setBackend(backend: Backend): void {
  current = backend;
}

export function backend(): Backend {
  if (!current) throw new Error("no backend");
  return current;
}

/** Shorter than `backend().call`. */
export function call<K extends CommandName>(
  name: K,
  ...args: ArgsOf<Commands[K]>
): Promise<Commands[K]["result"]> {
  return backend().call(name, ...args);
}

export function mediaUrl(id: string): string;
export function mediaUrl(id: string | null | undefined): string | null;
export function mediaUrl(id: string | null | undefined): string | null {
  return id ? backend().mediaUrl(id) : null;
}

/** What a rejected command threw, whatever it is. */
export function asIpcError(thrown: unknown): IpcError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "logRef" in thrown) {
    return thrown as IpcError;
  }
  return ipcError("internal");
}

export function ipcError(code: IpcErrorCode, logRef = "", retryAfterMs: number | null = null): IpcError {
  return { code, logRef, retryAfterMs };
}
