declare const brand: unique symbol;

/** A `Value` that only its own parser makes; the name exists for the type checker alone. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: { readonly [N in Name]: true } };
