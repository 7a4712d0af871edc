import { countOf, printCount } from "../parts/count-text.ts";

const nouns: Readonly<Record<string, readonly [string, string]>> = {
  memories: ["memory", "memories"],
  facts: ["fact", "facts"],
  messages: ["message", "messages"],
  jobs: ["job without its texts", "jobs without their texts"],
  deliveries: ["webhook delivery", "webhook deliveries"],
  users: ["user", "users"],
  agents: ["agent", "agents"],
};

/** The numbers among the labels of an audit event, such as `2 memories`. Numbers with a noun of their own come first. */
export function describeCounts(meta: Readonly<Record<string, unknown>>): readonly string[] {
  const names = new Set([...Object.keys(nouns), ...Object.keys(meta)]);
  return [...names].flatMap((name) => {
    const count = meta[name];
    if (typeof count !== "number") return [];
    const [noun, plural] = nouns[name] ?? [];
    return noun === undefined ? `${printCount(count)} ${name}` : countOf(count, noun, plural);
  });
}
