import type { Screen } from "../../screen.ts";

/** What is remembered about one user. */
export const userScreen: Screen = {
  path: "/users/one",
  load: async () => (await import("./user.tsx")).User,
};
