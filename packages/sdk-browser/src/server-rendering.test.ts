// On a server there is no document and no subscriber.
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { JobProgress, useJob } from "./react.ts";

it("on a server, renders a job that has not been read yet, and sends no request", () => {
  const fetch = () => Promise.reject(new Error("the server rendering must not send requests"));
  const Page = () => {
    const snapshot = useJob({ id: "job_1", token: "e30.e30.c2ln", baseUrl: "/memlane", fetch });
    return createElement(JobProgress, { snapshot, label: "Importing" });
  };
  const html = renderToString(createElement(Page));
  expect(html).toContain('data-phase="waiting"');
  expect(html).toMatch(/<progress[^>]* aria-valuetext="Waiting"/);
});
