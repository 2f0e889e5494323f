import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeepingSchema, RunAnswersSchema, SayerSchema, ToldRunsSchema } from '../../src/machines/kept-shape.ts';
import { MOST_CHARACTERS, MOST_PLACES, MOST_SERVERS, MOST_TOKENS } from '../../src/machines/limits.ts';
import { credentialGiven, goneServers, later } from '../../src/machines/machine-servers.ts';
import { type MachineReport, MachineReportSchema } from '../../src/machines/report.ts';
import { answerOfJobs, isAnswered, type RunAnswer } from '../../src/machines/telling.ts';
import { aReport, aToken, SHA } from './a-report.ts';

const AT = '2026-11-30T08:00:00.000Z';
const NOW = new Date(AT);
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const aServer = (name: string, more: Partial<MachineReport['servers'][number]> = {}) =>
  ({
    ...{ client: 'cursor', path: '~/.cursor/mcp.json', name, transport: 'stdio', tokens: [], otherCredential: false },
    ...more,
  }) as MachineReport['servers'][number];

test('a server is given what its tokens are, and one that the machine does not tell of may be anybody’s', () => {
  const own = aToken('own');
  const service = { ...aToken('service'), holder: 'service' } as const;
  const unknown = { ...aToken('unknown'), holder: 'unknown' } as const;
  const tokens = [own, service, unknown];
  const situations: readonly (readonly [string, readonly string[], other: boolean, string])[] = [
    ['nothing', [], false, 'none'],
    ['a service’s', ['service'], false, 'service'],
    ['a service’s and a person’s', ['service', 'own'], false, 'personal'],
    ['a person’s and something else', ['own'], true, 'personal'],
    ['a service’s and something else', ['service'], true, 'unknown'],
    ['one that may be either', ['unknown'], false, 'unknown'],
    ['a digest that is not told', ['nowhere'], false, 'unknown'],
    ['something that the detector does not know', [], true, 'unknown'],
  ];
  for (const [what, given, otherCredential, expected] of situations)
    assert.equal(credentialGiven({ tokens }, { tokens: given.map(SHA), otherCredential }), expected, what);
});

test('a server that a newer report leaves out is remembered for a while: the machine’s word is no proof', () => {
  const before = aReport({ servers: [aServer('files', { otherCredential: true }), aServer('plain')] });
  const other = { report: before, named: inDays(-1) };
  const gone = { client: 'cursor' as const, name: 'files', lastNamed: inDays(-1) };
  const from = new Date(inDays(-30));
  assert.deepEqual(goneServers([], aReport(), other, from), [gone], 'one without a credential is nobody’s');
  const harmless = aReport({ servers: [aServer('FILES')] });
  assert.deepEqual(goneServers([], harmless, other, from), [gone], 'that it is given nothing now is a word as well');
  const there = aReport({ servers: [aServer('FILES', { otherCredential: true })] });
  assert.deepEqual(goneServers([], there, other, from), [], 'it is there');
  assert.deepEqual(
    goneServers([{ ...gone, lastNamed: inDays(-31) }], aReport(), { report: aReport(), named: AT }, from),
    [],
  );
  const later = { ...gone, lastNamed: AT };
  assert.deepEqual(goneServers([later], aReport(), other, from), [later], 'the later instant counts');
});

test('GitHub is asked again of a run while it goes on, an hour later, and never where it said what there is', () => {
  const answer = (more: Partial<RunAnswer>): RunAnswer => ({
    run: 'r',
    askedAt: AT,
    on: [],
    state: 'under-way',
    ...more,
  });
  const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
  assert.ok(isAnswered(answer({}), later(59)));
  assert.ok(!isAnswered(answer({}), later(60)));
  assert.ok(!isAnswered(answer({ state: 'gone' }), later(60)));
  assert.ok(isAnswered(answer({ state: 'over' }), later(6_000)));
  assert.ok(isAnswered(answer({ on: [{ id: 7 }] }), later(6_000)));
});

test('jobs say on which runner of the name they ran: the job that told, where its token says which', () => {
  const jobs = [
    { status: 'completed', runnerId: 7, runnerName: 'Laptop-7', runnerGroupId: 1, checkRunId: '1' },
    { status: 'completed', runnerId: 7, runnerName: 'laptop-7', runnerGroupId: 1, checkRunId: '2' },
    { status: 'completed', runnerId: 9, runnerName: 'LapTop-7', checkRunId: '3' },
    { status: 'completed', runnerId: 8, runnerName: 'other', checkRunId: '4' },
    { status: 'completed', runnerName: 'laptop-7', checkRunId: '5' },
    { status: 'completed', runnerId: 6, checkRunId: '6' },
  ];
  const of = (checkRunId?: string, all = jobs) =>
    answerOfJobs({ key: 'k', ...(checkRunId && { checkRunId }) }, all, 'LAPTOP-7', NOW);
  assert.deepEqual(of(), { run: 'k', askedAt: AT, on: [{ id: 7, group: 1 }, { id: 9 }], state: 'over' });
  assert.deepEqual(of('3').on, [{ id: 9 }]);
  assert.deepEqual(of('4').on, [], 'it ran elsewhere');
  assert.equal(of(undefined, []).state, 'under-way', 'a run without jobs is not over');
  assert.equal(of('3', [...jobs, { status: 'queued', checkRunId: '7' } as (typeof jobs)[number]]).state, 'under-way');
});

test('a report is bounded, and shows no sign that changes a terminal or a page', () => {
  const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
  const takes = (more: object): boolean => MachineReportSchema.safeParse({ ...aReport(), ...more }).success;
  assert.ok(takes({ tokens: many(MOST_TOKENS, (at) => aToken(`${at}`)) }));
  assert.ok(!takes({ tokens: many(MOST_TOKENS + 1, (at) => aToken(`${at}`)) }));
  assert.ok(!takes({ servers: many(MOST_SERVERS + 1, (at) => aServer(`${at}`)) }));
  assert.ok(!takes({ places: many(MOST_PLACES + 1, (at) => ({ place: 'git', path: `/${at}`, state: 'read' })) }));
  for (const name of ['a\u001b[2J', 'a\u202eb', 'a\u2028b', '', 'x'.repeat(201)])
    assert.ok(!takes({ servers: [aServer(name)] }), JSON.stringify(name));
  assert.ok(!takes({ tokens: [{ ...aToken('x'), value: 'ghp_x' }] }), 'a token travels as its digest alone');
  assert.ok(!takes({ tokens: [{ ...aToken('x'), lastFour: '12345' }] }));
  const numbered = (number: number): boolean => takes({ machine: { ...aReport().machine, number } });
  assert.deepEqual([7, 0, -1, 1.5].map(numbered), [true, true, false, false]);
  assert.ok(MOST_CHARACTERS >= JSON.stringify(many(MOST_TOKENS, (at) => aToken(`${at}`))).length, 'a full list fits');
});

test('what is kept of a machine is read as it was written', () => {
  const sayer = { kind: 'github-job', owner: 'acme', ownerId: 1, repository: 'a', repositoryId: 2, runId: '3' };
  assert.deepEqual(SayerSchema.parse(sayer), sayer);
  assert.ok(SayerSchema.safeParse({ kind: 'managed-identity', oid: 'x' }).success);
  for (const broken of [{ kind: 'person' }, { kind: 'github-job', owner: 'acme' }, { kind: 'managed-identity' }])
    assert.ok(!SayerSchema.safeParse(broken).success, JSON.stringify(broken));
  const told = [{ runId: '3', attempt: '1', at: AT }];
  assert.deepEqual(ToldRunsSchema.parse(told), told);
  assert.ok(!ToldRunsSchema.safeParse([{ ...told[0], at: 'today' }]).success);
  const answers = [{ run: 'r', askedAt: AT, on: [{ id: 7, group: 1 }], state: 'gone' }];
  assert.deepEqual(RunAnswersSchema.parse(answers), answers);
  assert.ok(!RunAnswersSchema.safeParse([{ ...answers[0], state: 'done' }]).success);
  const machine = { vendor: 'github', id: 'github/acme/laptop-7', sayer, reportedAt: AT, report: aReport(), gone: [] };
  const keeping = { machine, heardAt: AT, jobs: ['4711'] };
  assert.deepEqual(KeepingSchema.parse(keeping), keeping);
  assert.ok(!KeepingSchema.safeParse({ ...keeping, machine: { ...machine, vendor: 'gitlab' } }).success);
});

test('of two instants the later counts, whatever their zones, and one alone for itself', () => {
  const [early, late] = ['2026-11-30T10:00:00+02:00', '2026-11-30T09:00:00Z'];
  assert.deepEqual([later(early, late), later(late, early), later(early, undefined)], [late, late, early]);
});
