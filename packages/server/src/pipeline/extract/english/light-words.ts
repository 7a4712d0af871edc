import { wordSet } from "../../word-lists.ts";

/** Words that alone say nothing about a person. */
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

  dream dreams goal goals journey journeys true self difference impact world people others everybody somebody life lives hope hopes
  hopeful positive positivity strong power powered chance chances opportunity opportunities moment moments memory memories
  experience experiences challenge challenges struggle struggles struggled change changes changed progress effort efforts support
  supported supporting supportive help helped helping motivated motivation inspired inspiration inspiring passion passions love
  joy happiness energy vibe vibes feeling feelings emotion emotions mind heart soul step steps path road future past present
  success successes successful failure growth strength courage faith trust belief confidence purpose meaning value values
  connection connections bond bonds story stories voice word words thought thoughts view views perspective opinion details detail
  options option plan plans result results reason reasons problem problems trouble issue issues situation situations obstacle
  obstacles hurdle hurdles setback setbacks doubt doubts fear fears stress pressure worry worries pain loss comfort peace
  satisfaction gratitude respect kindness compassion understanding acceptance unity equality advice tip tips feedback input
  compliment compliments news surprise surprises blast laugh laughs smile smiles hug hugs photo photos pic pics picture pictures
  someplace somewhere anywhere everywhere nowhere place places spot others guys guy man dude folks person
  able amazing awesome cool incredible wonderful beautiful fantastic special unique different similar important meaningful
  rewarding tough hard difficult rough wild crazy real whole certain various several other new old big small long short
  best better worst worse next last recent extra first second final main major minor few couple

  lift show share shared sharing create created creating build built building face faced facing overcome overcame push pushed
  pushing pursue pursuing chase chasing follow following achieve achieved reach reached reaching strive striving thrive fight
  fighting stay stays stayed staying continue continued continuing bring bringing give gives gave given giving turn turned
  take takes took taken taking put puts putting set find finds found finding put spend spent stick sticking realize realized
  live living become becoming became believe believed figure figuring explore exploring explored focus focused focusing
  improve improving better express expressing inspire motivate encourage offer offering offered enjoy enjoying appreciate
  appreciated connect connected connecting bond bonding laugh laughing smile cry cried relax relaxed reflect reflecting
  celebrate remember forget remind deal dealing handle manage managed cope coping adjust adjusting prepare prepared preparing
  rock rocks kill killing crush crushing nail shine shining grow growing grew evolve hang met meeting chatted chatting talked
  talking spoke speaking told telling asked asking said saying showed shown looked looking watched happening happened received
  receive join joined let lets getting gotten seeing seen being felt making checked check checking

  blessed carving organize using different color colors carry carrying prepping prep struggling worked networking sense inspiring
  ate played games game bonds bond lead leads tough prepping chat upset
  kinds sorts natural quit courageous ambitions me day days week weeks
  matter stepping affect positively responded reached caring cares care rock creative couple times
  determined relying unexpected incident surely nasty laughing
  believing believe themselves authentically stronger better unknown ton tons surge bunch amount level quiet noticed
  folks sweet nice wicked nasty plenty loads bad lately moves

  along apart ahead forward back around else instead away well hard straight sooner maybe perhaps slowly

  also too just now then there here really very so still never not always often usually sometimes ever actually currently
  recently lately already yet again once anymore away off up down out in over around definitely mostly especially only even
  quite pretty rather almost nearly together forever soon later before ago today tomorrow yesterday tonight early how when
  where why badly finally completely totally absolutely exactly
`);
