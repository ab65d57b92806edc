import { useEffect } from "react";

/** Longest wait of a timer of the browser, in milliseconds. */
const longestWait = 86_400_000;

/** Calls back once a message has ended; `endsAt` as its row told it last. */
export function useVanished(endsAt: number | null, onVanished: () => void): void {
  useEffect(() => {
    if (endsAt === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const rest = endsAt - Date.now();
      if (rest <= 0) onVanished();
      else timer = setTimeout(wait, Math.min(rest, longestWait));
    };
    wait();
    return () => clearTimeout(timer);
    // What is called back is the latest mode's, which changes with `endsAt`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [endsAt]);
}
