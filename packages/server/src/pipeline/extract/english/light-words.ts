import { wordSet } from "../../word-lists.ts";

/** Words that say nothing about anybody by themselves. */
export const lightWords = wordSet(`
  lot lots bit part while kind sort way time times thing things stuff fun one ones two best something anything nothing everything
  someone anyone everyone course idea point guess fan favorite favorites

  good great nice own same other much many more most sure true right such cool fine okay ok well alright happy excited
  ready done back tired bored hungry busy free lucky late proud serious wrong confused lost confident open willing
  interested afraid nervous little sick cold hot full big huge

  be been being am is are was were do does did doing have has had having get gets got getting go goes went going come came
  make made try tried see saw say said know think help hear talk want wanted need like liked love loved enjoy enjoyed hate
  hated keep take let grow use used happen feel look work agree meet chat mean answer add learn learning learned start started
  miss hanging starving relaxing chilling

  also too just now then there here really very so still never not always often usually sometimes ever actually currently
  recently lately already yet again once anymore away off up down out in over around definitely mostly especially only even
  quite pretty rather almost nearly together forever soon later before ago today tomorrow yesterday tonight early how when
  where why badly finally completely totally absolutely exactly
`);
