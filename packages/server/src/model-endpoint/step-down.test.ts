import fc from "fast-check";
import { expect, test } from "vitest";
import { EndpointError, type Parameter } from "./endpoint-error.ts";
import { createStepDown, type Demands } from "./step-down.ts";

const all: Demands = { format: "schema", hasTemperature: true };
const refused = (about?: Parameter, status = 400) => new EndpointError("refused", "no", { status, about });

/** An endpoint that accepts some formats, and a temperature or not. If it `explains`, it names the parameter that it refuses. */
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

test("every endpoint answers after at most four requests, and afterwards at the first request", async () => {
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

test("if an endpoint names the parameter that it refuses, the others are kept", async () => {
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

test("if all demands are refused, the first refusal is the error, and the next call makes only one request", async () => {
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

test("accepted demands are remembered, even if the answer cannot be used", async () => {
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
