import type { Sql } from "../database/database.ts";

/** The size and the load of the database. */
export interface DatabaseState {
  /** Such as `18.1`. */
  readonly version: string;
  readonly sizeBytes: number;
  /** Connections of all users to this database, and how many the server allows in all. */
  readonly connectionsUsed: number;
  readonly connectionsAllowed: number;
}

/** Reads the state of the database. */
export async function readDatabaseState(sql: Sql): Promise<DatabaseState> {
  const [state] = await sql.query<DatabaseState>(
    `select
       split_part(current_setting('server_version'), ' ', 1) as version,
       pg_database_size(current_database())::float8 as "sizeBytes",
       (select count(*)::integer from pg_stat_activity where datname = current_database()) as "connectionsUsed",
       current_setting('max_connections')::integer as "connectionsAllowed"`,
  );
  return state!;
}
