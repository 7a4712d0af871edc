import * as fc from "fast-check";
import type * as z from "zod/mini";
import { memoryUuidWire } from "../dialect/id-wire.ts";
import { memoryIdArbitrary } from "./id-arbitraries.ts";
import { storableTextArbitrary } from "./text-arbitrary.ts";

const few = { maxLength: 4 };

/**
 * The values of a wire schema, so that tests cover a new field without naming it.
 * @throws TypeError if the schema is of an unknown kind
 */
export function outputArbitrary<Schema extends z.core.$ZodType>(
  schema: Schema,
): fc.Arbitrary<z.core.output<Schema>> {
  return valuesOf(schema) as fc.Arbitrary<z.core.output<Schema>>;
}

function valuesOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema === memoryUuidWire) return memoryIdArbitrary;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- any other kind is refused
  switch (def.type) {
    case "string":
      return storableTextArbitrary;
    case "boolean":
      return fc.boolean();
    case "number":
      return "format" in def ? fc.nat() : fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    case "literal":
      return fc.constantFrom(...def.values);
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "optional":
      return fc.option(valuesOf(def.innerType), { nil: undefined });
    case "default":
      return valuesOf(def.innerType);
    case "array":
      return fc.array(valuesOf(def.element), few);
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, valuesOf(field)])),
      );
    case "record": {
      // Zod drops the key `__proto__`, so no name begins with an underscore.
      const names = fc.stringMatching(/^[a-z][a-z_]{0,11}$/);
      const keys = def.keyType === memoryUuidWire ? memoryIdArbitrary : names;
      return fc
        .uniqueArray(fc.tuple(keys, valuesOf(def.valueType)), { ...few, selector: ([key]) => key })
        .map((pairs) => Object.fromEntries(pairs));
    }
    default:
      throw new TypeError(`there is no arbitrary for this schema of type ${def.type}`);
  }
}
