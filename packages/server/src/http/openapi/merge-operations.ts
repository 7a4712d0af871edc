import type { SecurityRequirement } from "../caller.ts";
import { capitalise } from "./capitalise.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { Content, Media, Operation, Response } from "./operation.ts";

/** A part of the document for one dialect. */
export interface OfDialect<Value> {
  readonly dialect: string;
  readonly value: Value;
}

/** Merges the operations of several dialects on one path. The result has the requests and answers of all of them. */
export function mergeOperations(perDialect: readonly OfDialect<Operation>[]): Operation {
  const operations = perDialect.map(({ value }) => value);
  const [first, ...others] = operations;
  if (first === undefined || others.length === 0) return first!;
  const descriptions = new Set(operations.map(({ description }) => description));
  const bodies = partsOf(perDialect, ({ requestBody }) => requestBody);
  return {
    operationId: operations.map(({ operationId }) => operationId).join("_or_"),
    summary: [first.summary, ...others.map(({ summary }) => summary.toLowerCase())].join(", or "),
    description:
      descriptions.size === 1
        ? first.description
        : perDialect.map(({ dialect, value }) => `${capitalise(dialect)}: ${value.description}`).join(" "),
    tags: operations.flatMap(({ tags }) => tags),
    security: mergeSecurity(operations),
    parameters: mergeParameters(perDialect),
    ...(bodies.length > 0 && {
      requestBody: {
        required: bodies.length === perDialect.length,
        content: mergeContents(partsOf(bodies, ({ content }) => content)),
      },
    }),
    responses: mergeResponses(partsOf(perDialect, ({ responses }) => responses)),
  };
}

/** Reads one part for each dialect that has it. */
function partsOf<Value, Part>(
  perDialect: readonly OfDialect<Value>[],
  read: (value: Value) => Part | undefined,
): readonly OfDialect<Part>[] {
  return perDialect.flatMap(({ dialect, value }) => {
    const part = read(value);
    return part === undefined ? [] : [{ dialect, value: part }];
  });
}

/** Groups the parts by key, in the order in which the keys first occur. */
function byKey<Value>(perDialect: readonly OfDialect<Readonly<Record<string, Value>>>[]) {
  const keys = new Set(perDialect.flatMap(({ value }) => Object.keys(value)));
  return [...keys].map((key) => [key, partsOf(perDialect, (value) => value[key])] as const);
}

function mergeSecurity(operations: readonly Operation[]): readonly SecurityRequirement[] {
  const all = operations.flatMap(({ security }) => security);
  return all.filter((way, index) => all.findIndex((other) => isSame(other, way)) === index);
}

function mergeParameters(perDialect: readonly OfDialect<Operation>[]): Operation["parameters"] {
  const named = partsOf(perDialect, ({ parameters }) =>
    Object.fromEntries(parameters.map((parameter) => [`${parameter.in}:${parameter.name}`, parameter])),
  );
  return byKey(named).map(([, parameters]) => ({
    ...parameters[0]!.value,
    required: parameters.length === perDialect.length && parameters.every(({ value }) => value.required),
    schema: mergeSchemas(partsOf(parameters, ({ schema }) => schema)),
  }));
}

function mergeResponses(perDialect: readonly OfDialect<Operation["responses"]>[]): Operation["responses"] {
  return Object.fromEntries(
    byKey(perDialect).map(([status, responses]) => {
      const content = partsOf(responses, (response) => response.content);
      const description = [...new Set(responses.map(({ value }) => value.description))].join(" Or: ");
      const headers = Object.assign(
        {},
        ...responses.map(({ value }) => value.headers),
      ) as Response["headers"];
      return [
        status,
        { description, headers, ...(content.length > 0 && { content: mergeContents(content) }) },
      ];
    }),
  );
}

function mergeContents(perDialect: readonly OfDialect<Content>[]): Content {
  return Object.fromEntries(byKey(perDialect).map(([mediaType, media]) => [mediaType, mergeMedia(media)]));
}

function mergeMedia(perDialect: readonly OfDialect<Media>[]): Media {
  const examples = Object.assign({}, ...perDialect.map(({ value }) => value.examples)) as NonNullable<
    Media["examples"]
  >;
  return {
    schema: mergeSchemas(partsOf(perDialect, ({ schema }) => schema)),
    ...(Object.keys(examples).length > 0 && { examples }),
  };
}

/** A schema that accepts any of these. Titles show which dialects each is for. */
function mergeSchemas(perDialect: readonly OfDialect<JsonSchema>[]): JsonSchema {
  const different = Map.groupBy(perDialect, ({ value }) => JSON.stringify(value));
  if (different.size === 1) return perDialect[0]!.value;
  return {
    anyOf: [...different.values()].map((same) => ({
      title: same.map(({ dialect }) => dialect).join(" or "),
      ...same[0]!.value,
    })),
  };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
