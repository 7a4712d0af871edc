import { Client } from "pg";

/** Gives an organisation the number of memories that it would have after years of use. */
export async function fillMemory(databaseUrl: string, orgId: string, memories: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into memlane.memory (id, org_id, type, text, user_id, agent_id, subject, predicate, object)
       select gen_random_uuid(), $1, 'fact', 'User likes ' || object || '.', 'u' || (i % 10), 'a' || (i % 50000), 'User', 'likes', object
       from
         generate_series(1, $2::integer) as i,
         concat(md5(i::text), ' and tea number ', i, ' because the ', md5((i % 500)::text), ' is good') as object`,
      [orgId, memories],
    );
    await client.query("analyze memlane.memory");
  } finally {
    await client.end();
  }
}
