import type { Sql } from "../database/database.ts";

/** A page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/** A list to read page by page. */
interface Listing {
  /** A select of rows with `id` and `bytes`, without an order. `parameters` are its parameters. */
  readonly select: string;
  readonly parameters: readonly unknown[];
  readonly direction: "asc" | "desc";
  /** The largest number of rows on a page. */
  readonly limit: number;
  /** A page ends with the row that reaches this many bytes. @default a mebibyte */
  readonly mostBytes?: number;
}

/**
 * Reads a page of at most `limit` rows and about `mostBytes`. PostgreSQL does not decompress the
 * rows after it.
 */
export async function readPage<Row>(
  sql: Sql,
  { select, parameters, direction, limit, mostBytes = 1024 * 1024 }: Listing,
): Promise<Page<Row>> {
  const last = parameters.length;
  const rows = await sql.query<Row & { readonly hasMore: boolean }>(
    `with candidates as (
       ${select} order by id ${direction} limit $${last + 1}::integer + 1
     ), measured as (
       select *, row_number() over by_id as place, lead(id) over by_id is not null as "hasMore",
         sum(bytes) over (order by id ${direction} rows between unbounded preceding and 1 preceding) as bytes_before
       from candidates window by_id as (order by id ${direction})
     )
     select * from measured
     where place <= $${last + 1} and (bytes_before is null or bytes_before < $${last + 2}) order by place`,
    [...parameters, limit, mostBytes],
  );
  return { rows, hasMore: rows.at(-1)?.hasMore ?? false };
}
