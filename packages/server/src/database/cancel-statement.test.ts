import { Client } from "pg";
import { expect, test } from "vitest";
import { cancelStatement } from "./cancel-statement.ts";

test("a connection that the server has not named is left alone, without an error", () => {
  expect(() => cancelStatement(new Client({ host: "127.0.0.1" }))).not.toThrow();
});
