import { afterEach, expect, test, vi } from "vitest";
import { findMisspellings, inheritedEnvironment, readEnvironment } from "./read-environment.ts";

afterEach(() => vi.unstubAllEnvs());

test("a child process inherits no setting, not even DATABASE_URL", () => {
  vi.stubEnv("DATABASE_URL", "postgres://precious");
  vi.stubEnv("MEMLANE_PORT", "1");
  vi.stubEnv("OTHER", "kept");
  vi.stubEnv("MEMLANE_TEST_DATABASE_URL", undefined); // for tests; not a setting
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

test("a model is used if its URL and its name are set; the default temperature is 0", () => {
  expect(readEnvironment().extractors.llm).toBeUndefined();
  vi.stubEnv("MEMLANE_LLM_BASE_URL", "http://localhost:11434/v1");
  vi.stubEnv("MEMLANE_LLM_MODEL", "small");
  expect(readEnvironment().extractors.llm).toMatchObject({
    model: "small",
    temperature: 0,
    fallback: undefined,
  });
  vi.stubEnv("MEMLANE_LLM_TEMPERATURE", "0.5");
  expect(readEnvironment().extractors.llm).toMatchObject({ temperature: 0.5 });
  vi.stubEnv("MEMLANE_LLM_TEMPERATURE", "none");
  expect(readEnvironment().extractors.llm).toMatchObject({ temperature: undefined });
});

test("an incomplete model is refused with an error that says what is wrong", () => {
  vi.stubEnv("MEMLANE_LLM_API_KEY", "secret");
  expect(readEnvironment).toThrow("MEMLANE_LLM_API_KEY is set, but a model needs both");
  vi.stubEnv("MEMLANE_LLM_BASE_URL", "localhost:11434");
  expect(readEnvironment).toThrow("MEMLANE_LLM_BASE_URL is 'localhost:11434'. It must be a URL such as");
  vi.stubEnv("MEMLANE_LLM_BASE_URL", "http://localhost:11434/v1");
  vi.stubEnv("MEMLANE_LLM_MODEL", "small");
  vi.stubEnv("MEMLANE_LLM_FALLBACK", "none");
  expect(readEnvironment).toThrow("MEMLANE_LLM_FALLBACK is 'none'. It must be 'offline'.");
});

test.each([
  ["MEMLANE_PORT", "http", "a port from 0 to 65535"],
  ["MEMLANE_PORT", "70000", "a port from 0 to 65535"],
  ["MEMLANE_JOB_ATTEMPTS", "1001", "a whole number, 1 to 1000"],
  ["MEMLANE_LEASE_MS", "2.5", "a whole number, 300 or more"],
  ["MEMLANE_LLM_TEMPERATURE", "3", "a number from 0 to 2, or 'none'"],
  ["MEMLANE_LOG_LEVEL", "loud", "'fatal', 'error', 'warn', 'info', 'debug', 'trace' or 'silent'"],
])("the error names the variable, its value and what is allowed: %s=%s", (name, value, allowed) => {
  expect(() => readEnvironment({ [name]: value })).toThrow(
    `The environment variable ${name} is '${value}'. It must be ${allowed}.`,
  );
});

test("the error does not show a secret", () => {
  const mistake = () => readEnvironment({ DATABASE_URL: "mysql://ann:hunter2@db" });
  expect(mistake).toThrow("DATABASE_URL is wrong. It must be a URL that starts with postgres://");
  expect(mistake).not.toThrow(/hunter2/);
});

test("an empty variable counts as not set", () => {
  expect(readEnvironment({ MEMLANE_PORT: "", MEMLANE_LLM_API_KEY: "" })).toEqual(readEnvironment({}));
});

test.each([
  ["MEMLANE_PROT", "MEMLANE_PORT"],
  ["MEMLANE_CORS_ORIGIN", "MEMLANE_CORS_ORIGINS"],
  ["MEMLANE_DATABASE_URL", "DATABASE_URL"],
])("a misspelled variable is found: %s", (variable, meant) => {
  expect(findMisspellings({ [variable]: "x" })).toEqual([{ variable, meant }]);
});

test("variables of the clients, the tests and Kubernetes are not reported as misspelled settings", () => {
  const others = ["API_KEY", "ORG_ID", "BASE_URL", "TEST_DATABASE_URL", "SERVICE_HOST", "PORT_8787_TCP_ADDR"];
  expect(findMisspellings(Object.fromEntries(others.map((name) => [`MEMLANE_${name}`, "x"])))).toEqual([]);
});
