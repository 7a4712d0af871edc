import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "vitest";

test("leaves a server open", async () => {
  await once(createServer().listen(0), "listening");
});
