import { pausedInWords } from '../cases/pause.ts';
import { hasGateway } from '../config/config-optional.ts';
import type { Config } from '../config.ts';
import type { VendorResult } from '../connectors/result.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { ERRORS } from '../errors.ts';
import { AUDIT_TABLE } from '../steps/activity-audit/rules/audit-table.ts';
import { WINDOW_DAYS } from '../steps/activity-audit/rules/calendar/audit-window.ts';
import { parseIssuer } from '../steps/federated-credentials/rules/subject/issuer.ts';
import { gitHubOwner } from '../steps/federated-credentials/rules/trust-context.ts';
import type { DoctorCheck } from './diagnosis.ts';

/** Whether the audit table keeps as long as the audit looks back. */
export async function checkRetention(vendors: Pick<Vendors, 'auditLog'>): Promise<DoctorCheck[]> {
  const read = await vendors.auditLog.tableRetentionDays(AUDIT_TABLE);
  const check = 'audit-retention';
  if (!read.ok) return [unread(check, read, `Make the table ${AUDIT_TABLE} in the workspace, or correct the setting.`)];
  const { retentionInDays: days, plan } = read.value;
  if (plan === undefined) {
    const detail = `Azure does not say on which plan the table ${AUDIT_TABLE} is, and only Analytics can be queried all the time.`;
    return [{ check, state: 'could-not-check', detail }];
  }
  if (plan !== 'Analytics') {
    const detail = `The table ${AUDIT_TABLE} is on the plan ${plan}, which can be queried for 30 days.`;
    return [{ check, state: 'fails', detail, whatToDo: 'Set the table’s plan to Analytics.' }];
  }
  const detail = `The table ${AUDIT_TABLE} keeps ${days} days; the audit looks back ${WINDOW_DAYS}.`;
  if (days >= WINDOW_DAYS) return [{ check, state: 'passes', detail }];
  return [{ check, state: 'fails', detail, whatToDo: `Set the table’s retention to at least ${WINDOW_DAYS} days.` }];
}

const NO_GATEWAY =
  'No gateway is configured (GATEWAY_APIM_ID, DENY_LIST_NAMED_VALUES): containment ends sign-in sessions and no more, nobody’s calls are audited, and no case is clear unless its sources are exempt.';

/** Whether the deny list's named values are there, each with a value. */
export async function checkNamedValues(
  vendors: Pick<Vendors, 'gateway'>,
  settings: Pick<Config, 'DENY_LIST_NAMED_VALUES'>,
): Promise<DoctorCheck[]> {
  if (!hasGateway(settings)) return [{ check: 'gateway', state: 'could-not-check', detail: NO_GATEWAY }];
  return Promise.all(
    settings.DENY_LIST_NAMED_VALUES.map(async (name): Promise<DoctorCheck> => {
      const check = `deny-list:${name}`;
      const read = await vendors.gateway.readNamedValue('reader', name);
      if (read.ok) return { check, state: 'passes', detail: `The gateway has the named value ${name}.` };
      return unread(
        check,
        read,
        `Make the named value ${name} with the value “,none,”, or correct DENY_LIST_NAMED_VALUES.`,
      );
    }),
  );
}

/** Whether the deny list is written from its table. */
export async function checkDeniedTable(vendors: Pick<Vendors, 'storage'>): Promise<DoctorCheck[]> {
  const check = 'denied-table';
  const blocked = (await vendors.storage.readDeniedMark())?.blocked;
  if (blocked === undefined) return [{ check, state: 'passes', detail: 'The deny list is written from its table.' }];
  return [{ check, state: 'fails', detail: blocked, whatToDo: ERRORS['deny-list-blocked'].todo }];
}

/** Whether somebody has paused the app; nothing where nobody has. */
export async function checkPaused(vendors: Pick<Vendors, 'storage'>): Promise<DoctorCheck[]> {
  const pause = await vendors.storage.readPause();
  if (pause === undefined) return [];
  const whatToDo = 'End it with DELETE /api/pause, and release what is on hold: GET /api/cases?onHold=true.';
  return [{ check: 'paused', state: 'fails', detail: `${pausedInWords(pause)} Nothing is cut.`, whatToDo }];
}

/** Owners at GitHub that are trusted by name alone: nobody can tell whether who holds the name is who was meant. */
export function checkTrustedOwners({ TRUSTED_OWNERS: trusted }: Pick<Config, 'TRUSTED_OWNERS'>): DoctorCheck[] {
  return trusted
    .filter(({ owner }) => owner !== '*' && !owner.includes(':') && gitHubOwner(owner).id === undefined)
    .filter(({ issuer }) => isGitHub(issuer))
    .map(({ issuer, owner }) => ({
      check: `trusted-owner:${owner}`,
      state: 'could-not-check',
      detail: `TRUSTED_OWNERS trusts ${owner} at ${issuer} by name, and whoever registers a name that was given up is trusted then.`,
      whatToDo: `Write the id of the account as well: ${issuer}=${owner}@<id>. GitHub says it at /users/${owner}.`,
    }));
}

/** A fact, not a fault: whether accounts that are disabled, and not deleted, count as people who left. */
export function tellDisabled({
  DISABLED_MEANS_LEFT_AFTER_DAYS: days,
}: Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS'>): DoctorCheck[] {
  const detail =
    days === 0
      ? 'An account that is disabled, not deleted, and without a last day opens no case (DISABLED_MEANS_LEFT_AFTER_DAYS is 0). Where your firm disables the accounts of people who leave, set the days after which it means that.'
      : `An account that is disabled for ${days} days means that the person has left (DISABLED_MEANS_LEFT_AFTER_DAYS).`;
  return [{ check: 'disabled-accounts', state: 'passes', detail }];
}

function isGitHub(issuer: string): boolean {
  return ['github.com', 'ghe.com', 'github-server'].includes(parseIssuer(`https://${issuer}`).kind);
}

function unread(check: string, read: Extract<VendorResult<unknown>, { ok: false }>, whatToDo: string): DoctorCheck {
  const { kind, message: detail } = read.failure;
  if (kind === 'not-found') return { check, state: 'fails', detail, whatToDo };
  return { check, state: 'could-not-check', detail };
}
