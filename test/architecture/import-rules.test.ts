import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';

const ROOT = resolve(import.meta.dirname, '../..');

/** One break of each rule: a file of the house, and what it must not import. */
const BREAKS: readonly { readonly rule: string; readonly file: string; readonly imports: string }[] = [
  { rule: 'no-cycles', file: 'src/cases/one.ts', imports: 'src/cases/other.ts' },
  { rule: 'resolvable', file: 'src/cases/lost.ts', imports: 'src/cases/nowhere.ts' },
  { rule: 'below src/people/', file: 'src/people/who.ts', imports: 'src/cases/a-case.ts' },
  { rule: 'below src/cases/', file: 'src/cases/steps.ts', imports: 'src/steps/a-step.ts' },
  { rule: 'below src/connectors/', file: 'src/connectors/up.ts', imports: 'src/steps/a-step.ts' },
  { rule: 'below src/steps/', file: 'src/steps/up.ts', imports: 'src/report/a-report.ts' },
  { rule: 'below src/report/', file: 'src/report/vendor.ts', imports: 'src/connectors/a-vendor.ts' },
  { rule: 'below src/outbox/', file: 'src/outbox/up.ts', imports: 'src/triggers/a-trigger.ts' },
  { rule: 'below src/intake/', file: 'src/intake/up.ts', imports: 'src/triggers/a-trigger.ts' },
  { rule: 'below activities/', file: 'activities/up.ts', imports: 'src/triggers/a-trigger.ts' },
  { rule: 'below orchestrations/', file: 'orchestrations/vendor.ts', imports: 'src/connectors/a-vendor.ts' },
  { rule: 'below orchestrations/', file: 'orchestrations/own.ts', imports: 'src/durable/activity.ts' },
  { rule: 'below orchestrations/lib/', file: 'orchestrations/lib/up.ts', imports: 'orchestrations/sweep.ts' },
  { rule: 'below orchestrations/lib/', file: 'orchestrations/lib/acts.ts', imports: 'activities/an-activity.ts' },
  { rule: 'below activities/', file: 'activities/replays.ts', imports: 'orchestrations/lib/calls.ts' },
  { rule: 'below cli/', file: 'cli/product.ts', imports: 'src/cases/a-case.ts' },
  { rule: 'below src/machines/', file: 'src/machines/up.ts', imports: 'src/cases/a-case.ts' },
  { rule: 'below runner/', file: 'runner/product.ts', imports: 'src/cases/a-case.ts' },
  { rule: 'runner-alone', file: 'runner/foreign.ts', imports: '@azure/identity' },
  { rule: 'runner-without-schema', file: 'runner/schema.ts', imports: 'src/machines/report.ts' },
  { rule: 'nothing-looks-up', file: 'src/triggers/looks-up.ts', imports: 'src/main.ts' },
  { rule: 'declarations-load-no-sdk', file: 'src/steps/loads.ts', imports: 'src/connectors/a-vendor.ts' },
  { rule: 'rules-without-sdks', file: 'src/steps/consent/rules/sdk.ts', imports: '@azure/identity' },
  { rule: 'rules-without-io', file: 'src/cases/io.ts', imports: 'node:fs' },
  { rule: 'orchestrations-without-io', file: 'orchestrations/io.ts', imports: 'node:fs' },
  { rule: 'orchestrations-without-io', file: 'activities/phases.ts', imports: 'node:fs' },
  { rule: 'orchestrations-without-io', file: 'orchestrations/lib/sdk.ts', imports: '@azure/identity' },
  { rule: 'product-without-local', file: 'src/triggers/local.ts', imports: 'local/stack.ts' },
  { rule: 'one-entry', file: 'scripts/register.ts', imports: 'activities/index.ts' },
];

describe('a break of an import rule is refused by the name of the rule:', () => {
  let house: string;
  let refused: ReadonlySet<string>;
  before(async () => {
    house = await mkdtemp(join(tmpdir(), 'import-rules-'));
    const written = new Set<string>();
    const write = async (file: string, text: string): Promise<void> => {
      if (written.has(file)) return;
      written.add(file);
      await mkdir(dirname(join(house, file)), { recursive: true });
      await writeFile(join(house, file), text);
    };
    await write('src/cases/other.ts', "import { one } from './one.ts';\nexport const other = () => one;\n");
    await write('node_modules/@azure/identity/package.json', '{"name":"@azure/identity","main":"index.js"}');
    await write('node_modules/@azure/identity/index.js', 'module.exports = { it: 1 };\n');
    await write('package.json', '{"type":"module","dependencies":{"@azure/identity":"1.0.0"}}');
    for (const { file, imports } of BREAKS) {
      const inside = imports.endsWith('.ts');
      const name = inside ? nameOf(imports) : 'it';
      const path = inside ? `./${relative(dirname(file), imports)}`.replace('./../', '../') : imports;
      await write(file, `import { ${name} } from '${path}';\nexport const ${nameOf(file)} = () => ${name};\n`);
    }
    for (const { imports } of BREAKS)
      if (imports.endsWith('.ts') && !imports.includes('nowhere'))
        await write(imports, `export const ${nameOf(imports)} = 1;\n`);
    refused = await rulesRefusedIn(house);
  });
  after(() => rm(house, { recursive: true, force: true }));
  for (const { rule, file, imports } of BREAKS) {
    test(`${rule}: ${file} imports ${imports}`, () =>
      assert.ok(refused.has(`${rule} ${file}`), [...refused].join('\n')));
  }
});

/** Every `rule file` that dependency-cruiser names. */
function rulesRefusedIn(cwd: string): Promise<ReadonlySet<string>> {
  const cruise = join(ROOT, 'node_modules/.bin/depcruise');
  const folders = ['src', 'orchestrations', 'activities', 'scripts', 'cli', 'runner'];
  const args = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '-T', 'json', ...folders];
  return new Promise((resolveRules, reject) => {
    execFile(cruise, args, { cwd, maxBuffer: 64 * 1_048_576 }, (_error, stdout, stderr) => {
      try {
        const { summary } = JSON.parse(stdout) as {
          summary: { violations: { from: string; rule: { name: string } }[] };
        };
        resolveRules(new Set(summary.violations.map(({ from, rule }) => `${rule.name} ${from}`)));
      } catch (error) {
        reject(new Error(stderr, { cause: error }));
      }
    });
  });
}

function nameOf(file: string): string {
  const [name = ''] = (file.split('/').at(-1) ?? '').split('.');
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
