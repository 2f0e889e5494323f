import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

/** The common words that American English spells otherwise than British English, which is ours. */
const AMERICAN = [
  '(?:behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum)or(?:s|ed|ing|al|able|ful|ite|less)?',
  ...[
    '(?:un|re)?(?:author|categor|character|custom|deserial|emphas|final|general|initial|item|local|maxim|minim|modern)',
    '(?:mobil|normal|optim|organ|parallel|penal|prioritise?|real|recogn|sanit|serial|special|stabil|standard|summar)',
    '(?:synchron|token|util|visual)',
  ].map((stems) => `${stems}iz(?:e[drs]?|ing|ation|ations)`),
  '(?:anal|catal|paral)yz(?:e[drs]?|ing)',
  '(?:cancel|channel|label|level|model|signal|total|travel|tunnel)(?:ed|ing|er)',
  '(?:defense|license|offense|pretense)',
  '(?:acknowledgment|aging|artifact|catalog|center|centered|enroll|enrollment|fulfill|gotten|gray|judgment|skeptical)s?',
].join('|');

/** What vendors and standards call things of theirs. */
const VENDORS_WORDS = [
  /authorization (?:code|server|rule)/gi,
  /(?:credential|SSO) authorizations?/gi,
  /(?:Authorization: Bearer|header Authorization)/g,
  /Organization settings/g,
  /\bEnroll(?:ments?)?\b/gi,
  /pypi feed artifacts/g,
  /\bsummarize upn\b/g,
];

/** The words of a page, without code, addresses and the titles of vendors' pages. */
const prose = (markdown: string): string =>
  markdown.replaceAll(/```[\s\S]*?```|<!--[\s\S]*?-->|`[^`\n]*`|\]\([^)\s]*\)|"[^"\n]*"/g, ' ');

/** Comments, texts that have a space, and the lines of a page's text between its tags. */
function said(code: string): string {
  const parts =
    /(?<comment>\/\*[\s\S]*?\*\/|\/\/ .*)|(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<between>^ *[A-Za-z][\w ,.:;’]+$)/gm;
  return [...code.matchAll(parts)]
    .map(({ groups: { comment, text, between } = {} }) => {
      if (comment !== undefined) return comment.replaceAll(/\n *\*/g, '').replaceAll(/"[^"]*"|`[^`]*`/g, ' ');
      return text === undefined ? (between ?? '') : text.includes(' ') ? text.replaceAll(/\$\{[^}]*\}/g, ' ') : '';
    })
    .join('\n');
}

function americanIn(text: string): string[] {
  const ours = VENDORS_WORDS.reduce((rest, words) => rest.replaceAll(words, ' '), text).replaceAll(
    /\b[\w.-]+\/\S+/g,
    ' ',
  );
  return ours.match(new RegExp(`(?<![\\w.$/-])(?:${AMERICAN})(?![\\w/(=:-]|[.]\\w)`, 'gi')) ?? [];
}

/** What the glossary has another word for, and what it is. */
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/\bworkloads?\b(?! identity federation)/i, 'service principal, or pipeline identity'],
  [/\bkeeps? (?:them|people|nobody|somebody) out\b|\bkept out\b/i, 'contained, or refused'],
  [/\bexempted\b/i, 'exempt'],
  [/\baccesses\b/i, 'access paths'],
  [/\brestor(?:e|es|ed|ing) (?:the |a )?(?:table|data|rows?|backup)/i, 'recover'],
  [/\bgrav(?:e|er|est)\b/i, 'severe'],
  [/\b(?:weather|sabotag\w+)\b/i, 'fault, or mutation'],
];

test('an American spelling is noticed in a page, a comment and a text, and not in code or a vendor’s name', () => {
  const code =
    "/** The color. */\nconst authorization = head('x-organization');\n// Authorized.\nfault('They are not recognized.');";
  assert.deepEqual(americanIn(said(code)), ['color', 'Authorized', 'recognized']);
  assert.deepEqual(
    americanIn(prose('In the center stands `color`, [it](docs/organization.md), an authorization code')),
    ['center'],
  );
});

test('pages, comments and what people read are in British English', () => {
  const pages = ['*.md', 'docs/**/*.md', 'infra/**/README.md'];
  const sources = ['src', 'activities', 'orchestrations', 'cli', 'console/src', 'runner', 'scripts'].map(
    (folder) => `${folder}/**/*.{ts,tsx}`,
  );
  const found = [...globSync(pages, { cwd: root }), ...globSync(sources, { cwd: root })]
    .filter((file) => !/node_modules|schema\.d\.ts|report.html.styles\.ts/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return americanIn(file.endsWith('.md') ? prose(text) : said(text)).map((word) => `${file}: ${word}`);
    });
  assert.deepEqual(found, []);
});

test('words that the glossary has replaced do not come back where users read', () => {
  const pages = ['README.md', 'docs/*.md', 'docs/operations/*.md'];
  const texts = ['console/src/**/*.{ts,tsx}', 'cli/**/*.ts', 'src/errors.ts', 'src/outbox/**/*.ts'];
  const found = [...globSync(pages, { cwd: root }), ...globSync(texts, { cwd: root })]
    .filter(
      (file) => !/node_modules|schema\.d\.ts|glossary|adding-a-|docs.(?:permissions|sources|residuals)/.test(file),
    )
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const read = file.endsWith('.md') ? prose(text) : said(text);
      return REPLACED.flatMap(([was, is]) => (was.exec(read) ?? []).map((word) => `${file}: “${word}” is ${is}`));
    });
  assert.deepEqual(found, []);
});
