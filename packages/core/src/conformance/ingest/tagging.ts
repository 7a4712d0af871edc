import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { remember } from "../prepare.ts";
import { memoryPage, searchResults } from "./documents.ts";
import { withGroup, withGroups } from "./with-groups.ts";

const meeting = "The standup moved to 9:30am on Tuesdays, in the Aurora conference room.";
const secret = "I am seeing a therapist every Thursday for my anxiety.";

const listGroup = async ({ ingest, user }: Site, id = "") =>
  expectAnswer(await ingest(`GET /v1/memories?user_id=${user}&group_id=${id}`), 200, memoryPage).data;

export const taggingChecks = [
  check("ingest.tagging.catch-all", "A catch-all group gets each memory that can be shared.", (site) =>
    withGroup(site, {}, async ({ id }) => {
      await remember(site, ["I am vegetarian."], { group_ids: [id] });
      const data = await listGroup(site, id);
      expectThat(
        data.some(({ text }) => /vegetarian/i.test(text)),
        "the memory in the group",
        data,
      );
    }),
  ),
  check("ingest.tagging.personal", "A personal memory gets no tag, and stays with its author.", (site) =>
    withGroup(site, {}, async ({ id }) => {
      await remember(site, [secret], { group_ids: [id] });
      expectThat((await listGroup(site, id)).length === 0, "nothing personal in the group");
      const own = await site.ingest(`GET /v1/memories?user_id=${site.user}&order=created_at_desc`);
      expectThat(own.text.includes("therapist"), "the memory in the user's own list", own.text);
    }),
  ),
  check(
    "ingest.tagging.prompt",
    "A group with a prompt gets only the memories that fit the prompt.",
    (site) =>
      withGroups(
        site,
        [{ prompt: "Meetings, their times and their rooms." }, { prompt: "Recipes and cooking." }],
        async (meetings, recipes) => {
          await remember(site, [meeting], { group_ids: [meetings?.id, recipes?.id] });
          const data = await listGroup(site, meetings?.id);
          expectThat(
            data.some(({ text }) => text.includes("9:30")),
            "the meeting in its group",
            data,
          );
          expectThat((await listGroup(site, recipes?.id)).length === 0, "no meeting among the recipes");
        },
      ),
  ),
  check(
    "ingest.tagging.walk",
    "In the vendor's example, the meeting is tagged, and the note about therapy is stored without a tag.",
    (site) =>
      withGroup(site, { prompt: "Team logistics: meetings, rooms and schedules." }, async ({ id }) => {
        await remember(site, [meeting, secret], { group_ids: [id] });
        const tagged = await listGroup(site, id);
        expectThat(
          tagged.length > 0 && tagged.every(({ text }) => !text.includes("therapist")),
          "the meeting alone",
          tagged,
        );
      }),
  ),
  check(
    "ingest.tagging.archived",
    "An archived group is dropped at ingest and comes back in `ignored_group_ids`.",
    (site) =>
      withGroup(site, {}, async ({ id }) => {
        await site.ingest(`DELETE /v1/groups/${id}`);
        const { result } = await remember(site, ["I am vegetarian."], { group_ids: [id] });
        expectValue("ignored_group_ids", result.ignored_group_ids, [id]);
      }),
  ),
  check("ingest.tagging.search", "`group_ids` of a search finds the memories of any of the groups.", (site) =>
    withGroups(site, [{}, {}], async (first, second) => {
      await remember(site, ["I am vegetarian."], { group_ids: [first?.id] });
      const find = async (...group_ids: unknown[]) => {
        const answer = await site.ingest("POST /v1/memories/search", { query: "vegetarian", group_ids });
        return expectAnswer(answer, 200, searchResults).data.length;
      };
      expectThat((await find(first?.id)) > 0, "the memory by its group");
      expectThat((await find(first?.id, second?.id)) > 0, "the memory by any of two groups");
      expectThat((await find(second?.id)) === 0, "nothing by the other group");
    }),
  ),
  check("ingest.tagging.archived-search", "The memories of an archived group can still be listed.", (site) =>
    withGroup(site, {}, async ({ id }) => {
      await remember(site, ["I am vegetarian."], { group_ids: [id] });
      await site.ingest(`DELETE /v1/groups/${id}`);
      expectThat((await listGroup(site, id)).length > 0, "the memory in the archived group");
    }),
  ),
  check(
    "ingest.tagging.malformed",
    "A malformed group id is returned unchanged in ignored_group_ids, and no memory has it.",
    async (site) => {
      const { result } = await remember(site, ["I am vegetarian."], { group_ids: ["nonsense"] });
      expectThat(
        result.ignored_group_ids.join() === "nonsense",
        "nonsense ignored",
        result.ignored_group_ids,
      );
      expectThat((await listGroup(site, "nonsense")).length === 0, "an empty list of the group");
      const search = { query: "vegetarian", group_ids: ["nonsense"], mode: "retrieve" };
      const answer = await site.ingest("POST /v1/memories/search", search);
      expectAnswer(answer, 200, { ...searchResults, data: [] });
    },
  ),
];
