import type { Screen } from "../../screen.ts";

/** A playground for searches. */
export const searchScreen: Screen = {
  path: "/search",
  nav: "Search",
  load: async () => (await import("./search.tsx")).Search,
};
