import type { GroupId } from "@memlane/core";
import type { Judged, JudgeOptions, SharingJudge } from "./sharing-judge.ts";

/** An active group that a conversation is shared with. */
export interface RequestedGroup {
  readonly id: GroupId;
  /** Null for a catch-all group, which gets every statement that is not personal. */
  readonly prompt: string | null;
}

interface Tagged {
  readonly groupIds?: readonly GroupId[] | undefined;
}

/** Adds to each statement the groups that may see it. A statement that is personal, or not judged, gets none. */
export async function tagStatements<Each extends Judged & Tagged>(
  statements: readonly Each[],
  groups: readonly RequestedGroup[],
  { judge }: SharingJudge,
  options: JudgeOptions,
): Promise<readonly Each[]> {
  if (statements.length === 0 || groups.length === 0) return statements;
  const prompted = groups.flatMap(({ id, prompt }) => (prompt === null ? [] : [{ id, prompt }]));
  const catchAll = groups.flatMap(({ id, prompt }) => (prompt === null ? [id] : []));
  const prompts = prompted.map(({ prompt }) => prompt);
  const judgements = await judge(statements, prompts, options);
  return statements.map((statement, index) => {
    const judgement = judgements[index];
    if (judgement === undefined || judgement.isPersonal) return statement;
    const fitting = prompted.filter((_, position) => judgement.fits.includes(position));
    const groupIds = [...catchAll, ...fitting.map(({ id }) => id)];
    return groupIds.length === 0 ? statement : { ...statement, groupIds };
  });
}
