/** A change that nobody could see, and why. The text is the one that the campaign prints. */
interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly becomes: string;
  readonly reason: string;
}

const EQUIVALENTS: readonly Equivalent[] = [];

/** Why no test can notice a change; `undefined` where a test is missing. */
export const reasonFor = (file: string, was: string, becomes: string): string | undefined =>
  EQUIVALENTS.find((each) => each.file === file && each.was === was && each.becomes === becomes)?.reason;
