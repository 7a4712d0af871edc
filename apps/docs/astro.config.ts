import { fileURLToPath } from "node:url";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import starlightLlmsTxt from "starlight-llms-txt";
import starlightOpenApi, { openAPISidebarGroups } from "starlight-openapi";
import { createStarlightTypeDocPlugin } from "starlight-typedoc";
import { liveServerPlugin } from "./live-server-plugin.ts";
import { writeOpenApi } from "./openapi.ts";

const description = "An open, self-hostable memory ingestion service: hand over conversations, get memories.";

const [typeDocOfNode, nodeSidebar] = createStarlightTypeDocPlugin();
const [typeDocOfBrowser, browserSidebar] = createStarlightTypeDocPlugin();

/** The reference of a package, from the types that stand beside its code. */
const reference = (entry: string, output: string, label: string) => ({
  entryPoints: [fileURLToPath(entry).replace(/\.js$/, ".d.ts")],
  tsconfig: "tsconfig.reference.json",
  output: `reference/sdk/${output}`,
  sidebar: { label, collapsed: true },
  typeDoc: { disableSources: true },
});

export default defineConfig({
  site: "https://memlane.github.io",
  vite: {
    // Bundled, it would look for its native part beside the bundle.
    ssr: { external: ["satteri"] },
    plugins: [liveServerPlugin()],
    worker: { format: "es", plugins: () => [liveServerPlugin()] },
  },
  integrations: [
    starlight({
      title: "Memlane",
      description,
      social: [{ icon: "github", label: "GitHub", href: "https://github.com/memlane/memlane" }],
      // A line that is cut off needs a keyboard's user to scroll, and a phone's.
      expressiveCode: { defaultProps: { wrap: true } },
      customCss: ["./src/styles/site.css"],
      plugins: [
        starlightOpenApi([
          {
            base: "reference/http",
            schema: await writeOpenApi(),
            sidebar: { label: "HTTP", operations: { badges: true, labels: "path" } },
          },
        ]),
        typeDocOfNode(reference(import.meta.resolve("@memlane/sdk-node"), "node", "Node.js")),
        typeDocOfBrowser(reference(import.meta.resolve("@memlane/sdk-browser"), "browser", "Browser")),
        starlightLlmsTxt({ projectName: "Memlane", description }),
      ],
      sidebar: [
        { label: "Start", items: [{ autogenerate: { directory: "start" } }] },
        { label: "Guides", items: [{ autogenerate: { directory: "guides" } }] },
        { label: "Concepts", items: [{ autogenerate: { directory: "concepts" } }] },
        { label: "Reference", items: [...openAPISidebarGroups, nodeSidebar, browserSidebar] },
        { label: "Contributing", items: [{ autogenerate: { directory: "contributing" } }] },
      ],
    }),
  ],
});
