// Rewrites what other people did to the user or to the user's things as a sentence about the user: "They doubled my dose to 10"
// becomes "My dose was doubled to 10".
import { alternatives } from "../../word-lists.ts";
import type { Rewriting } from "./rewriting.ts";

const begins = String.raw`(?<=^|[.!?,] )(?:(?:starting|from|since|as of|this|last|next) (?:\p{L}+ ){1,2}?)?(?:(?:so|and|but|finally),? )?`;

/** A person or organisation that usually decides about the user. */
const superior = String.raw`(?:they(?:'ve| have)?|work|(?:(?:the|my|our) )?(?:company|boss|manager|docs?|doctors?|gp|physio|dentist|landlord|landlady|school|office|hr|bank|team|vet|therapist|university|mum|mom|dad|wife|husband|parents|employer|gym|provider|surgeon|nurse|coach|council|insurer|insurance|hospital|clinic|consultant|specialist|agency|client|editor|publisher|patron|owner|chef|head|principal|department)(?: sahib| has| have|'s)?) (?:just |finally |already |now )?`;
const othersDid = begins + superior;

/** Any subject but a pronoun. */
const anybodyDid = String.raw`${begins}(?!(?:i|you|it|that|this|he|she|they|who|which|what)\b)((?:[\p{L}\p{N}'-]+ ){0,2}?[\p{L}\p{N}'-]+) (?:has |have |just |finally )*`;

/** Deeds without a lasting effect on a thing. */
const noEffect = alternatives(
  "loved liked hated enjoyed asked helped needed wanted missed noticed praised supported answered believed followed ignored shared reviewed used watched visited complimented appreciated admired",
);

/** A pattern for a deed to one of the user's things. */
function deedTo(thing: string): string {
  return `${othersDid}(?!${noEffect}\\b)(\\p{L}{2,}ed|put|cut|made|sold|sent|built|found|kept) (?:my|our) (?!(?:day|mind|eyes?|hearts?|lives|life|world)\\b)(${thing})(?= (?:to|from|by|for|in|on|at|with|off|up|down|out|back|redundant|permanent)\\b|[.!?,;]|$)`;
}

/** The wordings in the order in which they are replaced. */
export const deedsOfOthers: readonly Rewriting[] = [
  [new RegExp(`${othersDid}(?:gave|got|bought|issued|assigned) me (?=an? |the |my |\\d)`, "giu"), "I got "],
  [new RegExp(`${othersDid}(?:put|started|has|have) (?:me|us) on (?=\\p{L}|\\d)`, "giu"), "I am on "],
  [
    new RegExp(
      `${othersDid}(?:bumped|raised|increased|cut|lowered|reduced|upped|dropped|changed|put up|put) (?:my|our|the) ([\\p{L}-]+) (?:up |down |back )?(?:from [^.,!?]{1,20} )?to (?=[$€£]?\\d)`,
      "giu",
    ),
    "my $1 is now ",
  ],
  [new RegExp(deedTo(String.raw`[\p{L}' -]{2,30}?s(?<!['siu]s)`), "giu"), "my $2 were $1"],
  [new RegExp(deedTo(String.raw`[\p{L}' -]{2,30}?`), "giu"), "my $2 was $1"],
  [
    new RegExp(
      `${othersDid}(called|moved|transferred|demoted|fired|sacked|dropped|evicted|laid|let|kicked|discharged|accepted|rejected|taken|referred|cleared|booked|signed|switched) (?:me|us)(?: all| both)? `,
      "giu",
    ),
    "I was $1 ",
  ],
  [new RegExp(`${othersDid}promoted me to `, "giu"), "I got promoted to "],
  [
    new RegExp(
      `${anybodyDid}(hired|recruited|sponsored|sued|fined|arrested|adopted) me(?= \\p{L}|[.,!;]|$)`,
      "giu",
    ),
    "I was $2 by $1",
  ],
  [
    new RegExp(
      `${anybodyDid}(named|appointed|elected|diagnosed|nominated|vaccinated) me(?= \\p{L}|[.,!;]|$)`,
      "giu",
    ),
    "I was $2",
  ],
];
