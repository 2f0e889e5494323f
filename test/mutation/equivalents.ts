/** A change that nobody could see, and why. The text is the one that the campaign prints. */
interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly becomes: string;
  readonly reason: string;
}

const HEX = '/^[0-9a-f]{32}$/';
const PARTS = '/^(.{8})(.{4})(.{4})(.{4})(.{12})$/';
const AGAIN = 'What is put together is read again as an object id, which refuses anything else.';

const EQUIVALENTS: readonly Equivalent[] = [
  { file: 'src/people/oid.ts', was: HEX, becomes: HEX.replace('^', ''), reason: AGAIN },
  { file: 'src/people/oid.ts', was: HEX, becomes: HEX.replace('$', ''), reason: AGAIN },
  { file: 'src/people/oid.ts', was: `!${HEX}.test(hex)`, becomes: 'false', reason: AGAIN },
  { file: 'src/people/oid.ts', was: PARTS, becomes: PARTS.replace('^', ''), reason: AGAIN },
  { file: 'src/people/oid.ts', was: PARTS, becomes: PARTS.replace('$', ''), reason: AGAIN },
];

/** Why no test can notice a change; `undefined` where a test is missing. */
export const reasonFor = (file: string, was: string, becomes: string): string | undefined =>
  EQUIVALENTS.find((each) => each.file === file && each.was === was && each.becomes === becomes)?.reason;
