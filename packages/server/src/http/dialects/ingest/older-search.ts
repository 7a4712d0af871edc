// Reads the older shapes of a search, which the vendor's own integrations still send.
import * as z from "zod/mini";

const olderModes: Readonly<Record<string, string>> = { rows: "retrieve", context: "compose" };
const olderIncludes: readonly unknown[] = ["context_prompt", "full_content"];
/** A value, or `{ $eq: value }` as the vendor's builder of filters writes it. */
const value = z.optional(
  z.union([
    z.pipe(
      z.strictObject({ $eq: z.unknown() }),
      z.transform(({ $eq }) => $eq),
    ),
    z.unknown(),
  ]),
);
const scope = z.catch(z.object({ user_id: value, agent_id: value, app_id: value }), {});

/**
 * Rewrites a search to its present shape: `filters` becomes the scope if the root has none, `rows` and `context` the
 * modes `retrieve` and `compose`. In `include`, `context_prompt` means `compose`, and `full_content` means nothing.
 * Other values are kept for the schema to check.
 */
export function readOlderSearch(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return sent;
  const { filters, mode, include, ...search }: Readonly<Record<string, unknown>> = { ...sent };
  const inFilters = Object.entries(scope.parse(filters)).filter(([key]) => search[key] == null);
  return {
    ...search,
    ...Object.fromEntries(inFilters),
    mode: typeof mode === "string" ? (olderModes[mode] ?? mode) : mode,
    include,
    ...readOlderInclude(include),
  };
}

/** The fields that replace the older words in `include`. The schema refuses a list that repeats a word. */
function readOlderInclude(include: unknown): object {
  if (!Array.isArray(include) || new Set(include).size < include.length) return {};
  const types = include.filter((word) => !olderIncludes.includes(word));
  return {
    include: types.length === 0 ? undefined : types,
    ...(include.includes("context_prompt") && { mode: "compose" }),
  };
}
