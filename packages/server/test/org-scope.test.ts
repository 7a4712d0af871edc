// Organisations can be divided among several databases (ADR 57), because no SQL statement of a request or a job reads the rows
// of two organisations, and no row refers to one of another organisation.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database, Prepared, Sql } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { openServer, type App } from "../src/open-server.ts";
import { readEnvironment } from "../src/settings/read-environment.ts";
import { openTestDatabase } from "./test-database.ts";

const texts = new Set<string>();
const recorded = (sql: Sql): Sql => ({
  query(statement, parameters, options) {
    texts.add(typeof statement === "string" ? statement : (statement satisfies Prepared).text);
    return sql.query(statement, parameters, options);
  },
});

const keys = ["a-long-key-of-acme", "a-long-key-of-bolt"];
let database: Database;
let app: App | undefined;
beforeAll(async () => {
  database = await openTestDatabase();
  app = await openServer({
    database: {
      ...database,
      ...recorded(database),
      transaction: (work, options) => database.transaction((sql) => work(recorded(sql)), options),
    },
    settings: readEnvironment({
      MEMLANE_BOOTSTRAP_KEYS: `acme:${keys[0]},bolt:${keys[1]}`,
      MEMLANE_UNFINISHED_JOBS: "100",
    }),
    log: createLogger("silent"),
  });
  for (const key of keys) await useEveryPart(key);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await database.close();
});

/** Sends the usual requests of a client. */
async function useEveryPart(key: string): Promise<void> {
  const ask = async (route: string, body?: object, headers: Record<string, string> = {}) => {
    const [method = "GET", path = "/"] = route.split(" ");
    const response = await app!.fetch(
      new Request(`http://memlane${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    expect([route, response.status < 300, await response.text()]).toEqual([route, true, expect.anything()]);
  };
  const ingest = { "x-api-key": key, authorization: "" };
  const saying = (content: string) => ({
    messages: [{ role: "user", content }],
    user_id: "ann",
    conv_id: "c1",
  });
  await ask("POST /v1/memories?wait=true", saying("I live in Paris, and I like tea."), ingest);
  await ask("POST /v1/memories?wait=true", saying("I moved to Oslo."), { ...ingest, "idempotency-key": "k" });
  await ask("POST /v1/batch?wait=true", {
    memories: [{ content: "Likes tea.", user_id: "ann" }, { content: " " }],
  });
  await ask("GET /v1/memories?limit=10&user_id=ann");
  await ask("POST /v1/memories/search", { query: "Where does she live?", user_id: "ann" });
  await ask("GET /v1/jobs?limit=5");
}

/** The statements that are about no single organisation: each database does these for its own organisations. */
const acrossOrgs: Readonly<Record<string, RegExp>> = {
  "makes an organisation": /^insert into memlane\.org /,
  "reads all keys, to warn of old ones": /from memlane\.api_key order by id$/,
  "registers a worker": /insert into memlane\.worker /,
  "claims jobs, fairly": /^with recursive orgs_after_cursor.*update memlane\.job/s,
  "claims memories to mine, fairly": /^with recursive orgs_after_cursor.*update memlane\.mining/s,
  "claims an erasure": /^update memlane\.erasure/,
  "deletes what has expired": /^delete from memlane\.(job|idempotency_key|audit_event)\b/,
  "splits old facts": /from memlane\.memory\s+where type = 'fact' and not verbatim and subject is null/,
  "shortens waits": /^update memlane\.job\s+set due_at = now\(\)\s+where id = any \(array/,
  "measures recent jobs, to estimate waits": /array_agg\(took_ms/,
};

/** Whether a statement names one organisation, or rows by ids or hashes that it was given. */
const isOfOneOrg = (text: string) =>
  /org_id = (\$|\(select \$|org\.id|asked\.org_id)|using \(id, org_id\)|into memlane\.\w+ \([^)]*org_id/.test(
    text,
  ) || /\b(\w+_)?(id|hash) = (\$|any ?\(\(?\$|any ?\(\(select \$)/.test(text);

test("each SQL statement of a request or a job is for one organisation, except the ones listed", () => {
  const others = [...texts].filter(
    (text) => /\b(from|join|into|update) memlane\.\w+\b(?!\()/.test(text) && !isOfOneOrg(text),
  );
  const unlisted = others.filter((text) => !Object.values(acrossOrgs).some((listed) => listed.test(text)));
  expect(unlisted).toEqual([]);
  const unused = Object.keys(acrossOrgs).filter(
    (what) => !others.some((text) => acrossOrgs[what]!.test(text)),
  );
  expect(unused).toEqual([]);
  expect(texts.size).toBeGreaterThan(40);
});

interface Reference {
  readonly child: string;
  readonly parent: string;
  /** SQL: the condition that joins them. */
  readonly on: string;
}

const readReferences = () =>
  database.query<Reference>(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent,
       string_agg(format('child.%I = parent.%I', a.attname, b.attname), ' and ') as on
     from pg_constraint
     cross join lateral unnest(conkey, confkey) as pair (a, b)
     join pg_attribute as a on a.attrelid = conrelid and a.attnum = pair.a
     join pg_attribute as b on b.attrelid = confrelid and b.attnum = pair.b
     where contype = 'f' and connamespace = 'memlane'::regnamespace
     group by pg_constraint.oid, conrelid, confrelid`,
  );

const readTables = (hasOrg: boolean) =>
  database.query<{ name: string }>(
    `select oid::regclass::text as name
     from pg_class
     where relkind = 'r' and relnamespace = 'memlane'::regnamespace
       and $1 = exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'org_id')`,
    [hasOrg],
  );

test("each table has an org_id or refers to a table that has it, except three of the whole database", async () => {
  const references = await readReferences();
  const [withOrg, without] = [await readTables(true), await readTables(false)];
  const owned = new Set([...withOrg.map(({ name }) => name), "memlane.org"]);
  for (const _ of without) {
    for (const { child, parent } of references) if (owned.has(parent)) owned.add(child);
  }
  const free = without.map(({ name }) => name).filter((name) => !owned.has(name));
  expect(free.toSorted()).toEqual(["memlane.migration", "memlane.rate_limit", "memlane.worker"]);
});

test("no row refers to a row of another organisation", async () => {
  const withOrg = new Set((await readTables(true)).map(({ name }) => name));
  const references = (await readReferences()).filter(
    ({ child, parent }) => withOrg.has(child) && withOrg.has(parent),
  );
  expect(references.length).toBeGreaterThan(3);
  for (const { child, parent, on } of references) {
    const [row] = await database.query<{ foreign: number }>(
      `select count(*)::float8 as foreign from ${child} as child join ${parent} as parent on ${on}
       where child.org_id <> parent.org_id`,
    );
    expect([child, parent, row!.foreign]).toEqual([child, parent, 0]);
  }
});
