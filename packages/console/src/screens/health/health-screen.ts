import type { Screen } from "../../screen.ts";

/** The processes, the database and the model. */
export const healthScreen: Screen = {
  path: "/health",
  nav: "Health",
  scope: "operator",
  load: async () => (await import("./health.tsx")).Health,
};
