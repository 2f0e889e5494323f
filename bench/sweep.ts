/**
 * What a sweep of a large firm costs: calls of GitHub by kind, for any number of leavers, after little has changed, and
 * after a crash; the app's memory; and how long a case takes that uses the sweep's inventory. Prints Markdown. GitHub's
 * limits are enforced at a multiple of their rate (`--speed`), so that what would take half an hour takes minutes.
 * `npm run bench:sweep -- --repos 5000 --leavers 1,10,100,1000 --cases 50,500,2000`
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { startStack } from '../local/stack.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import { addPeople, changeOnePercent, furnish, leave, oidOf, organisationOf } from './sweep/firm.ts';
import { measureSweptCase } from './sweep/measure-swept-case.ts';
import { githubCalls, peakMegabytes, runSweep, type Swept, startSweep, sweptBy } from './sweep/run-sweep.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string' },
    agents: { type: 'string' },
    leavers: { type: 'string', default: '1,10,100,1000' },
    cases: { type: 'string', default: '50,500,2000' },
    runs: { type: 'string' },
    speed: { type: 'string' },
    heap: { type: 'string' },
    sources: { type: 'boolean', default: false },
  },
});
const repositories = readNumber('--repos', values.repos, 5_000, 0, 5_000);
const agents = readNumber('--agents', values.agents, 300, 0, 1_000);
const speed = readNumber('--speed', values.speed, 30, 1, 1_000);
/** Half of an instance of 512 MB, which V8 takes by itself in one; on a large machine it would let garbage lie. */
const heap = readNumber('--heap', values.heap, 256, 64, 8_192);
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=${heap}`.trim();
const runs = readNumber('--runs', values.runs, 1, 1, 20);
const numbers = (text: string): number[] =>
  text
    .split(',')
    .filter((each) => each !== '')
    .map(Number);
const leavers = numbers(values.leavers);

if (!values.sources) {
  const root = resolve(import.meta.dirname, '..');
  const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(1);
}
const app = values.sources ? 'src/main.ts' : 'dist/src/main.cjs';
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

if (repositories > 0) await measureSweeps();
await measureCases();

async function measureSweeps(): Promise<void> {
  const most = Math.max(...leavers);
  // Cases are another bench's: nobody here may be touched, so that each is refused without a call of GitHub.
  const untouchable = [WORLD.leaver.oid, ...Array.from({ length: most }, (_, at) => oidOf(at + 1))];
  const settings = {
    LOCAL_TIMERS: 'by-hand',
    GITHUB_POINTS_PER_MINUTE: String(900 * speed),
    PROTECTED_OIDS: untouchable.join(','),
  };
  const scale = { repositories, identities: 12, credentialsPerIdentity: 5 };
  const stack = await startStack({ app, scale, settings });
  try {
    const { limits } = stack.states.github;
    limits.pointsPerMinute *= speed;
    limits.core *= speed;
    limits.graphql *= speed;
    const { environments } = furnish(stack, agents);
    const organisation = organisationOf(stack);
    say(
      `${repositories} repositories, ${environments} environments, ${agents} runners; ${speed} × GitHub’s rate; a heap of ${heap} MB.\n`,
    );
    say(`The app has started: ${(await peakMegabytes(stack)).toFixed(0)} MB.\n`);
    say('| sweep | GraphQL | REST | of these 304 | of the hour | points | refused by a limit | seconds | peak MB |');
    say('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
    const told = async (name: string, { github, seconds }: Swept): Promise<void> => {
      const { graphql, all, unchanged, primary, points, refused } = github;
      const peak = (await peakMegabytes(stack)).toFixed(0);
      say(
        `| ${name} | ${graphql} | ${all - graphql} | ${unchanged} | ${primary} | ${points} | ${refused} | ${seconds.toFixed(0)} | ${peak} |`,
      );
    };
    addPeople(stack, most);
    const first = await runSweep(stack, 'first');
    await told('first', first);
    const byLeavers: number[] = [];
    for (const number of leavers) {
      leave(stack, number);
      const swept = await runSweep(stack, `leavers-${number}`);
      byLeavers.push(swept.github.all);
      await told(`nothing changed, ${number} leavers (${swept.counts.refused} found)`, swept);
    }
    const changed = changeOnePercent(stack, 1, true);
    const logged = await runSweep(stack, 'logged');
    await told(`${changed} changed, with the audit log`, logged);
    const { auditLog } = organisation;
    organisation.auditLog = null;
    changeOnePercent(stack, 2, false);
    const unlogged = await runSweep(stack, 'unlogged');
    await told(`${changed} changed, without it`, unlogged);

    const peakBefore = await peakMegabytes(stack);
    const started = await startSweep(stack, 'killed');
    const half = unlogged.github.all / 2;
    while (githubCalls(stack.tenant.calls.slice(started.from)).all < half) await delay(50);
    await stack.killApp();
    await stack.startApp();
    const killed = await sweptBy(stack, 'killed', started);
    await told('killed in the middle, without the log', killed);
    organisation.auditLog = auditLog;

    const ratio = (a: number, b: number): string => (a / b).toFixed(3);
    say();
    say(
      `- most and fewest calls for ${leavers.join(', ')} leavers: ${ratio(Math.max(...byLeavers), Math.min(...byLeavers))}`,
    );
    say(
      `- 1 % changed, without the log: ${ratio(unlogged.github.primary, first.github.primary)} of the first’s requests of the hour`,
    );
    say(`- 1 % changed, with the log: ${ratio(logged.github.points, first.github.points)} of the first’s points`);
    say(
      `- killed: ${killed.github.all - unlogged.github.all} calls more than without (${ratio(killed.github.all, unlogged.github.all)})`,
    );
    say(`- peak memory of the app: ${Math.max(peakBefore, await peakMegabytes(stack)).toFixed(0)} MB`);
  } finally {
    await stack.stop();
  }
}

async function measureCases(): Promise<void> {
  const sizes = numbers(values.cases);
  if (sizes.length === 0) return;
  say('\n| repositories | seconds from the event to the filed report | GitHub’s calls | GitHub’s points | outcome |');
  say('|---:|---:|---:|---:|---|');
  for (const size of sizes) {
    const all = [];
    for (let run = 0; run < runs; run += 1) all.push(await measureSweptCase(app, size));
    all.sort((a, b) => a.seconds - b.seconds);
    const median = all[Math.floor(all.length / 2)];
    if (median === undefined) continue;
    const { seconds, github, outcome } = median;
    say(`| ${size} | ${seconds.toFixed(1)} | ${github.all} | ${github.points} | ${outcome} |`);
  }
}
