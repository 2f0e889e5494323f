import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { fc } from '../../support/properties.ts';
import { base64, mint, sha256, told } from './hidden-tokens-world.ts';

const KINDS = [...PLANTED_KINDS, ...FOREIGN_KINDS];

/** How tools and people write a token where it does not stand in clear. */
const FORMS: Readonly<Record<string, (token: string) => string>> = {
  'a header in base64': (token) => `AUTHORIZATION: basic ${base64(`x-access-token:${token}`)}`,
  'base64 behind the two characters \\n of a JSON string': (token) => `{"run":"git\\n${base64(`x:${token}`)}"}`,
  'base64 that one, two or three letters touch': (token) => `a${base64(token)} bc${base64(`${token} `)}`,
  'base64url without padding': (token) => Buffer.from(`{"t":"${token}"}`).toString('base64url'),
  'base64 wrapped at 76 and indented, as in a manifest': (token) =>
    `data:\n  key: |\n${(base64(`user: ci\npassword: ${token}\nand more text\n`.repeat(2)).match(/.{1,76}/g) ?? []).map((line) => `    ${line}`).join('\n')}\n`,
  'base64 over lines of a program, each in quotes': (token) =>
    `const secret =\n${lines(token)
      .map((line) => `  "${line}"`)
      .join(' +\n')};`,
  'base64 over lines of a script that go on': (token) => `echo ${lines(token).join('\\\n  ')} | base64 -d`,
  'base64 over lines of a comment': (token) =>
    lines(token)
      .map((line) => `# ${line}`)
      .join('\n'),
  'base64 over lines that a shell joined by spaces': (token) => `echo ${lines(token).join(' ')}`,
  'base64 over lines that end as on old machines': (token) => lines(token).join('\r'),
  'UTF-16 with the zero first, in base64': (token) => Buffer.from(token, 'utf16le').swap16().toString('base64'),
  'entities of HTML with a capital X': (token) =>
    [...token].map((letter) => `&#X${percent(letter).slice(1).toUpperCase()};`).join(''),
  'escapes of JavaScript in braces': (token) => [...token].map((letter) => `\\u{${percent(letter).slice(1)}}`).join(''),
  'JSON escapes of every letter, in base64': (token) =>
    base64([...token].map((letter) => `\\u00${percent(letter).slice(1)}`).join('')),
  'a Docker configuration in a Kubernetes secret': (token) =>
    `  .dockerconfigjson: ${base64(JSON.stringify({ auths: { 'ghcr.io': { auth: base64(`ci:${token}`) } } }))}`,
  'an encoded command of PowerShell': (token) =>
    `powershell -EncodedCommand ${Buffer.from(`$env:TOKEN = "${token}"; ./deploy.ps1`, 'utf16le').toString('base64')}`,
  'UTF-16 read byte by byte': (token) => Buffer.from(`TOKEN=${token}\r\n`, 'utf16le').toString('latin1'),
  'percent-encoding': (token) =>
    `https://ci:${[...token].map((letter) => (/\w/.test(letter) ? letter : percent(letter))).join('')}@host/`,
  'percent-encoding twice': (token) =>
    [...token].map((letter) => (/\w/.test(letter) ? letter : `%25${percent(letter).slice(1)}`)).join(''),
  'a JSON string with every sign escaped': (token) =>
    `"${[...token].map((letter) => (/\w/.test(letter) ? letter : `\\u00${percent(letter).slice(1)}`)).join('')}"`,
  'JSON inside a JSON string': (token) => JSON.stringify(JSON.stringify({ run: `echo ${token}/${base64(token)}` })),
};

/** Base64 of a text with the token in it, so that it has several lines. */
function lines(token: string): string[] {
  return base64(`${'user: ci, '.repeat(9)}${token}`).match(/.{1,64}/g) ?? [];
}

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

describe('a token that does not stand in clear is found by its own digest', () => {
  for (const [form, write] of Object.entries(FORMS)) {
    test(form, () => {
      for (const kind of KINDS) {
        const value = mint(kind);
        const digests = told(write(value)).map(([, digest]) => digest);
        assert.ok(digests.includes(sha256(value)), `${kind} in ${form}`);
      }
    });
  }
});

test('its last eight characters are those of the token itself', () => {
  for (const write of Object.values(FORMS)) {
    const value = mint('github-classic');
    const found = findTokens(write(value)).find(({ hit }) => hit.sha256 === sha256(value));
    assert.equal(found?.lastEight, value.slice(-8));
  }
});

test('where it stands in the text is told so exactly that cutting it out leaves nothing of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(FORMS)),
      fc.noShrink(fc.constantFrom(...KINDS).map((kind) => mint(kind))),
      fc.string({ maxLength: 30 }),
      (write, value, around) => {
        let rest = `${around} ${write(value)} ${around}`;
        for (const { hit } of findTokens(rest).reverse()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
        assert.ok(!told(rest).some(([, digest]) => digest === sha256(value)));
      },
    ),
  );
});

test('a token in clear does not hide what stands in base64 right beside it', () => {
  const [clear, hidden] = [mint('github-classic'), mint('azure-devops')];
  for (const text of [`${clear}${base64(`:${hidden}`)}`, `${base64(`${hidden}!`)}${clear}`]) {
    assert.deepEqual(new Set(told(text).map(([, digest]) => digest)), new Set([clear, hidden].map(sha256)));
  }
});
