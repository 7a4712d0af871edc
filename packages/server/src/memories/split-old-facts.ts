import type { Database } from "../database/database.ts";
import { tripleOf } from "../pipeline/statement/triple.ts";
import { lockFactsWithoutTriple, saveTriples } from "../store/facts-without-triple.ts";

/** Gives up to `limit` facts from before migration 22 a subject, a predicate and an object. Returns how many. */
export async function splitOldFacts(database: Database, limit: number): Promise<number> {
  return database.transaction(async (sql) => {
    const facts = await lockFactsWithoutTriple(sql, limit);
    await saveTriples(
      sql,
      facts.map(({ id, text, factType }) => ({ id, ...tripleOf(text, factType) })),
    );
    return facts.length;
  });
}
