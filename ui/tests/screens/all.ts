import { composer } from "./composer";
import { firstRun } from "./firstRun";
import { frame } from "./frame";
import { retention } from "./retention";
import { rooms } from "./rooms";
import type { Screen } from "./screen";
import { timeline } from "./timeline";
import { verification } from "./verification";

/** Every screen, for whoever looks at all of them. */
export const screens: readonly Screen[] = [...firstRun, ...frame, ...rooms, ...timeline, ...composer, ...verification, ...retention];
