// What people say when something has ended: "got rid of the car", "Crete is off", "no longer vegan".
import { alternatives } from "../word-lists.ts";

/** Words that say that something has ended. `…` means up to three words. */
const endings = alternatives(
  `
  quit quits stopped stopping left lost sold dropped dropping ditched ditching cancell?ed ended finished completed closed deleted removed uninstalled scrap scrapped
  binned abandoned returned donated wrecked crashed totall?ed written_off dumped divorced outgrew outgrown rehomed gave…up given…up giving_up gave…away given…away
  got_rid_of gotten_rid_of rid_of traded part_exchanged exchanged swapped sold_off paid…off paying_off pay_off paid…back cleared wound…up shut packed…in packed_up
  pack_in jacked…in chucked threw…(?:out|away|in) thrown…(?:out|away|in) cut_out cutting_out cut…off kicked swore_off sworn_off came_off come_off went_off gone_off
  right_off (?:is|are|has|have)_gone(?=$|_(?:on|from|off|for|now)) weaned…off took…off taken…off moved_(?:out|away|off|on_from) switched_off dropped_out walked_(?:away|out) stepped_(?:down|back|away) resigned
  retired graduated called…off pulled_out backed_out bailed postponed unsubscribed parted goodbye broke_up broken_up broke_it_off split_up split_with split_from
  separated tore…up ripped…up hung…up done_with through_with finished_with is_over is_off had_enough handed…in gave…back gave_notice fired
  laid_off let_go redundant kicked_out evicted no_longer no_more not…anymore anymore withdrawn withdrew died is_dead passed_away passed_on put_to_sleep put_down
  stolen nicked pinched dissolved bankrupt went_bust expired fell_through fallen_through fizzled came_to_an_end at_an_end ran_out ran_away shut_down folded discontinued
  is_history broke_down conked_out gave_up_the_ghost healed cured cleared_up recovered deregistered opted_out finally_off now_off off_the_waiting_list can_not_afford could_not_afford knocked…on_the_head does_not_bother off_that is_over_with a_thing_of_the_past in_the_past on_ice
  on_the_shelf on_hold not_happening not_going_ahead (?:is|are|was|were)_off_the_table overtaken overtook dethroned knocked replaced replaces replacing superseded instead_of rather_than
  in_place_of overthrown beaten pipped renamed rebranded disbanded demolished converted migrated ported rewrote rewritten moved…(?:from|off) switched…(?:from|off|away) changed…from
  went_from gone_from going_from binning closing_down closed_down deactivated unfollowed dropped_off graduated_from fell_out fallen_out lapsed surrendered forfeited
  upgraded downgraded is_not…anymore is_out_of rehome let…lapse
  got_shot_of gotten_shot_of bye_bye goodbye_to stepped_back got_out_of took_back sent_back sent…back handed…back passed…on_to lost_interest sick_of bored_of bored_with grew_out_of grown_out_of is_fixed let_go_of took_down fallen_apart fell_apart broke
`.replaceAll("…", "(?:_[\\p{L}\\p{N}'-]+){0,3}_"),
);
/** Matches words that say that something has ended, in lower case. */
export const endingWords = new RegExp(`(?<![\\p{L}\\p{N}'-])${endings}(?![\\p{L}\\p{N}-])`, "u");
