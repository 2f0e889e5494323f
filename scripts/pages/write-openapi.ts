/**
 * Writes docs/openapi.json, the contract of the HTTP API, from its table of routes, and the version that follows from what
 * has changed since the last commit. What breaks somebody who calls is written only where it is accepted:
 * `node scripts/pages/write-openapi.ts --accept "why"`, which enters it in docs/api-changes.md.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { documentOf } from '../../src/api/document.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { type ApiDocument, changesOf } from '../api-changes/compare-documents.ts';
import { nextVersion } from '../api-changes/next-version.ts';

const { values } = parseArgs({ options: { accept: { type: 'string' } } });
const root = new URL('../../', import.meta.url);
const [file, list, source] = ['docs/openapi.json', 'docs/api-changes.md', 'src/api/contract-version.ts'].map(
  (path) => new URL(path, root),
) as [URL, URL, URL];

// Of the last commit, so that writing it twice is writing it once.
const committed = execFileSync('git', ['show', 'HEAD:./docs/openapi.json'], {
  cwd: root,
  maxBuffer: 2 ** 28,
  encoding: 'utf8',
});
const before = JSON.parse(committed) as ApiDocument;
const document = documentOf(ROUTES);
const after = JSON.parse(JSON.stringify(document)) as ApiDocument;
const changes = changesOf(before, after);
const breaking = changes.filter(({ kind }) => kind === 'breaking');
const why = values.accept?.trim() ?? '';

for (const { kind, what } of changes) process.stdout.write(`${kind === 'breaking' ? '✖ breaks' : '  adds'}: ${what}\n`);
if (breaking.length > 0 && why === '') {
  process.stdout.write('\nNothing is written: this breaks whoever calls. Where it must be: --accept "<why>"\n');
  process.exit(1);
}
const version = nextVersion(before, after, changes);
writeFileSync(file, `${JSON.stringify({ ...document, info: { ...document.info, version } }, undefined, 2)}\n`);
writeFileSync(source, readFileSync(source, 'utf8').replace(/'\d+\.\d+\.\d+'/, `'${version}'`));
if (breaking.length > 0) {
  const line = `- **${version}**: ${why} (${breaking.map(({ what }) => `\`${what}\``).join('; ')})`;
  const others = readFileSync(list, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((each) => !each.startsWith(`- **${version}**`));
  const gap = others.at(-1)?.startsWith('- ') ? [] : [''];
  writeFileSync(list, `${[...others, ...gap, line].join('\n')}\n`);
}
process.stdout.write(`version ${before.info.version} → ${version}\n`);
