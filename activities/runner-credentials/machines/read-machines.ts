import { rememberedPlace } from '../../../src/cases/coverage/unowned-place.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { mapBounded } from '../../../src/connectors/map-bounded.ts';
import { withoutSecretsIn } from '../../../src/credentials/without-secrets.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { unreadableLine } from '../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import {
  INVENTORY,
  type JudgedMachines,
  judgeMachines,
} from '../../../src/steps/runner-credentials/rules/machines/judge-machines.ts';
import type { Found } from '../../case/found.ts';
import { knownOwners } from '../sign-on-credentials.ts';

interface About {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
}

const WRITES_IN_FLIGHT = 8;

/** What machines say stands on them, of every organisation at once: a machine tells also where no setting names its own. */
export async function readMachines(about: About, context: ActivityContext): Promise<Found> {
  const { vendors, settings } = context;
  const { machines, unreadable } = await vendors.storage.listMachines();
  const coverage = unreadableLine({ unreadable });
  if (machines.length === 0) return { findings: [], coverage, failures: [] };
  const tokens = machines.flatMap(({ report, gone }) => [...report.tokens, ...gone.map(({ token }) => token)]);
  const { known, failures } = await knownOwners(
    about,
    context,
    tokens.map((hit) => ({ hit })),
  );
  const now = context.now();
  const organisations = [...settings.GITHUB_ORGANISATIONS, ...settings.DEVOPS_ORGANISATIONS];
  const judged = judgeMachines(machines, known, organisations, now);
  await remember(about.caseId, context, judged, unreadable.length === 0);
  return { findings: judged.findings, coverage, failures };
}

/**
 * Brings the tenant’s list of tokens of unknown owners up to date, a place for each machine. One whose reports are all too
 * old to be kept leaves it.
 */
async function remember(
  caseId: CaseId,
  { vendors: { storage }, now }: ActivityContext,
  { readings }: JudgedMachines,
  isWhole: boolean,
): Promise<void> {
  const listed = (await storage.listUnowned()).filter(({ source }) => source === INVENTORY);
  const met = new Set(readings.map(({ id }) => id));
  const known = new Set(listed.map(({ id }) => id));
  const gone = isWhole ? listed.filter(({ id }) => !met.has(id)) : [];
  const changed = [
    ...readings.filter(({ id, unowned }) => unowned.length > 0 || known.has(id)),
    ...gone.map((place) => ({ ...place, unowned: [], unproved: [] })),
  ];
  const seen = { at: now().toISOString(), by: caseId };
  await mapBounded(changed, WRITES_IN_FLIGHT, (reading) => {
    const safe = withoutSecretsIn(reading);
    return storage.changeUnowned(safe, (place) => rememberedPlace(place, safe, seen));
  });
}
