import type { Database } from "../database/database.ts";

/** Lets a role read and write all data, also in tables that the current role creates later. */
export async function grantUse(database: Database, role: string): Promise<void> {
  await database.transaction(async (sql) => {
    const [statements] = await sql.query<{ text: string }>(
      `select concat_ws(';',
         format('grant usage on schema memlane to %1$I', $1::text),
         format('grant select, insert, update, delete on all tables in schema memlane to %1$I', $1::text),
         format('grant usage on all sequences in schema memlane to %1$I', $1::text),
         format('alter default privileges in schema memlane grant select, insert, update, delete on tables to %1$I', $1::text),
         format('alter default privileges in schema memlane grant usage on sequences to %1$I', $1::text)
       ) as text`,
      [role],
    );
    await sql.query(statements!.text);
  });
}
