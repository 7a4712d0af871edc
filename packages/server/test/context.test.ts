// The profile of a user, and the text for a prompt, in the batch dialect.
import { estimateTokens } from "@memlane/core/internal";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const ask = (path: string, body?: unknown) => send(server, path, batch(server), body);
const get = async (path: string) => (await ask(`GET ${path}`)).body;
const addFact = async (user_id: string, fact: Record<string, unknown>) => {
  const { status, body } = await ask("POST /v1/facts", { user_id, ...fact });
  expect(status).toBe(201);
  return body;
};
const remember = async (user_id: string, content: string) =>
  (await ask("POST /v1/memories", { user_id, content })).body;
const objectsOf = (facts: { object: string }[]) => facts.map(({ object }) => object);

describe("a profile", () => {
  test("has the user's own facts first, then the newest, and groups them by family", async () => {
    await addFact("ann", {
      subject: "Bob",
      predicate: "works at",
      object: "Initech",
      valid_from: "2026-05-01",
    });
    await addFact("ann", {
      subject: "self",
      predicate: "works at",
      object: "Acme",
      valid_from: "2026-01-01",
    });
    await addFact("ann", {
      subject: "self",
      predicate: "lives in",
      object: "Rome",
      valid_from: "2026-02-01",
    });
    await addFact("ann", {
      subject: "self",
      predicate: "works at",
      object: "Globex",
      valid_from: "2026-03-01",
    });
    const profile = await get("/v1/profile?user_id=ann&run_id=ignored");
    expect(profile).toMatchObject({ user_id: "ann", total: 3, truncated: false });
    expect(objectsOf(profile.facts)).toEqual(["Globex", "Rome", "Initech"]);
    expect(objectsOf(profile.by_family.employment)).toEqual(["Globex", "Initech"]);
    expect(Object.values(profile.by_family).flat()).toHaveLength(3);
    const then = await get("/v1/profile?user_id=ann&as_of=2026-02-15");
    expect(then.as_of).toBe("2026-02-15T00:00:00.000Z");
    expect(objectsOf(then.facts)).toEqual(["Rome", "Acme"]);
  });

  test("has at most 200 facts, and says that there are more", async () => {
    await server.database.query(
      `insert into memlane.memory (
         org_id, id, type, text, user_id, subject, predicate, object, predicate_raw, predicate_family,
         subject_type, object_is_literal, confidence, subject_canonical, object_canonical
       )
       select
         $1, gen_random_uuid(), 'fact', 'Kim likes it.', 'max', 'Kim', 'likes', 'dish ' || n, 'likes', 'preference',
         'person', true, 0.9, 'kim', 'dish ' || n
       from generate_series(1, 210) as n`,
      [server.orgId],
    );
    const profile = await get("/v1/profile?user_id=max");
    expect(profile).toMatchObject({ total: 210, truncated: true });
    expect(profile.facts).toHaveLength(200);
  });

  test("is recorded as a read of its facts", async () => {
    const { id } = await addFact("zoe", { subject: "self", predicate: "works at", object: "Acme" });
    await get("/v1/profile?user_id=zoe");
    await get("/v1/context?user_id=zoe&query=work");
    const { events } = await waitWhile(async () => {
      const { body, ...answer } = await ask("GET /v1/audit?user_id=zoe&action=read");
      return { ...answer, body: { ...body, status: body.events.length < 2 ? "early" : "done" } };
    }, "early");
    const read = { memories: [], facts: [id] };
    expect(events).toMatchObject([{ read }, { read }]);
    const { body } = await ask(`POST /v1/facts/${id}/forget`, {});
    const forgotten = await waitWhile(async () => {
      const answer = await ask("GET /v1/audit?user_id=zoe&action=fact_invalidate");
      return {
        ...answer,
        body: { ...answer.body, status: answer.body.events.length === 0 ? "early" : "done" },
      };
    }, "early");
    expect(forgotten.events).toMatchObject([{ id: body.audit_id, target_id: id }]);
  });

  test("needs a user", async () => {
    for (const query of ["", "?user_id=", `?user_id=${"x".repeat(256)}`])
      expect(await ask(`GET /v1/profile${query}`)).toMatchObject({
        status: 422,
        body: { code: "invalid_request" },
      });
    expect(await get("/v1/profile?user_id=nobody")).toMatchObject({ facts: [], by_family: {}, total: 0 });
  });
});

describe("a context", () => {
  test("has the facts, then the memories that match, and names them in order", async () => {
    const fact = await addFact("ben", {
      subject: "self",
      predicate: "works at",
      object: "Acme",
      valid_from: "2026-01-15",
    });
    const memory = await remember("ben", "The harbour opens at nine\n on Sundays.");
    const answer = await get("/v1/context?query=harbour&user_id=ben&run_id=ignored");
    expect(answer.stable).toBe("## Known facts\n- self works at Acme (since 2026-01-15)");
    expect(answer.volatile).toMatch(
      /^## Relevant memories\n- The harbour opens at nine on Sundays\. \(\d{4}-\d\d-\d\d\)$/,
    );
    expect(answer).toMatchObject({
      context: `${answer.stable}\n\n${answer.volatile}`,
      tokens: estimateTokens(answer.context),
      sources: [fact.id, memory.id],
      stable_hash: createHash("sha256").update(answer.stable).digest("hex"),
      degraded: false,
      degraded_parts: [],
    });
    const other = await get("/v1/context?query=zebra&user_id=ben");
    expect(other).toMatchObject({ stable_hash: answer.stable_hash, volatile: "", context: answer.stable });
    const nothing = await get("/v1/context?query=harbour&user_id=nobody");
    expect(nothing).toMatchObject({ context: "", tokens: 0, sources: [], stable: "", volatile: "" });
  });

  test("says which facts are over, end later or are only planned", async () => {
    const home = { subject: "self", predicate: "lives in", valid_from: "2026-01-15" };
    await addFact("eve", { ...home, object: "Paris", tense: "past" });
    const bern = await addFact("eve", { ...home, object: "Bern", tense: "past" });
    await ask(`POST /v1/facts/${bern.id}/forget`, { at: "2999-06-01" });
    await addFact("eve", { ...home, object: "Oslo", tense: "planned" });
    const { id } = await addFact("eve", { ...home, object: "Rome" });
    await ask(`POST /v1/facts/${id}/forget`, { at: "2999-06-01" });
    const { stable } = await get("/v1/context?query=home&user_id=eve");
    expect(stable.split("\n").toSorted()).toEqual([
      "## Known facts",
      "- self lives in Bern [past, ended by 2999-06-01]",
      "- self lives in Oslo (since 2026-01-15) [planned, not done]",
      "- self lives in Paris [past, by 2026-01-15]",
      "- self lives in Rome (since 2026-01-15) [until 2999-06-01]",
    ]);
  });

  test("says which words of a conversation are no longer so", async () => {
    const say = async (content: string, date: string) => {
      const messages = [{ role: "user", content, date }];
      const conversation = { messages, user_id: "flo", conv_id: date };
      const { body } = await send(server, "POST /v1/memories?wait=true", ingest(server), conversation);
      expect(body.status).toBe("succeeded");
    };
    await say("I live in Oslo.", "2026-01-01");
    await say("I moved to Bergen.", "2026-02-01");
    const { volatile } = await get("/v1/context?query=Oslo+Bergen&user_id=flo");
    expect(volatile).toMatch(/I live in Oslo\..* \(no longer so\)$/m);
    expect(volatile).not.toMatch(/Bergen.*no longer so/);
  });

  test("does not say of the home that somebody moved to that it has ended", async () => {
    const messages = [{ role: "user", content: "I moved to Rome. I adopted a dog.", date: "2026-02-01" }];
    const conversation = { messages, user_id: "gil", conv_id: "move" };
    await send(server, "POST /v1/memories?wait=true", ingest(server), conversation);
    const { stable } = await get("/v1/context?query=Rome+dog&user_id=gil");
    expect(stable.split("\n").toSorted()).toEqual([
      "## Known facts",
      "- self adopted a dog [past, by 2026-02-01]",
      "- self moved to Rome (since 2026-02-01)",
    ]);
  });

  test("stays within its budget, and facts within half of it", async () => {
    const words = "the harbour, its boats and the long way there ".repeat(30);
    await Promise.all(Array.from({ length: 20 }, (_, at) => remember("max", `${at} ${words}`)));
    for (const budget of [50, 120, 800, 8000]) {
      const { context, stable, tokens, sources } = await get(
        `/v1/context?query=harbour&user_id=max&token_budget=${budget}`,
      );
      expect(tokens).toBeLessThanOrEqual(budget);
      expect(tokens).toBeGreaterThan(budget === 8000 ? 2000 : budget / 4);
      expect(estimateTokens(stable)).toBeLessThanOrEqual(budget / 2);
      expect(context.split("\n- ")).toHaveLength(sources.length + 1);
    }
  });

  test("refuses a missing query and a budget out of range", async () => {
    const queries = ["user_id=ben", "query=", "query=x&token_budget=49", "query=x&token_budget=8001"];
    for (const query of [...queries, `query=${"x".repeat(2001)}`])
      expect(await ask(`GET /v1/context?${query}`)).toMatchObject({
        status: 422,
        body: { code: "invalid_request" },
      });
  });

  test("names the user of each fact if it is about all users", async () => {
    await addFact("cleo", { subject: "self", predicate: "likes", object: "tea", agent_id: "all" });
    expect((await get("/v1/context?query=tea&agent_id=all")).stable).toContain("- cleo likes tea (since");
  });

  test.each([
    { table: "message", missing: ["memories"], left: 1 },
    { table: "fact_source", missing: ["facts", "memories"], left: 0 },
  ])(
    "leaves out its $missing if they cannot be read in time, and says so",
    async ({ table, missing, left }) => {
      const user = `dan-${table}`;
      await remember(user, "The harbour opens at nine.");
      await addFact(user, { subject: "self", predicate: "works at", object: "Acme" });
      await server.database.transaction(async (sql) => {
        await sql.query(`lock table memlane.${table} in access exclusive mode`);
        const answer = await get(`/v1/context?query=harbour&user_id=${user}`);
        expect(answer).toMatchObject({ degraded: true, degraded_parts: missing });
        expect(answer.sources).toHaveLength(left);
        expect(answer.context).toMatch(
          new RegExp(`(?:^|\n\n)Note: the ${missing.join(" and ")} could not be read in time\\.$`),
        );
      });
    },
  );
});
