import { answerOf, type Schemas } from './calling/client.ts';
import type { Session } from './calling/session.ts';
import { CliError, type Ending } from './exit-codes.ts';
import { oneLine } from './terminal/table.ts';

type Run = Schemas['PostureRun'];
type Assessed = Run['checks'][number];

/** The run of an id, once it is filed. */
export async function filedRun({ api }: Session, id: string): Promise<Run> {
  const { run } = await answerOf(api.GET('/api/posture/runs/{id}', { params: { path: { id } } }));
  if (run !== undefined) return run;
  throw new CliError('waits', `The run ${id} goes on.`);
}

/** Looks at a run until it is filed. */
export async function awaitRun(session: Session, id: string, everyMs: number): Promise<Run> {
  for (;;) {
    const { run } = await answerOf(session.api.GET('/api/posture/runs/{id}', { params: { path: { id } } }));
    if (run !== undefined) return run;
    await session.terminal.sleep(everyMs);
  }
}

/** What fails is told before what nobody can say; a failure that the firm accepts is no failure to a script. */
export function endingOf({ checks }: Run): Ending {
  const open = ({ failures }: Assessed): boolean => failures.some(({ accepted }) => accepted === undefined);
  if (checks.some((each) => each.status === 'fail' && open(each))) return 'attention';
  return checks.some(({ gaps }) => gaps.length > 0) ? 'incomplete' : 'done';
}

const ORDER: readonly Assessed['status'][] = ['fail', 'unknown', 'pass', 'not-applicable'];

/** The run in lines: what fails first, with what to do. */
export function describeRun({ runId, at, checks }: Run): string {
  const sorted = checks.toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  return [`${runId}, read at ${at}`, ...sorted.flatMap(describeCheck), ''].join('\n');
}

function describeCheck({ point, check, title, status, severity, change, failures, gaps }: Assessed): string[] {
  return [
    oneLine(`${status}: ${point} ${check} (${severity}): ${title}${change === 'same' ? '' : `; ${change}`}`),
    ...failures.flatMap(({ id, says, remedy, accepted }) => [
      `    ${oneLine(`${id}: ${says}`)}`,
      ...(accepted === undefined
        ? [
            `    What to do: ${oneLine(remedy.todo)}`,
            ...(remedy.command === undefined ? [] : [`      ${oneLine(remedy.command)}`]),
          ]
        : [`    ${oneLine(`Accepted until ${accepted.until} by ${accepted.by}: ${accepted.reason}`)}`]),
    ]),
    ...gaps.map(({ reason, source, detail }) => `    ${oneLine(`unknown, ${reason}: ${source}: ${detail}`)}`),
  ];
}
