import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type * as z from 'zod';
import { consent } from '../../src/steps/consent/step.ts';
import { defineStep, type NO_FACTS } from '../../src/steps/define-step.ts';
import { REMEDIES, STEP_NAMES, STEPS } from '../../src/steps/registry.ts';
import { holds, wordsOf } from '../support/architecture/words-of.ts';

const root = join(import.meta.dirname, '../..');

const sources = STEPS.flatMap((step) => step.sources.map(({ id }) => id));
/**
 * Before the slash stands who is asked. `identity` is no vendor: it asks the one that stands after the slash; nor are
 * `machines`, which tell of themselves.
 */
const NO_VENDORS = ['identity', 'machines'];
const vendors = sources.flatMap((id) => id.split('/').slice(0, 1)).filter((each) => !NO_VENDORS.includes(each));
const acts = STEPS.flatMap((step) => step.acts.map(({ finding }) => finding));
const NAMES = [...new Set([...STEP_NAMES, ...REMEDIES.map(({ kind }) => kind), ...sources, ...vendors, ...acts])];

// What a route is about, it names; what routes share does not.
for (const folder of ['src/cases/**', 'src/report/**', 'src/api', 'src/api/{access,problems}', 'orchestrations/**']) {
  test(`${folder} names no step, remedy, source or vendor: what it needs of one, the step declares`, () => {
    const files = globSync(`${folder}/*.ts`, { cwd: root });
    assert.ok(files.length > 0);
    const found = files.flatMap((file) =>
      wordsOf(join(root, file)).flatMap((word) => {
        const named = NAMES.filter((name) => holds(word, name));
        return named.length === 0 ? [] : [`${file}:${word.line} ${named.join(', ')} in ${word.text}`];
      }),
    );
    assert.deepEqual(found, []);
  });
}

test('a name is found in text, in a path, in a template and in an identifier, and nowhere inside another word', () => {
  const word = (text: string, kind: 'text' | 'identifier' = 'text') => ({ line: 1, text, kind });
  for (const text of ['consent', '../consent/step.ts', 'Consent: denied', 'of consent.'])
    assert.ok(holds(word(text), 'consent'), text);
  for (const text of ['gitHubToken', 'relateGitHub', 'GITHUB_URL', 'github'])
    assert.ok(holds(word(text, 'identifier'), 'github'), text);
  assert.ok(holds(word('Azure DevOps'), 'azure-devops'));
  assert.equal(holds(word('consented'), 'consent'), false);
  assert.equal(holds(word('entra-event'), 'entra'), false);
});

test('a step that leaves something out does not compile', () => {
  const { tells: _, ...rest } = consent;
  const incomplete = () =>
    // @ts-expect-error It does not say whether its findings tell of an incident.
    defineStep<'consent', 'discover', readonly unknown[], typeof NO_FACTS, never, z.ZodNever>(rest);
  assert.equal(typeof incomplete, 'function');
});

test('properties take their seed from one place', () => {
  const direct = globSync('{test,bench,local,scripts,src}/**/*.ts', { cwd: root }).filter((file) =>
    /from ["']fast-check["']/.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(direct, ['test/support/properties.ts']);
});
