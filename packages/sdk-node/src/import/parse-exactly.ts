const longNumber = /\d{16}/;
const integer = /^-?\d+$/;

/**
 * Parses JSON. @throws SyntaxError if it is not JSON, or contains an integer that JavaScript would round
 */
export function parseExactly(text: string): unknown {
  // Most texts have no long number, and a reviver takes several times as long.
  return longNumber.test(text) ? JSON.parse(text, refuseRounded) : JSON.parse(text);
}

function refuseRounded(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined || !integer.test(source)) return value;
  if (Number.isFinite(value) && BigInt(source) === BigInt(value)) return value;
  throw new SyntaxError(`the integer ${source.slice(0, 40)} would be rounded: write it as a string`);
}
