import type { Screen } from "../../screen.ts";

/** The webhooks, and what was sent to them. */
export const webhooksScreen: Screen = {
  path: "/webhooks",
  nav: "Webhooks",
  load: async () => (await import("./webhooks.tsx")).Webhooks,
};
