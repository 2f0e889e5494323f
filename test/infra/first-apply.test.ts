import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const infra = resolve(import.meta.dirname, '../../infra');
const read = (path: string): string => readFileSync(join(infra, path), 'utf8');

/** The root's variables, in the layout that `terraform fmt` gives them. */
const blocks = globSync('variables*.tf', { cwd: infra }).flatMap((file) => [
  ...read(file).matchAll(/^variable "(\w+)" \{\n([\s\S]*?)^\}/gm),
]);
const names = blocks.map(([, name]) => name);
const required = blocks.filter(([, , body]) => !/^ {2}default\b/m.test(body ?? '')).map(([, name]) => name);

test('terraform.tfvars.example has what the root requires, and nothing that it does not know', () => {
  const given = [...read('examples/minimal/terraform.tfvars.example').matchAll(/^(\w+) +=/gm)].map(([, name]) => name);
  assert.notEqual(required.length, 0);
  assert.deepEqual(
    required.filter((name) => !given.includes(name)),
    [],
  );
  assert.deepEqual(
    given.filter((name) => !names.includes(name)),
    [],
  );
});

test('each profile has an example to begin with, which the README and the page of costs name', () => {
  const [, profiles = ''] = /contains\(\[([^\]]+)\], var\.profile\)/.exec(read('variables.tf')) ?? [];
  const standard = /variable "profile" \{\n(?:.*\n)*? +default += "(\w+)"/.exec(read('variables.tf'))?.[1];
  const examples = new Map(
    globSync('examples/*/main.tf', { cwd: infra })
      .sort()
      .map((file) => [/^ +profile += "(\w+)"/m.exec(read(file))?.[1] ?? standard, file]),
  );
  assert.deepEqual([...examples.keys()].sort(), [...profiles.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort());
  for (const [profile, file] of examples) {
    assert.match(read('README.md'), new RegExp(`^${file.replace('/main.tf', '')} +profile ${profile}\\b`, 'm'));
    assert.ok(read('../docs/cost.md').includes(`[${profile}](../infra/${file})`), profile);
  }
});

test('the README names no input and no output that is not there', () => {
  const readme = `${read('README.md')}\n${read('modules/offboarding/README.md')}`;
  const inputs = [...readme.matchAll(/`(\w+)( = [^`]+)?`/g)].map(([, name]) => name ?? '');
  const declared = globSync('{*.tf,modules/*/*.tf}', { cwd: infra }).map(read).join('\n');
  const unknown = inputs.filter(
    (name) => name.includes('_') && name === name.toLowerCase() && !declared.includes(name),
  );
  assert.deepEqual(unknown, []);
});
