// Chooses the dialect of a request: by its path if one dialect has that path, otherwise by the signs of each dialect.
import type { Route } from "./route.ts";
import type { DialectService, DialectSigns, ServedDialect } from "./served-dialect.ts";

/** A request without its body. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/** The parts of a dialect that decide which requests are its own. */
type Candidate = Pick<ServedDialect, "dialect"> & {
  readonly signs: DialectSigns;
  readonly routes: readonly Pick<Route, "method" | "path" | "bodySchema">[];
};

/** Chooses the dialect of requests. */
export interface DialectChoice<Some extends Candidate> {
  /** By path, headers and query; undefined if only the body can decide. */
  readonly byHead: (head: RequestHead) => Some | undefined;
  /** Whether a route of any dialect reads the body of this request. */
  readonly isBodyRead: (head: RequestHead) => boolean;
  readonly byBody: (body: unknown) => Some;
  /** By the start of a body that cannot be read completely. */
  readonly byPrefix: (prefix: string) => Some;
}

/** Creates the choice between these dialects. A request without a sign goes to the dialect named `fallback`. */
export function createDialectChoice<Some extends Candidate = DialectService>(
  dialects: readonly Some[],
  fallback: string,
): DialectChoice<Some> {
  const paths = [...new Set(dialects.flatMap(({ routes }) => routes.map(({ path }) => path)))].map(
    (pattern) => {
      const serving = dialects.filter(({ routes }) => routes.some(({ path }) => path === pattern));
      const methods = new Set(
        serving
          .flatMap(({ routes }) => routes)
          .filter(({ path, bodySchema }) => path === pattern && bodySchema !== undefined)
          .map(({ method }) => method as string),
      );
      return { segments: pattern.split("/"), serving, methods };
    },
  );
  const served = (path: string) => {
    const segments = path.split("/");
    const matches = paths.filter((each) => matchesPath(each.segments, segments));
    const most = Math.max(...matches.map((each) => literalsOf(each.segments)));
    return matches.filter((each) => literalsOf(each.segments) === most);
  };
  const fallbackDialect = dialects.find(({ dialect }) => dialect.name === fallback)!;
  const byKeys = (keys: ReadonlySet<string>) =>
    dialects.find(({ signs }) => signs.bodyKeys?.some((key) => keys.has(key))) ?? fallbackDialect;
  return {
    byHead({ method, path, query, headers }) {
      const owners = new Set(served(path).flatMap(({ serving }) => serving));
      if (owners.size === 1) return [...owners][0];
      return (
        dialects.find(({ signs }) => signs.headers?.some((sign) => hasHeader(headers, sign))) ??
        dialects.find(({ signs }) => signs.query?.some((name) => query.has(name))) ??
        (methodsWithBody.has(method) ? undefined : fallbackDialect)
      );
    },
    isBodyRead: ({ method, path }) => served(path).some(({ methods }) => methods.has(method)),
    byBody: (body) => byKeys(new Set(isRecord(body) ? Object.keys(body) : [])),
    byPrefix: (prefix) => byKeys(new Set(topLevelKeys(prefix))),
  };
}

const methodsWithBody: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

const isParameter = (segment: string) => segment.startsWith(":");

const literalsOf = (pattern: readonly string[]) => pattern.filter((segment) => !isParameter(segment)).length;

function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => (isParameter(segment) ? path[index] !== "" : segment === path[index]))
  );
}

function hasHeader(
  headers: Headers,
  { name, start = "" }: NonNullable<DialectSigns["headers"]>[number],
): boolean {
  return headers.get(name)?.toLowerCase().startsWith(start.toLowerCase()) ?? false;
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A string, which may be cut off, and the colon after a key; or a bracket. */
const jsonToken = /"((?:[^"\\]|\\.)*)(?:"(\s{0,64}:)?)?|[[\]{}]/gs;

/** The keys of the outermost object of a JSON text that may be cut off or malformed. */
function* topLevelKeys(text: string): Generator<string> {
  let depth = 0;
  for (const [token, key, colon] of text.matchAll(jsonToken)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (depth === 1 && key !== undefined && colon !== undefined) yield key;
  }
}
