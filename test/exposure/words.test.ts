import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ofApplication,
  ofConnection,
  ofDeployKey,
  ofFineGrainedToken,
  ofGrant,
  ofSchedule,
  ofSsoCredential,
  ofToken,
  ofTrust,
} from '../../src/exposure/words.ts';

const LINK = 'https://example.com/x';
const ALL = [
  ofFineGrainedToken('nightly', 'acme', LINK),
  ofSsoCredential('SSH key', ' “laptop”', 'acme', LINK),
  ofToken('npm', 'acme/a, .npmrc', undefined),
  ofDeployKey('ci', 'acme/a', 7, LINK),
  ofSchedule('.github/workflows/nightly.yml', 'acme/a', LINK),
  ofTrust('gh', 'application pipelines', 'repo:alex/x:ref:refs/heads/main', LINK, undefined),
  ofApplication('pipelines', 'a0000000-0000-4000-8000-000000000001', 1, LINK),
  ofConnection('to-azure', true, 'acme/web', undefined),
  ofGrant('Claude'),
];

test('each credential says what it is, where, why it works on and what to do, in whole sentences', () => {
  for (const { title, where, why, todo } of ALL) {
    assert.match(why, /\.$/, title);
    assert.match(todo, /\.$/, title);
    assert.ok(title !== '' && where !== '');
    assert.ok(![title, where, why, todo].some((text) => text.includes('undefined')), title);
  }
});

test('only a consent needs a sign-in: all else survives its owner', () => {
  assert.deepEqual(
    ALL.filter(({ survives }) => !survives).map(({ title }) => title),
    ['Your consent for Claude'],
  );
});

test('where the vendor shows no place there is no link, and an empty one is none', () => {
  assert.equal('link' in ofToken('npm', 'x', undefined), false);
  assert.equal(ofToken('npm', 'x', LINK).link, LINK);
  assert.equal('command' in ofTrust('n', 'o', 's', LINK, undefined), false);
});

test('names stand in a command as one word, whatever is in them', () => {
  const evil = "acme/a'; rm -rf ~";
  for (const command of [ofDeployKey('k', evil, 7, undefined).command, ofSchedule('a.yml', evil, undefined).command])
    assert.match(command ?? '', /--repo 'acme\/a'\\''; rm -rf ~'$/);
  assert.match(ofApplication('x', '$(id)', 2, LINK).command ?? '', / --id '\$\(id\)'$/);
});

test('a schedule is told by its file, an application by how much it signs in with, a connection by whose hand was last', () => {
  assert.equal(
    ofSchedule('.github/workflows/nightly.yml', 'acme/a', LINK).title,
    'The schedule of nightly.yml, which runs as you',
  );
  const of = (count: number): string => ofApplication('x', 'id', count, LINK).where;
  assert.match(of(1), /\(one secret or certificate\)/);
  assert.match(of(3), /\(3 secrets and certificates\)/);
  assert.match(ofConnection('x', true, 'w', LINK).title, /which you changed last/);
  assert.match(ofConnection('x', false, 'w', LINK).title, /somebody changed since/);
});
