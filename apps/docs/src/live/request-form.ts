// The form of `LiveRequest.astro`: sends what it contains, and shows the answer while it arrives.

/** What the form contains. */
interface FormRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | undefined;
}

/** The form of a page. */
export interface RequestForm {
  readonly show: (request: FormRequest) => void;
  /** Shows the form, and sends with this `fetch`. `onAnswer` gets the text of each answer. */
  readonly connect: (
    fetch: (request: Request) => Promise<Response>,
    onAnswer?: (text: string) => void,
  ) => void;
}

/** The headers of an answer that are shown. */
const shownHeaders = ["retry-after", "etag", "x-request-id"];

/** Finds the form in an element. */
export function findRequestForm(root: Element): RequestForm {
  const form = root.querySelector<HTMLFormElement>("form")!;
  const stop = root.querySelector<HTMLButtonElement>("[data-stop]")!;
  const method = root.querySelector<HTMLSelectElement>("[name=method]")!;
  const path = root.querySelector<HTMLInputElement>("[name=path]")!;
  const headers = root.querySelector<HTMLTextAreaElement>("[name=headers]")!;
  const body = root.querySelector<HTMLTextAreaElement>("[name=body]")!;
  const outcome = root.querySelector("[data-outcome]")!;
  const answer = root.querySelector<HTMLPreElement>("[data-answer]")!;

  const read = (signal: AbortSignal) => {
    const hasBody = method.value !== "GET" && body.value.trim() !== "";
    const lines = headers.value
      .split("\n")
      .map((line) => line.split(/:\s*(.*)/s, 2) as [string, string])
      .filter(([name]) => name.trim() !== "");
    return new Request(new URL(path.value, location.origin), {
      method: method.value,
      headers: [...lines, ...(hasBody ? [["content-type", "application/json"] as [string, string]] : [])],
      body: hasBody ? body.value : null,
      signal,
    });
  };

  async function send(fetch: (request: Request) => Promise<Response>): Promise<string | undefined> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    stop.addEventListener("click", abort);
    stop.hidden = false;
    answer.hidden = false;
    answer.textContent = "";
    outcome.textContent = "…";
    const startedMs = performance.now();
    try {
      const response = await fetch(read(controller.signal));
      const shown = shownHeaders
        .filter((name) => response.headers.has(name))
        .map((name) => `${name}: ${response.headers.get(name)}`);
      const report = () => {
        const ms = Math.round(performance.now() - startedMs);
        outcome.textContent = [`${response.status} after ${ms} ms`, ...shown].join(" · ");
      };
      report();
      let text = "";
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        text += part.value;
        answer.textContent = text;
      }
      if (response.headers.get("content-type")?.includes("json"))
        answer.textContent = JSON.stringify(JSON.parse(text), null, 2);
      answer.hidden = text === "";
      report();
      return text;
    } catch (error) {
      outcome.textContent = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      stop.hidden = true;
      stop.removeEventListener("click", abort);
    }
  }

  return {
    show(request) {
      method.value = request.method;
      path.value = request.path;
      headers.value = request.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
      body.value = request.body ?? "";
      body.closest("label")!.hidden = request.body === undefined && request.method === "GET";
    },
    connect(fetch, onAnswer) {
      form.hidden = false;
      const sendAndReport = async () => {
        const text = await send(fetch);
        if (text !== undefined) onAnswer?.(text);
      };
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void sendAndReport();
      });
    },
  };
}
