// The React entry in a real browser, with the real server. Elements are found by role, like assistive technology does.
import { MemlaneError, type BatchJobWire, type IngestJobWire } from "@memlane/core";
import { createdBatchJobWire } from "@memlane/core/internal";
import { batchJobs, ingestJobs } from "@memlane/core/testing";
import { act, StrictMode, useState, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { cdp, page } from "vitest/browser";
import type { JobSnapshot } from "../src/index.ts";
import { JobProgress, useJob } from "../src/react.ts";

const { url: baseUrl, apiKey } = inject("server");
type Snapshot = JobSnapshot<BatchJobWire | IngestJobWire>;

/** Makes React apply a change at once. Later updates from the watch need no such help. */
async function atOnce(change: () => void): Promise<void> {
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  environment.IS_REACT_ACT_ENVIRONMENT = true;
  await act(async () => change());
  environment.IS_REACT_ACT_ENVIRONMENT = false;
}

async function render(node: ReactNode) {
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  onTestFinished(async () => {
    await atOnce(() => root.unmount());
    container.remove();
  });
  const update = (next: ReactNode) => atOnce(() => root.render(next));
  await update(node);
  return { container, update };
}

async function createBatch(): Promise<{ id: string; token: string }> {
  const response = await fetch(`${baseUrl}/v1/batch?token=true`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ memories: [{ content: "tea" }, { content: "" }] }),
  });
  const { id, token = "" } = createdBatchJobWire.parse(await response.json());
  return { id, token };
}

describe("useJob", () => {
  it("follows a job to its end, even in strict mode and with new functions at every rendering", async () => {
    const { id, token } = await createBatch();
    let renderings = 0;
    const Progress = () => {
      renderings += 1;
      const snapshot = useJob({
        id,
        token,
        baseUrl,
        dialect: "batch",
        fetch: (request) => fetch(request),
        refreshToken: async () => token,
      });
      return <JobProgress snapshot={snapshot} label="Importing" />;
    };
    await render(
      <StrictMode>
        <Progress />
      </StrictMode>,
    );
    await expect.element(page.getByRole("status")).toHaveTextContent("Done: 1 imported, 1 not");
    const before = renderings;
    await atOnce(() => {});
    expect(renderings).toBe(before);
  });

  it("waits until there is a job, and then follows it", async () => {
    const job = await createBatch();
    const Page = () => {
      const [made, setMade] = useState<typeof job | null>(null);
      const snapshot = useJob(made && { ...made, baseUrl, dialect: "batch" });
      return <button onClick={() => setMade(job)}>{snapshot.phase}</button>;
    };
    await render(<Page />);
    await page.getByRole("button", { name: "waiting" }).click();
    await expect.element(page.getByRole("button", { name: "ended" })).toBeVisible();
  });

  it("starts anew for another job", async () => {
    const [first, second] = [await createBatch(), await createBatch()];
    const seen = new Set<string>();
    const Progress = (job: { id: string; token: string }) => {
      const snapshot = useJob({ ...job, baseUrl, dialect: "batch" });
      if (snapshot.phase === "ended") seen.add(snapshot.job.id);
      return <p>{snapshot.phase}</p>;
    };
    const Page = () => {
      const [job, setJob] = useState(first);
      return (
        <>
          <Progress {...job} />
          <button onClick={() => setJob(second)}>Next</button>
        </>
      );
    };
    await render(<Page />);
    await expect.element(page.getByText("ended")).toBeVisible();
    await page.getByRole("button", { name: "Next" }).click();
    await vi.waitUntil(() => seen.size === 2);
    expect([...seen]).toEqual([first.id, second.id]);
  });
});

describe("JobProgress", () => {
  const show = (snapshot: Snapshot) => <JobProgress snapshot={snapshot} label="Importing your notes" />;
  const bar = () => page.getByRole("progressbar", { name: "Importing your notes" });
  const running: BatchJobWire = {
    ...batchJobs.processing,
    errors: [],
    received: 500,
    imported: 120,
    failed: 5,
  };

  it("is a named progress bar that shows a batch's progress as numbers and as text", async () => {
    await render(show({ phase: "progress", job: running }));
    const element = bar().element() as HTMLProgressElement;
    expect([element.value, element.max, element.position]).toEqual([125, 500, 0.25]);
    await expect.element(bar()).toHaveAttribute("aria-valuetext", "125 of 500");
    await expect.element(page.getByText("125 of 500")).toBeVisible();
  });

  it("shows no value for a job without items", async () => {
    await render(show({ phase: "progress", job: ingestJobs.running as IngestJobWire }));
    expect((bar().element() as HTMLProgressElement).position).toBe(-1);
    await expect.element(bar()).toHaveAttribute("aria-valuetext", "Working");
  });

  it("announces the end politely, a failed watch at once, and no progress", async () => {
    const { update } = await render(show({ phase: "progress", job: running }));
    const status = page.getByRole("status");
    const alert = page.getByRole("alert");
    await expect.element(status).toBeEmptyDOMElement();
    await expect.element(alert).toBeEmptyDOMElement();
    const [before] = [status.element()];

    await update(show({ phase: "ended", job: { ...running, status: "completed", imported: 495 } }));
    await expect.element(status).toHaveTextContent("Done: 495 imported, 5 not");
    expect(status.element()).toBe(before); // screen readers do not announce a new live region

    const error = new MemlaneError({ code: "timeout", message: "no end within 300000 ms" });
    await update(show({ phase: "failed", error, job: running }));
    await expect.element(alert).toHaveTextContent("Connection lost: no end within 300000 ms");
    await expect.element(status).toBeEmptyDOMElement();
  });

  it("shows why a job failed, and an empty bar", async () => {
    await render(show({ phase: "ended", job: ingestJobs.failed as IngestJobWire }));
    await expect
      .element(page.getByRole("status"))
      .toHaveTextContent("Failed: The extractor could not be reached.");
    expect((bar().element() as HTMLProgressElement).position).toBe(0);
  });

  it("does not animate a bar without counters for users who prefer reduced motion", async () => {
    const emulate = (value: string) =>
      cdp().send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-reduced-motion", value }] });
    await emulate("reduce");
    onTestFinished(async () => void (await emulate("no-preference")));
    const { update } = await render(show({ phase: "waiting" }));
    expect(getComputedStyle(bar().element()).appearance).toBe("none");
    await update(show({ phase: "progress", job: running }));
    expect(getComputedStyle(bar().element()).appearance).not.toBe("none");
  });

  it("uses the given description", async () => {
    await render(
      <JobProgress snapshot={{ phase: "waiting" }} label="Notizen" describe={() => "Bitte warten"} />,
    );
    await expect.element(page.getByText("Bitte warten")).toBeVisible();
  });
});
