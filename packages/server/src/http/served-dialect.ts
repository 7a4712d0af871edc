// The parts that a dialect provides to this server. They are all in the dialect's own folder.
import type { CallerScheme } from "./caller.ts";
import type { JobsOfDialect } from "./jobs/job-wire.ts";
import type { Route, Schema } from "./route.ts";
import type { ServiceContext } from "./service-context.ts";

/** How the server recognises a request of a dialect. */
interface DialectSigns {
  /** The paths that only this dialect has. */
  readonly paths: RegExp;
  /** Headers that only requests of this dialect have. */
  readonly headers?: readonly string[];
  /** For a `POST` to a path of several dialects: a key that only bodies of this dialect have. */
  readonly body?: { readonly paths: RegExp; readonly key: string };
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
