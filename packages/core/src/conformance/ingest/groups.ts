import { check, checkAlone, type Site } from "../check.ts";
import { CheckSkipped } from "../check-failure.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { listOf } from "../pattern.ts";
import { need } from "../prepare.ts";
import { group, ingestError } from "./documents.ts";
import { withGroup } from "./with-groups.ts";

const findIn = async ({ ingest }: Site, id: string, query = "") => {
  const page = expectAnswer(await ingest(`GET /v1/groups${query}`), 200, {
    object: "list",
    data: listOf(group),
  });
  return { page, found: page.data.find((each) => each.id === id) };
};

const archive = ({ ingest }: Site, id: string) => ingest(`DELETE /v1/groups/${id}`);

export const groupChecks = [
  check("ingest.groups.created", "`POST /v1/groups` answers 201 with an active group.", (site) =>
    withGroup(site, { prompt: "Everything about cooking." }, async (created) => {
      expectValue("group", created, { ...group, prompt: "Everything about cooking.", status: "active" });
    }),
  ),
  check(
    "ingest.groups.catch-all",
    "If `prompt` is absent or null, the group's `prompt` is null.",
    async (site) => {
      for (const fields of [{}, { prompt: null }]) {
        await withGroup(
          site,
          fields,
          async (created) => void expectValue("group", created, { prompt: null }),
        );
      }
    },
  ),
  check("ingest.groups.bounds", "`name` has 1 to 120 characters, `prompt` 1 to 2,000.", async (site) => {
    const wrong = [
      { name: "" },
      { name: "x".repeat(121) },
      { prompt: "" },
      { prompt: "x".repeat(2001) },
      { name: undefined },
    ];
    for (const fields of wrong) {
      expectAnswer(
        await site.ingest("POST /v1/groups", { name: "a", ...fields }),
        422,
        ingestError("invalid_request"),
      );
    }
    await withGroup(site, { name: "x".repeat(120), prompt: "y".repeat(2000) }, async () => {});
  }),
  check("ingest.groups.get", "`GET /v1/groups/{id}` answers the group.", (site) =>
    withGroup(site, {}, async (created) => {
      expectAnswer(await site.ingest(`GET /v1/groups/${created.id}`), 200, { ...group, ...created });
    }),
  ),
  check(
    "ingest.groups.unknown",
    "An unknown or malformed group is 404 `group_not_found` for every method.",
    async ({ ingest }) => {
      for (const id of ["grp_00000000000000000000000000000000", "grp_1", "x"]) {
        expectAnswer(await ingest(`GET /v1/groups/${id}`), 404, ingestError("group_not_found"));
        expectAnswer(
          await ingest(`PATCH /v1/groups/${id}`, { name: "a" }),
          404,
          ingestError("group_not_found"),
        );
        expectAnswer(await ingest(`DELETE /v1/groups/${id}`), 404, ingestError("group_not_found"));
      }
    },
  ),
  check(
    "ingest.groups.foreign",
    "Another organisation's group looks as if it did not exist.",
    async (site) => {
      const headers = {
        "x-api-key": need(site.target.otherKey, "a key of another organisation"),
        "x-org-id": undefined,
      };
      await withGroup(site, {}, async ({ id }) => {
        expectAnswer(
          await site.ingest(`GET /v1/groups/${id}`, undefined, headers),
          404,
          ingestError("group_not_found"),
        );
      });
    },
  ),
  check(
    "ingest.groups.list",
    "`GET /v1/groups` is a list of the active groups, without `has_more` and `next_cursor`.",
    (site) =>
      withGroup(site, {}, async ({ id }) => {
        const { page, found } = await findIn(site, id);
        expectThat(found !== undefined, `the group ${id}`, page);
        expectThat(
          page.data.every(({ status }) => status === "active"),
          "only active groups",
          page,
        );
        expectThat(
          !("has_more" in page) && !("next_cursor" in page),
          "no has_more and no next_cursor",
          Object.keys(page),
        );
      }),
  ),
  check("ingest.groups.archived", "An archived group is listed only with `include_archived=true`.", (site) =>
    withGroup(site, {}, async ({ id }) => {
      await archive(site, id);
      expectThat((await findIn(site, id)).found === undefined, "no archived group by default");
      expectValue("group", (await findIn(site, id, "?include_archived=true")).found, { status: "archived" });
    }),
  ),
  check("ingest.groups.delete", "DELETE archives the group and answers it, also the second time.", (site) =>
    withGroup(site, {}, async ({ id }) => {
      for (let time = 0; time < 2; time += 1) {
        expectAnswer(await archive(site, id), 200, { ...group, id, status: "archived" });
      }
    }),
  ),
  check(
    "ingest.groups.patch",
    "PATCH changes `name`, `prompt` and `status`; a field that is null or absent stays as it was.",
    (site) =>
      withGroup(site, {}, async ({ id, name }) => {
        const patch = async (body: object, expected: object) =>
          expectAnswer(await site.ingest(`PATCH /v1/groups/${id}`, body), 200, { ...group, id, ...expected });
        await patch({ name: "New" }, { name: "New", prompt: null });
        await patch({ name: null, prompt: "Cooking." }, { name: "New", prompt: "Cooking." });
        await patch({ prompt: null }, { prompt: "Cooking." });
        await patch({ name, status: "archived" }, { name, status: "archived" });
      }),
  ),
  check(
    "ingest.groups.unarchive",
    "PATCH with the `status` `active` brings an archived group back.",
    (site) =>
      withGroup(site, {}, async ({ id }) => {
        await archive(site, id);
        expectAnswer(await site.ingest(`PATCH /v1/groups/${id}`, { status: "active" }), 200, {
          status: "active",
        });
      }),
  ),
  check(
    "ingest.groups.patch-refuses",
    "PATCH with an empty `prompt` or an unknown `status` is 422 `invalid_request`.",
    (site) =>
      withGroup(site, {}, async ({ id }) => {
        for (const body of [{ prompt: "" }, { status: "deleted" }, { name: "" }]) {
          expectAnswer(
            await site.ingest(`PATCH /v1/groups/${id}`, body),
            422,
            ingestError("invalid_request"),
          );
        }
      }),
  ),
  checkAlone(
    "ingest.groups.quota",
    "A group over the cap of active groups is 422 `groups_quota_exceeded`.",
    async (site) => {
      const ids: string[] = [];
      let refusal;
      while (refusal === undefined && ids.length < 120) {
        const answer = await site.ingest("POST /v1/groups", { name: site.user.slice(0, 120) });
        if (answer.status === 201) ids.push(expectAnswer(answer, 201, group).id);
        else refusal = answer;
      }
      await Promise.all(ids.map((id) => archive(site, id)));
      if (refusal === undefined) throw new CheckSkipped("the server's cap of groups is larger than 120");
      expectAnswer(refusal, 422, ingestError("groups_quota_exceeded"));
    },
  ),
];
