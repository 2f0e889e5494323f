import { createHash } from 'node:crypto';
import type { Report } from '../../../src/report/report.ts';
import type { Firm, Leaver } from './firm.ts';
import { blobNames, type CaseLine, casesIn, readBlob, rowsIn } from './kept.ts';
import { compareMessages } from './messages.ts';
import { holdingsOf } from './people.ts';

type Holdings = ReturnType<typeof holdingsOf>;

/**
 * What stands at the end against what was said: it reads the tenant and storage, knows who was named at which entrance,
 * and nothing of how the app works. @returns what is not as it must be
 */
export async function compare(
  firm: Firm,
  before: ReadonlyMap<string, Holdings>,
  longGone?: string,
): Promise<{ readonly cases: number; readonly faults: readonly string[] }> {
  const [rows, evidence, index] = await Promise.all([
    casesIn(firm),
    blobNames(firm, 'evidence'),
    rowsIn(firm, 'caseindex'),
  ]);
  const cases = rows.filter(({ oid }) => oid !== longGone);
  const faults: string[] = [];
  const leavers = new Map(firm.leavers.map((leaver) => [leaver.oid, leaver]));
  for (const [oid, had] of before) {
    const leaver = leavers.get(oid);
    const theirs = cases.filter((row) => row.oid === oid).sort((a, b) => a.n - b.n);
    const about = leaver === undefined ? oid : `${leaver.way} (${oid.slice(-4)})`;
    const say = (fault: string): void => void faults.push(`${about}: ${fault}`);
    if (leaver?.fate === 'leaves') await compareLeaver(firm, leaver, theirs, evidence, had, say);
    else if (leaver?.fate === 'returns') compareReturned(firm, leaver, theirs, say);
    else compareUntouched(firm, { oid, had, waits: leaver?.fate === 'waits', theirs }, say);
    for (const { caseId } of theirs)
      if (!index.some((entry) => entry.partitionKey === 'opened' && entry.caseId === caseId))
        say(`${caseId} is in no listing`);
  }
  for (const { caseId } of cases.filter(({ oid }) => !before.has(oid))) faults.push(`nobody asked for ${caseId}`);
  faults.push(...(await compareMessages(firm, cases)), ...(await compareAnswers(firm, cases)));
  return { cases: cases.length, faults };
}

async function compareLeaver(
  firm: Firm,
  { oid, mostCases, lost, way }: Leaver,
  theirs: readonly CaseLine[],
  evidence: readonly string[],
  had: Holdings,
  say: (fault: string) => void,
): Promise<void> {
  const most = mostCases + (lost ? 1 : 0);
  if (theirs.length === 0) return say('was taken in and has no case');
  if (theirs.length > most) say(`${theirs.length} cases: ${theirs.map(({ caseId, state }) => `${caseId} ${state}`)}`);
  for (const row of theirs) {
    const ends = lost && row !== theirs.at(-1) ? ['failed', 'filed'] : ['filed'];
    if (!ends.includes(row.state)) say(`${row.caseId} is ${row.state} ${row.failure ?? row.onHold ?? ''}`);
    if (row.mode !== 'apply') say(`${row.caseId} is a ${row.mode}`);
    if (row.state === 'filed') await compareFiled(firm, row, evidence, say);
  }
  if (theirs.at(-1)?.contained !== 'done') say(`is not contained: ${theirs.at(-1)?.contained}`);
  const listed = timesListed(firm, oid);
  if (listed !== 1) say(`stands on the deny list ${listed} times`);
  const has = holdingsOf(firm, oid);
  if (has.atGateway > 0) say(`still holds ${has.atGateway} of ${had.atGateway} at the gateway`);
  if (way !== 'a deletion for good' && had.elsewhere === 1 && has.elsewhere !== 1)
    say('lost a consent that is not the gateway’s');
}

/**
 * One seal, over the report that the row names. That of a later attempt stands beside its report as well as in the case's
 * folder, and so does that of each time that the case was read again.
 */
async function compareFiled(
  firm: Firm,
  row: CaseLine,
  evidence: readonly string[],
  say: (fault: string) => void,
): Promise<void> {
  const folder = `cases/${row.caseId}/`;
  const attempts = row.attempts === undefined ? 0 : (JSON.parse(row.attempts) as unknown[]).length;
  const reports = evidence.filter((name) => name.startsWith(folder) && name.endsWith('/report.json'));
  const again = row.revisions === undefined ? 0 : (JSON.parse(row.revisions) as unknown[]).length;
  const seals = evidence.filter((name) => name.startsWith(folder) && name.endsWith('manifest.json'));
  const own = row.report?.replace(/[^/]+$/, 'manifest.json') ?? '';
  const strange = seals.filter((name) => name !== own && name !== `${folder}manifest.json`);
  if (again === 0 && strange.length > 0) say(`${row.caseId} is sealed elsewhere, too: ${strange}`);
  if (reports.length === 0 || reports.length > attempts + 1 + again) say(`${row.caseId} has ${reports.length} reports`);
  const text = row.report === undefined ? undefined : await readBlob(firm, 'evidence', row.report);
  const seal = (await readBlob(firm, 'evidence', own))?.toString('utf8') ?? '';
  const whole = (await readBlob(firm, 'evidence', `${folder}manifest.json`))?.toString('utf8') ?? '';
  if (again === 0 && whole !== seal) say(`${row.caseId} has two different seals`);
  if (text === undefined) return say(`${row.caseId} is filed without a report`);
  if (!seal.includes(createHash('sha256').update(text).digest('hex')))
    say(`${row.caseId} is sealed with another report`);
  const report = JSON.parse(text.toString('utf8')) as Report;
  for (const { step, actions } of report.steps)
    for (const { what, result } of actions) if (result === 'failed') say(`${row.caseId}: ${step} failed to do ${what}`);
}

/** Whom nothing but the deletion denied is let in again, whatever was at work when they came back. */
function compareReturned(firm: Firm, { oid }: Leaver, theirs: readonly CaseLine[], say: (fault: string) => void): void {
  if (theirs.length > 1) say(`${theirs.length} cases`);
  for (const { caseId, state, failure } of theirs)
    if (state !== 'filed' && state !== 'refused') say(`${caseId} is ${state} ${failure ?? ''}`);
  if (timesListed(firm, oid) > 0) say('came back and is still denied');
}

function compareUntouched(
  firm: Firm,
  { oid, had, waits, theirs }: { oid: string; had: Holdings; waits: boolean; theirs: readonly CaseLine[] },
  say: (fault: string) => void,
): void {
  const has = holdingsOf(firm, oid);
  if (JSON.stringify(has) !== JSON.stringify(had)) say(`had ${JSON.stringify(had)} and has ${JSON.stringify(has)}`);
  if (timesListed(firm, oid) > 0) say('stays and is denied');
  const state = waits ? 'scheduled' : 'cancelled';
  for (const row of theirs) if (row.state !== state) say(`${row.caseId} is ${row.state}`);
  if (waits && theirs.length !== 1) say(`waits in ${theirs.length} cases`);
}

/** What was overtaken by HR's own next word, or by the start of the case, is told so. */
const FAIR = /is as new or newer|was not moved to the new day|could not be handled in any of its tries/;

/** What HR and Entra’s workflows wait for, and what nobody could take. */
async function compareAnswers(firm: Firm, cases: readonly CaseLine[]): Promise<string[]> {
  const [receipts, work] = await Promise.all([blobNames(firm, 'hr-receipts'), blobNames(firm, 'work', 'rejected/')]);
  const wanted = firm.leavers.flatMap(({ messages }) => [...messages.keys()].map((id) => `${id}.json`)).sort();
  const faults = wanted.filter((name) => !receipts.includes(name)).map((name) => `HR has no receipt ${name}`);
  faults.push(...receipts.filter((name) => !wanted.includes(name)).map((name) => `HR has a receipt ${name} too many`));
  for (const name of receipts) {
    const { status, faults: why } = JSON.parse(String(await readBlob(firm, 'hr-receipts', name))) as {
      readonly status: string;
      readonly faults: readonly string[];
    };
    const isFair = status === 'accepted' || (status === 'rejected' && FAIR.test(why.join()));
    if (!isFair) faults.push(`the receipt ${name} says ${status}: ${why}`);
  }
  for (const name of work) {
    const { reason } = JSON.parse(String(await readBlob(firm, 'work', name))) as { readonly reason: string };
    if (!FAIR.test(reason)) faults.push(`${name} was rejected: ${reason}`);
  }
  for (const { oid, runs } of firm.leavers)
    for (const run of runs) {
      const row = firm.states.entra.taskProcessingResults.get(run);
      const outcome = cases.findLast((each) => each.oid === oid)?.outcome ?? '';
      const expected = ['clear', 'residual'].includes(outcome) ? 'completed' : 'failed';
      if (row?.processingStatus !== expected)
        faults.push(`the workflow of ${oid} was answered ${row?.processingStatus}, its case ended as ${outcome}`);
    }
  return faults;
}

function timesListed({ states }: Firm, oid: string): number {
  return states.arm.namedValues.all().flatMap(({ value }) => value.split(',').filter((each) => each === oid)).length;
}
