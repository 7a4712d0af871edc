import type { JsonSchema } from "./json-schema.ts";
import type { Content, Operation } from "./operation.ts";

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
    description: `Ingest: ${one.description} Batch: ${other.description}`,
    tags: [...one.tags, ...other.tags],
    security: [...one.security, ...other.security],
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
  for (const [mediaType, { schema }] of Object.entries(b)) {
    const known = merged[mediaType];
    merged[mediaType] = { schema: known === undefined ? schema : either(known.schema, schema) };
  }
  return merged;
}

const either = (a: JsonSchema, b: JsonSchema): JsonSchema =>
  JSON.stringify(a) === JSON.stringify(b) ? a : { anyOf: [a, b] };
