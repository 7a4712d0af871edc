import { afterEach, expect, test, vi } from "vitest";
import { inheritedEnvironment, parseBootstrapKeys, readEnvironment } from "./environment.ts";

afterEach(() => vi.unstubAllEnvs());

const key = "of-sixteen-chars";

test("a bootstrap key may do everything unless scopes are named, which hold colons themselves", () => {
  expect(
    parseBootstrapKeys(`acme:${key}, globex:${key}2:memories:read ,x:${key}3:memories:read+memories:write`),
  ).toEqual([
    { orgId: "acme", key, scopes: ["memories:read", "memories:write"] },
    { orgId: "globex", key: `${key}2`, scopes: ["memories:read"] },
    { orgId: "x", key: `${key}3`, scopes: ["memories:read", "memories:write"] },
  ]);
  expect(parseBootstrapKeys("")).toEqual([]);
});

test.each(["acme", `:${key}`, "acme:", "acme:sec:ret", `acme:${key}:all`, `acme:${key}:memories:read+`])(
  "an entry that is wrong says so, and shows nothing of the key: %s",
  (entry) => {
    expect(() => parseBootstrapKeys(entry)).toThrow(
      /^MEMLANE_BOOTSTRAP_KEYS .* org:key(?!.*(sixteen|sec|ret|acme))/,
    );
  },
);

test.each(["k", key.slice(1)])("a key that is too short says so, and is not shown: %s", (short) => {
  expect(() => parseBootstrapKeys(`acme:${short}`)).toThrow(
    /^MEMLANE_BOOTSTRAP_KEYS .* fewer than 16 characters(?!.*(sixteen|acme))/,
  );
});

test("a child process inherits no setting, not even the database of the shell that it runs in", () => {
  vi.stubEnv("DATABASE_URL", "postgres://precious");
  vi.stubEnv("MEMLANE_PORT", "1");
  vi.stubEnv("OTHER", "kept");
  vi.stubEnv("MEMLANE_TEST_DATABASE_URL", undefined); // of the tests, and no setting
  const names = Object.keys(inheritedEnvironment());
  expect(names).toContain("OTHER");
  expect(names.filter((name) => /^MEMLANE_|DATABASE_URL/.test(name))).toEqual([]);
});

test("origins are read as browsers send them, and any other spelling is refused", () => {
  vi.stubEnv("MEMLANE_CORS_ORIGINS", "https://app.example, http://localhost:5173");
  expect(readEnvironment().corsOrigins).toEqual(["https://app.example", "http://localhost:5173"]);
  vi.stubEnv("MEMLANE_CORS_ORIGINS", "*");
  expect(readEnvironment().corsOrigins).toEqual(["*"]);
  for (const wrong of [
    "https://app.example/",
    "app.example",
    "https://app.example, nope",
    "HTTPS://app.example",
  ]) {
    vi.stubEnv("MEMLANE_CORS_ORIGINS", wrong);
    expect(readEnvironment).toThrow(/MEMLANE_CORS_ORIGINS .*https:\/\/app\.example\.com/);
  }
});

test("a model is used when its address and its name are there, at the temperature 0 unless another is wanted", () => {
  expect(readEnvironment().llm).toBeUndefined();
  vi.stubEnv("MEMLANE_LLM_BASE_URL", "http://localhost:11434/v1");
  vi.stubEnv("MEMLANE_LLM_MODEL", "small");
  expect(readEnvironment().llm).toMatchObject({ model: "small", temperature: 0, fallback: undefined });
  vi.stubEnv("MEMLANE_LLM_TEMPERATURE", "0.5");
  expect(readEnvironment().llm).toMatchObject({ temperature: 0.5 });
  vi.stubEnv("MEMLANE_LLM_TEMPERATURE", "none");
  expect(readEnvironment().llm).toMatchObject({ temperature: undefined });
});

test("half a model is refused, and what is wrong with it is said", () => {
  vi.stubEnv("MEMLANE_LLM_API_KEY", "secret");
  expect(readEnvironment).toThrow("MEMLANE_LLM_API_KEY is set, but a model needs both");
  vi.stubEnv("MEMLANE_LLM_BASE_URL", "localhost:11434");
  expect(readEnvironment).toThrow(/MEMLANE_LLM_BASE_URL is wrong: must be a URL such as/);
  vi.stubEnv("MEMLANE_LLM_BASE_URL", "http://localhost:11434/v1");
  vi.stubEnv("MEMLANE_LLM_MODEL", "small");
  vi.stubEnv("MEMLANE_LLM_FALLBACK", "none");
  expect(readEnvironment).toThrow(/MEMLANE_LLM_FALLBACK is wrong/);
});
