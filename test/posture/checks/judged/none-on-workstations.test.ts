import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noneOnWorkstations } from '../../../../src/posture/checks/none-on-workstations.ts';
import type { MachineServer } from '../../../../src/posture/readings/servers/machine-servers.ts';
import type { WorkstationServer } from '../../../../src/posture/readings/servers/workstation-servers.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';
const [FIRST, LAST] = ['2026-11-01T08:00:00.000Z', '2026-11-20T08:00:00.000Z'];
const running = (more: Partial<WorkstationServer> = {}): WorkstationServer => ({
  ...{ device: 'd1', command: 'b'.repeat(64), first: FIRST, last: LAST, ...more },
});
const onRunner = (more: Partial<MachineServer> = {}): MachineServer => ({
  ...{
    machine: 'github/acme/Laptop',
    client: 'claude',
    name: 'crm',
    transport: 'stdio',
    credential: 'personal',
    said: AT,
  },
  ...more,
});
const judge = (
  servers: readonly WorkstationServer[],
  coverage?: { readonly active: number; readonly reporting: number },
  runners: readonly MachineServer[] = [],
) =>
  noneOnWorkstations.judge(
    {
      workstations: { servers: [...servers], ...(coverage && { coverage }) },
      runners: { servers: [...runners], machines: 2 },
    },
    { at: AT, settings: NO_SETTINGS },
  );

test('a server on a workstation that reaches a shared host fails, and one of which that is not known is a doubt', () => {
  const { findings, doubts, subjects, evidence, shows } = judge([
    running({ reachedAt: AT }),
    running({ device: 'd2' }),
  ]);
  assert.deepEqual(
    findings.map(({ remedy, ...rest }) => ({ ...rest, link: remedy.link })),
    [
      {
        ...{ reason: 'reaches-shared-host', resource: `devices/d1/commands/${'b'.repeat(64)}` },
        says: 'An MCP server on the device d1 had a connection to a shared host.',
        evidence: {
          ...{ resource: 'devices/d1', call: 'security/runHuntingQuery v1.0: posture/workstation-servers.kql' },
          ...{ hash: 'b'.repeat(64), shows: { first_seen: FIRST, last_seen: LAST, last_connection: AT } },
        },
        link: 'https://security.microsoft.com/machines/d1',
      },
    ],
  );
  assert.deepEqual(doubts, [
    {
      ...{ reason: 'no-data', resource: 'servers' },
      detail:
        'Servers that nobody allowed ran on workstations (1), and no connection of theirs to a shared host is known: Defender does not tell every connection.',
    },
  ]);
  assert.deepEqual([subjects, evidence], [2, []]);
  assert.deepEqual(shows, {
    ...{ servers_not_allowed: 2, runners_reporting: 2 },
    not_seen: ['what runs in WSL', 'what runs in containers', 'runners that do not report'],
  });
});

test('of a hundred devices ninety-five have to report', () => {
  const situations: readonly (readonly [active: number, reporting: number, reason: string | undefined])[] = [
    [100, 95, undefined],
    [100, 94, 'partial'],
    [20, 20, undefined],
    [0, 0, 'no-data'],
  ];
  for (const [active, reporting, reason] of situations) {
    const { doubts, subjects, shows } = judge([], { active, reporting });
    const detail = `Of ${active} devices in use ${reporting} reported to Defender within seven days; 95 of 100 have to.`;
    assert.deepEqual(doubts, reason === undefined ? [] : [{ reason, resource: 'coverage', detail }]);
    assert.deepEqual([subjects, shows.devices_in_use, shows.of_them_reporting], [active, active, reporting]);
  }
  assert.deepEqual([judge([]).doubts, judge([]).subjects], [[], 0], 'the gap of the reading says so');
});

test('a server on a runner fails once, with what its credential is, and one with a service’s is none', () => {
  const { findings, subjects } = judge([], { active: 3, reporting: 3 }, [
    ...[onRunner(), onRunner({ name: 'CRM' }), onRunner({ name: 'docs', credential: 'unknown' })],
    ...[onRunner({ name: 'files', credential: 'service' }), onRunner({ name: 'none', credential: 'none' })],
  ]);
  assert.deepEqual(
    findings.map(({ reason, resource, says, evidence }) => [
      reason,
      resource,
      says.split(' there with ')[1],
      evidence.shows,
    ]),
    [
      [
        ...['personal-on-runner', 'machines/github/acme/laptop/claude/crm', 'a person’s token.'],
        { client: 'claude', server: 'CRM', credential: 'personal', said: AT },
      ],
      [
        ...['personal-on-runner', 'machines/github/acme/laptop/claude/docs', 'a credential whose kind is not known.'],
        { client: 'claude', server: 'docs', credential: 'unknown', said: AT },
      ],
    ],
  );
  assert.equal(subjects, 5);
  assert.equal(findings[0]?.evidence.resource, 'machines/github/acme/Laptop');
});
