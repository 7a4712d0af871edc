import { groupIds, type GroupId } from "@memlane/core";
import { idOfPath } from "../../ids.ts";

/** The groups of a request. An id that is none becomes the id of no group. */
export function parseGroupIds(texts: readonly string[]): GroupId[] {
  return texts.map((id) => idOfPath(groupIds, { id }));
}
