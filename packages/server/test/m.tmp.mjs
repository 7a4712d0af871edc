import { createMcpServer, answerMcpRequest } from "@memlane/mcp";
const access = { client: { memories: {} }, userId: "a" };
const run = async (method, params) => {
  const body = { jsonrpc: "2.0", id: 1, method, params };
  const req = () =>
    new Request("http://x/mcp", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    });
  for (let i = 0; i < 50; i++) await (await answerMcpRequest(req(), access, { body })).text();
  const u = process.cpuUsage();
  for (let i = 0; i < 200; i++) await (await answerMcpRequest(req(), access, { body })).text();
  const d = process.cpuUsage(u);
  console.log(method, (d.user + d.system) / 200 / 1000, "cpu ms each");
};
await run("tools/list");
await run("ping");
await run("prompts/list");
await run("tools/call", { name: "get_job", arguments: {} });
