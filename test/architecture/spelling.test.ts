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
