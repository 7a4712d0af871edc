// The parts that a dialect provides to this server. They are all in the dialect's own folder.
import type { CallerScheme } from "./caller.ts";
import type { JobsOfDialect } from "./jobs/job-wire.ts";
import type { Route, Schema } from "./route.ts";
import type { ServiceContext } from "./service-context.ts";

/**
 * What only requests of a dialect have. The server looks for them on a path of several dialects or of none: first in
 * the headers, then in the query, then in the body.
 */
export interface DialectSigns {
  /** Header names, with the start of the value (in any case) if other requests have the header too. */
  readonly headers?: readonly { readonly name: string; readonly start?: string }[];
  /** Query parameters. */
  readonly query?: readonly string[];
  /** Keys of the body. */
  readonly bodyKeys?: readonly string[];
}

/** A dialect that this server supports. */
export interface ServedDialect extends JobsOfDialect {
  readonly caller: CallerScheme;
  readonly signs: DialectSigns;
  /** More schemas with a name in the OpenAPI document, apart from the job and the error. */
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly createRoutes: (context: ServiceContext) => readonly Route[];
}

/** A dialect with its routes. */
export interface DialectService extends ServedDialect {
  readonly routes: readonly Route[];
}

/** The dialects of a server. */
export interface DialectRegistry {
  /** At least one for each kind of job. The first one of a kind also prints the jobs of unknown dialects. */
  readonly dialects: readonly ServedDialect[];
  /** Reads credentials and prints errors for the routes without a dialect. */
  readonly shared: ServedDialect;
  /** Handles requests that no dialect recognises. */
  readonly fallback: ServedDialect;
}
