import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as z from 'zod';
import { Decision } from '../../src/api/decision.ts';
import { NewCase } from '../../src/api/routes/cases/open-one.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { readHrMessage } from '../../src/triggers/hr/read-hr-message.ts';
import { commandsOfGuide, fencesOfGuide, linksOfGuide } from '../support/docs/guide.ts';
import { AZ_COMMANDS, AZ_GLOBAL, GH_COMMANDS, type KnownCommand } from '../support/docs/known-commands.ts';
import { commandsIn } from '../support/docs/shell-commands.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const sources = (pattern: string): string => globSync(pattern, { cwd: root }).map(read).join('\n');

const fences = fencesOfGuide();
const commands = commandsOfGuide();
const of = (program: string) => commands.filter((command) => command.program === program);
const named = (text: string, kind: 'variable' | 'output'): string[] =>
  [...text.matchAll(new RegExp(`^${kind} "([a-z0-9_]+)"`, 'gm'))].map(([, name = '']) => name);
const optionsOf = (args: readonly string[]): string[] =>
  args.filter((arg) => /^--?[a-z]/.test(arg)).map((arg) => arg.replace(/=.*$/s, ''));

const FIRST_APPLY_PAGES = ['README.md', 'infra/README.md', ...globSync('docs/operations/*.md', { cwd: root }).sort()];
const ROOT = sources('infra/*.tf');
const VARIABLES = named(ROOT, 'variable');
const OUTPUTS = named(ROOT, 'output');

test('a script is read as a shell reads it', () => {
  const script = `A=$(one "two $(three 'f(o|u)r')" \\\n  --five) # six; seven\nB=8 (nine && ten < eleven) | twelve "th\\"ir'teen"\n`;
  assert.deepEqual(
    commandsIn(script).map(({ program, args }) => [program, ...args].join('·')),
    ['three·f(o|u)r', 'one·two $()·--five', 'nine', 'ten', `twelve·th"ir'teen`],
  );
});

test('every script of the guide parses, and uses only programs that it says are needed', () => {
  const scripts = fences.filter(({ language }) => language === 'sh');
  assert.ok(scripts.length > 20 && commands.length > 60);
  for (const { at, text } of scripts) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
    assert.equal(status, 0, `${at}: ${stderr}`);
  }
  const known = [
    'az',
    'cat',
    'cd',
    'curl',
    'gh',
    'jq',
    'node',
    'npm',
    'offboard',
    'openssl',
    'printf',
    'rm',
    'sha256sum',
    'terraform',
    'umask',
    'zip',
  ];
  assert.deepEqual([...new Set(commands.map(({ program }) => program))].sort(), known);
  // What every shell has needs no mention.
  const needed = /^- Terraform .*$/m.exec(read('docs/operations/deploy.md'))?.[0] ?? '';
  const ownShell = ['cat', 'cd', 'printf', 'rm', 'terraform', 'umask'];
  // This project's own; cli.md says how it is installed.
  assert.deepEqual(
    known.filter(
      (program) => program !== 'offboard' && !ownShell.includes(program) && !needed.includes(`\`${program}\``),
    ),
    [],
  );
});

/** What only the reader knows. */
const READERS = [
  ...['DEVOPS_ORGANISATION', 'IMAGE_SOURCE', 'OLD_VERSION', 'REPOSITORY', 'STATE_ACCOUNT', 'SUBSCRIPTION_ID'],
  ...['TEAM_REPOSITORY', 'TENANT_ID', 'TICKET', 'VERSION'],
];

test('a shell variable is set on the page that uses it, before it does, or is the reader’s to set', () => {
  const set = new Map<string, Set<string>>();
  const readers = new Set<string>();
  for (const { at, text } of fences.filter(({ language }) => language === 'sh')) {
    const page = at.replace(/:.*/, '');
    const known = set.get(page) ?? new Set();
    set.set(page, known);
    for (const line of text.split('\n')) {
      for (const [, name = ''] of line.matchAll(/\$([A-Z_]+)/g)) {
        if (known.has(name)) continue;
        readers.add(name);
        assert.ok(READERS.includes(name), `${at}: $${name} is not set`);
      }
      const assigned = /^([A-Z_]+)=/.exec(line)?.[1];
      if (assigned !== undefined) known.add(assigned);
    }
  }
  assert.deepEqual([...readers].sort(), READERS);
});

test('npm runs scripts that there are', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const { at, args } of of('npm')) {
    const [verb, script = ''] = args;
    if (verb === 'run') assert.ok(script in scripts, `${at}: npm run ${script}`);
    else assert.ok(verb === 'ci' || verb === 'cit', `${at}: npm ${verb}`);
  }
});

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

function assertKnown(
  at: string,
  args: readonly string[],
  table: Readonly<Record<string, KnownCommand>>,
  all: readonly string[],
): void {
  const name = Object.keys(table)
    .filter((each) => args.slice(0, each.split(' ').length).join(' ') === each)
    .sort((a, b) => b.length - a.length)[0];
  const command = name === undefined ? undefined : table[name];
  assert.ok(command, `${at}: ${args.join(' ')} is not a known command`);
  const options = optionsOf(args);
  for (const option of options)
    assert.ok([...command.required, ...command.optional, ...all].includes(option), `${at}: ${name} has no ${option}`);
  for (const option of command.required) assert.ok(options.includes(option), `${at}: ${name} needs ${option}`);
}

test('az and gh are used as their references describe them', () => {
  for (const { at, args } of of('az')) assertKnown(at, args, AZ_COMMANDS, AZ_GLOBAL);
  for (const { at, args } of of('gh')) assertKnown(at, args, GH_COMMANDS, []);
  assert.throws(
    () => assertKnown('here', ['keyvault', 'key', 'import', '--pem', 'x'], AZ_COMMANDS, AZ_GLOBAL),
    /has no --pem/,
  );
  assert.throws(() => assertKnown('here', ['keyvault', 'keys', 'list'], AZ_COMMANDS, AZ_GLOBAL), /not a known command/);
  assert.throws(() => assertKnown('here', ['rest', '--method', 'get'], AZ_COMMANDS, AZ_GLOBAL), /needs --url/);
});

/** `GET /api/cases/{id}` as patterns, out of the registrations. */
test('every address of the app is a route of it, and every body passes its own validation', () => {
  const calls = of('curl').flatMap(({ at, args }) =>
    args
      .filter((arg) => arg.startsWith('https://$HOST'))
      .map((url) => ({ at, args, url: new URL(url.replace('$HOST', 'host')) })),
  );
  const gateway = of('curl').filter(({ args }) => args.some((arg) => arg.startsWith('$GATEWAY/mcp/')));
  assert.equal(calls.length + gateway.length, of('curl').length);
  for (const { at, args, url } of calls) {
    const body = args[args.indexOf('--data') + 1];
    const sends = args.includes('--data');
    const call = `${sends ? 'POST' : 'GET'} ${url.pathname}`;
    const route = ROUTES.find(({ method, path }) =>
      new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(call),
    );
    assert.ok(route !== undefined, `${at}: ${call}`);
    if (!sends) continue;
    const said: unknown = JSON.parse(body ?? '');
    // Another day is said as the first one is.
    const parsed = url.pathname.endsWith('/reschedule')
      ? NewCase.safeParse({ userPrincipalName: 'whoever', mode: 'plan', ...z.looseObject({}).parse(said) })
      : (url.pathname === '/api/cases' ? NewCase : (route.body ?? Decision)).safeParse(said);
    assert.ok(parsed.success, `${at}: ${parsed.error?.message}`);
  }
});

test('a token is never an argument of a process', () => {
  for (const { at, program, args } of commands) {
    if (program === 'printf') continue;
    assert.doesNotMatch(args.join(' '), /Authorization|Bearer/, at);
  }
});

test('HR’s message is one that the app accepts', () => {
  const [message] = fences.filter(({ language, text }) => language === 'json' && text.includes('schemaVersion'));
  assert.ok(message);
  const read = readHrMessage(JSON.parse(message.text), new Date('2026-11-20T12:00:00Z'), {
    BUSINESS_TIME_ZONE: 'Europe/Berlin',
    LAST_DAY_ENDS: '18:00',
  });
  assert.equal(read.kind, 'notice', JSON.stringify(read));
});

test('the GitHub Apps get exactly the permissions of the table', () => {
  const blocks = fences.filter(({ language, text }) => language === 'json' && text.includes('metadata'));
  const { github } = JSON.parse(read('infra/modules/offboarding/permissions.json')) as {
    github: { permissions: object; assessor: object };
  };
  const told = blocks.map(({ text }) => JSON.parse(text) as object);
  assert.deepEqual(told, [github.permissions, github.assessor]);
});

const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, name = '']) => anchor(name));

test('there is one first apply, and the README of the infrastructure goes through its page in the same order', () => {
  const applies = FIRST_APPLY_PAGES.filter((file) => /^terraform .*\binit$/m.test(read(file)));
  assert.deepEqual(applies, ['docs/operations/deploy.md']);
  const linked = [...read('infra/README.md').matchAll(/docs\/operations\/deploy\.md#([\w-]+)/g)].map(
    ([, it = '']) => it,
  );
  const sections = anchorsOf('docs/operations/deploy.md');
  assert.ok(linked.length >= 5);
  assert.deepEqual(
    linked,
    sections.filter((section) => linked.includes(section)),
  );
});

test('every link leads somewhere', () => {
  const links = linksOfGuide();
  assert.ok(links.length > 20);
  for (const { from, to } of links) {
    const [file = '', fragment] = to.split('#');
    assert.ok(existsSync(path.join(root, file)), `${from}: ${to}`);
    if (fragment === undefined) continue;
    assert.ok(anchorsOf(file).includes(fragment), `${from}: ${to}`);
  }
});
