// One PostgreSQL for all test files, with a template database that has the schema. Each file works
// on a copy.
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { createLogger } from "../src/logging/logger.ts";
import { openDatabase } from "../src/open-database.ts";
import { startTestPostgres } from "../src/testing.ts";
import { databaseUrlOf, templateName } from "./template-database.ts";

const log = createLogger("silent");

/**
 * Starts the embedded PostgreSQL, or uses that of `MEMLANE_TEST_DATABASE_URL`, whose user may
 * create databases.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["MEMLANE_TEST_DATABASE_URL"];
  const { url, stop } =
    given === undefined ? await startTestPostgres() : { url: given, stop: async () => {} };
  const client = new Client({ connectionString: url });
  await client.connect();
  if (given === undefined) {
    await client.query("alter system set fsync = off"); // its data need not survive this run
    await client.query("select pg_reload_conf()");
  }
  await client.query(`drop database if exists ${templateName}`);
  await client.query(`create database ${templateName}`);
  await client.end();
  const databaseUrl = databaseUrlOf(url, templateName);
  await (await openDatabase({ databaseUrl, dataDirectory: "", as: "owner", log })).close();
  project.provide("postgresUrl", url);
  return stop;
}
