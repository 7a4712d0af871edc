import type { Sql } from "../src/database/database.ts";

/** The tables of the schema with a row that contains a word in any column: text, JSON, search index or bytes. */
export async function tablesWith(sql: Sql, word: string): Promise<string[]> {
  const columns = await sql.query<{ table: string; column: string; type: string }>(
    `select table_name as "table", column_name as "column", data_type as type
     from information_schema.columns
     where table_schema = 'memlane'
     order by 1, 2`,
  );
  const found = new Set<string>();
  for (const [table, of] of Map.groupBy(columns, (column) => column.table)) {
    const contains = of.map(({ column, type }) =>
      type === "bytea"
        ? `position(convert_to($1, 'UTF8') in "${column}") > 0`
        : `strpos(lower("${column}"::text), lower($1)) > 0`,
    );
    const rows = await sql.query(`select from memlane."${table}" where ${contains.join(" or ")} limit 1`, [
      word,
    ]);
    if (rows.length > 0) found.add(table);
  }
  return [...found];
}
