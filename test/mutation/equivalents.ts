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
const WILDCARD = 'src/steps/federated-credentials/rules/subject/wildcard.ts';
const SPARES = 'It spares time alone: what follows finds nothing where this says no.';
const CARRIES = 'run.every((word) => text.includes(word))';
const SIGNS = 'run.every((each) => words.some((word) => word.includes(each)))';
const ENDS = 'a === undefined || b === undefined';
const BEYOND = 'At the end of either text nothing but a place beyond it is marked, and nobody reads that.';

const EQUIVALENTS: readonly Equivalent[] = [
  { file: 'src/people/oid.ts', was: HEX, becomes: HEX.replace('^', ''), reason: AGAIN },
  { file: 'src/people/oid.ts', was: HEX, becomes: HEX.replace('$', ''), reason: AGAIN },
  { file: 'src/people/oid.ts', was: `!${HEX}.test(hex)`, becomes: 'false', reason: AGAIN },
  { file: 'src/people/oid.ts', was: PARTS, becomes: PARTS.replace('^', ''), reason: AGAIN },
  { file: 'src/people/oid.ts', was: PARTS, becomes: PARTS.replace('$', ''), reason: AGAIN },
  {
    file: 'src/people/names/folded-words.ts',
    was: 'code >= 48 && code <= 57',
    becomes: '(code >= 48) || (code <= 57)',
    reason: SPARES,
  },
  { file: 'src/people/names/carries-name.ts', was: `!${CARRIES}`, becomes: 'false', reason: SPARES },
  { file: 'src/people/names/carries-name.ts', was: CARRIES, becomes: CARRIES.replace('every', 'some'), reason: SPARES },
  { file: 'src/people/names/machine-names.ts', was: `!${SIGNS}`, becomes: 'false', reason: SPARES },
  { file: 'src/people/names/machine-names.ts', was: SIGNS, becomes: SIGNS.replace('every', 'some'), reason: SPARES },
  { file: WILDCARD, was: ENDS, becomes: 'false', reason: BEYOND },
  { file: WILDCARD, was: ENDS, becomes: '(a === undefined) && (b === undefined)', reason: BEYOND },
];

/** Why no test can notice a change; `undefined` where a test is missing. */
export const reasonFor = (file: string, was: string, becomes: string): string | undefined =>
  EQUIVALENTS.find((each) => each.file === file && each.was === was && each.becomes === becomes)?.reason;
