import { wordSet } from "../../word-lists.ts";

/** Given names that the English lexicon has as words, in lower case. Any other unknown word may be a name. */
export const givenNames = wordSet(`
  adam alan alex alice amy andrea andrew andy angela anna anne anthony arthur barbara ben benjamin betty billy bob brian bruce carl
  carol caroline catherine charles charlie charlotte chris christine claire colin daniel dave david debbie diana diane donald
  edward elizabeth ellen emily emma eric fiona frank fred gary geoff george gerald graham hannah harold harry helen henry howard hugh
  ian isabel jack jacob james jane janet jason jean jeff jennifer jenny jeremy jessica jim joan joanna joe john jonathan joseph
  judith judy julia julian julie karen kate katherine kathy keith kelly ken kenneth kevin larry laura lawrence lee leonard leo lewis
  lily linda lisa liz louis louise lucy luke marcus margaret maria marie mark martin mary mason matthew maureen max michael mike
  molly nancy neil nicholas nick nicola nigel norman oliver oscar pam pat patricia patrick paul pauline peter phil philip
  rachel ralph ray raymond rebecca richard robert robin roger ronald rosie ross ruth ryan sally sam samantha samuel sandra
  sarah sean sharon sheila simon sophie stanley stella stephen steve steven stuart sue susan teresa terry thomas tim timothy tina tom
  tommy tony tracy trevor vera victor vincent walter wendy william
`);
