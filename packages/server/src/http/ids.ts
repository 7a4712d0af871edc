import type { IdCodec, Uuid } from "@memlane/core";

const nobody = "00000000-0000-0000-0000-000000000000" as Uuid;

/**
 * The id in a path. One that cannot be read becomes one that nothing has, so that it is looked up in vain like
 * any other: the answer and its timing do not tell the two apart.
 */
export function idOfPath<Id extends Uuid>(
  ids: Pick<IdCodec<Id>, "parse">,
  params: Readonly<Record<string, string>>,
): Id {
  return ids.parse(params["id"] ?? "") ?? (nobody as Id);
}
