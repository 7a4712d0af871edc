import type { SecurityRequirement } from "../caller.ts";
import { capitalise } from "./capitalise.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { Content, Media, Operation } from "./operation.ts";

/** Something that a dialect says. */
export interface Said<What> {
  readonly dialect: string;
  readonly what: What;
}

/** One operation that takes what each of these dialects takes, and answers what each answers. */
export function mergeOperations(said: readonly Said<Operation>[]): Operation {
  const operations = said.map(({ what }) => what);
  const [first, ...others] = operations;
  if (first === undefined || others.length === 0) return first!;
  const descriptions = new Set(operations.map(({ description }) => description));
  const bodies = partsOf(said, ({ requestBody }) => requestBody);
  return {
    operationId: operations.map(({ operationId }) => operationId).join("_or_"),
    summary: [first.summary, ...others.map(({ summary }) => summary.toLowerCase())].join(", or "),
    description:
      descriptions.size === 1
        ? first.description
        : said.map(({ dialect, what }) => `${capitalise(dialect)}: ${what.description}`).join(" "),
    tags: operations.flatMap(({ tags }) => tags),
    security: mergeSecurity(operations),
    parameters: mergeParameters(said),
    ...(bodies.length > 0 && {
      requestBody: {
        required: bodies.length === said.length,
        content: mergeContents(partsOf(bodies, ({ content }) => content)),
      },
    }),
    responses: mergeResponses(partsOf(said, ({ responses }) => responses)),
  };
}

/** What some dialects say of a part. */
function partsOf<What, Part>(
  said: readonly Said<What>[],
  read: (what: What) => Part | undefined,
): readonly Said<Part>[] {
  return said.flatMap(({ dialect, what }) => {
    const part = read(what);
    return part === undefined ? [] : [{ dialect, what: part }];
  });
}

/** What each dialect says under each key, in the order in which the keys are first said. */
function byKey<What>(said: readonly Said<Readonly<Record<string, What>>>[]) {
  const keys = new Set(said.flatMap(({ what }) => Object.keys(what)));
  return [...keys].map((key) => [key, partsOf(said, (what) => what[key])] as const);
}

function mergeSecurity(operations: readonly Operation[]): readonly SecurityRequirement[] {
  const all = operations.flatMap(({ security }) => security);
  return all.filter((way, index) => all.findIndex((other) => isSame(other, way)) === index);
}

function mergeParameters(said: readonly Said<Operation>[]): Operation["parameters"] {
  const named = partsOf(said, ({ parameters }) =>
    Object.fromEntries(parameters.map((parameter) => [`${parameter.in}:${parameter.name}`, parameter])),
  );
  return byKey(named).map(([, parameters]) => ({
    ...parameters[0]!.what,
    required: parameters.length === said.length && parameters.every(({ what }) => what.required),
    schema: mergeSchemas(partsOf(parameters, ({ schema }) => schema)),
  }));
}

function mergeResponses(said: readonly Said<Operation["responses"]>[]): Operation["responses"] {
  return Object.fromEntries(
    byKey(said).map(([status, responses]) => {
      const content = partsOf(responses, (response) => response.content);
      const description = [...new Set(responses.map(({ what }) => what.description))].join(" Or: ");
      return [status, { description, ...(content.length > 0 && { content: mergeContents(content) }) }];
    }),
  );
}

function mergeContents(said: readonly Said<Content>[]): Content {
  return Object.fromEntries(byKey(said).map(([mediaType, media]) => [mediaType, mergeMedia(media)]));
}

function mergeMedia(said: readonly Said<Media>[]): Media {
  const examples = Object.assign({}, ...said.map(({ what }) => what.examples)) as NonNullable<
    Media["examples"]
  >;
  return {
    schema: mergeSchemas(partsOf(said, ({ schema }) => schema)),
    ...(Object.keys(examples).length > 0 && { examples }),
  };
}

/** What fits one of the schemas. A reader sees which dialects each is for. */
function mergeSchemas(said: readonly Said<JsonSchema>[]): JsonSchema {
  const different = Map.groupBy(said, ({ what }) => JSON.stringify(what));
  if (different.size === 1) return said[0]!.what;
  return {
    anyOf: [...different.values()].map((same) => ({
      title: same.map(({ dialect }) => dialect).join(" or "),
      ...same[0]!.what,
    })),
  };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
