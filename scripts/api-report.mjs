// Compares what a package exports with the reports in its `etc/`, one for each entry of its `exports`. Runs in the
// package's folder, on its build. `--write` writes the reports.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const projectFolder = process.cwd();
const packageJsonFullPath = join(projectFolder, "package.json");
const { name, exports } = JSON.parse(await readFile(packageJsonFullPath, "utf8"));
const isWriting = process.argv.includes("--write");
const reportFolder = join(projectFolder, "etc");

// The build and `check:types` check the code; a report only records it.
const silent = { default: { logLevel: ExtractorLogLevel.None, addToApiReportFile: false } };

/** Whether the recorded report of an entry is outdated. With `--write`, writes the new report. */
async function differs(types, temporaryFolder) {
  const file = `${basename(types, ".d.ts")}.api.md`;
  const config = ExtractorConfig.prepare({
    packageJsonFullPath,
    configObject: {
      projectFolder,
      newlineKind: "lf",
      mainEntryPointFilePath: join(projectFolder, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2023",
            lib: ["es2023", "dom", "dom.iterable"],
            module: "nodenext",
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
            types: ["node"],
          },
          include: [types],
        },
      },
      apiReport: {
        enabled: true,
        includeForgottenExports: true, // an exported type changes with the types that it is made of
        reportFolder: temporaryFolder,
        reportTempFolder: join(temporaryFolder, "new"),
        reportFileName: basename(types, ".d.ts"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  Extractor.invoke(config, { localBuild: true, messageCallback: hide });
  const report = inOneOrder(await readFile(join(temporaryFolder, file), "utf8"));
  const recorded = await readFile(join(reportFolder, file), "utf8").catch(() => "");
  if (report === recorded) return false;
  if (isWriting) await writeFile(join(reportFolder, file), report);
  return true;
}

const member = String.raw`(?:"[^"]*"|\(string & \{\}\))`;
const union = new RegExp(String.raw`${member}(?: \| ${member})+`, "g");
const constants = /(?:^ +(?:\w+|"[^"]*"): "[^"]*";\n)+/gm;

/** Sorts the members of unions, because TypeScript prints them in a different order from build to build. */
function inOneOrder(report) {
  return report
    .replace(union, (members) => members.split(" | ").toSorted().join(" | "))
    .replace(constants, (lines) => `${lines.trimEnd().split("\n").toSorted().join("\n")}\n`);
}

function hide(message) {
  message.handled = true;
}

await mkdir(reportFolder, { recursive: true });
const temporaryFolder = await mkdtemp(join(tmpdir(), "api-report-"));
try {
  const changed = [];
  for (const [entry, { types }] of Object.entries(exports)) {
    // The internal entry is not public, so its changes need no review.
    if (types === undefined || entry === "./internal") continue;
    if (await differs(types, temporaryFolder)) changed.push(`etc/${basename(types, ".d.ts")}.api.md`);
  }
  if (changed.length > 0 && isWriting) console.log(`${name}: wrote ${changed.join(", ")}`);
  if (changed.length > 0 && !isWriting) {
    console.error(
      `${name} no longer exports what ${changed.join(", ")} says. If the change is meant, build, run ` +
        `\`pnpm --filter ${name} run api:report\` and commit the report.`,
    );
    process.exitCode = 1;
  }
} finally {
  await rm(temporaryFolder, { recursive: true });
}
