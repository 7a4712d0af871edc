import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import starlightTypeDoc from "starlight-typedoc";
import { guideGroups } from "./guide-groups.ts";
import { liveServerPlugin } from "./live-server-plugin.ts";
import { llms } from "./llms.ts";
import { httpGroups } from "./reference/http/groups.ts";
import { writeHttpReference } from "./reference/http/write-pages.ts";
import { pagesOf, type ReferencePage } from "./reference/pages.ts";
import { referencePlugin } from "./reference/typedoc-plugin.ts";
import { siteSearch } from "./site-search.ts";
import { ranking } from "./src/search/ranking.ts";

const description = "An open, self-hostable memory ingestion service: send conversations, get memories.";

// Core comes first, because a page links to an earlier page that shows the same export.
const corePages = pagesOf("core");
const sdkPages = [...pagesOf("sdk-node"), ...pagesOf("sdk-browser")];
const referenceFolder = "reference/typescript";
const referencePages = [...corePages, ...sdkPages];

await writeHttpReference();

const sidebarOf = (pages: readonly ReferencePage[]) => pages.map(({ path }) => `${referenceFolder}/${path}`);

export default defineConfig({
  site: "https://memlane.github.io",
  vite: {
    // If it is bundled, it does not find its native part.
    ssr: { external: ["satteri"] },
    plugins: [liveServerPlugin()],
    worker: { format: "es", plugins: () => [liveServerPlugin()] },
  },
  integrations: [
    starlight({
      title: "Memlane",
      description,
      social: [{ icon: "github", label: "GitHub", href: "https://github.com/memlane/memlane" }],
      customCss: ["./src/styles/site.css", "./src/styles/reference.css"],
      components: {
        Hero: "./src/landing/Hero.astro",
        MarkdownContent: "./src/search/MarkdownContent.astro",
        PageTitle: "./src/search/PageTitle.astro",
        Search: "./src/search/Search.astro",
        Sidebar: "./src/components/Sidebar.astro",
      },
      // Long lines wrap, so that users of keyboards and phones need not scroll. The rest of a line is indented.
      expressiveCode: { defaultProps: { wrap: true, hangingIndent: 2 } },
      pagefind: { ranking },
      routeMiddleware: "./src/route-data.ts",
      plugins: [
        starlightTypeDoc({
          entryPoints: referencePages.map(({ file }) => file),
          tsconfig: "reference/tsconfig.json",
          output: referenceFolder,
          typeDoc: {
            name: "TypeScript",
            entryFileName: "index",
            outputFileStrategy: "modules",
            disableSources: true,
            excludeExternals: true,
            expandObjects: true,
            sortEntryPoints: false,
            typeAliasPropertiesFormat: "table",
            typeDeclarationFormat: "table",
            propertyMembersFormat: "table",
            indexFormat: "table",
            parametersFormat: "table",
            interfacePropertiesFormat: "table",
            classPropertiesFormat: "table",
            tableColumnSettings: {
              hideDefaults: true,
              hideInherited: true,
              hideModifiers: true,
              hideOverrides: true,
            },
            plugin: [referencePlugin(referencePages)],
          },
        }),
      ],
      sidebar: [
        { label: "Start", items: [{ autogenerate: { directory: "start" } }] },
        { label: "Guides", items: guideGroups },
        { label: "Agents", items: [{ autogenerate: { directory: "agents" } }] },
        { label: "Concepts", items: [{ autogenerate: { directory: "concepts" } }] },
        {
          label: "Reference",
          items: [
            {
              label: "HTTP",
              items: [
                { label: "Overview", slug: "reference/http" },
                { label: "Errors", slug: "reference/http/errors" },
                { label: "Objects", slug: "reference/http/operations/objects" },
                ...httpGroups.map(({ label, pages }) => ({
                  label,
                  collapsed: true,
                  items: pages.map(({ slug }) => `reference/http/operations/${slug}`),
                })),
              ],
            },
            "reference/settings",
            "reference/fixed-limits",
            {
              label: "TypeScript",
              collapsed: true,
              items: [
                { label: "Overview", slug: referenceFolder },
                ...sidebarOf(sdkPages),
                { label: "core", items: sidebarOf(corePages) },
              ],
            },
          ],
        },
        { label: "Contributing", items: [{ autogenerate: { directory: "contributing" } }] },
      ],
    }),
    siteSearch(),
    llms({
      title: "Memlane",
      description,
      details:
        "A request creates a job (`202`), a worker does it, and search finds the memories afterwards. Conversations go to " +
        "`POST /v1/memories`, finished memories to `POST /v1/batch`. Send an API key as `x-api-key` or as a bearer token.",
      small: ["/start/first-job/", "/start/node/", "/guides/waiting/"],
    }),
  ],
});
