// What a dialect brings to this server. All of it is in the dialect's own folder.
import type { CallerScheme } from "./caller.ts";
import type { JobsOfDialect } from "./jobs/job-wire.ts";
import type { Route, Schema } from "./route.ts";
import type { ServiceContext } from "./service-context.ts";

/** How the server recognises a request of a dialect. */
interface DialectSigns {
  /** The paths that only this dialect has. */
  readonly paths: RegExp;
  /** The headers that only callers of this dialect send. */
  readonly headers?: readonly string[];
  /** For a `POST` to a path that other dialects have too: a key that only bodies of this dialect have. */
  readonly body?: { readonly paths: RegExp; readonly key: string };
}

/** A dialect on this server. */
export interface ServedDialect extends JobsOfDialect {
  readonly caller: CallerScheme;
  readonly signs: DialectSigns;
  /** What the OpenAPI document names beside the dialect's job and error. */
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly createRoutes: (context: ServiceContext) => readonly Route[];
}

/** A dialect with its routes. */
export interface DialectService extends ServedDialect {
  readonly routes: readonly Route[];
}

/** The dialects of a server. */
export interface DialectRegistry {
  /** At least one for each kind of job. The first of a kind also writes the jobs of dialects that are not in the list. */
  readonly dialects: readonly ServedDialect[];
  /** Reads the caller, and writes the errors, of the routes that belong to no dialect. */
  readonly shared: ServedDialect;
  /** Answers a request without any dialect's sign. */
  readonly fallback: ServedDialect;
}
