/**
 * What the inventory costs a job: the bundle under its own hook in the folder of a runner, over a machine with every place
 * of the table and a token in each, and over one with almost nothing. Medians; from the hook's start to its end.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PLACES } from '../runner/look/places.ts';
import { TOKEN_TYPES } from '../src/credentials/detector/token-hit.ts';
import { makeMachine } from '../test/runner/support/machine.ts';
import { planted, WRITTEN } from '../test/runner/support/planted.ts';
import { type Receiver, startReceiver } from '../test/runner/support/receiver.ts';

const RUNS = 15;
const REPOSITORIES = 40;
const LONG = 256 * 1_024;

const receiver = await startReceiver();
console.log(
  '| machine | files read | KB read | the job waits, ms | of these the inventory, ms | peak, MB | report, KB |\n|---|---:|---:|---:|---:|---:|---:|',
);
await measure('a fresh virtual machine', receiver, () => undefined);
await measure('every place, a token in each', receiver, fill);
await measure(`the same, ${REPOSITORIES} clones and ten long files`, receiver, (machine) => {
  fill(machine);
  for (let at = 0; at < REPOSITORIES; at += 1) {
    machine.write(
      path.join(machine.runner, `_work/r${at}/r${at}/.git/config`),
      WRITTEN['git-config'](planted('github-classic')),
    );
  }
  for (let at = 0; at < 10; at += 1) {
    const line = `Host h${at}\n  HostName a.example\n  User build\n`;
    machine.write(path.join(machine.home, `.ssh/long-${at}`), line.repeat(LONG / line.length));
  }
});
receiver.close();

type Machine = Awaited<ReturnType<typeof makeMachine>>;

function fill(machine: Machine): void {
  const { bases } = machine;
  for (const [at, place] of PLACES.entries()) {
    const base = bases[place.at];
    if (base === undefined || place.at === 'system') continue;
    const file = path.join(base, place.path.replaceAll('*', `x${at}`));
    machine.write(file, WRITTEN[place.labels](planted(TOKEN_TYPES[at % TOKEN_TYPES.length] ?? 'jwt')));
  }
}

async function measure(title: string, to: Receiver, prepare: (machine: Machine) => void): Promise<void> {
  const machine = await makeMachine({ vendor: 'github', receiver: to });
  prepare(machine);
  const waits: number[] = [];
  const took: number[] = [];
  let body = '';
  for (let run = 0; run < RUNS; run += 1) {
    waits.push((await machine.begin()).ms);
    body = await to.next();
    took.push((JSON.parse(body) as { tookMs: number }).tookMs);
  }
  const peak = await machine.peak();
  const { places } = JSON.parse(body) as {
    readonly places: readonly { readonly state: string; readonly path: string }[];
  };
  const files = places
    .filter(({ state }) => state === 'read' || state === 'too-large')
    .map((each) => each.path.replace(/^~/, machine.home));
  const bytes = files.reduce((sum, file) => sum + Math.min(LONG, readFileSync(file).length), 0);
  console.log(
    `| ${title} | ${files.length} | ${kb(bytes)} | ${median(waits)} | ${median(took)} | ${peak} | ${kb(body.length)} |`,
  );
  machine.remove();
}

function median(values: readonly number[]): string {
  return (values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0).toFixed(0);
}

function kb(bytes: number): string {
  return (bytes / 1_024).toFixed(0);
}
