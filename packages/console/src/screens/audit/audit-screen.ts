import type { Screen } from "../../screen.ts";

/** Who did what to which user, and when. */
export const auditScreen: Screen = {
  path: "/audit",
  nav: "Audit",
  load: async () => (await import("./audit.tsx")).Audit,
};
