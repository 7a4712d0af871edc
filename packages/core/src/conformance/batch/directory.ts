import { check, type Site } from "../check.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import { count, listOf, filledText, nullable, timestamp } from "../pattern.ts";
import { addFact, importBatch, write } from "../prepare.ts";

const userEntry = {
  user_id: filledText,
  memories: count,
  facts: count,
  last_active: nullable(timestamp),
} as const;
const agentEntry = {
  agent_id: filledText,
  memories: count,
  facts: count,
  last_active: nullable(timestamp),
} as const;
const userPage = { users: listOf(userEntry), total: count } as const;
const agentPage = { agents: listOf(agentEntry), total: count, cap: count, used: count } as const;

const usersOf = async ({ batch, agent }: Site, query = "") =>
  expectAnswer(await batch(`GET /v1/users?agent_id=${agent}${query}`), 200, userPage);

/** Reads pages until the entry of the agent of the check comes. */
const findAgent = async ({ batch, agent }: Site) => {
  for (let offset = 0; ; offset += 200) {
    const { agents } = expectAnswer(await batch(`GET /v1/agents?limit=200&offset=${offset}`), 200, agentPage);
    const entry = agents.find(({ agent_id }) => agent_id === agent);
    if (entry !== undefined || agents.length === 0) return entry;
  }
};

export const directoryChecks = [
  check(
    "batch.directory.users",
    "`GET /v1/users` answers each user with active counts and the last activity.",
    async (site) => {
      await write(site, "Water boils at a hundred degrees.", { agent_id: site.agent });
      await addFact(site, "Ada", "owns", "Rex", { agent_id: site.agent });
      const { users, total } = await usersOf(site);
      expectThat(total === 1, "the total 1", total);
      expectValue("users", users, [
        { ...userEntry, user_id: site.user, memories: 1, facts: 1, last_active: timestamp },
      ]);
    },
  ),
  check("batch.directory.recent-first", "The most recently active user comes first.", async (site) => {
    for (const name of ["first", "second", "first"]) {
      await write(site, "Notes.", { user_id: `${site.user}.${name}`, agent_id: site.agent });
    }
    const { users } = await usersOf(site);
    const names = users.map(({ user_id }) => user_id.split(".").at(-1)).join();
    expectThat(names === "first,second", "first, then second", names);
  }),
  check(
    "batch.directory.user-pages",
    "`limit` and `offset` give pages of users; `total` counts all users.",
    async (site) => {
      const memories = ["a", "b", "c"].map((name) => ({
        content: "Notes.",
        user_id: `${site.user}.${name}`,
        agent_id: site.agent,
      }));
      await importBatch(site, memories);
      const pages = [await usersOf(site, "&limit=2"), await usersOf(site, "&limit=2&offset=2")];
      expectThat(
        pages.every(({ total }) => total === 3),
        "the total 3",
        pages,
      );
      const names = new Set(pages.flatMap(({ users }) => users.map(({ user_id }) => user_id)));
      expectThat(names.size === 3, "each user on one page", [...names]);
    },
  ),
  check(
    "batch.directory.null-user",
    "Memories without a `user_id` add no user to the list.",
    async (site) => {
      await write(site, "Notes.", { user_id: null, agent_id: site.agent });
      expectValue("users", await usersOf(site), { users: [], total: 0 });
    },
  ),
  check(
    "batch.directory.forgotten-user",
    "A user whose memories are all deleted is not listed.",
    async (site) => {
      const { id } = await write(site, "Notes.", { agent_id: site.agent });
      expectStatus(await site.batch(`DELETE /v1/memories/${id}`), 200);
      expectValue("users", await usersOf(site), { users: [], total: 0 });
    },
  ),
  check(
    "batch.directory.agents",
    "`GET /v1/agents` answers each agent with counts, and the organisation's `cap` and `used`.",
    async (site) => {
      await write(site, "Notes.", { agent_id: site.agent });
      await addFact(site, "Ada", "owns", "Rex", { agent_id: site.agent });
      const counts = { memories: 1, facts: 1, last_active: timestamp } as const;
      expectValue("the agent", await findAgent(site), { ...agentEntry, agent_id: site.agent, ...counts });
      const { total, used } = expectAnswer(await site.batch("GET /v1/agents?limit=1"), 200, agentPage);
      expectThat(total > 0 && used > 0, "at least one agent in use", { total, used });
    },
  ),
  check(
    "batch.directory.forgotten-agent",
    "An agent whose memories are all deleted stays, with zeros.",
    async (site) => {
      const { id } = await write(site, "Notes.", { agent_id: site.agent });
      await site.batch(`DELETE /v1/memories/${id}`);
      expectValue("the agent", await findAgent(site), { agent_id: site.agent, memories: 0, facts: 0 });
    },
  ),
];
