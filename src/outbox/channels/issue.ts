import { instant } from '../../cases/words/wording.ts';
import type { OpenIssue } from '../../connectors/github/repositories/issues.ts';
import type { VendorResult } from '../../connectors/result.ts';
import { type Issue, issueOf } from '../../report/issue.ts';
import type { Report } from '../../report/report.ts';
import type { Delivery, Tell, Told } from './channel.ts';
import { saidOf } from './said.ts';

/**
 * Opens the case's issue in the security repository, or brings it up to date. Once a report is told, the issue belongs
 * to people: asked again, this neither undoes their edits nor opens another.
 */
export const tellIssue: Tell = async (delivery) => {
  const { message, vendors, settings, now } = delivery;
  const { caseId, moment, revision, report } = message;
  const name = `${caseId}/issue-${report === undefined ? `${moment}-${revision}` : report.sha256.slice(0, 16)}`;
  // The one who claims it makes two calls at most: the list once more, and the issue.
  const claimMs = 2 * settings.REQUEST_TIMEOUT_SECONDS * 1_000;
  const open = async (): Promise<VendorResult<OpenIssue>> => {
    const wanted = { marker: `mcp-offboarding:${markOf(delivery)}`, ...(await issueFor(delivery)) };
    return vendors.github.upsertIssue(wanted, (create) => vendors.storage.doOnce({ name, claimMs, now }, create));
  };
  const opened = (await vendors.storage.readRecord<OpenIssue>(name)) ?? (await open());
  if (opened.ok) await vendors.storage.writeRecord(name, opened.value);
  return opened;
};

/** One issue for a case, one for each time that somebody is contained without one, and one for a run that is worse. */
function markOf(told: Told): string {
  if ('posture' in told) return `posture:${told.posture.runId}`;
  return 'row' in told ? `case:${told.row.caseId}` : `denied:${told.denied.oid}:${told.denied.since}`;
}

async function issueFor(delivery: Delivery): Promise<Issue> {
  const { message, link, vendors } = delivery;
  if (message.report !== undefined) return issueOf(await vendors.storage.getJson<Report>(message.report), link);
  const { title, text, oid } = saidOf(delivery);
  const what = 'row' in delivery ? 'the case' : 'denied' in delivery ? 'the denial' : 'the run';
  const about = [
    ...(oid === undefined ? [] : [`Object id: \`${oid}\``]),
    ...('row' in delivery ? [`Case: \`${message.caseId}\``] : []),
    ...('posture' in delivery ? [`Filed: \`${delivery.posture.page}\` in the container \`evidence\``] : []),
    `When: ${instant(message.at)}`,
  ];
  const body = [
    text,
    '',
    ...about.map((line) => `- ${line}`),
    ...(link === undefined ? [] : ['', `[Open ${what}](${link})`]),
  ];
  return { title, body: `${body.join('\n')}\n`, labels: ['offboarding'] };
}
