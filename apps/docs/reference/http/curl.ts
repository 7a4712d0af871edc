import { keyHeader, type PreparedSample } from "../../src/live/send-samples.ts";
import type { SampleDialect } from "../../src/live/samples.ts";

const widest = 66;

/** Prints a request as a curl command. It uses the shell variables that the page "Your first job" sets. */
export function curlOf({ method, path, body }: PreparedSample, dialect: SampleDialect): string {
  const isDefaultMethod = method === (body === undefined ? "GET" : "POST");
  const [header, value] = keyHeader(dialect, "$MEMLANE_API_KEY");
  const lines = [
    `curl -s${isDefaultMethod ? "" : ` -X ${method}`} "$MEMLANE_BASE_URL${path}"`,
    `-H "${header}: ${value}"`,
    ...(body === undefined
      ? []
      : [
          "-H 'content-type: application/json'",
          `-d '${print(JSON.parse(body), widest).replaceAll("\n", "\n  ")}'`,
        ]),
  ];
  return lines.join(" \\\n  ");
}

/** Prints JSON with each object or list on one line if it fits. */
function print(value: unknown, width: number): string {
  const line = oneLine(value);
  if (typeof value !== "object" || value === null || line.length <= width) return line;
  const inner = width - 2;
  const parts = Array.isArray(value)
    ? value.map((part) => print(part, inner))
    : Object.entries(value).map(([key, part]) => {
        const name = `${JSON.stringify(key)}: `;
        return name + print(part, inner - name.length);
      });
  const [start, end] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${start}\n${parts.join(",\n").replaceAll(/^/gm, "  ")}\n${end}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${oneLine(part)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
