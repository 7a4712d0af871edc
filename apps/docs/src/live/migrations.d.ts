declare module "virtual:memlane-migrations" {
  import type { Migration } from "@memlane/server/app";
  export const migrations: readonly Migration[];
}
