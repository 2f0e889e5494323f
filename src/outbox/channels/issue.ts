import { instant } from '../../cases/wording.ts';
import type { OpenIssue } from '../../connectors/github/issues.ts';
import type { VendorResult } from '../../connectors/result.ts';
import { type Issue, issueOf } from '../../report/issue.ts';
import type { Report } from '../../report/report.ts';
import { wordsFor } from '../rules/words.ts';
import type { Delivery, Tell } from './channel.ts';

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
    const wanted = { marker: `mcp-offboarding:case:${caseId}`, ...(await issueFor(delivery)) };
    return vendors.github.upsertIssue(wanted, (create) => vendors.storage.doOnce({ name, claimMs, now }, create));
  };
  const opened = (await vendors.storage.readRecord<OpenIssue>(name)) ?? (await open());
  if (opened.ok) await vendors.storage.writeRecord(name, opened.value);
  return opened;
};

async function issueFor({ message, row, link, vendors }: Delivery): Promise<Issue> {
  if (message.report !== undefined) return issueOf(await vendors.storage.getJson<Report>(message.report), link);
  const { title, text } = wordsFor(message, row);
  const about = [`Object id: \`${row.oid}\``, `Case: \`${row.caseId}\``, `When: ${instant(message.at)}`];
  const body = [
    text,
    '',
    ...about.map((line) => `- ${line}`),
    ...(link === undefined ? [] : ['', `[Open the case](${link})`]),
  ];
  return { title, body: `${body.join('\n')}\n`, labels: ['offboarding'] };
}
