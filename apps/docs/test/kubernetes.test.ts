// The manifests of the Kubernetes page: Kubernetes knows each of their fields, and their names fit together.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import * as z from "zod";

const page = readFileSync(new URL("../src/content/docs/guides/kubernetes.mdx", import.meta.url), "utf8");
const blocks = Array.from(page.matchAll(/^```yaml\n(.*?)^```$/gms), ([, yaml]) => yaml!);
const manifests = blocks.flatMap((yaml) =>
  parseAllDocuments(yaml, { strict: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  }),
);

/** The errors of TypeScript in a module, which is not written to a file. */
function errorsIn(source: string): readonly string[] {
  const file = fileURLToPath(new URL("manifests.ts", import.meta.url));
  const options = {
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: true,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => name === file || disk.fileExists(name),
    getSourceFile: (name, version) =>
      name === file ? ts.createSourceFile(name, source, version) : disk.getSourceFile(name, version),
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const kind = z.object({ apiVersion: z.string(), kind: z.string() });

/** The errors of Kubernetes' own types, which are generated from its API. They refuse a field that the API does not know. */
const errorsOf = (manifest: unknown) => {
  const { apiVersion, kind: name } = kind.parse(manifest);
  const path = apiVersion.includes("/") ? apiVersion.replace(/\.k8s\.io/, "") : `core/${apiVersion}`;
  return errorsIn(
    `import type { ${name} } from "kubernetes-types/${path}";\nexport const manifest: ${name} = ${JSON.stringify(manifest)};`,
  );
};

test.each(manifests.map((manifest) => [kind.parse(manifest).kind, manifest]))(
  "%s has only fields that Kubernetes knows",
  (_, manifest) => {
    expect(errorsOf(manifest)).toEqual([]);
  },
);

test("a misspelt field and a value of the wrong type are found", () => {
  const service = (spec: object) => ({ apiVersion: "v1", kind: "Service", spec });
  expect(errorsOf(service({ ports: [{ port: 80, targetport: "http" }] }))).toMatchObject([/targetport/]);
  expect(errorsOf(service({ ports: [{ port: "80" }] }))).toMatchObject([/not assignable to type 'number'/]);
});

const labels = z.record(z.string(), z.string());
const probe = z.object({ httpGet: z.object({ port: z.string() }) });
const deployment = z.object({
  kind: z.literal("Deployment"),
  spec: z.object({
    selector: z.object({ matchLabels: labels }),
    template: z.object({
      metadata: z.object({ labels }),
      spec: z.object({
        containers: z.tuple([
          z.object({
            ports: z.array(z.object({ name: z.string() })),
            readinessProbe: probe,
            livenessProbe: probe,
          }),
        ]),
      }),
    }),
  }),
});
const service = z.object({
  kind: z.literal("Service"),
  spec: z.object({ selector: labels, ports: z.array(z.object({ targetPort: z.string() })) }),
});
const budget = z.object({
  kind: z.literal("PodDisruptionBudget"),
  spec: z.object({ selector: z.object({ matchLabels: labels }) }),
});
const anyObject = z.discriminatedUnion("kind", [deployment, service, budget]);
const objects = manifests.map((manifest) => anyObject.parse(manifest));
const pods = objects.flatMap((object) => (object.kind === "Deployment" ? [object.spec.template] : []));

test.each(objects)("a $kind selects the pods of one Deployment, and names their ports", (object) => {
  const wanted = object.kind === "Service" ? object.spec.selector : object.spec.selector.matchLabels;
  const selected = pods.filter(({ metadata }) =>
    Object.entries(wanted).every(([name, value]) => metadata.labels[name] === value),
  );
  expect(selected).toHaveLength(1);
  const [{ ports, readinessProbe, livenessProbe }] = selected[0]!.spec.containers;
  const named =
    object.kind === "Service"
      ? object.spec.ports.map(({ targetPort }) => targetPort)
      : [readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.port);
  expect(ports.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
});
