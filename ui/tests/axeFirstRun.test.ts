import { judgeScreens } from "./harness/judge";
import { firstRun } from "./screens/firstRun";

judgeScreens("before the rooms", firstRun);
