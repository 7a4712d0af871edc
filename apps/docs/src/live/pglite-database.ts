// The server's database port on PGlite: PostgreSQL as WebAssembly, in memory, on one connection.
import type { PGlite, Transaction } from "@electric-sql/pglite";
import type { Database, Prepared, Sql } from "@memlane/server/app";

const sqlOf = (connection: PGlite | Transaction): Sql => ({
  async query<Row>(statement: string | Prepared, parameters: readonly unknown[] = []) {
    const text = typeof statement === "string" ? statement : statement.text;
    // A migration has many SQL statements. PGlite accepts several at once only without parameters.
    if (parameters.length === 0) return ((await connection.exec(text)).at(-1)?.rows ?? []) as Row[];
    const values = parameters.map((value) => value ?? null);
    return (await connection.query<Row>(text, values)).rows;
  },
});

/** Everything that the server needs from PostgreSQL. */
export function pgliteDatabase(pglite: PGlite): Database {
  return {
    ...sqlOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(sqlOf(transaction))),
    listen: (channel, hear) => pglite.listen(channel, hear),
    close: () => pglite.close(),
  };
}
