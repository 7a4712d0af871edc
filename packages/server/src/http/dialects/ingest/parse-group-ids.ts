import { groupIds, type GroupId } from "@memlane/core";
import { idOfPath } from "../../ids.ts";

/** The groups of a request. A malformed id becomes an id that no group has. */
export function parseGroupIds(texts: readonly string[]): GroupId[] {
  return texts.map((id) => idOfPath(groupIds, { id }));
}
