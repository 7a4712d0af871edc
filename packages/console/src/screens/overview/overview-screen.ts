import type { Screen } from "../../screen.ts";

/** What the server does now and what is wrong. */
export const overviewScreen: Screen = {
  path: "/",
  nav: "Overview",
  load: async () => (await import("./overview.tsx")).Overview,
};
