import type { Statement } from "../statement/statement.ts";

/** What is judged: a statement; or a lesson or an artifact, whose `factType` is null. An artifact has several lines. */
export type StatementToJudge = Pick<Statement, "text" | "factType">;

/** The judgement of one statement. */
export interface Judgement {
  /** Whether it tells of private circumstances: health, family, private feelings, finances, credentials. */
  readonly isPersonal: boolean;
  /** The positions of the prompts that it fits. */
  readonly fits: readonly number[];
}

/** The options of one judgement. */
export interface JudgeOptions {
  /** Ends the judgement with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with `true` before the judge waits for an answer from elsewhere, and with `false` when it goes on. */
  readonly onWaiting?: ((isWaiting: boolean) => void) | undefined;
}

/**
 * Judges which statements groups may see. Resolves with a judgement for each statement, undefined if there is none. A statement
 * without a judgement is not shared.
 */
export interface SharingJudge {
  readonly judge: (
    statements: readonly StatementToJudge[],
    prompts: readonly string[],
    options: JudgeOptions,
  ) => Promise<readonly (Judgement | undefined)[]>;
}
