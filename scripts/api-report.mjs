// Compares what a package exports with its reports in `etc/`, one for each entry of its `exports`. It runs in the
// package's folder on what was built; `--write` writes the reports instead.
import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const projectFolder = process.cwd();
const packageJsonFullPath = join(projectFolder, "package.json");
const { name, exports } = JSON.parse(await readFile(packageJsonFullPath, "utf8"));
const isWriting = process.argv.includes("--write");
const reportFolder = join(projectFolder, "etc");
const temporaryFolder = await mkdtemp(join(tmpdir(), "api-report-"));
const silent = { logLevel: ExtractorLogLevel.None, addToApiReportFile: false };

/** Whether the entry's report was up to date. */
function compare(types) {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(projectFolder, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2023",
            module: "nodenext",
            moduleResolution: "nodenext",
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
            lib: ["es2023", "dom", "dom.iterable"],
            types: [],
          },
          include: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder,
        reportTempFolder: temporaryFolder,
        reportFileName: basename(types, ".d.ts"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: { default: silent }, extractorMessageReporting: { default: silent }, tsdocMessageReporting: { default: silent } },
    },
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: isWriting,
    messageCallback: (message) => { if (process.env.DEBUG) { console.log(message.messageId, message.text); } message.handled = true; },
  });
  return !apiReportChanged;
}

await mkdir(reportFolder, { recursive: true });
try {
  for (const { types } of Object.values(exports).filter((e) => e.types)) console.log(types, compare(types));
} finally {
  await rm(temporaryFolder, { recursive: true, force: true });
}
