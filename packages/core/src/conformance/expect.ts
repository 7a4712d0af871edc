import type { Answer } from "./call.ts";
import { CheckFailure } from "./check-failure.ts";
import { schemaOf, type Fitting, type Pattern } from "./pattern.ts";

/** Fails with what was expected and what came. */
export function expectThat(holds: boolean, expected: string, came?: unknown): asserts holds {
  if (!holds)
    throw new CheckFailure(`expected ${expected}${came === undefined ? "" : `, got ${print(came)}`}`);
}

/** Expects one of these statuses. */
export function expectStatus(answer: Answer, ...statuses: readonly number[]): void {
  if (statuses.includes(answer.status)) return;
  throw new CheckFailure(
    `${answer.route}: expected ${statuses.join(" or ")}, got ${answer.status} ${cut(answer.text)}`,
  );
}

/** Expects a value that fits the pattern, and returns it. */
export function expectValue<const P extends Pattern>(name: string, value: unknown, pattern: P): Fitting<P> {
  const result = schemaOf(pattern).safeParse(value);
  if (result.success) return result.data as Fitting<P>;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const place = path.reduce<string>(
    (start, key) => (typeof key === "number" ? `${start}[${key}]` : `${start}.${String(key)}`),
    name,
  );
  throw new CheckFailure(`${place}: expected ${issue?.message}, got ${print(valueAt(value, path))}`);
}

/** Expects the status and a JSON body that fits the pattern, and returns the body. */
export function expectAnswer<const P extends Pattern>(
  answer: Answer,
  status: number,
  pattern: P,
): Fitting<P> {
  expectStatus(answer, status);
  return expectValue(`${answer.route}: body`, answer.body, pattern);
}

/** Expects a header that matches. */
export function expectHeader(answer: Answer, name: string, pattern: RegExp): void {
  const value = answer.header(name);
  if (value !== null && pattern.test(value)) return;
  throw new CheckFailure(`${answer.route}: expected a header ${name} like ${pattern}, got ${print(value)}`);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined),
    value,
  );
}

function print(value: unknown): string {
  return value === undefined ? "nothing" : cut(JSON.stringify(value));
}

function cut(value: string): string {
  return value.length > 300 ? `${value.slice(0, 299)}…` : value;
}
