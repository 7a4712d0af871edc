// An empty database with the schema, on the PostgreSQL that all test files share.
import { randomBytes } from "node:crypto";
import { startTestServer, type TestServer, type TestServerOptions } from "@memlane/server/testing";
import { Client } from "pg";
import { inject } from "vitest";
import { connectPostgres } from "../src/database/postgres.ts";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { databaseUrlOf, templateName } from "./template-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The URL for a user that may create databases. */
    postgresUrl: string;
  }
}

/** Creates a database, with the schema unless `isEmpty`. It is deleted with the PostgreSQL of the tests. */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<string> {
  const postgresUrl = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`create database ${name} template ${isEmpty ? "template1" : templateName}`);
  await client.end();
  return databaseUrlOf(postgresUrl, name);
}

/** Connects to a database, by default a new one with the schema. */
export async function openTestDatabase(url?: string): Promise<Database> {
  return connectPostgres({ url: url ?? (await createTestDatabase()), log: createLogger("silent") });
}

/** A server, and its database to query. */
export type ServerOnTestDatabase = TestServer & { readonly database: Database };

/** Starts a server on a new database. */
export async function startServerOnTestDatabase(
  options: TestServerOptions = {},
): Promise<ServerOnTestDatabase> {
  const url = await createTestDatabase();
  const server = await startTestServer({
    ...options,
    environment: { ...options.environment, DATABASE_URL: url },
  });
  const database = await openTestDatabase(url);
  return {
    ...server,
    database,
    async stop() {
      const code = await server.stop();
      await database.close();
      return code;
    },
  };
}
