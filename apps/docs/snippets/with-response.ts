import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

const { data, response } = await client.memories
  .listPage({ user_id: "ann" })
  .withResponse();
console.log(response.status, Array.isArray(data.data));
console.log(
  response.header("content-type"),
  response.requestId.startsWith("req_"),
);
