import { judgeScreens } from "./harness/judge";
import { retention } from "./screens/retention";

judgeScreens("messages that disappear", retention);
