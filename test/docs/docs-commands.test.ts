import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import * as z from 'zod';
import { Decision } from '../../src/api/decision.ts';
import { NewCase } from '../../src/api/routes/cases/open-one.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { readHrMessage } from '../../src/triggers/hr/read-hr-message.ts';
import { AZ_COMMANDS, AZ_GLOBAL, GH_COMMANDS } from '../support/docs/known-commands.ts';
import { commandsIn } from '../support/docs/shell-commands.ts';
import { assertKnown, commands, fences, of, read } from './docs-commands-world.ts';

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
