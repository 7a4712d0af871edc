import { isDeepStrictEqual } from "node:util";

const isGreater = (one: unknown, other: unknown) => Number(one) > Number(other);

const operators: Readonly<Record<string, (field: unknown, operand: unknown) => boolean>> = {
  $eq: isDeepStrictEqual,
  $ne: (field, operand) => !isDeepStrictEqual(field, operand),
  $gt: isGreater,
  $gte: (field, operand) => Number(field) >= Number(operand),
  $lt: (field, operand) => isGreater(operand, field),
  $lte: (field, operand) => Number(field) <= Number(operand),
};

/** Whether a value has all fields of a filter. @throws Error if an operator is unknown */
export function matchesFilter(
  value: Readonly<Record<string, unknown>>,
  filter: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(filter).every(([name, condition]) => {
    const field = value[name];
    const operations = operationsOf(condition);
    if (operations === undefined) return isDeepStrictEqual(field, condition);
    return operations.every(([operator, operand]) => {
      const compare = operators[operator];
      if (compare === undefined) throw new Error(`a filter has no operator ${operator}`);
      return compare(field, operand);
    });
  });
}

/** The operations of a condition such as `{ $gt: 4 }`; undefined if it is a value. */
function operationsOf(condition: unknown): [string, unknown][] | undefined {
  if (typeof condition !== "object" || condition === null) return undefined;
  const entries = Object.entries(condition);
  return entries.some(([name]) => name.startsWith("$")) ? entries : undefined;
}
