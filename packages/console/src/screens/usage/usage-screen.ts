import type { Screen } from "../../screen.ts";

/** What the organisation has done this month. */
export const usageScreen: Screen = {
  path: "/usage",
  nav: "Usage",
  load: async () => (await import("./usage.tsx")).Usage,
};
