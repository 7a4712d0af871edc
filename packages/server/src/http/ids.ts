import type { IdCodec, Uuid } from "@memlane/core";

const idOfNothing = "00000000-0000-0000-0000-000000000000" as Uuid;

/**
 * The id in a path. An invalid id becomes one that no row has and is looked up like any other, so
 * that neither the answer nor its timing shows the difference.
 */
export function idOfPath<Id extends Uuid>(
  ids: Pick<IdCodec<Id>, "parse">,
  params: Readonly<Record<string, string>>,
): Id {
  return ids.parse(params["id"] ?? "") ?? (idOfNothing as Id);
}
