import { check, type Site } from "../check.ts";
import { CheckSkipped } from "../check-failure.ts";
import { parseJson } from "../../json.ts";
import { expectStatus, expectThat, expectValue } from "../expect.ts";
import { anything, filledText, flag, listOf, matching, optional } from "../pattern.ts";

const headers = { accept: "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18" };

/** Sends one JSON-RPC message to the MCP server, and returns its answer. */
async function ask(site: Site, method: string, params: object) {
  const answer = await site.batch("POST /agent/mcp", { jsonrpc: "2.0", id: 1, method, params }, headers);
  if (answer.status === 404 || answer.status === 405)
    throw new CheckSkipped("the server has no MCP server at /agent/mcp");
  expectStatus(answer, 200);
  const data = answer.text
    .split("\n")
    .findLast((line) => line.startsWith("data:"))
    ?.slice("data:".length);
  return data === undefined ? answer.body : parseJson(data);
}

/** Calls a tool and returns its text. */
async function callTool(site: Site, name: string, parameters: object) {
  const reply = await ask(site, "tools/call", { name, arguments: parameters });
  const result = { content: [{ type: "text", text: filledText }], isError: optional(flag) } as const;
  return expectValue("answer", reply, { result }).result.content[0].text;
}

const names = ["korely_add", "korely_get_context", "korely_get_facts", "korely_search"];

export const mcpChecks = [
  check(
    "dialect.mcp.initialize",
    "`POST /agent/mcp` answers `initialize` with its version and the capability `tools`.",
    async (site) => {
      const params = {
        protocolVersion: "2025-06-18",
        capabilities: {},
        clientInfo: { name: "conformance", version: "1" },
      };
      const result = {
        protocolVersion: filledText,
        capabilities: { tools: anything },
        serverInfo: { name: filledText },
      } as const;
      expectValue("answer", await ask(site, "initialize", params), { jsonrpc: "2.0", id: 1, result });
    },
  ),
  check(
    "dialect.mcp.tools",
    "The tools are `korely_add`, `korely_get_context`, `korely_get_facts` and `korely_search`.",
    async (site) => {
      const reply = expectValue("answer", await ask(site, "tools/list", {}), {
        result: { tools: listOf({ name: filledText }) },
      });
      const found = reply.result.tools.map(({ name }) => name).filter((name) => names.includes(name));
      expectThat(found.toSorted().join() === names.join(), names.join(), found);
    },
  ),
  check("dialect.mcp.add", "`korely_add` stores a memory, and answers its id.", async (site) => {
    const text = await callTool(site, "korely_add", { content: "I live in Oslo.", user_id: site.user });
    expectValue("text", text, matching(/^Stored mem_[0-9a-f]{32}\./, "Stored mem_…."));
  }),
  check(
    "dialect.mcp.facts",
    "`korely_add` and `korely_get_facts` write each fact as a line with the days of its times.",
    async (site) => {
      const content = "I live in Oslo.";
      const added = await callTool(site, "korely_add", {
        content,
        user_id: site.user,
        timestamp: "2026-03-15",
      });
      expectValue(
        "text",
        added,
        matching(
          /^Stored mem_[0-9a-f]{32}\.(?:\nExtracted 1 fact\(s\):\n {2}· \S.* · .* · Oslo {2}\(since 2026-03-15[,)].*)?$/,
          "Extracted 1 fact(s): and its line",
        ),
      );
      const listed = await site.until("the fact", async () => {
        const text = await callTool(site, "korely_get_facts", { user_id: site.user, as_of: "2026-04-01" });
        return text.startsWith("no facts.") ? undefined : text;
      });
      expectValue(
        "text",
        listed,
        matching(
          /^# facts as of 2026-04-01\n- \S.* · .* · Oslo {2}\(since 2026-03-15[,)]/,
          "# facts as of 2026-04-01, and - subject · predicate · Oslo  (since 2026-03-15)",
        ),
      );
    },
  ),
  check(
    "dialect.mcp.search",
    "`korely_search` answers a line for each memory, or that no memory was found.",
    async (site) => {
      const none = await callTool(site, "korely_search", { query: "harp", user_id: site.user });
      expectThat(none === "no matches.", "no matches.", none);
      await callTool(site, "korely_add", { content: "The harp is old.", user_id: site.user });
      const some = await callTool(site, "korely_search", { query: "harp", user_id: site.user });
      expectValue(
        "text",
        some,
        matching(/^\[\d\.\d{3}\] The harp is old\. {2}\(mem_[0-9a-f]{32}\)/, "[0.873] snippet  (mem_…)"),
      );
    },
  ),
  check(
    "dialect.mcp.nothing",
    "`korely_get_facts` and `korely_get_context` say when there is nothing.",
    async (site) => {
      const facts = await callTool(site, "korely_get_facts", { user_id: site.user });
      expectThat(facts === "no facts.", "no facts.", facts);
      const then = await callTool(site, "korely_get_facts", { user_id: site.user, as_of: "2026-04-01" });
      expectThat(then === "no facts. (as of 2026-04-01)", "no facts. (as of 2026-04-01)", then);
      const context = await callTool(site, "korely_get_context", { query: "harp", user_id: site.user });
      expectThat(
        context === "(nothing remembered yet for this query)",
        "(nothing remembered yet for this query)",
        context,
      );
    },
  ),
  check(
    "dialect.mcp.errors",
    "An unknown tool is the error `-32602`, an unknown method `-32601`.",
    async (site) => {
      const tool = await ask(site, "tools/call", { name: "korely_forget_all", arguments: {} });
      expectValue("answer", tool, { error: { code: -32602 } });
      expectValue("answer", await ask(site, "korely/dance", {}), { error: { code: -32601 } });
    },
  ),
];
