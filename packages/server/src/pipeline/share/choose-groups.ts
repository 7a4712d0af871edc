import type { GroupId } from "@memlane/core";
import { isPersonal } from "./is-personal.ts";
import { canBeJudged } from "./offline-judge.ts";
import type { StatementToJudge, JudgeOptions, SharingJudge } from "./sharing-judge.ts";

/** An active group that a conversation is shared with. */
export interface RequestedGroup {
  readonly id: GroupId;
  /** Null for a catch-all group, which gets every statement that is not personal. */
  readonly prompt: string | null;
}

/** Chooses for each statement the groups that may see it; undefined if none, and if it is personal or not judged. */
export async function chooseGroups(
  statements: readonly StatementToJudge[],
  groups: readonly RequestedGroup[],
  { judge }: SharingJudge,
  options: JudgeOptions,
): Promise<readonly (readonly GroupId[] | undefined)[]> {
  if (statements.length === 0 || groups.length === 0) return [];
  const prompted = groups.flatMap(({ id, prompt }) => (prompt === null ? [] : [{ id, prompt }]));
  const catchAll = groups.flatMap(({ id, prompt }) => (prompt === null ? [id] : []));
  const prompts = prompted.map(({ prompt }) => prompt);
  const judgements = await judge(statements, prompts, options);
  return judgements.map((judgement) => {
    if (judgement === undefined || judgement.isPersonal) return undefined;
    const fitting = prompted.filter((_, position) => judgement.fits.includes(position));
    const groupIds = [...catchAll, ...fitting.map(({ id }) => id)];
    return groupIds.length === 0 ? undefined : groupIds;
  });
}

/**
 * Chooses the groups that may see a whole conversation: those that may see everything that was found in it. None if nothing was found,
 * or if the rules call a message personal or cannot judge it, because not every word of a message becomes a statement.
 */
export function groupsOfEpisode(
  groupsOfFound: readonly (readonly GroupId[] | undefined)[],
  messages: readonly { readonly content: string }[],
): readonly GroupId[] {
  const [first = [], ...others] = groupsOfFound.map((ids) => ids ?? []);
  const shared = first.filter((id) => others.every((ids) => ids.includes(id)));
  if (shared.length === 0) return [];
  return messages.every(({ content }) => canBeJudged(content) && !isPersonal(content)) ? shared : [];
}
