import type { Screen } from "../../screen.ts";

/** The jobs that match a filter. */
export const jobsScreen: Screen = {
  path: "/jobs",
  nav: "Jobs",
  load: async () => (await import("./jobs.tsx")).Jobs,
};
