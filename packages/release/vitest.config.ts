import { defineConfig } from "vitest/config";

// The hooks may take long: if npm has an empty cache, it first downloads the dependencies.
const options = {
  setupFiles: ["@memlane/vitest-setup/leaked-handles"],
  testTimeout: 120_000,
  hookTimeout: 900_000,
};

export default defineConfig({
  test: {
    projects: [
      { test: { ...options, name: "release", include: ["test/*.test.ts"], exclude: ["test/next.test.ts"] } },
      { test: { ...options, name: "next", include: ["test/next.test.ts"] } },
    ],
  },
});
