declare const brand: unique symbol;

/** A `Value` that only its parser creates. The name exists only for the type checker. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: { readonly [N in Name]: true } };
