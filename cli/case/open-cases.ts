import { randomUUID } from 'node:crypto';
import { answerOf, type Case } from '../calling/client.ts';
import { codeOf, linesOf, type Problem, Refused, whoIs } from '../calling/problem.ts';
import type { Session } from '../calling/session.ts';
import { CliError, type Ending } from '../exit-codes.ts';
import { namedBy } from '../people.ts';
import { oneLine } from '../terminal/table.ts';
import { PROGRAM } from '../usage.ts';
import { CASE_COLUMNS, standing } from './cases.ts';
import { type Leaving, leavingOf } from './leaving.ts';

type Mode = Case['mode'];

/** What became of one person's request: as `POST /api/cases/several` tells of each. */
interface Result {
  readonly status: number;
  readonly case?: Case;
  readonly problem?: Problem;
}

/** Opens a case of each; whether somebody who works here is meant is asked at a terminal, and never assumed. */
export async function openCases(
  session: Session,
  people: readonly string[],
  options: Leaving,
  mode: Mode,
): Promise<Ending> {
  const { terminal } = session;
  const confirm = options['confirm-upn'];
  if (people.length > 1 && confirm !== undefined)
    throw new CliError('usage', '--confirm-upn goes with one person: open the cases one by one.');
  const key = options.key ?? randomUUID();
  const [one, ...others] = people;
  if (one === undefined) throw new CliError('usage', 'Nobody is named.');
  if (others.length === 0) {
    const opened = await openOne(session, one, options, mode, key, confirm);
    session.showTable(opened, [opened], CASE_COLUMNS);
    tellNext(session, [opened]);
    return endingOf([{ status: 200, case: opened }]);
  }
  const body = {
    people: people.map((each) => ({ ...namedBy(each), ...unknown(options) })),
    mode,
    ...leavingOf(options),
  };
  const answer = await answerOf(
    session.api.POST('/api/cases/several', { params: { header: { 'idempotency-key': key } }, body }),
  );
  const results = (await Promise.all(answer.results)) as Result[];
  for (const [at, result] of results.entries()) {
    const name = people[at] ?? '';
    const again = result.problem && isToBeConfirmed(result.problem) && terminal.ask !== undefined;
    if (again !== true) continue;
    const opened = await confirmed(session, name, options, mode, `${key}/${at + 1}`, result.problem ?? {});
    results[at] = { status: 201, case: opened };
  }
  showEach(session, people, results);
  tellNext(
    session,
    results.flatMap((result) => result.case ?? []),
  );
  return endingOf(results);
}

async function openOne(
  session: Session,
  name: string,
  options: Leaving,
  mode: Mode,
  key: string,
  confirm: string | undefined,
): Promise<Case> {
  const said = confirm === undefined ? {} : { confirmUserPrincipalName: confirm };
  const body = { ...namedBy(name), ...unknown(options), ...said, mode, ...leavingOf(options) };
  try {
    return await answerOf(session.api.POST('/api/cases', { params: { header: { 'idempotency-key': key } }, body }));
  } catch (error) {
    if (!(error instanceof Refused) || !isToBeConfirmed(error.problem)) throw error;
    if (session.terminal.ask === undefined) throw howToConfirm(error, mode === 'plan' ? 'case plan' : 'case open');
    return confirmed(session, name, options, mode, key, error.problem);
  }
}

const unknown = (options: Leaving) => (options['accept-unknown'] ? { acceptUnknown: true } : {});

/** The app asks for the UPN, or for the object id besides. That it contradicts, or the last day does, is an error. */
export function isToBeConfirmed(problem: Problem): boolean {
  const [fault] = problem.errors ?? [];
  if (codeOf(problem) !== 'not-confirmed') return false;
  return fault?.pointer === '/oid' || fault?.pointer === '/confirmUserPrincipalName';
}

/** Has the person at the terminal repeat whose account it is, and asks again with their word. */
async function confirmed(
  session: Session,
  name: string,
  options: Leaving,
  mode: Mode,
  key: string,
  problem: Problem,
): Promise<Case> {
  const { terminal } = session;
  const { ask } = terminal;
  const candidate = problem.candidates?.[0];
  const named = namedBy(name);
  const oid = 'oid' in named ? named.oid : candidate?.oid;
  if (ask === undefined || oid === undefined) throw new CliError('error', linesOf(422, problem).join('\n'));
  terminal.tell(oneLine(problem.detail ?? ''));
  if (candidate !== undefined) terminal.tell(`  ${oneLine(whoIs(candidate))}`);
  const typed = await ask.text(
    `Whose access is to be cut? Type the user principal name of the account ${oid}`,
    (text) => (text.includes('@') ? undefined : 'a user principal name has an @'),
  );
  // Another body: the app knows the first one by its key.
  return openOneConfirmed(session, oid, options, mode, `${key}/confirmed`, typed.trim());
}

async function openOneConfirmed(session: Session, oid: string, options: Leaving, mode: Mode, key: string, upn: string) {
  const body = { oid, confirmUserPrincipalName: upn, ...unknown(options), mode, ...leavingOf(options) };
  return answerOf(session.api.POST('/api/cases', { params: { header: { 'idempotency-key': key } }, body }));
}

/** The refusal, with the command by which the account that it names is meant. */
export function howToConfirm(error: Refused, command: string): CliError {
  const [candidate] = error.problem.candidates ?? [];
  const oid = candidate?.oid ?? '<object id>';
  const upn = candidate?.userPrincipalName ?? '<upn>';
  const how = `If it is they: ${PROGRAM} ${command} ${oid} --confirm-upn ${upn} --reason …`;
  return new CliError(error.ending, `${error.message}\n${how}`);
}

function showEach(session: Session, people: readonly string[], results: readonly Result[]): void {
  const rows = results.map((result, at) => ({ name: people[at] ?? '', result }));
  session.showTable({ results }, rows, [
    { head: 'PERSON', cell: ({ name }) => name },
    { head: 'CASE', room: 'whole', cell: ({ result }) => result.case?.caseId ?? '–' },
    { head: 'STANDS', cell: ({ result }) => (result.case === undefined ? 'no case' : standing(result.case)) },
  ]);
  for (const { name, result } of rows) {
    if (result.problem === undefined) continue;
    const lines = linesOf(result.status, result.problem);
    session.terminal.tell(`${name}: ${lines.join('\n')}`);
  }
}

function tellNext({ terminal, json }: Session, cases: readonly Case[]): void {
  if (json || terminal.width === undefined) return;
  for (const { caseId, state } of cases)
    if (state === 'open' || state === 'running') terminal.tell(`Follow it: ${PROGRAM} case watch ${caseId}`);
}

function endingOf(results: readonly Result[]): Ending {
  if (results.some((result) => result.case === undefined)) return 'error';
  return results.some((result) => result.case?.onHold !== undefined) ? 'waits' : 'done';
}
