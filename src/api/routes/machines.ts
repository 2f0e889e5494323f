import * as z from 'zod';
import { withoutSecrets } from '../../credentials/without-secrets.ts';
import { idOf, keyOfSayer } from '../../machines/keep.ts';
import type { Sayer } from '../../machines/kept.ts';
import { MOST_CHARACTERS } from '../../machines/limits.ts';
import { MACHINE_VENDORS, type MachineReport, MachineReportSchema } from '../../machines/report.ts';
import { count, instant } from '../../shapes/primitives.ts';
import { type Fault, faultsOf } from '../problems/faults.ts';
import { problem } from '../problems/problem.ts';
import { defineRoute, type Tools } from '../route.ts';
import { authoriseMachine } from './authorise-machine.ts';
import { faultsOfReport } from './report-faults.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Of one sender, which may be a repository whose jobs run on all machines of a firm. */
const REPORTS_PER_HOUR = 2_000;
const MACHINES_PER_SAYER = 500;

export const reportMachine = defineRoute({
  id: 'reportMachine',
  method: 'POST',
  path: '/api/machines/reports',
  summary:
    'A machine of CI tells of the credentials that lie on it; sent by a job with a token of GitHub for MACHINES_AUDIENCE, or by a managed identity with the role Offboarding.Inventory',
  tag: 'Machines',
  access: { kind: 'machine', authorise: authoriseMachine },
  body: MachineReportSchema,
  mostOfBody: MOST_CHARACTERS,
  answers: {
    202: z.object({
      id: z.string().meta({ description: 'vendor, organisation and name of the machine' }),
      job: z.string(),
      taken: z.enum(['new', 'before']).meta({ description: 'before: a report of this job was taken already' }),
    }),
  },
  problems: ['too-many-reports', 'too-many-machines'],
  async handle({ sayer, body }, { vendors, settings, log, now }) {
    const at = now();
    const cleaned = cleanedOf(body);
    const faults = 'faults' in cleaned ? cleaned.faults : faultsOfReport(settings, sayer, cleaned.report, at);
    if ('faults' in cleaned || faults.length > 0) {
      const detail = 'The report is not one of a machine of this firm, or not of now.';
      return problem('invalid-request', { detail, errors: faults });
    }
    const { report } = cleaned;
    const told = { machine: idOf(report), sayer: keyOfSayer(sayer) };
    const full = await whyNotNow(vendors, sayer, report, at);
    if (full !== undefined) {
      log.warn('a report of a machine was not taken', { ...told, code: full.code });
      return full.answer;
    }
    const { machine, taken } = await vendors.storage.keepMachine(sayer, report, at, { leastMs: MINUTE_MS });
    if (taken === 'too-soon') {
      log.warn('a report of a machine was not taken', { ...told, code: 'too-many-reports' });
      return tooMany('A report of this machine came within the last minute.', MINUTE_MS);
    }
    log.info('a machine was told of', { ...told, taken, tokens: report.tokens.length });
    return { status: 202, value: { id: machine.id, job: report.job, taken } };
  },
});

/**
 * The report with no credential in any of its texts: the sender looked for them, and is not trusted. Where one was so
 * long a part of a text that the text has not its shape any more, that is a fault.
 */
function cleanedOf(sent: MachineReport): { readonly report: MachineReport } | { readonly faults: readonly Fault[] } {
  const parsed = MachineReportSchema.safeParse(eachText(sent));
  return parsed.success ? { report: parsed.data } : { faults: faultsOf(parsed.error) };
}

/** The shortest bound of a text in which anything could be cut out. */
const SHORT = 40;

/** What is put in its place may be longer than what was cut out: the text keeps its bound, or the report would be lost. */
function cleanedText(text: string): string {
  const safe = withoutSecrets(text);
  return safe.length > text.length ? safe.slice(0, Math.max(text.length, SHORT)) : safe;
}

function eachText(value: unknown): unknown {
  if (typeof value === 'string') return cleanedText(value);
  if (Array.isArray(value)) return value.map(eachText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, eachText(each)]));
}

/** A sender that has sent enough for now: it may hurt itself alone. */
async function whyNotNow(
  { storage }: Tools['vendors'],
  sayer: Sayer,
  report: MachineReport,
  at: Date,
): Promise<{ readonly code: 'too-many-reports' | 'too-many-machines'; readonly answer: Response } | undefined> {
  const caller = `machines ${keyOfSayer(sayer).replaceAll('/', ' ')}`;
  const wait = await storage.takeAllowance({ caller, limit: REPORTS_PER_HOUR, windowMs: HOUR_MS }, at);
  if (wait > 0) {
    const answer = tooMany(`A sender may send ${REPORTS_PER_HOUR} reports within an hour.`, wait);
    return { code: 'too-many-reports', answer };
  }
  if (await storage.hasRoomForMachine(sayer, report, MACHINES_PER_SAYER)) return undefined;
  const detail = `A sender may tell of ${MACHINES_PER_SAYER} machines of an organisation.`;
  return { code: 'too-many-machines', answer: problem('too-many-machines', { detail }) };
}

function tooMany(detail: string, waitMs: number): Response {
  return problem('too-many-reports', { detail, headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) } });
}

const Row = z
  .object({
    machine: z.string().meta({ description: 'vendor, organisation and name' }),
    vendor: z.enum(MACHINE_VENDORS),
    sayer: z
      .string()
      .meta({ description: 'who told of it: a repository of GitHub or a managed identity, by its number' }),
    reportedAt: instant.meta({ description: 'when the newest report was taken' }),
    tokens: count.meta({ description: 'credentials that the newest report names' }),
  })
  .meta({ id: 'Machine' });

export const listMachines = defineRoute({
  id: 'listMachines',
  method: 'GET',
  path: '/api/machines',
  summary: 'Machines of CI that were told of, by whom and when; what is missing here says nothing',
  tag: 'Machines',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    after: z
      .string()
      .max(600)
      .optional()
      .meta({ description: 'where the page begins: from `next` of the page before' }),
  }),
  answers: {
    200: z.object({
      machines: z.array(Row),
      unreadable: z.array(z.string()).meta({ description: 'rows that cannot be read' }),
      next: z.string().optional().meta({ description: 'address of the next page; absent on the last' }),
    }),
  },
  async handle({ query: { limit, after }, request }, { vendors }) {
    const { rows, unreadable } = await vendors.storage.listMachineRows();
    const keyed = rows
      .map((row) => ({ row, key: `${row.machine} ${row.sayer}` }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .filter(({ key }) => after === undefined || key > after);
    const page = keyed.slice(0, limit);
    const next = keyed.length > limit ? page.at(-1)?.key : undefined;
    const machines = page.map(({ row: { machine, vendor, sayer, reportedAt, tokens } }) => ({
      ...{ machine, vendor, sayer, reportedAt, tokens },
    }));
    const value = { machines, unreadable: [...unreadable] };
    if (next === undefined) return { status: 200, value };
    const { searchParams } = new URL(request.url);
    searchParams.set('after', next);
    return { status: 200, value: { ...value, next: `/api/machines?${searchParams}` } };
  },
});
