import { beforeAll, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
let environment: Record<string, string>;
beforeAll(() => {
  const { apiKey, orgId, url } = server;
  environment = { MEMLANE_BASE_URL: url, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId };
});

const passing = "batch.imports.completed";
/** The server has this requirement, but it needs a key that is not given. */
const skipped = "batch.imports.foreign-id";

it("prints the checks that passed with --verbose, and the sum", async () => {
  const { code, stdout } = await runCli(["conform", "--only", passing, "--verbose"], { environment });
  expect(stdout).toBe(
    `batch.imports  1 passed\n  pass  ${passing}: A batch ends with the status \`completed\` and the number of imported memories.\n` +
      "all            1 passed\n",
  );
  expect(code).toBe(0);
});

it("says why a check is skipped, and can run again on the same server", async () => {
  for (let run = 0; run < 2; run += 1) {
    const { code, stdout } = await runCli(["conform", "--only", skipped, "--only", passing], { environment });
    expect(stdout).toContain(`skip  ${skipped}: `);
    expect(stdout).toContain("needs a key of another organisation\n");
    expect(stdout).toMatch(/all +1 passed, 1 skipped\n$/);
    expect(code).toBe(0);
  }
});

it("exits with 1 if a check fails, and says what was expected and what came", async () => {
  // Without the other key, the same key is taken for another organisation's.
  const args = ["conform", "--only", skipped, "--other-key", server.apiKey];
  const { code, stdout } = await runCli(args, { environment });
  expect(stdout).toMatch(
    /FAIL {2}batch\.imports\.foreign-id: .*\n +GET \/v1\/batch\/job_\S+: expected 404, got 200 \{/,
  );
  expect(code).toBe(1);
});

it("prints the results as JSON", async () => {
  const { code, stdout, stderr } = await runCli(["conform", "--only", passing, "--json"], { environment });
  expect(JSON.parse(stdout)).toMatchObject({
    base_url: `${server.url}/`,
    results: [{ id: passing, area: "batch.imports", outcome: "passed", message: "" }],
  });
  expect(stderr).toBe("");
  expect(code).toBe(0);
});

it("runs the checks of an area on a server that an adapter starts, and stops it", async () => {
  const { url: baseUrl, apiKey, orgId } = server;
  const line = JSON.stringify(JSON.stringify({ baseUrl, apiKey, orgId }));
  const script = `console.log(${line}); setInterval(() => {}, 1000); process.on("SIGTERM", () => { console.error("stopped"); process.exit(); });`;
  const adapter = `"${process.execPath}" -e '${script}'`;
  const { code, stdout, stderr } = await runCli(["conform", "--adapter", adapter, "--area", "dialect.mcp"]);
  expect(stdout).toContain("dialect.mcp");
  expect(stderr).toContain("stopped\n");
  expect(code).toBe(0);
});

it.each([
  ["there is no server", ["--base-url", "http://127.0.0.1:1"], "does not answer: "],
  ["the server refuses the key", ["--api-key", "wrong"], "refuses the key\n"],
  [
    "there is no such check",
    ["--area", "batch.dance"],
    "there is no such check; the areas are dialect.choice, ",
  ],
  ["the adapter ends", ["--adapter", "exit 3"], "the adapter ended with 3 before it printed a line\n"],
  ["the adapter prints no server", ["--adapter", "echo hello"], "neither a URL nor a JSON object"],
])("exits with 2 if %s", async (_, args, message) => {
  const { code, stdout, stderr } = await runCli(["conform", ...args], { environment });
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([2, ""]);
});
