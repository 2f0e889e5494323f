import { setTimeout as delay } from 'node:timers/promises';
import { AUTOMATIC_TRIGGERS, type AutomaticTriggerName } from '../cases/case.ts';
import { automaticMode, MODE_SETTINGS, type ModeSetting } from '../config/config-cases.ts';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { coverageDecisions } from '../coverage-settings.ts';
import { PERMISSIONS } from '../permissions/table.ts';
import type { Answers } from './asking/answer-of.ts';
import { askAssessorGitHub, checkAssessor } from './asking/ask-assessor-github.ts';
import { askAzure } from './asking/ask-azure.ts';
import { askDevOps } from './asking/ask-devops.ts';
import { askEvidenceKey, checkSigning } from './asking/ask-evidence-key.ts';
import { askGitHub, askKeyVault, checkSecurityRepository } from './asking/ask-github.ts';
import { askGraph } from './asking/ask-graph.ts';
import { askLogAnalytics } from './asking/ask-log-analytics.ts';
import { askStorage } from './asking/ask-storage.ts';
import { automaticTrigger } from './automatic-triggers.ts';
import {
  checkDeniedTable,
  checkNamedValues,
  checkPaused,
  checkRetention,
  checkTrustedOwners,
  tellDisabled,
} from './check-environment.ts';
import { checkMachines } from './check-machines.ts';
import { checkUnnamed } from './check-unnamed.ts';
import { type Diagnosis, type DoctorCheck, diagnosisOf } from './diagnosis.ts';
import { diagnoseSources } from './sources.ts';

/** Whom the doctor asks, for what, and how long it waits. */
export type ExaminedSettings = ModeSetting<AutomaticTriggerName> &
  Pick<
    Config,
    | 'ACCESS_TOKEN_LIFETIME_MINUTES'
    | 'ACKNOWLEDGED_LIMITS'
    | 'ASSESSOR_CLIENT_ID'
    | 'AUDIT_WORKSPACE_RESOURCE_ID'
    | 'BUSINESS_TIME_ZONE'
    | 'DECISION_POLICY'
    | 'DENY_LIST_NAMED_VALUES'
    | 'DEVOPS_ORGANISATIONS'
    | 'DISABLED_MEANS_LEFT_AFTER_DAYS'
    | 'EVIDENCE_KEY_ID'
    | 'EXEMPT_SOURCES'
    | 'GATEWAY_APIM_ID'
    | 'GATEWAY_APP_ID'
    | 'GITHUB_ORGANISATIONS'
    | 'MACHINE_REPORT_MAX_AGE_DAYS'
    | 'MACHINES_OWNER_IDS'
    | 'REQUEST_TIMEOUT_SECONDS'
    | 'SECURITY_REPOSITORY'
    | 'SUBSCRIPTION_IDS'
    | 'TRUSTED_OWNERS'
    | 'WORKSTATION_HUNTING'
  >;

interface Found {
  readonly answers?: Answers;
  readonly checks?: readonly DoctorCheck[];
}

/**
 * Asks every vendor at once what the app may do, and changes nothing there. Each call has the deadline of any other;
 * a vendor that needs several and is slow at all of them is given up after twice that, and counts as not checked.
 */
export async function examine(
  vendors: Pick<
    Vendors,
    'assessor' | 'auditLog' | 'azure' | 'devops' | 'evidenceKey' | 'gateway' | 'github' | 'graph' | 'storage'
  >,
  settings: ExaminedSettings,
  now: Date,
): Promise<Diagnosis> {
  const decisions = coverageDecisions(settings);
  const answers = (asking: Promise<Answers>): Promise<Found> => asking.then((found) => ({ answers: found }));
  const checks = (checking: Promise<readonly DoctorCheck[]>): Promise<Found> =>
    checking.then((found) => ({ checks: found }));
  const questions: readonly (readonly [name: string, asking: Promise<Found>])[] = [
    ['graph', answers(askGraph(vendors, settings, now))],
    ['azure', answers(askAzure(vendors, settings))],
    ['key-vault', answers(askKeyVault(vendors))],
    ['evidence-key', answers(askEvidenceKey(vendors, settings))],
    ['evidence-signature', checks(checkSigning(vendors, settings, now))],
    ['log-analytics', answers(askLogAnalytics(vendors, settings, now))],
    ['azure-devops', answers(askDevOps(vendors, settings))],
    ['github', askGitHub(vendors, settings)],
    ['assessor', checks(Promise.resolve(checkAssessor(settings)))],
    ['assessor-github', askAssessorGitHub(vendors, settings)],
    ['security-repository', checks(checkSecurityRepository(vendors, settings))],
    ['storage', answers(askStorage(vendors))],
    ['audit-retention', checks(checkRetention(vendors))],
    ['deny-list', checks(checkNamedValues(vendors, settings))],
    ['unnamed-places', checks(checkUnnamed(vendors, settings, decisions, now))],
    ['runner-inventory', checks(checkMachines(vendors, settings, now))],
    ['denied-table', checks(checkDeniedTable(vendors))],
    ['paused', checks(checkPaused(vendors))],
    ['trusted-owners', checks(Promise.resolve(checkTrustedOwners(settings)))],
    ['disabled-accounts', checks(Promise.resolve(tellDisabled(settings)))],
  ];
  const found = await Promise.all(questions.map(([name, asking]) => inTime(settings, name, asking)));
  return diagnosisOf(
    PERMISSIONS.filter(({ optIn }) => optIn === undefined || settings[optIn] === 'on'),
    new Map(found.flatMap((each) => each.answers ?? [])),
    found.flatMap((each) => each.checks ?? []),
    AUTOMATIC_TRIGGERS.map((trigger) =>
      automaticTrigger(trigger, MODE_SETTINGS[trigger], automaticMode(settings, trigger)),
    ),
    diagnoseSources(decisions, now),
    settings.DECISION_POLICY,
  );
}

/** What breaks, or takes too long, is one check that could not be made; its permissions have no answer then. */
async function inTime(
  settings: Pick<Config, 'REQUEST_TIMEOUT_SECONDS'>,
  name: string,
  asking: Promise<Found>,
): Promise<Found> {
  const stop = new AbortController();
  const late = delay(settings.REQUEST_TIMEOUT_SECONDS * 2_000, undefined, { signal: stop.signal }).then(
    () => unasked(name, 'it did not answer in time'),
    (): Found => ({}),
  );
  try {
    return await Promise.race([asking, late]);
  } catch (error) {
    return unasked(name, error instanceof Error ? error.name : 'something unexpected happened');
  } finally {
    stop.abort();
  }
}

function unasked(name: string, why: string): Found {
  return { checks: [{ check: name, state: 'could-not-check', detail: `The doctor could not ask: ${why}.` }] };
}
