// The server's database role. The cluster's own user is a superuser, which may read files and run
// programs. A flaw in one of the server's statements must not allow that.
import type { Client } from "pg";

export const serverRole = "memlane_server";

const roleLock = 0x6d656d70; // an advisory lock of our own: processes that start at the same time wait for each other

/**
 * Creates the role. If an earlier version created the schema as the cluster's user, the role
 * becomes the owner. The role has the cluster user's password: a second password would be in the
 * same file.
 */
export async function prepareServerRole(administrator: Client, password: string): Promise<void> {
  await administrator.query("begin");
  try {
    await administrator.query("select pg_advisory_xact_lock($1)", [roleLock]);
    for (const statement of await findStatements(administrator, password))
      await administrator.query(statement);
    await administrator.query("commit");
  } catch (error) {
    await administrator.query("rollback");
    throw error;
  }
}

/** The statements that are still needed. */
async function findStatements(administrator: Client, password: string): Promise<readonly string[]> {
  const { rows } = await administrator.query<{ statement: string }>(
    `with schema as (select oid, nspname, nspowner from pg_namespace where nspname = 'memlane')
     select statement
     from (
       select 1 as step, format('create role %I login password %L', $1::text, $2::text) as statement
       where not exists (select from pg_roles where rolname = $1)
       union all
       select 2, format('grant create, temporary on database %I to %I', current_database(), $1)
       where not coalesce(has_database_privilege(to_regrole($1), current_database(), 'create'), false)
       union all
       select 3, format('alter schema %I owner to %I', nspname, $1)
       from schema where nspowner is distinct from to_regrole($1)
       union all
       select 3, format('alter table %s owner to %I', pg_class.oid::regclass, $1)
       from schema join pg_class on relnamespace = schema.oid
       where relkind in ('r', 'p', 'v', 'm') and relowner is distinct from to_regrole($1)
       union all
       select 3, format('alter routine %s owner to %I', pg_proc.oid::regprocedure, $1)
       from schema join pg_proc on pronamespace = schema.oid
       where proowner is distinct from to_regrole($1)
     ) as missing
     order by step`,
    [serverRole, password],
  );
  return rows.map(({ statement }) => statement);
}
