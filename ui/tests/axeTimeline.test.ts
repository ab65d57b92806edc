import { judgeScreens } from "./harness/judge";
import { timeline } from "./screens/timeline";

judgeScreens("messages", timeline);
