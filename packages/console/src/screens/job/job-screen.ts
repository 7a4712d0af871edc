import type { Screen } from "../../screen.ts";

/** One job: a conversation or a batch. */
export const jobScreen: Screen = {
  path: "/jobs/:id",
  load: async () => (await import("./job.tsx")).Job,
};
