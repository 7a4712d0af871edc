import { defineConfig } from "oxlint";

/**
 * The folders and the root files of `packages/server/src`, from top to bottom. A file imports only from its own folder and from
 * lines below it.
 */
const serverLayers = [
  ["cli"],
  ["index", "app", "testing"],
  ["serve"],
  ["open-server"],
  ["settings", "metrics", "open-database"],
  ["http", "worker"],
  ["jobs", "keys", "memories"],
  ["limits", "pipeline-threads", "search", "transfer", "webhooks"],
  ["embedding", "pipeline"],
  ["audit", "cached-rows", "model-endpoint", "queue"],
  ["store"],
  ["embedded", "logging", "tracing"],
  ["database"],
  ["base"],
];

/** What a package may import. The groups of all overrides that match a file would replace each other, so each has `byName` too. */
const imports = (...groups: { readonly group: string[]; readonly message: string }[]) => ({
  "no-restricted-imports": ["error", { patterns: [...groups, byName] }] as const,
});
const byName = {
  group: ["core", "mcp", "server", "sdk-node", "sdk-browser"].map((name) => `**/${name}/src/**`),
  message: "Across packages by package name, never by path.",
};
const ours = ["@memlane/*", "!@memlane/core", "!@memlane/core/*"];

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "promise", "node"],
  jsPlugins: ["eslint-plugin-boundaries", "eslint-plugin-regexp"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["**/dist/**", "**/.astro/**"],
  settings: {
    "boundaries/files": serverLayers.flat().map((category) => ({
      category,
      pattern: [`packages/server/src/${category}?(.test).ts`, `packages/server/src/${category}/**`],
    })),
    "import/resolver": { node: { extensions: [".ts"] } },
  },
  rules: {
    "import/no-default-export": "error",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
    "regexp/no-super-linear-move": ["error", { report: "potential" }],
    "node/no-process-env": "error",
    "typescript/await-thenable": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-unnecessary-type-assertion": "error",
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/switch-exhaustiveness-check": "error",
    "no-underscore-dangle": "off",
    "typescript/consistent-return": "off",
    "no-unused-vars": [
      "error",
      { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
    ],
    "unicorn/consistent-function-scoping": "off",
    "no-unmodified-loop-condition": "off",
    "promise/valid-params": "off",
    ...imports(),
  },
  overrides: [
    {
      files: ["packages/core/src/**"],
      rules: imports({
        group: ["@memlane/*", "!@memlane/core", "node:*", "ky", "hono", "hono/*", "pg"],
        message: "Core is pure: it imports no package of ours, no runtime and no I/O.",
      }),
    },
    {
      files: ["packages/sdk-node/src/**"],
      rules: imports({
        group: [...ours, "!@memlane/mcp", "!@memlane/mcp/*"],
        message: "An SDK imports core and no other package of ours, except that the command line serves MCP.",
      }),
    },
    {
      files: ["packages/mcp/src/**"],
      rules: imports({
        group: ours,
        message: "It works on core's client and imports no other package of ours.",
      }),
    },
    {
      files: ["packages/sdk-browser/src/**"],
      rules: imports({
        group: [...ours, "node:*"],
        message: "The browser SDK imports core and no other package of ours, and nothing of Node.js.",
      }),
    },
    {
      files: ["packages/console/src/**"],
      rules: imports({
        group: [
          ...ours,
          "!@memlane/sdk-browser",
          "!@memlane/sdk-browser/*",
          "!@memlane/sdk-node/fetch",
          "node:*",
        ],
        message: "The console calls the server with our clients, and uses nothing of Node.js.",
      }),
    },
    {
      files: ["packages/server/src/**"],
      rules: {
        ...imports({
          group: [...ours, "!@memlane/mcp"],
          message: "The server imports core and mcp; an SDK only in tests.",
        }),
        "boundaries/no-unknown-files": "error",
        "boundaries/dependencies": [
          "error",
          {
            default: "disallow",
            message:
              "{{from.file.categories}} is not above {{to.file.categories}}: see serverLayers in oxlint.config.ts.",
            policies: serverLayers.flatMap((names, line) =>
              names.map((name) => ({
                from: { file: { categories: name } },
                allow: { to: { file: { categories: [name, ...serverLayers.slice(line + 1).flat()] } } },
              })),
            ),
          },
        ],
      },
    },
    {
      files: [
        "packages/*/test/**",
        "apps/*/test/**",
        "packages/*/src/**/*.test.ts",
        "packages/*/src/**/*.test-d.ts",
      ],
      rules: {
        ...imports(),
        "typescript/no-explicit-any": "off",
        "node/no-process-env": "off",
        "regexp/no-super-linear-backtracking": "off",
        "regexp/no-super-linear-move": "off",
      },
    },
    {
      files: ["**/*.config.ts", "**/*.config.mjs", "**/content.config.ts"],
      rules: {
        "import/no-default-export": "off",
        "node/no-process-env": "off",
        "regexp/no-super-linear-move": "off",
      },
    },
    {
      files: [
        "packages/sdk-browser/test/**",
        "packages/sdk-browser/src/**/*.test.ts",
        "packages/sdk-browser/examples/**",
      ],
      rules: { "typescript/no-unnecessary-type-assertion": "off" },
    },
    {
      // Next.js finds the pages of an app by their default exports.
      files: ["apps/docs/snippets/browser/next/app/{layout,page}.tsx"],
      rules: { "import/no-default-export": "off" },
    },
    {
      files: [
        "apps/docs/snippets/**",
        "packages/vitest-setup/src/seed.ts",
        "scripts/**",
        "packages/chromium/**",
        "packages/sdk-browser/examples/**",
      ],
      rules: { "node/no-process-env": "off" },
    },
  ],
});
