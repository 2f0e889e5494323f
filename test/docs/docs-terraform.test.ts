import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { AZ_COMMANDS, AZ_GLOBAL } from '../support/docs/known-commands.ts';
import { commandsIn } from '../support/docs/shell-commands.ts';
import { assertKnown, commands, fences, of, optionsOf, read, root } from './docs-commands-world.ts';

const sources = (pattern: string): string => globSync(pattern, { cwd: root }).map(read).join('\n');
const named = (text: string, kind: 'variable' | 'output'): string[] =>
  [...text.matchAll(new RegExp(`^${kind} "([a-z0-9_]+)"`, 'gm'))].map(([, name = '']) => name);
const ROOT = sources('infra/*.tf');
const VARIABLES = named(ROOT, 'variable');
const OUTPUTS = named(ROOT, 'output');

const TERRAFORM: Readonly<Record<string, readonly string[]>> = {
  init: [],
  plan: ['-out'],
  apply: ['-replace'],
  destroy: [],
  output: ['-raw', '-json'],
  providers: ['-platform'],
  state: [],
};

test('terraform runs where there is some, and reads outputs that there are', () => {
  assert.ok(of('terraform').length > 20);
  for (const { at, args } of of('terraform')) {
    const [chdir = '', verb = '', ...rest] = args;
    assert.equal(chdir, '-chdir=infra', at);
    for (const option of optionsOf(rest))
      assert.ok(TERRAFORM[verb]?.includes(option), `${at}: terraform ${verb} ${option}`);
    const name = rest.findLast((arg) => !arg.startsWith('-'));
    if (verb === 'output' && name !== undefined) assert.ok(OUTPUTS.includes(name), `${at}: no output ${name}`);
  }
});

test('next_steps has commands that there are, in the order of the guide', () => {
  const [, output = ''] = /^output "next_steps" \{\n([\s\S]*?)^\}/m.exec(ROOT) ?? [];
  // A placeholder is a word; what Terraform fills in may have quotes of its own.
  const texts = [...output.replace(/\$\{(?:[^{}"]|"[^"]*")*\}/g, 'x').matchAll(/"((?:az|curl|npm|terraform) [^"]*)"/g)];
  const steps = texts.flatMap(([, text = '']) => commandsIn(text.replace(/<[\w.-]+>/g, 'x').replaceAll('%%', '%')));
  assert.ok(steps.length >= 6);
  const guide = commands
    .filter(({ at }) => /\/(?:deploy|first-cases)\.md/.test(at))
    .sort((a, b) => Number(a.at.includes('first-cases')) - Number(b.at.includes('first-cases')));
  let reached = 0;
  for (const { program, args } of steps) {
    if (program === 'az') assertKnown('next_steps', args, AZ_COMMANDS, AZ_GLOBAL);
    // The command with its verbs, or the address without its host.
    const key = (of: readonly string[]): string =>
      program === 'curl'
        ? (of.findLast((arg) => /^(?:https:\/\/|\$GATEWAY|x$)/.test(arg)) ?? '').replace(
            /^https:\/\/[^/]+|^\$GATEWAY.*|^x$/,
            '',
          )
        : of
            .slice(
              0,
              of.findIndex((arg) => arg.startsWith('-')),
            )
            .join(' ')
            .replace(/ (?:list|show)$/, '');
    const at = guide.findIndex(
      (one, index) => index >= reached && one.program === program && key(one.args) === key(args),
    );
    assert.ok(at >= 0, `${program} ${args.join(' ')} is not in the guide, or comes earlier there`);
    reached = at;
  }
});

test('addresses of resources exist, through the modules that the root composes', () => {
  const addresses = of('terraform').flatMap(({ at, args }) =>
    args
      .map((arg) => arg.replace(/^-replace=/, ''))
      .filter((arg) => /^(module|azurerm|azuread|azapi)[._]/.test(arg))
      .map((address) => ({ at, address })),
  );
  assert.ok(addresses.length >= 6);
  for (const { at, address } of addresses) {
    const [, module, type, name] = /^(?:module\.(\w+)\.)?(\w+)\.(\w+)$/.exec(address) ?? [];
    if (module !== undefined)
      assert.match(ROOT, new RegExp(`^module "${module}" \\{\\n  source = "./modules/${module}"`, 'm'), at);
    const where = module === undefined ? ROOT : sources(`infra/modules/${module}/*.tf`);
    assert.match(where, new RegExp(`^resource "${type}" "${name}" \\{`, 'm'), `${at}: ${address}`);
  }
});

test('the guide’s variables are the root’s, and none that the root requires is missing', () => {
  const inputsIn = (text: string): string[] => [...text.matchAll(/^(\w+)\s*=/gm)].map(([, name = '']) => name);
  const blocks = fences.filter(({ language }) => language === 'hcl');
  for (const { at, text } of blocks)
    for (const name of inputsIn(text)) assert.ok(VARIABLES.includes(name), `${at}: ${name}`);
  const [first] = blocks;
  assert.ok(first);
  const set = inputsIn(first.text);
  const required = [...ROOT.matchAll(/^variable "(\w+)" \{\n([\s\S]*?)^\}/gm)]
    .filter(([, , body = '']) => !/^ {2}default\s*=/m.test(body))
    .map(([, name = '']) => name);
  assert.ok(required.length > 5);
  for (const name of required) assert.ok(set.includes(name), `the root requires ${name}`);
});

/** Inputs that only the page on upgrading names. */
const FORMER = ['production'];

test('inputs and outputs that the text names exist', () => {
  const pages = ['docs/operating-guide.md', 'docs/cost.md', ...globSync('docs/operations/*.md', { cwd: root })];
  const text = [...pages, 'infra/README.md'].map(read).join('\n');
  const attributes = [...ROOT.matchAll(/^ +(\w+) += (?:optional\(|string$)/gm)].map(([, name = '']) => name);
  const known = new Set([
    ...[...VARIABLES, ...attributes, ...OUTPUTS],
    ...named(sources('infra/modules/*/*.tf'), 'variable'),
  ]);
  const settings = read('docs/configuration.md');
  // `input = value`, and the fields of a value that is an object.
  for (const [code] of text.matchAll(/`[a-z_]+ = [^`\n]+`/g))
    for (const [, name = ''] of code.replaceAll(/"[^"]*"/g, '').matchAll(/(\w+) =/g))
      assert.ok(known.has(name) || FORMER.includes(name), `no input ${name} in ${code}`);
  for (const [, name = ''] of text.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)) assert.ok(known.has(name), `no input ${name}`);
  for (const [, name = ''] of text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)) {
    const known = settings.includes(`\`${name}\``) || read('.github/workflows/deploy.yml').includes(`vars.${name}`);
    assert.ok(known, `no setting ${name}`);
  }
});
