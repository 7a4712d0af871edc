// Compares what a package exports with the reports in its `etc/`, one for each entry of its `exports`. Runs in the
// package's folder, on its build. `--write` writes the reports.
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const projectFolder = process.cwd();
const packageJsonFullPath = join(projectFolder, "package.json");
const { name, exports } = JSON.parse(await readFile(packageJsonFullPath, "utf8"));
const isWriting = process.argv.includes("--write");

// The build and `check:types` judge the code; a report only records it.
const silent = { default: { logLevel: ExtractorLogLevel.None, addToApiReportFile: false } };

/** Whether the report of an entry differs from the entry. */
function differs(types, temporaryFolder) {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath,
    configObject: {
      projectFolder,
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
        reportFolder: join(projectFolder, "etc"),
        reportTempFolder: temporaryFolder,
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
  return Extractor.invoke(config, { localBuild: isWriting, messageCallback: hide }).apiReportChanged;
}

function hide(message) {
  message.handled = true;
}

await mkdir(join(projectFolder, "etc"), { recursive: true });
const temporaryFolder = await mkdtemp(join(tmpdir(), "api-report-"));
try {
  const changed = Object.entries(exports)
    // The internal entry promises nothing, so its changes need no review.
    .flatMap(([entry, { types }]) => (types === undefined || entry === "./internal" ? [] : types))
    .filter((types) => differs(types, temporaryFolder))
    .map((types) => `etc/${basename(types, ".d.ts")}.api.md`);
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
