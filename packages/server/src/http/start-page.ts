// The page at the server's address, for a person with a browser.
import { html } from "hono/html";
import { version } from "../base/version.ts";

/** The part of the OpenAPI document that the page shows. */
interface Described {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly summary?: string | undefined }>>>
  >;
}

/** The headers of the page. It loads nothing and runs no script. */
export const startPageHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** `GET /`: how to send a first conversation, and all routes. */
export function printStartPage({ paths }: Described, hasConsole: boolean) {
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { summary = "" }]) =>
        html`<tr>
          <td>${method.toUpperCase()}</td>
          <td><code>${path}</code></td>
          <td>${summary}</td>
        </tr>`,
    ),
  );
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Memlane</title>
      <style>
        :root {
          color-scheme: light dark;
          font:
            16px/1.5 system-ui,
            sans-serif;
        }
        body {
          max-width: 60rem;
          margin: 0 auto;
          padding: 2rem 1rem;
        }
        code,
        pre {
          font-family: ui-monospace, monospace;
          font-size: 0.875rem;
        }
        pre,
        div {
          overflow-x: auto;
        }
        pre {
          padding: 1rem;
          border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
          border-radius: 0.5rem;
        }
        table {
          border-collapse: collapse;
        }
        th,
        td {
          padding: 0.25rem 1.5rem 0.25rem 0;
          text-align: left;
          vertical-align: top;
        }
      </style>
      <h1>Memlane</h1>
      <p>
        This server keeps memories: send a conversation, get a job back, and search what was said. Version
        ${version}.
      </p>
      ${hasConsole ? html`<p>See what it does in the <a href="/console">console</a>.</p>` : ""}
      <h2>Send a first conversation</h2>
      <pre>
curl "$URL/v1/memories?wait=true" -H "x-api-key: $KEY" -H "content-type: application/json" \\
  -d '{"user_id": "me", "conv_id": "first", "messages": [{"role": "user", "content": "I live in Oslo."}]}'</pre>
      <p>
        <code>$URL</code> is this page's address without the last slash.
        <code>memlane-server keys create</code> makes a <code>$KEY</code>.
      </p>
      <h2>Routes</h2>
      <p>
        The whole description is in <a href="/openapi.json">openapi.json</a>. The server's health is at
        <a href="/healthz">healthz</a> and <a href="/readyz">readyz</a>.
      </p>
      <div>
        <table>
          <tr>
            <th>Method</th>
            <th>Path</th>
            <th>What it does</th>
          </tr>
          ${rows}
        </table>
      </div>
    </html>`;
}
