import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { snapshotText, sortedKeys } from './snapshot-text.ts';

/** A working day on which all cases of the snapshot are told: how a leaver's calls are judged rests on the calendar. */
const AT = '2026-03-18T10:00:00Z';

/** `report.json` of each case, without what differs between two runs, by the name of its file. */
export async function reportSnapshots(): Promise<ReadonlyMap<string, string>> {
  const reports = Object.entries(await toldCases());
  return new Map(reports.map(([name, report]) => [`report-${name}.yaml`, snapshotText(sortedKeys(settled(report)))]));
}

/** The reports as a process says them that lives at that time. */
async function toldCases(): Promise<Readonly<Record<string, unknown>>> {
  const clock = new URL('../../calendar/moved-clock.ts', import.meta.url);
  clock.searchParams.set('by', String(Date.parse(AT) - Date.now()));
  // A test that starts a process would otherwise have it speak to the runner in the runner's own language.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn(process.execPath, [new URL('./told-cases.ts', import.meta.url).pathname, AT], {
    env: { ...environment, NODE_OPTIONS: `--import=${clock}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`the cases could not be told: the process ended with ${code}`);
  return JSON.parse(said) as Readonly<Record<string, unknown>>;
}

function settled(value: unknown, key = ''): unknown {
  if (key === 'requestId') return '<request id>';
  if (typeof value === 'string') return settledText(value);
  // By the instant at which each ends, which is seconds apart from run to run.
  if (key === 'residual' && Array.isArray(value)) return value.map((inner) => settled(inner)).sort(byFinding);
  if (Array.isArray(value)) return value.map((inner) => settled(inner));
  if (typeof value !== 'object' || value === null) return value;
  // A file of the evidence: its bytes are another every time.
  if ('sha256' in value && 'bytes' in value && 'name' in value) return value.name;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, settled(inner, name)]));
}

/** Times to ten minutes, of which a run takes less than one; digests and ports not at all. */
function settledText(text: string): string {
  return text
    .replace(/(\d{4}-\d\d-\d\d[T ]\d\d:\d)\d(?::\d\d(?:\.\d+)?)?/g, '$1x')
    .replace(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replace(/(\.localhost|127\.0\.0\.1):\d+/g, '$1:<port>');
}

function byFinding(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
