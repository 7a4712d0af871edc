import fc from "fast-check";
import { expect, test } from "vitest";
import { describeRefusal } from "./describe-refusal.ts";

const nothing = { apiKey: undefined, texts: [] };
const openAi = (message: string, more: object = {}) => ({
  error: { message, type: "invalid_request_error", ...more },
});

test.each([
  ["OpenAI", openAi("No such model.", { param: null, code: "model_not_found" }), "No such model."],
  ["Ollama", { error: "model 'x' not found" }, "model 'x' not found"],
  ["vLLM", { object: "error", message: "Bad prompt.", code: 400 }, "Bad prompt."],
  ["Gemini", [{ error: { code: 400, message: "Bad model.", status: "INVALID_ARGUMENT" } }], "Bad model."],
  ["FastAPI", { detail: "Not found" }, "Not found"],
  [
    "FastAPI's checks",
    { detail: [{ loc: ["body", "top"], msg: "Extra inputs are not permitted", input: "I live in Oslo" }] },
    "body.top: Extra inputs are not permitted",
  ],
  ["a list", { errors: [{ message: "Too bad." }] }, "Too bad."],
])("the sentence of %s is read", (_, body, sentence) => {
  expect(describeRefusal({ status: 400, body }, nothing)).toMatchObject({
    message: `the model's endpoint refuses the request (400): ${sentence}`,
  });
});

test.each([
  [400, openAi("Unsupported value: 'temperature' does not support 0."), "refused", "temperature"],
  [400, openAi("'response_format.type' must be 'json_object' or 'text'."), "refused", "format"],
  [400, openAi("Invalid parameter", { param: "response_format" }), "refused", "format"],
  [422, { detail: [{ loc: ["body", "response_format"], msg: "Extra inputs" }] }, "refused", "format"],
  [404, openAi("No endpoints found that can handle the requested parameters."), "refused", "format"],
  [500, { error: "failed to parse grammar" }, "unavailable", "format"],
  [400, openAi("This model's maximum context length is 8192 tokens."), "too_long", undefined],
  [400, openAi("Too big", { code: "context_length_exceeded" }), "too_long", undefined],
  [413, "<html>", "too_long", undefined],
  [400, openAi("Blocked.", { code: "content_filter" }), "filtered", undefined],
  [400, openAi("triggering Azure OpenAI's content management policy"), "filtered", undefined],
  [401, openAi("Wrong key"), "refused", undefined],
  [403, openAi("flagged by moderation"), "refused", undefined],
  [429, openAi("Slow down: 8000 tokens limit"), "unavailable", undefined],
  [503, undefined, "unavailable", undefined],
])("%i %j is %s", (status, body, fault, about) => {
  const error = describeRefusal({ status, body }, nothing);
  expect([error.fault, error.about]).toEqual([fault, about]);
});

test("it never throws, whatever the body, and its message is short", () => {
  fc.assert(
    fc.property(fc.integer({ min: 400, max: 599 }), fc.jsonValue(), (status, body) => {
      expect(describeRefusal({ status, body }, nothing).message.length).toBeLessThan(400);
    }),
  );
});
