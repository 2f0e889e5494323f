import type { CaseRow } from '../../cases/case.ts';
import { manifestName } from '../../cases/folders.ts';
import { filedAs, revisionOf } from '../../cases/following/attempts.ts';
import { countsOf } from '../../cases/following/compare-revisions.ts';
import { tellingOf } from '../../cases/following/reopening.ts';
import type { Config } from '../../config.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { OffboardingError } from '../../errors.ts';
import { enqueueMessages } from '../../outbox/enqueue.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import { momentsOfEnd } from '../../outbox/rules/which-messages.ts';
import { endOfCaseIn, passedIn, saysNothingNew } from '../../report/end-of-case.ts';

/**
 * Does what its orchestration could not after it had sealed the report: tells of the end, in the same messages as
 * `closeCase`, and writes into the row that the case is filed.
 * @returns whether it was this call that wrote it
 */
export async function closeSealed(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings & Pick<Config, 'FOLLOW_UPS'>,
  row: CaseRow,
): Promise<boolean> {
  const seal = await vendors.storage.readSealThere(manifestName(row));
  const report = seal.files.find(({ name }) => name.endsWith('/report.json'));
  if (report === undefined)
    throw new OffboardingError('evidence-altered', `${seal.manifest.name} names no report.json.`);
  const told = endOfCaseIn(await vendors.storage.getChecked(report));
  const earlier = await textOf(vendors, row.revisions?.at(-1)?.report);
  const nothingNew = saysNothingNew(told, earlier === undefined ? undefined : endOfCaseIn(earlier));
  const { incident } = told;
  const awaiting = told.summary.counts['awaiting-decision'];
  // Before the row says so: whatever dies in between, somebody hears of it.
  await enqueueMessages(vendors, settings, {
    row,
    at: seal.generatedAt,
    moments: momentsOfEnd({
      incident,
      awaiting,
      ...(nothingNew && { nothingNew }),
    }),
    report,
    revision: revisionOf(row),
  });
  let written = false;
  await vendors.storage.updateCase(row.caseId, (current) => {
    written = current.state === 'running' && current.instanceId === row.instanceId;
    const { generatedAt: filedAt, outcome } = seal;
    if (!written) return undefined;
    const { readAgainAt, notReadAgain } = told.case;
    const filed = {
      ...{ filedAt, outcome, incident, report: report.name, awaiting },
      ...(readAgainAt && { readAgainAt }),
      ...(notReadAgain && { notReadAgain }),
      ...(told.comparison && { compared: countsOf(told.comparison) }),
    };
    return tellingOf(filedAs(current, filed, settings.FOLLOW_UPS), passedIn(told));
  });
  return written;
}

async function textOf({ storage }: Pick<Vendors, 'storage'>, name: string | undefined): Promise<string | undefined> {
  return name === undefined ? undefined : storage.getText('evidence', name);
}
