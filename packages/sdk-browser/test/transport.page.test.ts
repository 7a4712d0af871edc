// Core's contract, kept in a real browser and over CORS.
import { transportContract, type TransportSubject } from "@memlane/core/testing";
import { inject, it } from "vitest";
import { sleep } from "../src/sleep.ts";
import { createTransport } from "../src/transport.ts";

const connect: TransportSubject["connect"] = (baseUrl) =>
  createTransport({ baseUrl, fetch: (request) => fetch(request) });

const subject: TransportSubject = {
  connect,
  serverUrl: inject("transportServer"),
  closedUrl: "http://127.0.0.1:65535",
  createAbortController: () => new AbortController(),
  sleep,
};

it.each(transportContract)("$title", ({ check }) => check(subject));
