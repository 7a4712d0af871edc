import type { Database } from "../database/database.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import { lockFactsWithoutTriple, saveTriples } from "../store/facts-without-triple.ts";

/** Gives up to `limit` facts from before migration 22 a subject, a predicate and an object. Returns how many. */
export async function splitOldFacts(
  database: Database,
  split: TextStages["split"],
  limit: number,
): Promise<number> {
  return database.transaction(async (sql) => {
    const facts = await lockFactsWithoutTriple(sql, limit);
    const triples = await split(facts);
    await saveTriples(
      sql,
      triples.map((triple, at) => ({ id: facts[at]!.id, ...triple })),
    );
    return facts.length;
  });
}
