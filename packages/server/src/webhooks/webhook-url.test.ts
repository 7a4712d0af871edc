import { expect, test } from "vitest";
import { objectionToUrl } from "./webhook-url.ts";

test.each([
  "https://example.com/hook?x=1",
  "https://localhost.example.com/",
  "https://1.1.1.1:8443/",
  "https://[2606:4700:4700::1111]/",
])("%s is accepted", (url) => expect(objectionToUrl(url, false)).toBeUndefined());

test.each([
  ["https://127.0.0.1/", /private/],
  ["https://2130706433/", /private/],
  ["https://0x7f.1/", /private/],
  ["https://[::1]/", /private/],
  ["https://[::ffff:127.0.0.1]/", /private/],
  ["https://169.254.169.254/latest/meta-data", /private/],
  ["https://localhost/", /private/],
  ["https://a.LOCALHOST./", /private/],
  ["http://example.com/", /https:\/\/, unless .*MEMLANE_WEBHOOK_ALLOW_PRIVATE is true/],
  ["ftp://example.com/", /https/],
  ["https://me:secret@example.com/", /password/],
  ["example.com", /not a URL/],
  ["", /not a URL/],
])("%s is refused", (url, objection) => expect(objectionToUrl(url, false)).toMatch(objection));

test("if private addresses are allowed, so is http, and nothing else", () => {
  expect(objectionToUrl("http://127.0.0.1:3000/", true)).toBeUndefined();
  expect(objectionToUrl("https://[::1]/", true)).toBeUndefined();
  expect(objectionToUrl("http://localhost:3000/", true)).toBeUndefined();
  expect(objectionToUrl("file:///etc/passwd", true)).toMatch(/https/);
});
