import { useEffect, useState } from "react";

import { startOfDay } from "./wordTime";

/** The start of today; changes at midnight. */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  useEffect(() => {
    // Also wakes after a sleep: a timer alone would ring late.
    const timer = setInterval(() => setToday(startOfDay(Date.now())), 60_000);
    return () => clearInterval(timer);
  }, []);
  return today;
}
