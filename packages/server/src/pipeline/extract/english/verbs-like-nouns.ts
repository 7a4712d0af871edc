import { wordSet } from "../../word-lists.ts";

/** Verbs that the model takes for nouns in a list. */
export const verbsLikeNouns = wordSet(`
  act bake bike camp climb coach color cook dance draw drive exercise film fish garden golf grill hang help hike hunt jog
  knit model own paint party play practice read ride run sail sew shop sing skate ski sleep study surf swim tan teach
  text train travel volunteer walk watch work workout write
`);
