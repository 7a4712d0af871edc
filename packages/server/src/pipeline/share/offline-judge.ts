import { fitsPrompt, readPromptWords } from "./fits-prompt.ts";
import { isPersonal } from "./is-personal.ts";
import type { SharingJudge } from "./sharing-judge.ts";

const otherScripts = /[^\P{L}\p{Script=Latin}]/u;

/** Whether the rules can judge a text: they know only English, so they judge no text in another script. */
export const canBeJudged = (text: string): boolean => !otherScripts.test(text);

/** A longer line is probably not one statement. */
const longestLine = 500; // characters

/** A judge that uses rules about English and no model. */
export function createOfflineJudge(): SharingJudge {
  return {
    async judge(statements, prompts) {
      const topics = prompts.map(readPromptWords);
      return statements.map((statement) => {
        const { text } = statement;
        const isLong = text.split("\n").some((line) => line.length > longestLine);
        if (isLong || !canBeJudged(text)) return undefined;
        return {
          isPersonal: isPersonal(text),
          fits: topics.flatMap((topic, index) => (fitsPrompt(statement, topic) ? [index] : [])),
        };
      });
    },
  };
}
