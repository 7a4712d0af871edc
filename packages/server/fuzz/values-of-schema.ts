import * as fc from "fast-check";
import type { JsonSchema } from "./api-document.ts";

const deepest = 4;
const longest = 3; // items of a list: several are enough

/**
 * Values that a schema mostly allows. Ignores patterns, formats, `maxItems`, fractions, and the lengths of some texts. Below
 * `deepest`, every value is null.
 */
export function valuesOfSchema(
  schema: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>> = {},
  depth = 0,
): fc.Arbitrary<unknown> {
  const valuesOf = (inner: JsonSchema) => valuesOfSchema(inner, definitions, depth + 1);
  if (schema.$ref !== undefined) return valuesOf(definitions[schema.$ref.split("/").at(-1)!] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map(valuesOf));
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  if (types.length > 1) return fc.oneof(...types.map((type) => valuesOf({ ...schema, type })));
  switch (depth > deepest ? "null" : types[0]) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number": {
      const { minimum: min = 0, maximum: max = 1000 } = schema;
      return fc.integer({ min, max: Math.max(min, Math.min(max, min + 1000)) });
    }
    case "string":
      return textsOf(schema);
    case "array":
      return fc.array(valuesOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: longest });
    case "object": {
      const { properties = {}, required = [] } = schema;
      const fields = Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, valuesOf(inner)]),
      );
      return fc.record(fields, { requiredKeys: [...required] });
    }
    case undefined:
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function textsOf({ minLength = 0, maxLength = 20 }: JsonSchema): fc.Arbitrary<string> {
  const max = Math.max(minLength, Math.min(maxLength, 20));
  return fc.oneof(
    fc.string({ minLength, maxLength: max }),
    fc.constantFrom(
      "ann",
      "c1",
      "user",
      "I live in Paris.",
      "2025-01-31T10:00:00Z",
      "https://example.com/hook",
    ),
  );
}
