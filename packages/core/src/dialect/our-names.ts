import * as z from "zod/mini";

/** A wire name in our spelling: `stage_timings` is `stageTimings`. */
type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** The names that are not simply camelCase in our code. */
export type NameExceptions = Readonly<Record<string, string>>;

/**
 * A wire value with its field names in our spelling, without the constant `object` that names its kind. The keys of
 * records are data and stay unchanged.
 */
export type OurNames<Wire, Exceptions extends NameExceptions = {}> = Wire extends string | Date
  ? Wire
  : Wire extends readonly (infer Item)[]
    ? readonly OurNames<Item, Exceptions>[]
    : Wire extends object
      ? {
          readonly [
            Name in keyof Wire as Name extends "object"
              ? never
              : Name extends keyof Exceptions
                ? Exceptions[Name]
                : CamelCase<Name>
          ]: OurNames<Wire[Name], Exceptions>;
        }
      : Wire;

/** Reads a value from the wire's names, and prints it in them. */
export interface Renaming<Wire, Ours> {
  readonly read: (wire: Wire) => Ours;
  readonly print: (ours: Ours) => Wire;
}

/** The renaming of every object in a schema, made once from the schema's fields. */
export function renamingOf<Schema extends z.ZodMiniType, const Exceptions extends NameExceptions = {}>(
  schema: Schema,
  exceptions?: Exceptions,
): Renaming<z.output<Schema>, OurNames<z.output<Schema>, Exceptions>> {
  // The type `OurNames` states what `rename` does with each kind of schema.
  return {
    read: rename(schema, "read", exceptions),
    print: rename(schema, "print", exceptions),
  } as Renaming<z.output<Schema>, OurNames<z.output<Schema>, Exceptions>>;
}

/** Our name for the field with this wire name. */
export function ourNameOf(name: string, exceptions?: NameExceptions): string {
  return exceptions?.[name] ?? name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function rename(
  schema: z.core.$ZodType,
  direction: "read" | "print",
  exceptions?: NameExceptions,
): (value: unknown) => unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- no other kind has field names
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
      return rename(def.innerType, direction, exceptions);
    case "array": {
      const renameItem = rename(def.element, direction, exceptions);
      return (value) => (Array.isArray(value) ? value.map(renameItem) : value);
    }
    case "object": {
      const { object: kind, ...shape } = def.shape;
      const constant = kind && direction === "print" ? { object: z.parse(kind, undefined) } : {};
      const fields = Object.entries(shape).map(([name, field]) => {
        const ourName = ourNameOf(name, exceptions);
        const [from, to] = direction === "read" ? [name, ourName] : [ourName, name];
        return { from, to, renameField: rename(field, direction, exceptions) };
      });
      return (value) => {
        if (typeof value !== "object" || value === null) return value;
        const source: Readonly<Record<string, unknown>> = { ...value };
        const target: Record<string, unknown> = { ...constant };
        for (const { from, to, renameField } of fields) {
          if (from in source) target[to] = renameField(source[from]);
        }
        return target;
      };
    }
    default:
      return (value) => value;
  }
}
