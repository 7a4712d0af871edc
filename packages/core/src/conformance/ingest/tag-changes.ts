import { check, type Site } from "../check.ts";
import { expectAnswer, expectStatus } from "../expect.ts";
import { remember } from "../prepare.ts";
import { ingestError, ingestMemory } from "./documents.ts";
import { findMemory } from "./memories.ts";
import { withGroup, withGroups } from "./with-groups.ts";

const unknownGroup = "grp_00000000000000000000000000000000";

const patch = ({ ingest }: Site, id: string, body: object) => ingest(`PATCH /v1/memories/${id}`, body);

async function storeFact(site: Site) {
  await remember(site, ["I am vegetarian."]);
  return findMemory(site, "fact");
}

export const tagChangeChecks = [
  check(
    "ingest.tags.add",
    "`PATCH /v1/memories/{id}` adds groups and answers the whole memory; a second time changes nothing.",
    (site) =>
      withGroup(site, {}, async (group) => {
        const { id } = await storeFact(site);
        for (let time = 0; time < 2; time += 1) {
          const expected = { ...ingestMemory, id, group_ids: [group.id] } as const;
          expectAnswer(await patch(site, id, { add_group_ids: [group.id] }), 200, expected);
        }
      }),
  ),
  check("ingest.tags.remove", "PATCH removes groups, and does not check whether they exist.", (site) =>
    withGroup(site, {}, async (group) => {
      const { id } = await storeFact(site);
      expectStatus(await patch(site, id, { add_group_ids: [group.id] }), 200);
      expectAnswer(await patch(site, id, { remove_group_ids: [group.id, unknownGroup] }), 200, {
        id,
        group_ids: [],
      });
    }),
  ),
  check("ingest.tags.empty", "PATCH without anything to do is 422 `empty_patch`.", async (site) => {
    const { id } = await storeFact(site);
    for (const body of [{}, { add_group_ids: [] }, { add_group_ids: ["", "  "], remove_group_ids: [] }]) {
      expectAnswer(await patch(site, id, body), 422, ingestError("empty_patch"));
    }
  }),
  check(
    "ingest.tags.contradicts",
    "PATCH with the same id in both lists is 422 `contradictory_group_ids`.",
    (site) =>
      withGroup(site, {}, async (group) => {
        const { id } = await storeFact(site);
        const body = { add_group_ids: [group.id], remove_group_ids: [group.id] };
        expectAnswer(await patch(site, id, body), 422, ingestError("contradictory_group_ids"));
      }),
  ),
  check(
    "ingest.tags.invalid",
    "PATCH that adds an unknown or archived group is 422 `invalid_group_ids`.",
    (site) =>
      withGroup(site, {}, async (archived) => {
        const { id } = await storeFact(site);
        await site.ingest(`DELETE /v1/groups/${archived.id}`);
        for (const group of [unknownGroup, archived.id]) {
          expectAnswer(
            await patch(site, id, { add_group_ids: [group] }),
            422,
            ingestError("invalid_group_ids"),
          );
        }
      }),
  ),
  check(
    "ingest.tags.many",
    "PATCH that gives a memory more than 20 groups is 422 `invalid_request`.",
    (site) =>
      withGroups(
        site,
        Array.from({ length: 21 }, () => ({})),
        async (last, ...first) => {
          const { id } = await storeFact(site);
          expectStatus(await patch(site, id, { add_group_ids: first.map((group) => group.id) }), 200);
          expectAnswer(
            await patch(site, id, { add_group_ids: [last?.id] }),
            422,
            ingestError("invalid_request"),
          );
        },
      ),
  ),
  check(
    "ingest.tags.malformed",
    "PATCH that adds a malformed group id is 422 `invalid_group_ids`; removing one changes nothing.",
    async (site) => {
      const { id } = await storeFact(site);
      for (const group of ["grp_1", "nonsense"]) {
        expectAnswer(
          await patch(site, id, { add_group_ids: [group] }),
          422,
          ingestError("invalid_group_ids"),
        );
        expectAnswer(await patch(site, id, { remove_group_ids: [group] }), 200, { id, group_ids: [] });
      }
    },
  ),
];
