import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { test } from 'node:test';
import { RELEASED_RULES } from '../../src/posture/policies/released-rules.ts';
import { ruleHash } from '../../src/posture/policies/rule-hash.ts';

const folder = resolve(import.meta.dirname, '../../infra/policies');
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

test('the hashes of the released policies are those of infra/policies (node scripts/pages/write-released-policies.ts)', () => {
  const files = globSync('*.json', { cwd: folder });
  assert.deepEqual(Object.fromEntries(files.map((file) => [basename(file, '.json'), ruleHash(read(file))])), {
    ...RELEASED_RULES,
  });
});

test('a rule is the same in whatever order its keys stand, and whatever the words around it are', () => {
  const rule = read('mcp-managed-identity.json');
  const { effect } = rule.parameters;
  const said = { ...rule, parameters: { effect: { ...effect, type: 'string', metadata: { displayName: 'Wirkung' } } } };
  const turned = Object.fromEntries(Object.entries({ ...said, displayName: 'Server' }).toReversed());
  assert.equal(ruleHash(turned), RELEASED_RULES['mcp-managed-identity']);
});

test('another default, another mode or another condition is another rule', () => {
  const rule = read('mcp-managed-identity.json');
  const { effect } = rule.parameters;
  const [type, ...others] = rule.policyRule.if.allOf;
  for (const other of [
    { ...rule, parameters: { effect: { ...effect, defaultValue: 'Audit' } } },
    { ...rule, mode: 'All' },
    { ...rule, policyRule: { ...rule.policyRule, if: { allOf: [...others, type] } } },
  ]) {
    assert.notEqual(ruleHash(other), RELEASED_RULES['mcp-managed-identity']);
  }
});
