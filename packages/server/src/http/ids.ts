import type { IdCodec, Uuid } from "@memlane/core";

const idOfNothing = "00000000-0000-0000-0000-000000000000" as Uuid;

/**
 * The id in a path. An invalid id becomes an id that no row has, and is then looked up. So neither the
 * answer nor its timing shows whether the id was invalid or unknown.
 */
export function idOfPath<Id extends Uuid>(
  ids: Pick<IdCodec<Id>, "parse">,
  params: Readonly<Record<string, string>>,
): Id {
  return ids.parse(params["id"] ?? "") ?? (idOfNothing as Id);
}
