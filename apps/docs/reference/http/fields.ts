// Lists of fields in MDX, from JSON Schemas.
import { isDeepStrictEqual } from "node:util";
import type { Schema } from "./documents.ts";

/** The page with the schemas that have a name. */
const objectsPage = "/reference/http/operations/objects/";

type Schemas = Readonly<Record<string, Schema>>;

interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: Schema;
}

/** Prints a nested list. `sent` marks the fields that you must send, `answered` the fields that an answer may lack. */
export function fieldList(fields: readonly Field[], schemas: Schemas, side: "sent" | "answered"): string {
  return fields.flatMap((field) => linesOf(field, schemas, side)).join("\n");
}

/** The fields of an object. Undefined if the schema has no properties. */
export function fieldsOf({ properties, required = [] }: Schema): readonly Field[] | undefined {
  if (properties === undefined) return undefined;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    isRequired: required.includes(name),
  }));
}

function linesOf({ name, isRequired, schema }: Field, schemas: Schemas, side: "sent" | "answered"): string[] {
  const mark = side === "sent" ? isRequired && "**required**" : !isRequired && "optional";
  const type = [typeOf(schema, schemas), ...boundsOf(schema), ...(mark === false ? [] : [mark])].join(", ");
  const meaning = meaningOf(schema);
  const line = `- \`${name}\` ${type}${meaning === "" ? "" : `<br />${escapeMdx(meaning)}`}`;
  const inner = fieldsOf(innerObject(schema, schemas) ?? {}) ?? [];
  return [line, ...inner.flatMap((field) => linesOf(field, schemas, side)).map((nested) => `  ${nested}`)];
}

/** The object in a field, or in a list in a field. Undefined if it is a named schema, which has its own description. */
function innerObject(schema: Schema, schemas: Schemas): Schema | undefined {
  const [only, ...others] = alternatives(schema);
  if (only === undefined || others.length > 0 || nameOf(only, schemas) !== undefined) return undefined;
  return only.items === undefined ? only : innerObject(only.items, schemas);
}

/** The alternatives of a schema without null. */
function alternatives(schema: Schema): readonly Schema[] {
  if (schema.anyOf === undefined) return [schema];
  return schema.anyOf.flatMap(alternatives).filter(({ type }) => type !== "null");
}

/** The name of a schema: of the one that it refers to, or of the first one whose fields it all has. */
export function nameOf(schema: Schema, schemas: Schemas): string | undefined {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1);
  const { properties } = schema;
  if (properties === undefined) return undefined;
  return Object.keys(schemas).find((name) =>
    Object.entries(schemas[name]?.properties ?? {}).every(([key, value]) =>
      isDeepStrictEqual(properties[key], value),
    ),
  );
}

/** A type in words, such as "list of string or null". */
export function typeOf(schema: Schema, schemas: Schemas): string {
  const words = alternatives(schema).map((part) => wordOf(part, schemas));
  const canBeNull =
    schema.anyOf?.some(({ type }) => type === "null") === true ||
    (Array.isArray(schema.type) && schema.type.includes("null"));
  return [...new Set([...words, ...(canBeNull ? ["null"] : [])])].join(" or ");
}

function wordOf(schema: Schema, schemas: Schemas): string {
  const name = nameOf(schema, schemas);
  if (name !== undefined) return `[${name}](${objectsPage}#${name.toLowerCase()})`;
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(" or ");
  if (schema.items !== undefined) return `list of ${typeOf(schema.items, schemas)}`;
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["anything"]);
  return types.filter((type) => type !== "null").join(" or ");
}

function boundsOf(schema: Schema): string[] {
  return alternatives(schema).flatMap(({ minLength, maxLength, minItems, maxItems, minimum, maximum }) => [
    ...rangeOf(minLength, maxLength, " characters"),
    ...rangeOf(minItems, maxItems, " entries"),
    ...rangeOf(minimum, maximum, ""),
  ]);
}

function rangeOf(least = 0, most: number | undefined, unit: string): string[] {
  if (most === undefined || most >= 2 ** 31 - 1) return [];
  return [`${least > 0 || unit === "" ? `${least} to` : "up to"} ${most.toLocaleString("en")}${unit}`];
}

function meaningOf(schema: Schema): string {
  const description = descriptionOf(schema) ?? "";
  const fallback = schema.default;
  const isShown = fallback !== undefined && !(Array.isArray(fallback) && fallback.length === 0);
  return [description, isShown ? `Default: ${code(fallback)}.` : ""].join(" ").trim();
}

/** The description of a schema, or of its first alternative that has one. */
function descriptionOf({ description, anyOf = [] }: Schema): string | undefined {
  return description ?? anyOf.map(descriptionOf).find((found) => found !== undefined);
}

const code = (value: unknown) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

/** Makes text safe outside of code in MDX. */
export const escapeMdx = (text: string): string =>
  text.replaceAll(/(`[^`]*`)|[{}<>]/g, (found, isCode) => (isCode ? found : `&#${found.charCodeAt(0)};`));
