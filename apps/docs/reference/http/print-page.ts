// The pages of the HTTP reference, in MDX.
import { sampleOf, type SampleSender } from "../../src/live/send-samples.ts";
import { steadyOutput } from "../../steady-output.ts";
import { curlOf } from "./curl.ts";
import type { HttpApi, Operation, Schema } from "./documents.ts";
import { escapeMdx, fieldList, fieldsOf, nameOf, typeOf } from "./fields.ts";
import type { HttpPage } from "./groups.ts";

const errorsPage = "/reference/http/errors/";

/** Prints the page of an operation, or of the operations on one path with a switch between the dialects. */
export async function printOperationPage(
  { title, operations }: HttpPage,
  api: HttpApi,
  sender: SampleSender,
): Promise<string> {
  const parts = await Promise.all(
    operations.map(async (id) => {
      const operation = api.operations.get(id);
      if (operation === undefined)
        throw new Error(`The server has no operation ${id}: see reference/http/groups.ts.`);
      const { dialect } = sampleOf(id);
      return { dialect, operation, text: await printOperation(id, operation, api, sender) };
    }),
  );
  const [first] = parts;
  if (first === undefined) throw new Error(`The page ${title} has no operation.`);
  const { method, path } = first.operation;
  const description = parts.map(({ operation }) => operation.description).join(" ");
  const content =
    parts.length === 1
      ? first.text
      : [
          '<Tabs syncKey="dialect">',
          ...parts.flatMap(({ dialect, text }) => [`<TabItem label="${dialect}">`, text, "</TabItem>"]),
          "</Tabs>",
        ].join("\n\n");
  return `${frontmatter({ title, description, badge: method })}
import { Tabs, TabItem } from "@astrojs/starlight/components";
import TrySample from "../../../../../components/TrySample.astro";

<div class="route">

**${method}** \`${path}\`

</div>

${content}
`;
}

async function printOperation(
  id: string,
  operation: Operation,
  { schemas }: HttpApi,
  sender: SampleSender,
): Promise<string> {
  const { dialect, isForOperators = false } = sampleOf(id);
  const prepared = await sender.prepare(id);
  const { status, text } = await sender.send(id);
  const request = curlOf(prepared, dialect);
  const named = namedSchemas(schemas);
  const takesJobToken = operation.security.some((way) => "jobToken" in way);
  return `${escapeMdx(operation.description)}${takesJobToken ? " A [job token](/guides/browser/#job-tokens) is enough." : ""}

${isForOperators ? "It needs a key with the scope `operator` ([keys](/guides/keys/))." : `<TrySample name="${id}" />`}

<div class="operation">
<div class="sample">

## Example

${fence("sh", "Request", steadyOutput(request, ""))}

${printAnswerOf(status, text)}

</div>
<div class="fields">

${printParameters(operation, named)}

${printBody(operation, named)}

${printAnswers(operation, named)}

${printErrors(operation)}

</div>
</div>`;
}

/** The recorded answer, which scrolls if it is long. */
function printAnswerOf(status: number, text: string): string {
  if (text === "") return `The answer is \`${status}\`, without a body.`;
  const code = fence(text.startsWith("{") ? "json" : "text", `Answer: ${status}`, steadyOutput(text, ""));
  return `<div class="answer" tabindex="0" role="region" aria-label="The answer">\n\n${code}\n\n</div>`;
}

function printParameters({ parameters }: Operation, schemas: HttpApi["schemas"]): string {
  const titles = { path: "Path", query: "Query", header: "Headers" } as const;
  return Object.entries(titles)
    .map(([place, title]) => {
      const fields = parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, required, schema }) => ({ name, isRequired: required, schema }));
      return section(title, fieldList(fields, schemas, "sent"));
    })
    .join("\n\n");
}

function printBody({ requestBody }: Operation, schemas: HttpApi["schemas"]): string {
  const schema = requestBody?.content["application/json"]?.schema;
  return schema === undefined ? "" : section("Body", fieldList(fieldsOf(schema) ?? [], schemas, "sent"));
}

function printAnswers({ responses }: Operation, schemas: HttpApi["schemas"]): string {
  const answers = Object.entries(responses).filter(([status]) => Number(status) < 400);
  const printed = answers.map(([status, { description, content = {} }], index) => {
    const [schema] = Object.values(content).map((media) => media.schema);
    const isRepeated = answers
      .slice(0, index)
      .some(([, earlier]) => JSON.stringify(earlier.content) === JSON.stringify(content));
    const fields = schema === undefined || isRepeated ? "" : printAnswer(schema, schemas);
    return `**${status}** ${escapeMdx(description)}\n\n${fields}`;
  });
  return section("Answers", printed.join("\n\n"));
}

/** The objects that an answer consists of, and its own fields. */
function printAnswer(schema: Schema, schemas: HttpApi["schemas"]): string {
  const name = nameOf(schema, schemas);
  const known = new Set(Object.keys((name === undefined ? undefined : schemas[name]?.properties) ?? {}));
  const fields = (fieldsOf(schema) ?? []).filter((field) => !known.has(field.name));
  const objects = name !== undefined || fields.length === 0 ? `It is ${typeOf(schema, schemas)}` : "";
  if (fields.length === 0) return `${objects}.`;
  return [
    objects === "" ? "" : `${objects}, with more fields:`,
    "<details>",
    `<summary>${objects === "" ? "Its fields" : "These fields"}</summary>`,
    fieldList(fields, schemas, "answered"),
    "</details>",
  ].join("\n\n");
}

function printErrors({ responses }: Operation): string {
  const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  const printed = errors.map(([status, { description }]) => `- **${status}** ${description}`);
  return section(`[Errors](${errorsPage})`, printed.join("\n"));
}

/** Prints the page of the objects that several operations have. */
export function printObjectsPage({ schemas }: HttpApi): string {
  const named = namedSchemas(schemas);
  const sections = Object.entries(named).map(
    ([name, schema]) =>
      `## ${name}\n\n<div class="fields in-columns">\n\n${fieldList(fieldsOf(schema) ?? [], named, "answered")}\n\n</div>`,
  );
  return `${frontmatter({ title: "Objects", description: "The objects that several operations answer with." })}
These objects are in the answers of several operations.

${sections.join("\n\n")}
`;
}

/** The schemas that have a section on the page of objects. Errors have their own page. */
const namedSchemas = (schemas: HttpApi["schemas"]) =>
  Object.fromEntries(Object.entries(schemas).filter(([name]) => !name.endsWith("Error")));

const section = (title: string, content: string) =>
  content.trim() === "" ? "" : `## ${title}\n\n${content}`;

const fence = (language: string, title: string, text: string) =>
  `\`\`\`${language} title="${title}"\n${text.trimEnd()}\n\`\`\``;

function frontmatter({ title, description, badge }: { title: string; description: string; badge?: string }) {
  const lines = [
    `title: ${JSON.stringify(title)}`,
    `description: ${JSON.stringify(description.replaceAll("`", ""))}`,
    "tableOfContents: false",
    ...(badge === undefined ? [] : ["sidebar:", `  badge: { text: ${badge}, class: method }`]),
  ];
  return `---\n${lines.join("\n")}\n---\n`;
}
