import * as z from 'zod';
import type { CaseRow, OffboardingRequest } from '../../src/cases/case.ts';
import { isAliveAfter } from '../../src/cases/following/reopening.ts';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import { automaticMode, type ModeSetting } from '../../src/config/config-cases.ts';
import { NO_TIME_NAMED } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineStarter } from '../../src/durable/activity.ts';
import { reopenSwept } from '../../src/intake/reopen.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import type { IntakeSettings, OpenedCase } from '../../src/intake/starting/opened-case.ts';
import { startCaseWith } from '../../src/intake/starting/start-case.ts';
import type { StartCase } from '../../src/intake/starting/start-row.ts';
import type { OutboxSettings } from '../../src/outbox/listening.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import { type Orphaned, reasonOf, sweepKey } from '../../src/sweep/find-orphans.ts';
import { SweepFindingsSchema, type SweptCase, SweptCaseSchema } from '../../src/sweep/sweep-report.ts';

const OpenSweptCasesInputSchema = z.strictObject({
  found: BlobRefSchema,
  /** Which of the orphaned this batch opens: from `from`, at most `count`. */
  from: count,
  count,
  /** Instant of the sweep. */
  at: instant,
});

const OpenedSweptCasesSchema = z.strictObject({
  cases: z.array(SweptCaseSchema),
  tryAgainAfterMs: z.exactOptional(z.number()),
});

/** Opens the cases of one batch of leavers. A second run finds them open and says the same. */
export const openSweptCases = defineStarter(
  'openSweptCases',
  { input: OpenSweptCasesInputSchema, output: OpenedSweptCasesSchema },
  async ({ found, from, count: atMost, at }, { vendors, settings, client, now }) => {
    const { orphaned } = await vendors.storage.getParsed(found, SweepFindingsSchema);
    const start = startCaseWith(client);
    const cases: SweptCase[] = [];
    for (const each of orphaned.slice(from, from + atMost))
      cases.push(await openOne(vendors, settings, each, at, start, now));
    const again = cases.some(({ result }) => result === 'unreadable');
    return { cases, ...(again ? { tryAgainAfterMs: NO_TIME_NAMED } : {}) };
  },
);

async function openOne(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings & ModeSetting<'sweep'>,
  orphan: Orphaned,
  at: string,
  start: StartCase,
  now: () => Date,
): Promise<SweptCase> {
  const { oid } = orphan.person;
  const request: OffboardingRequest = {
    oid,
    trigger: 'sweep',
    reason: reasonOf(orphan),
    requestedBy: 'sweep',
    requestedAt: at,
    mode: modeOf(settings, orphan),
    dedupeKey: sweepKey(orphan.person),
  };
  const swept = sweptCase(request, await openCase(vendors, settings, request, start, now));
  return swept.result === 'known' ? reopenedOne(vendors, settings, orphan, swept, now()) : swept;
}

/** Nothing is cut on the word of a machine alone, which may send anything: then a person begins the offboarding. */
function modeOf(settings: ModeSetting<'sweep'>, { credentials }: Orphaned): OffboardingRequest['mode'] {
  return credentials.every(({ kind }) => kind === 'token-on-machine') ? 'plan' : automaticMode(settings, 'sweep');
}

/** What of a filed report tells of a credential; of reports of every version. */
const Told = z.object({
  steps: z.array(
    z.object({
      findings: z.array(
        z.object({
          kind: z.string(),
          status: z.string(),
          resource: z.object({ type: z.string(), id: z.string(), name: z.exactOptional(z.string()) }),
          evidence: z.object({ sha256: z.string().optional() }).optional().catch(undefined),
        }),
      ),
    }),
  ),
});

/** Of whom there is a case that ended: it is read again where something lives of which its report does not tell. */
async function reopenedOne(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  { credentials }: Orphaned,
  swept: SweptCase,
  now: Date,
): Promise<SweptCase> {
  const row = swept.caseId && (await vendors.storage.getCase(swept.caseId))?.row;
  if (row === undefined || row.state !== 'filed' || row.report === undefined) return swept;
  const text = await vendors.storage.getText('evidence', row.report);
  const told = Told.parse(JSON.parse(text ?? '{"steps":[]}')).steps.flatMap(({ findings }) =>
    findings.map(({ evidence, ...rest }) =>
      evidence?.sha256 === undefined ? rest : { ...rest, sha256: evidence.sha256 },
    ),
  );
  const isAlive = (current: CaseRow): boolean => isAliveAfter(current, told, credentials, now);
  return (await reopenSwept(vendors, settings, row, isAlive, now)) ? { ...swept, result: 'reopened' } : swept;
}

function sweptCase({ oid, requestedAt, dedupeKey }: OffboardingRequest, opened: OpenedCase): SweptCase {
  switch (opened.kind) {
    case 'unreadable':
      return { oid, result: 'unreadable' };
    case 'not-a-leaver':
    case 'unknown-person':
      return { oid, result: 'returned' };
    case 'not-a-person':
    case 'not-confirmed':
      return { oid, result: 'refused' };
    case 'on-hold':
    case 'refused':
      return { oid, result: opened.kind, caseId: opened.stored.row.caseId, mode: opened.stored.row.mode };
    case 'opened':
    case 'merged':
    case 'duplicate': {
      const { row } = opened.stored;
      // Of this sweep also where an earlier attempt of this very batch opened it and then died.
      const ours = row.dedupeKey === dedupeKey && row.requestedAt === requestedAt;
      return { oid, result: ours ? 'opened' : 'known', caseId: row.caseId, mode: row.mode };
    }
    default:
      return opened satisfies never;
  }
}
