import type { PersonTrust, Verification } from "../ipc/bindings";
import { storeFamily, subscriptionStore } from "./subscription";

/** Verifications that go on, or have ended and were not put away. */
export const verifications = subscriptionStore("verification_subscribe", null, [] as Verification[], (_, next) => next);

/** What the user knows of a person's identity; `null` until the first update. */
export const personTrust = storeFamily((userId: string) =>
  subscriptionStore("person_subscribe", { userId }, null as PersonTrust | null, (_, next) => next),
);
