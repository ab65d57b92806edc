import { judgeScreens } from "./harness/judge";
import { composer } from "./screens/composer";

judgeScreens("the composer", composer);
