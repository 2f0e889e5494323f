/** What a report of a machine may hold, without the schema: the inventory on the runner is one small file. */

/** Characters of a report as it is sent; what is longer is refused, and the inventory never sends more. */
export const MOST_CHARACTERS = 256 * 1_024;
/** Of each list in a report; the inventory counts what it leaves out (`leftOut`). */
export const MOST_TOKENS = 200;
export const MOST_PLACES = 300;
export const MOST_SERVERS = 100;
