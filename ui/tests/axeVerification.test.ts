import { judgeScreens } from "./harness/judge";
import { verification } from "./screens/verification";

judgeScreens("verifications, identities and devices", verification);
