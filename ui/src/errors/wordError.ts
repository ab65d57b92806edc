import type { IpcError } from "../ipc/bindings";
import type { Text } from "../i18n/text";
import { toast } from "../kit/Toasts";

/** What happened, and what to do. */
export interface WordedError {
  what: string;
  todo: string;
  /** For the helpdesk: code and reference in the log. */
  reference: string;
}

export function wordError(text: Text, error: IpcError): WordedError {
  const seconds = Math.ceil((error.retryAfterMs ?? 0) / 1000);
  return {
    what: text(`error-${error.code}`),
    todo:
      error.code === "rateLimited" && seconds > 0
        ? text("error-rateLimited-wait", { seconds })
        : text(`error-${error.code}-todo`),
    reference: error.logRef ? `${error.code} · ${error.logRef}` : error.code,
  };
}

/** `what` replaces the general sentence: "Le salon n’a pas pu être créé." */
export function toastError(text: Text, error: IpcError, what?: string): void {
  if (error.code === "cancelled") return;
  const worded = wordError(text, error);
  toast({
    tone: "alarm",
    text: what ?? worded.what,
    detail: `${what ? `${worded.what} ` : ""}${worded.todo} (${worded.reference})`,
  });
}
