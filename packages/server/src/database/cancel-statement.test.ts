import { Client } from "pg";
import { expect, test } from "vitest";
import { cancelStatement } from "./cancel-statement.ts";

test("where the server has not named the connection, nothing is thrown: nobody would catch it", () => {
  expect(() => cancelStatement(new Client({ host: "127.0.0.1" }))).not.toThrow();
});
