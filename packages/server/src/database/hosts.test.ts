import { expect, test } from "vitest";
import { readHosts, tryHosts } from "./hosts.ts";

const two = "postgres://ann:p%40ss@one:1,two:2/memlane?target_session_attrs=read-write&sslmode=require";

test("each host of a URL gets the user, the database and the options, and target_session_attrs stays here", () => {
  const hosts = readHosts(two);
  const one = hosts.current();
  expect(one).toBe("postgres://ann:p%40ss@one:1/memlane?sslmode=require");
  hosts.skip(one);
  hosts.skip(one); // another connection has failed too
  expect(hosts.current()).toBe("postgres://ann:p%40ss@two:2/memlane?sslmode=require");
  expect(hosts.count).toBe(2);
});

test.each([
  ["postgres://h/d", false],
  ["postgres://h/d?target_session_attrs=any", false],
  ["postgres://h/d?target_session_attrs=primary", true],
  ["postgresql://[::1]:5432/d?target_session_attrs=read-write", true],
  [two, true],
])("%s: a server that only reads is skipped: %s", (url, mustWrite) => {
  expect(readHosts(url).mustWrite).toBe(mustWrite);
});

test("a URL without options stays as it is", () => {
  for (const url of [
    "postgres://u:p@h:5432/d",
    "postgres://u:p@[::1]:5432/d?sslmode=disable",
    "postgres:///d",
  ])
    expect(readHosts(url).current()).toBe(url);
});

test.each(["standby", "read-only", "prefer-standby"])("a URL for %s is refused", (wanted) => {
  expect(() => readHosts(`postgres://h/d?target_session_attrs=${wanted}`)).toThrow("because Memlane writes");
});

test("every host is tried once, and the one that answers is used from then on", async () => {
  const hosts = readHosts("postgres://a,b,c/d");
  const tried: string[] = [];
  const connect = async (url: string) => {
    tried.push(new URL(url).hostname);
    if (!url.includes("//c/")) throw new Error("refused");
    return url;
  };
  expect(await tryHosts(hosts, connect)).toBe("postgres://c/d");
  expect(await tryHosts(hosts, connect)).toBe("postgres://c/d");
  expect(tried).toEqual(["a", "b", "c", "c"]);
  await expect(tryHosts(hosts, () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  const full = () => Promise.reject(new Error("timeout exceeded when trying to connect"));
  await expect(tryHosts(hosts, full)).rejects.toThrow("timeout");
  expect(hosts.current()).toBe("postgres://c/d"); // a full pool is no reason to leave
});
