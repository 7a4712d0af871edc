import type { Screen } from "../../screen.ts";

/** One memory: where it comes from, and what it replaced. */
export const memoryScreen: Screen = {
  path: "/memories/:id",
  parent: "/users",
  load: async () => (await import("./memory.tsx")).Memory,
};
