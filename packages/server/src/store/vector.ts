/**
 * The direction of an embedding, with one signed byte per dimension. A quarter of the size gives
 * almost the same nearest neighbours.
 */
export type Vector = Int8Array<ArrayBuffer>;

/** Reduces an embedding to its direction. @throws RangeError if it is zero or not finite */
export function vectorOf(embedding: readonly number[]): Vector {
  const longest = embedding.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(longest > 0 && Number.isFinite(longest))) throw new RangeError("an embedding without a direction");
  return Int8Array.from(embedding, (value) => Math.round((value / longest) * 127));
}

/** The cosine of the angle between two vectors, -1 to 1. It is 0 if they have different dimensions. */
export function cosineOf(one: Vector, other: Vector): number {
  if (one.length !== other.length) return 0;
  let [product, square, otherSquare] = [0, 0, 0];
  for (let index = 0; index < one.length; index += 1) {
    const [a, b] = [one[index]!, other[index]!];
    product += a * b;
    square += a * a;
    otherSquare += b * b;
  }
  return product / Math.sqrt(square * otherSquare);
}
