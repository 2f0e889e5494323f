/** What the structure of a file says about a piece of its text. */
export interface Label {
  /** The text as it stands in the file, or as it reads: a token in it, or around it, is what is labelled. */
  readonly value: string;
  readonly name?: string;
  readonly account?: string;
}

/** Labels of one file, and whom the file calls signed in, for the tokens of other files of the same tool. */
export interface Labels {
  readonly labels: readonly Label[];
  readonly signedIn?: readonly string[];
}

/** More of one file are of no use: a report holds fewer tokens. */
export const MOST_LABELS = 2_000;

export const label = (value: string, name?: string, account?: string): Label => ({
  value,
  ...(name === undefined ? {} : { name }),
  ...(account === undefined ? {} : { account }),
});
