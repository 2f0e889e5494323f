import * as z from 'zod';
import { CASE_MODES, type CaseRow } from '../../../cases/case.ts';
import { COVERAGE_STATES } from '../../../cases/coverage/coverage.ts';
import { parseCaseId } from '../../../cases/ids.ts';
import { namesIn } from '../../../cases/remedies/names-in.ts';
import { count, text } from '../../../shapes/primitives.ts';
import { CREDENTIAL_KINDS } from '../../../sweep/find-orphans.ts';
import { SWEEP_RESULTS, SweepCountsSchema } from '../../../sweep/sweep-report.ts';
import {
  askedIn,
  askedSweepIdOf,
  goesOn,
  HOUR_MS,
  hourOfSweep,
  MOST_HOURS,
  sweepsOfHour,
} from '../../../sweep/sweep-run.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute, type Tools } from '../../route.ts';
import { casesById } from '../parts/cases-by-id.ts';
import { SweepView, viewOf } from './sweep-view.ts';

/** A sweep that began longer ago than this is no news. */
const HOURS = 24;
/** Of one day: the timer's, and those that were asked for. */
const MOST_OF_DAY = 200;
const DAY = /^\d{4}-\d{2}-\d{2}/;

export const getLatestSweep = defineRoute({
  id: 'getLatestSweep',
  method: 'GET',
  path: '/api/sweeps/latest',
  summary: 'What the last sweep does, how far it is, and when it has read everything',
  tag: 'Sweeps',
  access: { kind: 'read', right: 'read' },
  answers: { 200: SweepView },
  problems: ['not-found'],
  async handle(_asked, tools) {
    for (const hour of hoursBefore(tools.now(), HOURS)) {
      const [newest] = await sweepsOfHour(hour, tools.readRun);
      if (newest !== undefined) return { status: 200, value: await viewOf(newest.sweepId, newest.run, tools) };
    }
    return problem('not-found', {
      detail: `There was no sweep in the last ${HOURS} hours, although one begins every full hour: look into the app’s log for sweepTimer.`,
    });
  },
});

const Filed = z
  .object({
    sweepId: text,
    at: text,
    finishedAt: text,
    counts: SweepCountsSchema,
    faults: z.array(text).default([]),
  })
  .meta({ id: 'FiledSweep' });

export const listSweeps = defineRoute({
  id: 'listSweeps',
  method: 'GET',
  path: '/api/sweeps',
  summary: 'The sweeps of a day, the newest first: those that are filed with what they counted, and those that go on',
  tag: 'Sweeps',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({ day: z.iso.date().optional().meta({ description: 'UTC; by default today' }) }),
  answers: { 200: z.object({ day: text, running: z.array(SweepView), filed: z.array(Filed) }) },
  async handle({ query }, tools) {
    const { vendors, now } = tools;
    const day = query.day ?? now().toISOString().slice(0, 10);
    const named = await Promise.all(
      ['ci', 'asked'].map((kind) => vendors.storage.listNames('evidence', `sweeps/sweep:${kind}:${day}T`, MOST_OF_DAY)),
    );
    const texts = await Promise.all(named.flat().map((name) => vendors.storage.getText('evidence', name)));
    const filed = texts.flatMap((each) => (each === undefined ? [] : [Filed.parse(JSON.parse(each))]));
    const running = await runningNow(tools);
    const ofDay = running.filter(({ sweepId }) => DAY.exec(hourOfSweep(sweepId) ?? '')?.[0] === day);
    const views = await Promise.all(ofDay.map(({ sweepId, run }) => viewOf(sweepId, run, tools)));
    return {
      status: 200,
      value: { day, running: views, filed: filed.toSorted((one, other) => (one.at < other.at ? 1 : -1)) },
    };
  },
});

const Report = z
  .object({
    ...Filed.shape,
    looked: z.object({ people: count, credentials: count, unlinked: count }),
    coverage: z.array(
      z.object({
        source: text,
        state: z.enum(COVERAGE_STATES),
        looked: z.object({ count, unit: text, asked: z.exactOptional(count) }),
        detail: z.exactOptional(text),
        missingPermission: z.exactOptional(text),
      }),
    ),
    orphaned: z.array(
      z.object({
        oid: text,
        result: z.enum(SWEEP_RESULTS),
        caseId: z.exactOptional(text),
        mode: z.exactOptional(z.enum(CASE_MODES)),
        credentials: z.array(z.object({ kind: z.enum(CREDENTIAL_KINDS), source: text, id: text })),
        displayName: z.exactOptional(text).meta({ description: 'as the case knows it by now' }),
        userPrincipalName: z.exactOptional(text),
        why: z.exactOptional(text).meta({ description: 'why the case is on hold, or was refused' }),
      }),
    ),
  })
  .meta({ id: 'SweepReport' });

export const getSweep = defineRoute({
  id: 'getSweep',
  method: 'GET',
  path: '/api/sweeps/{id}',
  summary: 'A sweep: how far it is, or what it looked at, found and opened',
  tag: 'Sweeps',
  access: { kind: 'read', right: 'read' },
  params: z.object({ id: z.string().meta({ description: 'id of the sweep', example: 'sweep:ci:2026-11-23T10' }) }),
  answers: { 200: z.object({ ...SweepView.shape, report: z.exactOptional(Report) }) },
  problems: ['not-found'],
  async handle({ params: { id } }, tools) {
    const known = hourOfSweep(id) !== undefined;
    const [filed, run] = known
      ? await Promise.all([tools.vendors.storage.getText('evidence', `sweeps/${id}.json`), tools.readRun(id)])
      : [undefined, undefined];
    if (filed !== undefined) {
      const report = await withCases(tools.vendors, Report.parse(JSON.parse(filed)));
      const value = { sweepId: id, at: report.at, state: 'filed' as const, progress: { sources: [] }, report };
      return { status: 200, value };
    }
    if (run !== undefined) return { status: 200, value: await viewOf(id, run, tools) };
    return problem('not-found', { detail: 'There is no sweep of this id; GET /api/sweeps lists those of a day.' });
  },
});

/** What the cases say that the report does not: who it is, and why a case is not started. */
async function withCases(vendors: Tools['vendors'], report: z.output<typeof Report>): Promise<z.output<typeof Report>> {
  const ids = report.orphaned.flatMap(({ caseId }) => parseCaseId(caseId ?? '')?.caseId ?? []);
  const cases = new Map<string, CaseRow>(await casesById(vendors, ids));
  return {
    ...report,
    orphaned: report.orphaned.map((each) => {
      const row = cases.get(each.caseId ?? '');
      const why = row?.onHold ?? row?.refusal;
      return { ...each, ...namesIn(row), ...(why === undefined ? {} : { why }) };
    }),
  };
}

export const startSweep = defineRoute({
  id: 'startSweep',
  method: 'POST',
  path: '/api/sweeps',
  summary: 'Begins a sweep now, unless one goes on; it opens cases in the mode of the sweep',
  tag: 'Sweeps',
  access: { kind: 'decide', right: 'operate' },
  body: Decision,
  answers: { 202: z.object({ sweepId: text, at: text }) },
  problems: ['sweep-runs'],
  async handle({ caller, body: { reason } }, tools) {
    const at = tools.now();
    const [running] = await runningNow(tools);
    if (running !== undefined) {
      const { sweepId } = running;
      const headers = { location: `/api/sweeps/${sweepId}` };
      return problem('sweep-runs', { detail: `The sweep ${sweepId} goes on.`, headers, extra: { sweepId } });
    }
    // Whoever asks at the same moment names the same one, which is begun once.
    const sweepId = askedSweepIdOf(at, (await askedIn(at, tools.readRun)).length + 1);
    await tools.startSweep(sweepId, at);
    tools.log.warn('a sweep was asked for', { sweepId, caller: caller.oid, reason });
    const value = { sweepId, at: at.toISOString() };
    return { status: 202, value, headers: { location: `/api/sweeps/${sweepId}` } };
  },
});

/** One that has gone on for longer than the most hours may never end, and keeps no other from beginning. */
async function runningNow({ readRun, now }: Pick<Tools, 'readRun' | 'now'>) {
  const found = await Promise.all(hoursBefore(now(), MOST_HOURS).map((hour) => sweepsOfHour(hour, readRun)));
  return found.flat().filter(({ run }) => goesOn(run));
}

/** An hour and those before it, the newest first. */
function hoursBefore(now: Date, hours: number): Date[] {
  return Array.from({ length: hours }, (_, hour) => new Date(now.getTime() - hour * HOUR_MS));
}
