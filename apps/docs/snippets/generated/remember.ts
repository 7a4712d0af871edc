import { client } from "./client/client.gen";
import { ingestConversation, searchMemories } from "./client/sdk.gen";

client.setConfig({
  baseUrl: process.env["MEMLANE_BASE_URL"] ?? "",
  headers: { "x-api-key": process.env["MEMLANE_API_KEY"] },
});

const job = await ingestConversation({
  query: { wait: "true" },
  body: {
    user_id: "kim",
    conv_id: "c1",
    messages: [{ role: "user", content: "I live in Porto." }],
  },
});
console.log(job.data?.status);

const found = await searchMemories({
  body: { user_id: "kim", query: "Porto", include: ["fact"] },
});
console.log(found.data?.data[0]?.text);
