import { judgeScreens } from "./harness/judge";
import { rooms } from "./screens/rooms";

judgeScreens("rooms and members", rooms);
