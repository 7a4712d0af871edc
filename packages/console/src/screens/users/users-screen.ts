import type { Screen } from "../../screen.ts";

/** The users of the organisation. */
export const usersScreen: Screen = {
  path: "/users",
  nav: "Users",
  load: async () => (await import("./users.tsx")).Users,
};
