import type { JsonSchema } from "./json-schema.ts";
import type { Content, Media, Operation } from "./operation.ts";

/** One operation that takes what either takes and answers what either answers. */
export function mergeOperations(one: Operation, other: Operation): Operation {
  const parameters = new Map(
    one.parameters.map((parameter) => [`${parameter.in}:${parameter.name}`, parameter]),
  );
  for (const parameter of other.parameters) {
    const key = `${parameter.in}:${parameter.name}`;
    const known = parameters.get(key);
    parameters.set(key, known ? { ...known, schema: either(known.schema, parameter.schema) } : parameter);
  }
  const responses = { ...one.responses };
  for (const [status, answer] of Object.entries(other.responses)) {
    const known = responses[status];
    responses[status] = known === undefined ? answer : mergeAnswers(known, answer);
  }
  return {
    ...one,
    operationId: `${one.operationId}_or_${other.operationId}`,
    summary: `${one.summary}, or ${other.summary.toLowerCase()}`,
    description:
      one.description === other.description
        ? one.description
        : `Ingest: ${one.description} Batch: ${other.description}`,
    tags: [...one.tags, ...other.tags],
    security: [
      ...one.security,
      ...other.security.filter((way) => !one.security.some((known) => isSame(known, way))),
    ],
    parameters: [...parameters.values()],
    ...(one.requestBody &&
      other.requestBody && { requestBody: mergeBodies(one.requestBody, other.requestBody) }),
    responses,
  };
}

type Body = NonNullable<Operation["requestBody"]>;
type Response = Operation["responses"][string];

function mergeBodies(a: Body, b: Body): Body {
  return { required: true, content: mergeContent(a.content, b.content) };
}

function mergeAnswers(a: Response, b: Response): Response {
  const content = a.content && b.content ? mergeContent(a.content, b.content) : (a.content ?? b.content);
  return {
    description: a.description === b.description ? a.description : `${a.description} Or: ${b.description}`,
    ...(content && { content }),
  };
}

function mergeContent(a: Content, b: Content): Content {
  const merged = { ...a };
  for (const [mediaType, media] of Object.entries(b)) {
    const known = merged[mediaType];
    merged[mediaType] = known === undefined ? media : mergeMedia(known, media);
  }
  return merged;
}

function mergeMedia(a: Media, b: Media): Media {
  const examples = { ...a.examples, ...b.examples };
  return {
    schema: either(a.schema, b.schema),
    ...(Object.keys(examples).length > 0 && { examples }),
  };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What fits one of the two; a reader has to see whose is whose. */
const either = (a: JsonSchema, b: JsonSchema): JsonSchema =>
  isSame(a, b)
    ? a
    : {
        anyOf: [
          { title: "ingest", ...a },
          { title: "batch", ...b },
        ],
      };
