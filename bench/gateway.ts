import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { message, READ, toolCall, userToken, WRITE } from '../test/infra/support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../test/infra/support/gateway/gateway-plan.ts';
import {
  type DeployedPolicies,
  type GatewayRequest,
  type SimulatedGateway,
  startGateway,
} from '../test/infra/support/gateway/simulated-gateway.ts';
import { HOSTILE } from './gateway/hostile-messages.ts';
import { quartiles } from './measure/quartiles.ts';

/**
 * `npm run bench:gateway [-- <commit>]`: what the gateway's policy costs, in Mono, so that only the comparison counts.
 * First the time for one message, beside that of the policy of a commit (main where none is named), both in one run and
 * in turns. Then the worst inputs: no expression may take more than five times as long for four times as much.
 */
const ROOT = resolve(import.meta.dirname, '..');
const ROUNDS = 9;
const RUNS = 40;
const SMALL = 250_000;
const LARGE = 1_000_000;
const MOST = 5;
/** Below this, in microseconds, is noise. */
const FLOOR = 1_000;

const token = userToken('mcp.tools.read mcp.tools.write');
const MESSAGES: Readonly<Record<string, string>> = {
  'tools/list': message('tools/list'),
  'a reading call': READ,
  'a writing call': WRITE,
  'a writing call with 10 KB of text': toolCall('write_file', { path: '/a', content: 'line "of" text\n'.repeat(600) }),
  'a writing call with 100 KB of text': toolCall('write_file', {
    path: '/a',
    content: 'line "of" text\n'.repeat(6_000),
  }),
  'a call with 2,000 values': toolCall('query', {
    path: '/a',
    rows: Array.from({ length: 1_000 }, (_, at) => ({ at, x: 'y' })),
  }),
};

const commit = process.argv[2] ?? 'main';
await compare(commit);
await grow();

async function compare(ref: string): Promise<void> {
  const before = await startGateway(await policiesOf(ref));
  const after = await startGateway(policiesIn(await gatewayPlan()));
  const named = execFileSync('git', ['rev-parse', '--short', ref], { cwd: ROOT, encoding: 'utf8' }).trim();
  console.log(`\nOne message, microseconds (median of ${ROUNDS} rounds of ${RUNS})\n`);
  console.log(`| message | before (${named}) | now |\n|---|---:|---:|`);
  for (const [name, body] of Object.entries(MESSAGES)) {
    const times: Record<'before' | 'after', number[]> = { before: [], after: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.before.push((await before.measure(request(body), RUNS)).median);
      times.after.push((await after.measure(request(body), RUNS)).median);
    }
    const [was, is] = [times.before, times.after].map((values) =>
      Math.round(quartiles(values).median).toLocaleString('en'),
    );
    console.log(`| ${name} | ${was} | ${is} |`);
  }
  await Promise.all([before.close(), after.close()]);
}

async function grow(): Promise<void> {
  // Everything is allowed, so that nothing is refused before it is looked at.
  const opened = {
    maximum_message_bytes: 2_097_152,
    mcp_servers: {
      github: {
        backend_url: 'http://10.50.1.5:3000',
        tasks: true,
        resources: true,
        prompts: true,
        client_answers: true,
        allowed_roots: ['file:///srv'],
      },
    },
  };
  const closed = { maximum_message_bytes: 2_097_152 };
  const worst = new Map<string, { readonly time: number; readonly ratio: number; readonly name: string }>();
  for (const variables of [opened, closed]) {
    const gateway = await startGateway(policiesIn(await gatewayPlan(variables)), { timed: true });
    for (const [name, make] of Object.entries(HOSTILE)) {
      const [small, large] = [await timesOf(gateway, make(SMALL)), await timesOf(gateway, make(LARGE))];
      for (const [place, time] of Object.entries(large)) {
        const known = worst.get(place);
        if (known === undefined || time > known.time)
          worst.set(place, { time, ratio: time / (small[place] ?? time), name });
      }
    }
    await gateway.close();
  }
  console.log(
    `\nEach expression with its worst input of ${Object.keys(HOSTILE).length}: ${LARGE / 1_000} KB against ${SMALL / 1_000} KB\n`,
  );
  console.log('| expression | worst input | ms for 1 MB | times 250 KB |\n|---|---|---:|---:|');
  const slow = [...worst].filter(([, { time }]) => time > FLOOR).sort(([, one], [, other]) => other.time - one.time);
  for (const [place, { time, ratio, name }] of slow)
    console.log(`| ${place} | ${name} | ${(time / 1_000).toFixed(1)} | ${ratio.toFixed(1)} |`);
  console.log(`\n${worst.size - slow.length} further expressions take less than ${FLOOR / 1_000} ms whatever comes.`);
  if (slow.some(([, { ratio }]) => ratio > MOST)) {
    console.error(`An expression takes more than ${MOST} times as long for four times as much.`);
    process.exitCode = 1;
  }
}

async function timesOf(gateway: SimulatedGateway, body: string): Promise<Readonly<Record<string, number>>> {
  return (await gateway.measure(request(body), 15)).expressions;
}

function request(body: string): GatewayRequest {
  return { policy: 'github', body, token };
}

/** The policies of a commit. What was a named value in an expression there is the text that it begins with. */
async function policiesOf(ref: string): Promise<DeployedPolicies> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-before-'));
  try {
    const archive = execFileSync('git', ['archive', ref, 'infra', 'kql'], { cwd: ROOT, maxBuffer: 2 ** 28 });
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
    const { policies, ...named } = policiesIn(await gatewayPlan({}, join(folder, 'infra/modules/gateway')));
    const texts = Object.entries(policies).map(([name, text]) => [
      name,
      text.replaceAll(/"\{\{[\w-]+\}\}"/g, '",none,"'),
    ]);
    return { ...named, policies: Object.fromEntries(texts) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
