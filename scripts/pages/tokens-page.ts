import { FORMATS } from '../../src/credentials/detector/formats.ts';
import type { TokenFormat } from '../../src/credentials/detector/token-format.ts';

const HOLDERS: Readonly<Record<TokenFormat['holder'], string>> = {
  personal: 'a person',
  service: 'a service',
  unknown: 'either',
  told: 'the token says it',
};

/** docs/tokens.md. */
export function tokensPage(): string {
  return `${[
    '# Token formats',
    'Generated from `src/credentials/detector/formats` by `npm run write:permissions`. These are the formats that variables, files and environments are searched for; `report.json` names them under `tokenFormats`, so that a report can be read years later. Whose a found token is: [ownership.md](ownership.md).',
    [
      '- **No vendor is asked.** Using a found token to try it would be acting as its owner, and would show in their logs. Format, length and checksum tell what it is; type, SHA-256 and the last four characters are all that leaves memory.',
      '- **A checksum has three answers.** Right: it is a token. Wrong, and exactly as long as the format: something that looks like a token and was never issued; low, and nothing to do unless it points to the leaver. Longer than the format: a token, for vendors say that lengths may change.',
      '- **Placeholders are silent**: `xxxx…`, `<token>`, `EXAMPLE`, one letter repeated.',
      '- **Some formats have no mark of their own** (hexadecimal tokens of GitHub, older storage keys, subscription keys). The name in front of them tells, in the text or of the variable whose value they are.',
      '- **Encodings**: base64 in both alphabets, at any alignment, on one line or wrapped; UTF-16, as in encoded commands of PowerShell; percent-encoding; escapes of JSON; entities of XML; up to four layers of these. Compressed and encrypted data are not looked into.',
      '- **The work is bounded** per character, however hostile a text is ([performance.md](performance.md#the-detector)). Of the tokens of one place the first 50 have a finding each, the leaver’s before all others; the number of the rest is told.',
    ].join('\n'),
    table(),
    '## What ends them',
    FORMATS.map(({ type, revoke }) => `- \`${type}\`: ${revoke}`).join('\n'),
  ].join('\n\n')}\n`;
}

function table(): string {
  const rows = FORMATS.map(
    ({ type, vendor, name, holder, looksLike, checksum, source }) =>
      `| \`${type}\` | ${vendor}: ${name} | ${HOLDERS[holder]} | ${looksLike} | ${checksum ?? '–'} | ${linked(source)} |`,
  );
  return [
    '| type | what it is | acts as | looks like | checksum | source |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function linked(source: string): string {
  const [, url = '', note = ''] = /^(\S+)(.*)$/.exec(source) ?? [];
  return `[${new URL(url).hostname}](${url})${note}`;
}
