import { MemlaneError } from "@memlane/core";

/** Refuses a compressed body by the name of its encoding: read as text, it would be an unreadable one. */
export function refuseCompressedBody(headers: Headers): void {
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() === "identity") return;
  const message = `the body has the content-encoding '${encoding}': send it without compression`;
  throw new MemlaneError({ code: "malformed_body", message });
}
