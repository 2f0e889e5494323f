import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  goneDoubts,
  isPersonal,
  type MachineServer,
  machineServers,
  serverKey,
} from '../../../../src/posture/readings/servers/machine-servers.ts';
import { servers } from '../../../../src/posture/readings/servers/servers.ts';
import { workstationServers } from '../../../../src/posture/readings/servers/workstation-servers.ts';
import { isDeclared } from '../../support/declared-reading.ts';

const AT = '2026-11-23T04:10:00.000Z';
const server = (more: Partial<MachineServer> = {}): MachineServer => ({
  ...{ machine: 'github/acme/laptop-7', client: 'cursor', name: 'files', transport: 'stdio', credential: 'personal' },
  ...{ said: AT, ...more },
});
const gone = (name: string, machine = 'github/acme/laptop-7') => ({ machine, client: 'cursor', name, lastNamed: AT });

test('a credential of which nothing tells whose it is may be somebody’s own', () => {
  const personal = (credential: MachineServer['credential']): boolean => isPersonal(server({ credential }));
  assert.deepEqual((['personal', 'unknown', 'service', 'none'] as const).map(personal), [true, true, false, false]);
});

test('a server is one whoever tells of its machine, in whatever case', () => {
  assert.equal(
    serverKey(server()),
    serverKey(server({ machine: 'GitHub/Acme/laptop-7', name: 'FILES', credential: 'none' })),
  );
  assert.notEqual(serverKey(server()), serverKey(server({ client: 'vs-code' })));
});

test('that a machine names a server no more is no proof: it is a doubt, unless it is there with a person’s credential', () => {
  const doubts = (there: readonly MachineServer[], ...left: readonly ReturnType<typeof gone>[]) =>
    goneDoubts({ servers: [...there], gone: [...left], machines: 1 });
  assert.deepEqual(goneDoubts({ servers: [], machines: 1 }), []);
  assert.equal(doubts([], gone('files'), gone('FILES'))[0]?.reason, 'no-data');
  assert.match(doubts([], gone('files'), gone('FILES'))[0]?.detail ?? '', /1 MCP server with .* \(FILES on/);
  assert.deepEqual(doubts([server()], gone('Files')), [], 'it is judged where it is');
  assert.equal(doubts([server({ credential: 'none' })], gone('files')).length, 1, 'the same without its credential');
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => gone(name));
  assert.match(doubts([], ...many)[0]?.detail ?? '', /7 MCP servers .* and 2 more/);
});

test('servers of runners: none was heard of until a machine tells', () => {
  isDeclared(machineServers, { servers: [server()], gone: [gone('x')], machines: 1 }, [
    { servers: [{ ...server(), credential: 'mine' }] },
    { servers: [{ ...server(), token: 'x' }] },
    { gone: [{ ...gone('x'), lastNamed: 'once' }] },
  ]);
  assert.deepEqual(machineServers.nothing, { servers: [], machines: 0 });
});

test('hosts: with nothing read the list is not whole, and a token is there as its digest', () => {
  const token = { variable: 'GH', type: 'github-classic', holder: 'personal' as const, sha256: 'a', lastFour: 'abcd' };
  const host = {
    ...{ kind: 'container-group' as const, id: '/x', name: 'aci-files', tags: { mcpserver: 'true' }, identity: 'None' },
    ...{ images: [], subnets: [], addresses: [], isPublic: false, tokens: [token], secureVariables: ['PASSWORD'] },
  };
  isDeclared(servers, { hosts: [host], complete: true }, [
    { hosts: [{ ...host, kind: 'virtual-machine' }] },
    { hosts: [{ ...host, tokens: [{ ...token, value: 'ghp_x' }] }] },
    { hosts: [{ ...host, networkUnread: false }] },
    { complete: undefined },
  ]);
  assert.equal(servers.nothing.complete, false);
});

test('servers of workstations: the command line is a digest, and how much is seen may be unknown', () => {
  const seen = { device: 'd', command: 'b'.repeat(64), first: AT, last: AT, reachedAt: AT };
  isDeclared(workstationServers, { servers: [seen], coverage: { active: 40, reporting: 39 } }, [
    { servers: [{ ...seen, command: 'npx server --token x' }] },
    { servers: [{ ...seen, user: 'alex' }] },
    { coverage: { active: 40 } },
  ]);
  assert.equal(workstationServers.nothing.coverage, undefined);
  assert.equal(workstationServers.weekly, true);
});
