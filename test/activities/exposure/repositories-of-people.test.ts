import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployKeyHoldings } from '../../../activities/exposure/deploy-keys-of-people.ts';
import { scheduleHoldings } from '../../../activities/exposure/schedules-of-people.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Oid } from '../../../src/people/oid.ts';

test('of a deploy key that is not let in it is not said that it gets in', () => {
  const key = { id: 7, title: 'deploy', keySha256: 'ab', fingerprint: null, addedBy: 'ann', readOnly: false };
  const rest = { enabled: false, createdAt: '2026-01-01T00:00:00Z', lastUsed: null };
  const repository = { id: 1, nodeId: 'R_1', name: 'app', archived: false };
  const facts = [{ repository, sources: { 'deploy-keys': { fact: [{ ...key, ...rest }] } } }] as never;
  const ofLogin = (login: string) => ({ id: 1, login, oid: WORLD.leaver.oid as Oid });
  const { holdings } = deployKeyHoldings('https://api.github.com', 'acme', facts, { ofLogin });
  assert.deepEqual(
    holdings.map(({ survives, why }) => [survives, why]),
    [[false, 'No deploy key is let in there for now; it opens the repository again once they are.']],
  );
});

const SCHEDULE = { workflow: 'nightly.yml', path: '.github/workflows/nightly.yml', crons: ['0 1 * * *'] };
const RUN = { workflowId: 5, actor: { id: 1, login: 'ann' }, createdAt: '2026-01-01T00:00:00Z', headSha: 'ab' };

/** The schedules of one repository, of which each account is somebody’s. */
function schedulesOf(fact: object, archived = false) {
  const client = {
    ...{ name: 'acme', apiEndpoint: 'https://api.github.com' },
    admit: async () => ({ ok: true, value: { done: () => undefined } }),
    getWorkflow: async () => ({ ok: true, value: { id: 5, path: SCHEDULE.path, state: 'active' } }),
  };
  const repository = { id: 1, nodeId: 'R_1', name: 'app', archived };
  const facts = [{ repository, sources: { schedules: { fact: [{ ...SCHEDULE, run: RUN, unread: false, ...fact }] } } }];
  const ofId = (id: number) => ({ id, login: `login-${id}`, oid: WORLD.leaver.oid as Oid });
  return scheduleHoldings({ at: '2026-11-30T04:40:00.000Z' }, client as never, facts as never, { ofId });
}

test('a schedule of an archived repository is nobody’s: it does not run', async () => {
  assert.equal((await schedulesOf({})).holdings.length, 1);
  assert.equal((await schedulesOf({}, true)).holdings.length, 0);
});

test('of a schedule that two people changed in one commit nobody knows whose it is', async () => {
  const by = [RUN.actor, { id: 2, login: 'ben' }].map((account) => ({ account }));
  const { holdings, gaps } = await schedulesOf({ change: { at: '2026-02-01T00:00:00Z', by, sinceRun: true } });
  assert.deepEqual(holdings, []);
  assert.match(gaps[0]?.detail ?? '', /Of 1 schedule of acme the last change has more than one author/);
});
