// Hostile requests as raw bytes, made from the server's OpenAPI document.
import * as fc from "fast-check";
import type { JsonSchema, Operation } from "./api-document.ts";
import { hostileJson, hostileLine } from "./hostile-text.ts";
import { valuesOfSchema } from "./values-of-schema.ts";

/** A request, and how it is sent. */
export interface HostileRequest {
  /** The whole request. Each character is one byte. */
  readonly bytes: string;
  /** In how many parts the request is sent, with a pause between two parts. */
  readonly parts: number;
  /** The share of the request that is sent, from 0 to 1. */
  readonly share: number;
  /** Whether the request is complete, so that the server must answer. */
  readonly isWhole: boolean;
  /** What the client does after sending: waits for the answer, half-closes, closes without reading, or resets the connection. */
  readonly ending: "listen" | "half-close" | "hang up" | "reset";
}

/** What requests are made from. */
export interface Material {
  readonly operations: readonly Operation[];
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** The headers of known callers, one record for each. */
  readonly callers: readonly Readonly<Record<string, string>>[];
  /** Ids of things that exist. */
  readonly ids: readonly string[];
}

const rarely = <Value>(usual: fc.Arbitrary<Value>, rare: fc.Arbitrary<Value>, weight = 8) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare });

/** Any request of an attacker who knows the documentation. */
export function hostileRequest({
  operations,
  definitions,
  callers,
  ids,
}: Material): fc.Arbitrary<HostileRequest> {
  const id = fc.oneof(fc.constantFrom(...ids), fc.uuid(), hostileLine);
  const headerName = rarely(fc.constantFrom(...headerNames), fc.constantFrom(...brokenHeaderNames), 20);
  const header = fc.tuple(headerName, hostileLine).map((pair) => pair.join(": "));
  const caller = rarely(
    fc.constantFrom(...callers).map((headers) => Object.entries(headers).map((pair) => pair.join(": "))),
    fc.constantFrom([], ["authorization: Bearer nobody"], ["x-api-key: nobody", "x-org-id: nobody"]),
  );

  return fc.constantFrom(...operations).chain((operation) =>
    fc
      .record({
        method: rarely(fc.constant(operation.method), fc.constantFrom(...methods)),
        path: pathOf(operation, id),
        query: queryOf(operation),
        version: rarely(
          fc.constant("HTTP/1.1"),
          fc.constantFrom("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9", "", "http/1.1"),
          20,
        ),
        host: rarely(
          fc.constant(["host: localhost"]),
          fc.constantFrom([], ["host: a", "host: b"], ["host: %00"]),
          20,
        ),
        caller,
        headers: rarely(fc.constant([]), fc.array(header, { maxLength: 3 }), 2),
        many: rarely(fc.constant(0), fc.constantFrom(50, 3000), 30),
        contentType: rarely(fc.constant("application/json"), fc.constantFrom(...contentTypes)),
        body:
          operation.body === undefined
            ? rarely(fc.constant(""), hostileJson)
            : bodyOf(operation.body, definitions),
        framing: rarely(fc.constant("right" as const), fc.constantFrom(...framings)),
        times: rarely(fc.constant(1), fc.constantFrom(2, 5), 20),
        sending: rarely(
          fc.constant({ parts: 1, share: 1, ending: "listen" as const }),
          fc.record({
            parts: fc.constantFrom(1, 2, 3, 20),
            share: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
            ending: fc.constantFrom(
              "listen" as const,
              "half-close" as const,
              "hang up" as const,
              "reset" as const,
            ),
          }),
          4,
        ),
      })
      .map(
        ({
          method,
          path,
          query,
          version,
          host,
          caller: callerHeaders,
          headers,
          many,
          contentType,
          body,
          framing,
          times,
          sending,
        }) => {
          const lines = [
            `${method} ${path}${query} ${version}`.trim(),
            ...host,
            ...callerHeaders,
            ...headers,
            ...Array.from({ length: many }, (_, index) => `x-${index}: ${index}`),
            `content-type: ${contentType}`,
          ];
          const one = [...lines, ...frame(body, framing)].join("\r\n");
          return {
            bytes: one.repeat(times),
            isWhole: framing === "right" && sending.share === 1,
            ...sending,
          };
        },
      ),
  );
}

const methods = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "get",
  "PROPFIND",
  "M-SEARCH",
  "X".repeat(300),
  "",
];

const contentTypes = [
  "",
  "text/plain",
  "application/xml",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/x-www-form-urlencoded",
  "*/*",
  "application/json,application/json",
  ";;;",
];

const headerNames = [
  "accept accept-encoding content-encoding connection upgrade prefer range cookie origin x-forwarded-for",
  "if-none-match if-match idempotency-key last-event-id x-request-id traceparent x-org-id x-api-key authorization",
  "access-control-request-method __proto__",
].flatMap((line) => line.split(" "));

const brokenHeaderNames = [
  "content-length",
  "transfer-encoding",
  "host",
  "expect",
  "x y",
  "",
  "x\u00e9",
  ":",
];

function pathOf({ path }: Operation, id: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({
      id,
      odd: rarely(
        fc.constant(""),
        fc.constantFrom("/", "//", "/..", "/%2e%2e", ";x", "#x", "%20", "/extra", "%00", "\u00ff"),
        12,
      ),
      shape: rarely(
        fc.constant((text: string) => text),
        fc.constantFrom<((text: string) => string)[]>(
          (text) => text.toUpperCase(),
          (text) => text.slice(1),
          (text) => `/${text}`,
          (text) => text.replace("/v1/", "/v1/../v1/"),
          (text) => text.replaceAll("/", "%2f"),
          (text) => `http://elsewhere.example${text}`,
          (text) => `http://[::1${text}`,
          () => "*",
        ),
        20,
      ),
    })
    .map(({ id: text, odd, shape }) => shape(path.replaceAll(/\{\w+\}/g, () => text) + odd));
}

function queryOf({ parameters }: Operation): fc.Arbitrary<string> {
  const own = parameters.filter((parameter) => parameter.in === "query");
  const value = ({ schema }: (typeof own)[number]) =>
    fc.oneof(
      valuesOfSchema(schema).map((allowed) =>
        encodeURIComponent(String(allowed)).replaceAll("%EF%BF%BD", ""),
      ),
      hostileLine,
    );
  const pair = fc.oneof(
    ...own.map((parameter) => value(parameter).map((text) => `${parameter.name}=${text}`)),
    fc.tuple(hostileLine, hostileLine).map((parts) => parts.join("=")),
  );
  return fc.oneof(
    fc.constant(""),
    fc.array(pair, { maxLength: 4 }).map((pairs) => `?${pairs.join("&")}`),
  );
}

/**
 * A body: valid, with one wrong value, or other JSON; sometimes cut, doubled or with wrong bytes. Each character is one byte of its
 * UTF-8.
 */
function bodyOf(schema: JsonSchema, definitions: Material["definitions"]): fc.Arbitrary<string> {
  const right = valuesOfSchema(schema, definitions).map((value) => JSON.stringify(value));
  const wrongInOneValue = fc
    .tuple(right, fc.nat(), hostileJson)
    .map(([text, at, hostile]) => replaceOneValue(text, at, () => hostile));
  return fc
    .tuple(
      fc.oneof(
        { weight: 1, arbitrary: right },
        { weight: 3, arbitrary: wrongInOneValue },
        { weight: 1, arbitrary: hostileJson },
      ),
      rarely(
        fc.constant("whole" as const),
        fc.constantFrom("cut" as const, "bytes" as const, "bom" as const, "twice" as const),
        6,
      ),
    )
    .map(([text, fault]) => {
      const bytes = Buffer.from(text).toString("latin1");
      if (fault === "cut") return bytes.slice(0, bytes.length / 2);
      if (fault === "bytes")
        return `${bytes.slice(0, bytes.length / 2)}\u00ff\u00c0\u00af${bytes.slice(bytes.length / 2)}`;
      if (fault === "bom") return `\u00ef\u00bb\u00bf${bytes}`;
      return fault === "twice" ? bytes + bytes : bytes;
    });
}

/** Replaces one of the values in a JSON text. `at` chooses which one. */
function replaceOneValue(text: string, at: number, hostile: () => string): string {
  const values = [...text.matchAll(/(?<=[:[,{]|^)(?:"(?:[^"\\]|\\.)*"|[-\w.+]+|\[\]|\{\})/g)];
  const { index, 0: value } = values[at % Math.max(values.length, 1)] ?? { index: 0, 0: text };
  return text.slice(0, index) + hostile() + text.slice(index + value.length);
}

const framings = [
  "none",
  "short",
  "long",
  "two lengths",
  "no number",
  "negative",
  "huge",
  "chunked",
  "bad chunks",
  "chunked and length",
] as const;

/** The end of a request: the headers that frame the body, an empty line, and the body. */
function frame(body: string, framing: "right" | (typeof framings)[number]): string[] {
  const { length } = body;
  const chunks = `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  switch (framing) {
    case "right":
      return [...(body === "" ? [] : [`content-length: ${length}`]), "connection: close", "", body];
    case "none":
      return ["", body];
    case "short":
      return [`content-length: ${Math.floor(length / 2)}`, "", body];
    case "long":
      return [`content-length: ${length + 10}`, "", body];
    case "two lengths":
      return [`content-length: ${length}`, `content-length: ${length + 1}`, "", body];
    case "no number":
      return ["content-length: 0x10", "", body];
    case "negative":
      return ["content-length: -1", "", body];
    case "huge":
      return ["content-length: 99999999999999999999", "", body];
    case "chunked":
      return ["transfer-encoding: chunked", "", chunks];
    case "bad chunks":
      return ["transfer-encoding: chunked", "", `zz\r\n${chunks}`];
    case "chunked and length":
      return ["transfer-encoding: chunked", `content-length: ${length}`, "", chunks];
  }
}
