// Converts the wire's zod schemas to Effect schemas, so that each field is defined once. It
// supports the kinds of schemas that the wires use, and throws for any other, so that no rule of
// the wire is lost silently.
import * as ParseResult from "@effect/schema/ParseResult";
import * as Schema from "@effect/schema/Schema";
import type * as z from "zod/mini";
import { groupIdWire, jobIdWire, memoryIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { ourNameOf, type NameExceptions, type OurNames } from "../dialect/our-names.ts";
import { GroupId, JobId, MemoryId, MemoryUuid } from "./ids.ts";
import { Instant } from "./instant.ts";

// The converter loses the types of the schemas: `codecSchemaOf` and `ourSchemaOf` state them.
// oxlint-disable-next-line typescript/no-explicit-any -- `unknown` does not fit, because a schema is invariant
type AnySchema = Schema.Schema<any, any>;

/** The codecs that are written with Effect's own combinators. */
const ownSchemas = new Map<z.core.$ZodType, AnySchema>([
  [jobIdWire, JobId],
  [memoryUuidWire, MemoryUuid],
  [memoryIdWire, MemoryId],
  [groupIdWire, GroupId],
  [instantWire, Instant],
]);

/** Checks the values that `renamingOf` reads. @throws TypeError if the zod schema is of an unknown kind */
export function ourSchemaOf<Zod extends z.core.$ZodType, const Exceptions extends NameExceptions = {}>(
  zod: Zod,
  exceptions?: Exceptions,
): Schema.Schema<OurNames<z.core.output<Zod>, Exceptions>> {
  return convertOurs(zod, exceptions);
}

/** Reads and prints what the codec does, if `ours` checks the values that it reads. */
export function codecSchemaOf<Wire extends z.core.$ZodType, Ours extends z.core.$ZodType>(
  codec: z.ZodMiniCodec<Wire, Ours>,
  ours: Schema.Schema<z.core.output<Ours>>,
): Schema.Schema<z.core.output<Ours>, z.core.input<Wire>> {
  return convertCodec(codec._zod.def, ours);
}

function convert(zod: z.core.$ZodType): AnySchema {
  const own = ownSchemas.get(zod);
  if (own !== undefined) return own;
  const { def } = (zod as z.core.$ZodTypes)._zod;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- any other kind is refused
  switch (def.type) {
    case "string":
      if (def.checks === undefined) return Schema.String;
      break;
    case "boolean":
      return Schema.Boolean;
    case "number":
      return convertNumber(def);
    case "literal":
      return Schema.Literal(...(def.values as string[]));
    case "enum":
      return Schema.Literal(...Object.values(def.entries));
    case "nullable":
      return Schema.NullOr(convert(def.innerType));
    case "array":
      return Schema.Array(convert(def.element));
    case "object":
      return Schema.Struct(
        Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, convertField(field)])),
      );
    case "record":
      return convertRecord(convert(def.keyType), convert(def.valueType));
    case "pipe":
      if ("reverseTransform" in def) return convertCodec(def as z.core.$ZodCodecDef, convert(def.out));
  }
  throw new TypeError(`there is no Effect schema for this zod schema of type ${def.type}`);
}

function convertField(field: z.core.$ZodType) {
  const { def } = (field as z.core.$ZodTypes)._zod;
  if (def.type === "optional") return Schema.optional(convert(def.innerType));
  if (def.type !== "default") return convert(field);
  return Schema.optionalWith(convert(def.innerType), { default: () => def.defaultValue });
}

function convertNumber(def: z.core.$ZodNumberDef | z.core.$ZodNumberFormatDef): AnySchema {
  const isInteger = "format" in def && def.format === "safeint";
  return (def.checks ?? []).reduce<Schema.Schema<number>>(
    (schema, check) => {
      const { def: checkDef } = (check as z.core.$ZodCheckGreaterThan)._zod;
      if (checkDef.check !== "greater_than" || !checkDef.inclusive) {
        throw new TypeError(`there is no Effect schema for the check ${checkDef.check} of a number`);
      }
      return Schema.greaterThanOrEqualTo(Number(checkDef.value))(schema);
    },
    isInteger ? Schema.Int : Schema.JsonNumber,
  );
}

// A plain object cannot have a key of this name.
const Key = Schema.String.pipe(Schema.filter((key) => key !== "__proto__"));

/** A record with schemas for its keys and values. Effect's own records do not convert keys. */
function convertRecord(key: AnySchema, value: AnySchema): AnySchema {
  const ours = Schema.Record({
    key: key === Schema.String ? Key : Schema.typeSchema(key),
    value: Schema.typeSchema(value),
  });
  return Schema.Record({ key: Key, value: Schema.encodedSchema(value) }).pipe(
    Schema.transform(Schema.Array(Schema.Tuple(key, value)), {
      strict: true,
      decode: (record) => Object.entries(record),
      encode: (pairs) => Object.fromEntries(pairs) as Record<string, unknown>,
    }),
    Schema.transform(ours, {
      strict: true,
      decode: (pairs) => Object.fromEntries(pairs) as Record<string, unknown>,
      encode: (record) => Object.entries(record),
    }),
  );
}

function convertCodec(
  { in: wire, transform, reverseTransform }: z.core.$ZodCodecDef,
  ours: AnySchema,
): AnySchema {
  const by =
    (change: z.core.$ZodCodecDef["transform"]) =>
    (value: unknown, _: unknown, ast: ParseResult.Type["ast"]) => {
      const payload: z.core.ParsePayload = { value, issues: [] };
      const changed = change(value, payload);
      const [issue] = payload.issues;
      return issue === undefined
        ? ParseResult.succeed(changed)
        : ParseResult.fail(new ParseResult.Type(ast, value, issue.message));
    };
  return Schema.transformOrFail(convert(wire), ours, {
    strict: true,
    decode: by(transform),
    encode: by(reverseTransform),
  });
}

function convertOurs(zod: z.core.$ZodType, exceptions?: NameExceptions): AnySchema {
  const { def } = (zod as z.core.$ZodTypes)._zod;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- any other kind has no names
  switch (def.type) {
    case "default":
      return convertOurs(def.innerType, exceptions);
    case "nullable":
      return Schema.NullOr(convertOurs(def.innerType, exceptions));
    case "array":
      return Schema.Array(convertOurs(def.element, exceptions));
    case "object": {
      const { object: _, ...shape } = def.shape;
      const fields = Object.entries(shape).map(([name, field]) => {
        const { def: fieldDef } = (field as z.core.$ZodTypes)._zod;
        const ours =
          fieldDef.type === "optional"
            ? Schema.optional(convertOurs(fieldDef.innerType, exceptions))
            : convertOurs(field, exceptions);
        return [ourNameOf(name, exceptions), ours] as const;
      });
      return Schema.Struct(Object.fromEntries(fields));
    }
    default:
      return Schema.typeSchema(convert(zod));
  }
}
