import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { filledText, listOf } from "../pattern.ts";
import { remember } from "../prepare.ts";
import { artifactMemory, episodeMemory, factMemory, memoryPage } from "./documents.ts";
import { findMemory } from "./memories.ts";
import { withGroup } from "./with-groups.ts";

const request = "Write the plan for the move to Oslo.";
const step = "Book the van for 3 June.";
/** Long and structured enough to be a work product. */
const plan = `# Moving plan

1. Cancel the flat in Paris by May.
2. ${step}
3. Register in Oslo within eight days.

The budget is 2,000 euros, and Ada keeps the list.`;

/** Lets the assistant write a plan for the user of the check. */
const writePlan = (site: Site, more: object) =>
  remember(site, [], {
    messages: [
      { role: "user", content: request },
      { role: "assistant", content: plan },
    ],
    ...more,
  });

export const artifactChecks = [
  check(
    "ingest.artifacts.extracted",
    "With `extract_artifacts` a work product becomes an artifact with its details.",
    async (site) => {
      await writePlan(site, { extract_artifacts: true });
      expectValue("artifact", await findMemory(site, "artifact"), artifactMemory);
    },
  ),
  check("ingest.artifacts.groups", "A catch-all group gets an artifact that can be shared.", (site) =>
    withGroup(site, {}, async ({ id }) => {
      await writePlan(site, { extract_artifacts: true, group_ids: [id] });
      const tagged = await site.ingest(`GET /v1/memories?user_id=${site.user}&group_id=${id}&type=artifact`);
      const { data } = expectAnswer(tagged, 200, memoryPage);
      expectThat(data.length > 0, "the artifact in the group");
    }),
  ),
  check("ingest.artifacts.not-asked", "Without `extract_artifacts` there is no artifact.", async (site) => {
    await writePlan(site, {});
    expectAnswer(await site.ingest(`GET /v1/memories?user_id=${site.user}&type=artifact`), 200, { data: [] });
  }),
  check(
    "ingest.artifacts.whole",
    "GET of an artifact has the whole text in `full_content`; `text` is a short preview.",
    async (site) => {
      await writePlan(site, { extract_artifacts: true });
      const { id } = await findMemory(site, "artifact");
      const whole = {
        ...artifactMemory,
        details: { ...artifactMemory.details, full_content: filledText },
      } as const;
      const { details } = expectAnswer(await site.ingest(`GET /v1/memories/${id}`), 200, whole);
      expectThat(details.full_content.includes(step), "the whole text", details.full_content);
    },
  ),
  check(
    "ingest.artifacts.links",
    "A fact and an artifact of the same message name each other, and their episode names both.",
    async (site) => {
      await remember(site, [`I live in Oslo.\n\n${plan}`], { extract_artifacts: true });
      const [fact, artifact, episode] = [
        expectValue("fact", await findMemory(site, "fact"), factMemory),
        expectValue("artifact", await findMemory(site, "artifact"), artifactMemory),
        expectValue("episode", await findMemory(site, "episode"), episodeMemory),
      ];
      const links = [
        fact.details.artifact_ids.includes(artifact.id),
        artifact.details.source_fact_ids.includes(fact.id),
        episode.details.artifact_ids.includes(artifact.id),
        !episode.details.fact_ids.includes(artifact.id),
      ];
      expectThat(links.every(Boolean), "each to name the other", [fact, artifact, episode]);
    },
  ),
  check(
    "ingest.artifacts.list-with",
    "A list with `include=full_content` has the `full_content` of its artifacts.",
    async (site) => {
      await writePlan(site, { extract_artifacts: true });
      const query = `user_id=${site.user}&type=artifact&include=full_content`;
      const page = { ...memoryPage, data: listOf({ details: { full_content: filledText } }) } as const;
      const { data } = expectAnswer(await site.ingest(`GET /v1/memories?${query}`), 200, page);
      expectThat(data.length > 0, "an artifact", data);
    },
  ),
  check(
    "ingest.artifacts.list-without",
    "A list without `include=full_content` does not have the `full_content` of its artifacts.",
    async (site) => {
      await writePlan(site, { extract_artifacts: true });
      await findMemory(site, "artifact");
      const answer = await site.ingest(`GET /v1/memories?user_id=${site.user}&type=artifact`);
      expectThat(!answer.text.includes('"full_content"'), "no full_content", answer.text);
    },
  ),
];
