// The LLM judge with a real endpoint that answers well, badly or not at all.
import { afterEach, expect, test } from "vitest";
import { createLlmJudge } from "../src/pipeline/share/llm-judge.ts";
import { statementOf } from "../src/pipeline/statement/statement.ts";
import {
  complete,
  refuse,
  startModelEndpoint,
  type AnswerModel,
  type ModelEndpoint,
} from "./model-endpoint.ts";

let listening: ModelEndpoint | undefined;
afterEach(() => listening?.close());

const speaker = { role: "user", saidAt: null, utcOffsetMinutes: 0, eventId: null, index: 0 };
const statements = ["User is vegetarian.", "User's father is in hospital.", "User likes tea."].map((text) =>
  statementOf(text, speaker),
);
const prompts = ["Food", "Health"];

async function start(answer: AnswerModel) {
  const endpoint = (listening = await startModelEndpoint(answer));
  const options = {
    baseUrl: endpoint.baseUrl,
    model: "small",
    apiKey: "sk-secret",
    temperature: 0,
    takesSchema: true,
    timeoutMs: 5000,
  };
  const judge = createLlmJudge(options, async () => {});
  return { endpoint, judgements: () => judge.judge(statements, prompts, {}) };
}

test("takes the model's answer; a statement that it leaves out has no judgement", async () => {
  const { endpoint, judgements } = await start((response) =>
    complete(
      response,
      `Sure: ${JSON.stringify({
        judgements: [
          { statement: "s1", personal: false, groups: ["g1", "g9", "nonsense"] },
          { statement: "s2", personal: false, groups: ["g2"] },
          { statement: "s2", personal: true, groups: [] },
          { statement: "s3", personal: "no", groups: [] },
        ],
      })}`,
    ),
  );
  expect(await judgements()).toEqual([
    { isPersonal: false, fits: [0, 8] },
    { isPersonal: true, fits: [] },
    undefined,
  ]);
  const [{ messages }] = endpoint.requests() as [ReturnType<ModelEndpoint["requests"]>[number]];
  expect(messages.at(-1)?.content).toContain('{"group":"g1","prompt":"Food"}');
});

test.each(["I'm sorry, I cannot do that.", "", "{}"])(
  "judges nothing if the model answers %j",
  async (said) => {
    const { judgements } = await start((response) => complete(response, said));
    expect(await judgements()).toEqual([undefined, undefined, undefined]);
  },
);

test("fails the attempt if the model cannot be reached", async () => {
  const { judgements } = await start((response) => refuse(response, 503, "busy"));
  await expect(judgements()).rejects.toMatchObject({ code: "extractor_unavailable" });
});
