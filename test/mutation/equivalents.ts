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

const FORMATS = 'src/credentials/detector/formats';
const BLOCKS = 'src/credentials/detector/base64-blocks.ts';
const ROWS = 'It saves time alone: where fewer triples fit, there is no row either.';
const NO_ROOM =
  'Behind the literal, no more characters are looked at than one token takes: a second has no room in them.';
const NPM = '/^npm_([0-9A-Za-z]{30})([0-9A-Za-z]{6})/';
const AWS = '/^A(?:KI|SI|BI|CC)A(?:[A-Z2-7]{16}(?![0-9A-Z])|(?=[A-Z]{0,15}[2-7])[A-Z2-7]{16})/';
const TERRAFORM = '/^[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}/';
const KEY = '/^-----BEGIN ((?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?)-----/';

export const EQUIVALENTS: readonly Equivalent[] = [
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
  { file: `${FORMATS}/other-vendors.ts`, was: NPM, becomes: NPM.replace('^', ''), reason: NO_ROOM },
  { file: `${FORMATS}/other-vendors.ts`, was: AWS, becomes: AWS.replace('^', ''), reason: NO_ROOM },
  { file: `${FORMATS}/other-vendors.ts`, was: TERRAFORM, becomes: TERRAFORM.replace('^', ''), reason: NO_ROOM },
  {
    file: `${FORMATS}/private-key.ts`,
    was: KEY,
    becomes: KEY.replace('^', ''),
    reason: 'Between a line that names no key and the dashes of the next one there is no room for a key.',
  },
  {
    file: `${FORMATS}/jwt.ts`,
    was: 'dot - from < HEADER_REACH',
    becomes: 'dot - from <= HEADER_REACH',
    reason: 'No base64 has 1,025 letters, so that one more belongs to no header.',
  },
  ...['BEGINS[letters[at] ?? 0] ?? 0', 'BITS[letters[at] ?? 0] ?? 0', 'letters[at] ?? 0', 'BITS[code] ?? 0'].map(
    (was) => ({
      file: BLOCKS,
      was,
      becomes: was.replace(/ \?\? 0$/, ''),
      reason: 'Bit operators take undefined for 0.',
    }),
  ),
  {
    file: BLOCKS,
    was: 'length ?? Number.POSITIVE_INFINITY',
    becomes: 'length',
    reason: 'Nothing is more than undefined, as nothing is more than infinity.',
  },
  { file: BLOCKS, was: 'last - first', becomes: 'last + first', reason: ROWS },
  { file: BLOCKS, was: '(TRIPLES - 1) * LETTERS', becomes: '(TRIPLES - 1) / LETTERS', reason: ROWS },
  ...[
    ['checksums', 'CRC_TABLE[(crc ^ byte) & 0xff] ?? 0'],
    ['checksums', 'FIVE_BITS[text.charCodeAt(letter)] ?? 0'],
    ['char-runs', 'bytes[at] ?? 0'],
    ['marvin32', 'bytes[at] ?? 0'],
    ['token-format', 'seen[code >> 5] ?? 0'],
  ].map(([file, was = '']) => ({
    file: `src/credentials/detector/${file}.ts`,
    was,
    becomes: was.replace(' ?? 0', ''),
    reason: 'Nothing but what the table has is looked up in it, or what is no number counts as 0 where it is used.',
  })),
  {
    file: `${FORMATS}/azure-devops.ts`,
    was: 'from > 0',
    becomes: 'from >= 0',
    reason: 'Before the first letter there is none, and no letter is what leaves.',
  },
  {
    file: 'src/credentials/detector/checksums.ts',
    was: 'letter < text.length',
    becomes: 'letter <= text.length',
    reason: 'The bits of one letter more fill no byte.',
  },
  {
    file: 'src/credentials/detector/token-format.ts',
    was: 'letters < least',
    becomes: 'letters <= least',
    reason: 'Where there are enough, what comes behind changes nothing.',
  },
  ...[
    ['/^[0-9A-Za-z]+$/', '/[0-9A-Za-z]+$/'],
    ['/^[0-9A-Za-z]+$/', '/^[0-9A-Za-z]+/'],
    ['.filter((anchor) => /^[0-9A-Za-z]+$/.test(anchor))', ''],
    ['inner.indexOf(sign) !== -1', 'inner.indexOf(sign) === -1'],
  ].map(([was = '', becomes = '']) => ({
    file: 'src/credentials/detector/detect-tokens.ts',
    was,
    becomes,
    reason: 'It saves time alone: a literal that cannot stand in a text is not found in it either.',
  })),
  {
    file: BLOCKS,
    was: '(end - start) % LETTERS',
    becomes: '(end - start) * LETTERS',
    reason: 'Node leaves out a letter that is alone by itself, and takes longer for it.',
  },
];

/** Why no test can notice a change; `undefined` where a test is missing. */
export const reasonFor = (file: string, was: string, becomes: string): string | undefined =>
  EQUIVALENTS.find((each) => each.file === file && each.was === was && each.becomes === becomes)?.reason;
