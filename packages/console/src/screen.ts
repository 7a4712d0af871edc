import type { ComponentType } from "react";

/** A screen of the console. Its code is loaded when it is opened. */
export interface Screen {
  /** The path below `/console`, with parameters such as `/jobs/:id`. */
  readonly path: string;
  /** Its entry in the navigation. @default it has none */
  readonly nav?: string;
  /** The screen whose entry is marked while this one is open. @default the one whose path this path begins with */
  readonly parent?: string;
  /** Only a key with this scope sees the entry. @default every key */
  readonly scope?: string;
  readonly load: () => Promise<ComponentType>;
}
