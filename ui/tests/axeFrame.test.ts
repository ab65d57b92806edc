import { judgeScreens } from "./harness/judge";
import { frame } from "./screens/frame";

judgeScreens("the main frame", frame);
