import { useEffect, useState } from "react";

import { asIpcError, call } from "../ipc/backend";
import type { FoundUser, IpcError } from "../ipc/bindings";
import { fold, found } from "../rooms/fold";

export interface People {
  found: readonly FoundUser[];
  /** What was typed has not been answered yet. */
  searching: boolean;
  error: IpcError | null;
}

const nobody: People = { found: [], searching: false, error: null };
const rest = 250;

/** The server's directory, asked once the typing rests. Until it answers, what still fits of its last answer. */
export function usePeople(typed: string): People {
  const term = typed.trim();
  const [answer, setAnswer] = useState<{ term: string } & Omit<People, "searching">>({ term: "", found: [], error: null });
  useEffect(() => {
    if (term.length < 2) return;
    let wanted = true;
    const timer = setTimeout(() => {
      call("directory_search_users", { term }).then(
        (people) => wanted && setAnswer({ term, found: people, error: null }),
        (thrown: unknown) => wanted && setAnswer({ term, found: [], error: asIpcError(thrown) }),
      );
    }, rest);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [term]);
  if (term.length < 2) return nobody;
  if (answer.term === term) return { found: answer.found, error: answer.error, searching: false };
  const wanted = fold(term);
  const fitting = answer.found.filter((user) => found(`${fold(user.name)} ${fold(user.userId)}`, wanted));
  return { found: fitting, error: null, searching: true };
}
