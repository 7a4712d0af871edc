import fc from "fast-check";
import { expect, test } from "vitest";
import { EndpointError, type Parameter } from "./endpoint-error.ts";
import { createStepDown, type Demands } from "./step-down.ts";

const all: Demands = { format: "schema", hasTemperature: true };
const refused = (about?: Parameter, status = 400) => new EndpointError("refused", "no", { status, about });

/** An endpoint that takes some formats, and a temperature or not. It names what it refuses if it `explains`. */
function createEndpoint(takes: {
  formats: readonly Demands["format"][];
  temperature: boolean;
  explains: boolean;
}) {
  const asked: Demands[] = [];
  const send = async (demands: Demands) => {
    asked.push(demands);
    if (!takes.formats.includes(demands.format)) throw refused(takes.explains ? "format" : undefined);
    if (demands.hasTemperature && !takes.temperature)
      throw refused(takes.explains ? "temperature" : undefined);
    return "answer";
  };
  return { asked, send };
}

test("any endpoint is answered by in at most four requests, and afterwards in one", async () => {
  const formats = fc.constantFrom<Demands["format"][][]>(
    ["schema", "object", "none"],
    ["object", "none"],
    ["none"],
    ["schema", "none"],
  );
  const endpoints = fc.record({ formats, temperature: fc.boolean(), explains: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(endpoints, async (takes) => {
      const { ask } = createStepDown(all);
      const { asked, send } = createEndpoint(takes);
      expect(await ask(send)).toBe("answer");
      const first = asked.length;
      expect(first).toBeLessThanOrEqual(4);
      expect(await ask(send)).toBe("answer");
      expect(asked.length).toBe(first + 1);
    }),
  );
});

test("an endpoint that names what it refuses is asked for all the rest", async () => {
  const { asked, send } = createEndpoint({ formats: ["schema"], temperature: false, explains: true });
  await createStepDown(all).ask(send);
  expect(asked).toEqual([all, { format: "schema", hasTemperature: false }]);
});

test("after an hour, everything is tried again", async () => {
  let nowMs = 0;
  const { ask } = createStepDown(all, () => nowMs);
  const { asked, send } = createEndpoint({ formats: ["none"], temperature: true, explains: true });
  await ask(send);
  nowMs = 3_599_999;
  await ask(send);
  expect(asked.at(-1)).toEqual({ format: "none", hasTemperature: true });
  nowMs = 3_600_000;
  await ask(async (demands) => void asked.push(demands));
  expect(asked.at(-1)).toEqual(all);
});

test("if nothing is taken, the first refusal is the error, and the guessing ends", async () => {
  const { ask } = createStepDown(all);
  let count = 0;
  const refuse = async () => {
    count += 1;
    throw new EndpointError("refused", `refusal ${count}`, { status: 400 });
  };
  await expect(ask(refuse)).rejects.toThrow("refusal 1");
  expect(count).toBe(4);
  await expect(ask(refuse)).rejects.toThrow("refusal 5");
  expect(count).toBe(5);
});

test.each([
  ["a wrong key", new EndpointError("refused", "no", { status: 401 })],
  ["a text that is too long", new EndpointError("too_long", "no", { status: 400 })],
  ["an endpoint that is busy", new EndpointError("unavailable", "no", { status: 503 })],
  ["a bug", new Error("no")],
])("%s is not about demands", async (_, error) => {
  let count = 0;
  const send = async () => {
    count += 1;
    throw error;
  };
  await expect(createStepDown(all).ask(send)).rejects.toBe(error);
  expect(count).toBe(1);
});

test("demands that were taken are remembered, even if the answer is of no use", async () => {
  const { ask } = createStepDown(all);
  const asked: string[] = [];
  const send = async ({ format }: Demands) => {
    asked.push(format);
    throw format === "schema" ? refused("format") : new EndpointError("truncated", "cut off");
  };
  await expect(ask(send)).rejects.toThrow("cut off");
  await expect(ask(send)).rejects.toThrow("cut off");
  expect(asked).toEqual(["schema", "object", "object"]);
});
