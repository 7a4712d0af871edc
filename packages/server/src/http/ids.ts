import { MemlaneError, type IdCodec, type Uuid } from "@memlane/core";
import { boundedText } from "@memlane/core/internal";

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

const name = boundedText(255, 1);

/** The user or agent in a path. @throws MemlaneError `invalid_request` if it is empty or too long */
export function nameOfPath(params: Readonly<Record<string, string>>, parameter: string): string {
  const parsed = name.safeParse(params[parameter] ?? "");
  if (parsed.success) return parsed.data;
  const message = `${parameter} ${parsed.error.issues[0]!.message}`;
  throw new MemlaneError({ code: "invalid_request", message });
}
