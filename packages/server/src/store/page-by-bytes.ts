import type { Sql } from "../database/database.ts";

/** A page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/** Which page of a list in the order of creation. */
export interface PageRequest<Id> {
  readonly limit: number;
  readonly order: "newest" | "oldest";
  /** The last row of the previous page. */
  readonly after?: Id | undefined;
}

/** The SQL condition and the direction of a page. Adds the last row of the previous page to the parameters. */
export function keysetOf<Id>(
  { order, after }: PageRequest<Id>,
  parameters: unknown[],
): { readonly beyond: string; readonly direction: "asc" | "desc" } {
  const isNewest = order === "newest";
  const beyond = after === undefined ? "" : `and id ${isNewest ? "<" : ">"} $${parameters.push(after)}`;
  return { beyond, direction: isNewest ? "desc" : "asc" };
}

/** A list to read page by page. */
interface Listing {
  /** The name of the prepared statement. @default not prepared, so that its plan suits the values of its parameters */
  readonly name?: string | undefined;
  /** A select of rows with `id` and `bytes`, without an order. `parameters` are its parameters. */
  readonly select: string;
  readonly parameters: readonly unknown[];
  readonly direction: "asc" | "desc";
  /** The column of the select to order by, then by `id`. @default id alone */
  readonly orderBy?: string;
  /** The largest number of rows on a page. */
  readonly limit: number;
  /** A page ends with the row that reaches this many bytes. @default a mebibyte */
  readonly mostBytes?: number;
}

/**
 * Reads a page of at most `limit` rows and about `mostBytes`. PostgreSQL does not decompress the
 * rows after the page.
 */
export async function readPage<Row>(
  sql: Sql,
  { name, select, parameters, direction, orderBy = "id", limit, mostBytes = 1024 * 1024 }: Listing,
): Promise<Page<Row>> {
  const last = parameters.length;
  const order = `${orderBy} ${direction}, id ${direction}`;
  const text = `with candidates as (
       ${select} order by ${order} limit (select $${last + 1}::integer + 1)
     ), measured as (
       select *, row_number() over in_order as place, lead(id) over in_order is not null as "hasMore",
         sum(bytes) over (order by ${order} rows between unbounded preceding and 1 preceding) as bytes_before
       from candidates window in_order as (order by ${order})
     )
     select * from measured
     where place <= $${last + 1} and (bytes_before is null or bytes_before < $${last + 2}) order by place`;
  const rows = await sql.query<Row & { readonly hasMore: boolean }>(
    name === undefined ? text : { name, text },
    [...parameters, limit, mostBytes],
  );
  return { rows, hasMore: rows.at(-1)?.hasMore ?? false };
}

/** The page of two lists together, made of their pages for the same request. */
export function mergePages<Id extends string, Row extends { readonly id: Id }>(
  pages: readonly Page<Row>[],
  { limit, order }: PageRequest<Id>,
): Page<Row> {
  const isAfter = (one: Id, other: Id) => (order === "newest" ? one < other : one > other);
  const ends = pages.flatMap(({ rows, hasMore }) => (hasMore ? (rows.at(-1)?.id ?? []) : []));
  // Past the end of a page that has more, the other list cannot continue: rows in between are unknown.
  const known = pages.flatMap(({ rows }) => rows.filter(({ id }) => !ends.some((end) => isAfter(id, end))));
  const rows = known.toSorted((one, other) => (isAfter(one.id, other.id) ? 1 : -1)).slice(0, limit);
  return { rows, hasMore: ends.length > 0 || rows.length < known.length };
}
