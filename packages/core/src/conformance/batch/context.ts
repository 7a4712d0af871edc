import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { containing, count, listOf, matching, oneOf, text, flag } from "../pattern.ts";
import { addFact, write } from "../prepare.ts";
import { batchError } from "./documents.ts";

const context = {
  context: text,
  tokens: count,
  sources: listOf(matching(/^(fct|mem)_/, "an id like fct_… or mem_…")),
  stable: text,
  volatile: text,
  stable_hash: matching(/^[0-9a-f]{64}$/, "a SHA-256 in hex"),
  degraded: flag,
  degraded_parts: listOf(oneOf("facts", "memories")),
} as const;

const read = async ({ batch, user }: Site, query: string, more = "") => {
  const answer = await batch(`GET /v1/context?user_id=${user}&query=${encodeURIComponent(query)}${more}`);
  return expectAnswer(answer, 200, context);
};

export const contextChecks = [
  check(
    "batch.context.facts",
    "`GET /v1/context` has known facts as Markdown lines with the day since when they are true.",
    async (site) => {
      await addFact(site, "User", "lives in", "Oslo", { subject_type: "self", valid_from: "2026-03-01" });
      const block = await read(site, "Where does the user live?");
      const line = matching(/^- .*Oslo.*\(since 2026-03-01/m, "a line '- … Oslo (since 2026-03-01)'");
      expectValue("context", block.context, containing("## Known facts"));
      expectValue("context", block.context, line);
    },
  ),
  check(
    "batch.context.sources",
    "`sources` has the ids of the facts and memories in the block.",
    async (site) => {
      const added = await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
      const memory = await write(site, "The harp is in the hall.");
      const { sources } = await read(site, "Where is the harp?");
      expectThat(
        sources.includes(added.id) && sources.includes(memory.id),
        `${added.id} and ${memory.id}`,
        sources,
      );
    },
  ),
  check("batch.context.memories", "A memory that fits the question is in `volatile`.", async (site) => {
    await write(site, "The harp is in the hall.");
    const block = await read(site, "Where is the harp?");
    expectValue("volatile", block.volatile, containing("harp is in the hall"));
  }),
  check(
    "batch.context.parts",
    "`context` is `stable` and `volatile`, joined by a blank line.",
    async (site) => {
      await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
      await write(site, "The harp is in the hall.");
      const block = await read(site, "Where is the harp?");
      const joined = [block.stable, block.volatile].filter((part) => part !== "").join("\n\n");
      expectThat(block.context === joined, joined, block.context);
    },
  ),
  check("batch.context.stable", "`stable` does not depend on the question.", async (site) => {
    await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
    await write(site, "The harp is in the hall.");
    const [first, second] = [await read(site, "Where is the harp?"), await read(site, "What is for dinner?")];
    expectThat(
      first.stable === second.stable && first.stable !== "",
      `the stable part ${first.stable}`,
      second.stable,
    );
  }),
  check("batch.context.hash", "`stable_hash` is the SHA-256 of `stable`.", async (site) => {
    await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
    const { stable, stable_hash } = await read(site, "Where does the user live?");
    expectThat(stable_hash === site.runtime.sha256Hex(stable), site.runtime.sha256Hex(stable), stable_hash);
  }),
  check("batch.context.budget", "The block stays within `token_budget`.", async (site) => {
    for (let index = 0; index < 8; index += 1) {
      await addFact(site, "User", "has visited", `place number ${index} ${"far away ".repeat(20)}`.trim());
    }
    const small = await read(site, "Which places?", "&token_budget=50");
    const large = await read(site, "Which places?", "&token_budget=8000");
    expectThat(small.tokens <= 50, "at most 50 tokens", small.tokens);
    expectThat(large.tokens > small.tokens, "more tokens with a larger budget", large.tokens);
  }),
  check("batch.context.default-budget", "`token_budget` is 800 by default.", async (site) => {
    const contents = Array.from({ length: 12 }, (_, index) =>
      `The harp number ${index} ${"stands there ".repeat(40)}`.trim(),
    );
    for (const content of contents) await write(site, content);
    const [byDefault, by800] = [await read(site, "harp"), await read(site, "harp", "&token_budget=800")];
    expectThat(byDefault.tokens <= 800, "at most 800 tokens", byDefault.tokens);
    expectThat(byDefault.tokens === by800.tokens, `${by800.tokens} tokens, as with 800`, byDefault.tokens);
  }),
  check("batch.context.whole", "A complete block has `degraded` false.", async (site) => {
    await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
    expectValue("block", await read(site, "Where?"), { degraded: false, degraded_parts: [] });
  }),
  check("batch.context.nothing", "Without memories the block is a text and has no sources.", async (site) => {
    expectValue("block", await read(site, "Where is the harp?"), { ...context, sources: [] });
  }),
  check("batch.context.query", "`query` has 1 to 2,000 characters.", async ({ batch, user }) => {
    for (const query of ["", "x".repeat(2001)]) {
      const answer = await batch(`GET /v1/context?user_id=${user}&query=${query}`);
      expectAnswer(answer, 422, batchError("invalid_request", containing("query")));
    }
  }),
  check("batch.context.run", "`run_id` in the query is ignored, not refused.", async (site) => {
    expectValue("block", await read(site, "Where?", "&run_id=one"), context);
  }),
];
