import type { Site } from "../check.ts";
import { expectAnswer } from "../expect.ts";
import type { Fitting } from "../pattern.ts";
import { group } from "./documents.ts";

type Group = Fitting<typeof group>;

/**
 * Creates a group for each of these fields, runs with them, and archives them afterwards, because the number of active
 * groups is limited.
 */
export async function withGroups(
  { ingest, user }: Site,
  fields: readonly object[],
  run: (...groups: Group[]) => Promise<void>,
): Promise<void> {
  const nameOf = (index: number) => `${index} ${user}`.slice(0, 120);
  const answers = await Promise.all(
    fields.map((more, index) => ingest("POST /v1/groups", { name: nameOf(index), ...more })),
  );
  const groups = answers.map((answer) => expectAnswer(answer, 201, group));
  try {
    await run(...groups);
  } finally {
    await Promise.all(groups.map(({ id }) => ingest(`DELETE /v1/groups/${id}`)));
  }
}

/** Creates one group, and runs with it. */
export function withGroup(site: Site, fields: object, run: (group: Group) => Promise<void>): Promise<void> {
  return withGroups(site, [fields], async (created) => {
    if (created !== undefined) await run(created);
  });
}
