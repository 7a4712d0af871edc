// The schema after all migrations, read from PostgreSQL's own catalogs.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { copiedColumns } from "../src/store/ended-jobs.ts";
import { openTestDatabase } from "./test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// Each table with its columns in order, its constraints and its indexes.
const picture = `
  with relation as (
    select oid, relname as name, reloptions as options from pg_class
    where relnamespace = 'memlane'::regnamespace and relkind in ('r', 'p')
  ), line (name, part, place, text) as (
    select name, 1, 0, concat(E'\\n', name, ' with (' || array_to_string(options, ', ') || ')') from relation
    union all
    select name, 2, attnum, concat_ws(' ', ' ', attname, format_type(atttypid, atttypmod),
      case when attnotnull then 'not null' end,
      case when attgenerated = 's' then 'generated' when adbin is not null then 'default' end,
      pg_get_expr(adbin, adrelid))
    from relation join pg_attribute on attrelid = oid
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped
    union all
    select name, 3, 0, concat('  ', pg_get_constraintdef(pg_constraint.oid))
    from relation join pg_constraint on conrelid = relation.oid where contype <> 'n'
    union all
    select name, 4, 0, concat('  ', pg_get_indexdef(indexrelid)) from relation join pg_index on indrelid = oid
  )
  select text from line order by name, part, place, text collate "C"`;

test("the migrations create the schema in schema.txt; `vitest run test/schema.test.ts -u` updates it", async () => {
  const rows = await database.transaction(async (sql) => {
    await sql.query("set local search_path = ''"); // full names, independent of the connection
    return sql.query<{ text: string }>(picture);
  });
  const drawn = rows.map(({ text }) => text).join("\n");
  await expect(`${drawn.trimStart()}\n`).toMatchFileSnapshot("../schema.txt");
});

test("a retry copies every column of a job that does not start anew", async () => {
  const anew = `
    id state request due_at attempts lease_id received imported failed item_errors result failure created_at updated_at keep_for
    expires_at trace request_of result_bytes suspect interruptions last_error attempt_log attempt_started_at waited_ms
  `;
  const rows = await database.query<{ name: string }>(
    "select column_name::text as name from information_schema.columns where table_schema = 'memlane' and table_name = 'job'",
  );
  expect([...anew.trim().split(/\s+/), ...copiedColumns].toSorted()).toEqual(
    rows.map(({ name }) => name).toSorted(),
  );
});
