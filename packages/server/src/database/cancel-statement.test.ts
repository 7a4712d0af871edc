import { Client } from "pg";
import { expect, test } from "vitest";
import { cancelStatement } from "./cancel-statement.ts";

test("a connection without a process id from the server is not cancelled, without an error", async () => {
  expect(await cancelStatement(new Client({ host: "127.0.0.1" }))).toBe(false);
});
