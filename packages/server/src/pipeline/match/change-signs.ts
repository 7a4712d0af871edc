// Words that say whether a statement replaces an earlier one or is true beside it.

/** Says that something is so now and was not so before. */
export const changeSign =
  /\b(?:now|these days|nowadays|from now on|again|finally|after all|instead|in the end|any ?more|no longer|back (?:to|at|in|on|from|home|with)|only|already|since (?:last|yesterday|\p{L}+day|january|february|march|april|may|june|july|august|september|october|november|december|the|then|we|they)\b|as of|turned|became|become|went (?:up|down|from)|gone (?:up|down|back)|up to|down to|raised|switched|changed|moved|swapped|started|stopped|turns out|meant|typo|correction|this week|this month|this year|from (?:this|next|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|actually|new)\b/u;

/** Says that a statement is true beside an earlier one, or is not certain. */
export const besideSign =
  /\b(?:also|too|another|as well|either|both|besides|alongside|plus|extra|sometimes|visiting|might|(?<!\b(?:in|since|by|until) )may|could|would|should|if|thinking|considering|wants?|wish(?:es)?|hopes?|plans? to|planning|used to|years ago|nearly|almost|maybe|perhaps|today|tonight|tomorrow|for once)\b/u;
