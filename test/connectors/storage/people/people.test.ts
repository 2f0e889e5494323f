import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readMemory, rememberPeople } from '../../../../src/connectors/storage/people/people.ts';
import { type Memory, NO_MEMORY, type RememberedAccount } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { startApp } from '../../../support/apps/start-app.ts';

const app = await startApp({ vendors: () => [], storage: true });
after(() => app.stop());
const { config } = app;
const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();
const account = (id: string, of: Oid, at: string): RememberedAccount => ({
  vendor: 'github',
  id,
  oid: of,
  code: 'P1',
  source: 'github/saml-identity:firm',
  firstSeen: at,
  lastSeen: at,
});
const seen = (change: Partial<Memory>): Memory => ({ ...NO_MEMORY, ...change });
const accountOf = async (id: string) => (await readMemory(config, [])).accounts.find((each) => each.id === id);

test('what was seen again keeps the day on which it was seen first', async () => {
  assert.deepEqual(await rememberPeople(config, seen({ accounts: [account('1', oid(1), day(1))] }), NO_MEMORY), []);
  const known = await readMemory(config, []);
  await rememberPeople(config, seen({ accounts: [account('1', oid(1), day(9))] }), known);
  assert.deepEqual(await accountOf('1'), { ...account('1', oid(1), day(1)), lastSeen: day(9) });
});

test('an account that is remembered as one person’s is never another’s afterwards, and the second writer is told', async () => {
  const first = account('2', oid(1), day(1));
  await rememberPeople(config, seen({ accounts: [first] }), NO_MEMORY);
  const second = seen({ accounts: [account('2', oid(2), day(9))] });
  const known = await readMemory(config, []);
  assert.deepEqual(await rememberPeople(config, second, known), [first]);
  // Also where the second writer had read before the first one wrote.
  assert.deepEqual(await rememberPeople(config, second, NO_MEMORY), [first]);
  assert.deepEqual(await accountOf('2'), first);
});

test('of two writers at once one is remembered, and the other is told', async () => {
  const writes = [oid(3), oid(4)].map((of) =>
    rememberPeople(config, seen({ accounts: [account('3', of, day(1))] }), NO_MEMORY),
  );
  const disputed = (await Promise.all(writes)).flat();
  assert.equal(disputed.length, 1);
  assert.equal((await accountOf('3'))?.oid, disputed[0]?.oid);
});

test('a name can have been several people’s, and an account had several logins; each keeps its days', async () => {
  const name = (of: Oid, at: string) => ({
    name: 'a@firm.example',
    oid: of,
    kind: 'directory' as const,
    from: at,
    to: at,
  });
  const login = (text: string, at: string) => ({ id: '5', login: text, from: at, to: at });
  const first = seen({ names: [name(oid(5), day(1))], logins: [login('zed', day(1))] });
  await rememberPeople(config, first, NO_MEMORY);
  const later = seen({ names: [name(oid(5), day(8)), name(oid(6), day(9))], logins: [login('zz-top', day(9))] });
  await rememberPeople(config, later, await readMemory(config, ['A@firm.example']));
  const memory = await readMemory(config, ['A@firm.example']);
  assert.deepEqual(memory.names.map(({ oid: of, from, to }) => [of, from, to]).sort(), [
    [oid(5), day(1), day(8)],
    [oid(6), day(9), day(9)],
  ]);
  assert.deepEqual(memory.logins.map((each) => each.login).sort(), ['zed', 'zz-top']);
  assert.deepEqual((await readMemory(config, ['b@firm.example'])).names, []);
  assert.equal((await readMemory(config)).names.length, 2);
});
