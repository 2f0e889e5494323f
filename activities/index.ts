import { registerActivity } from '../src/durable/activity.ts';
import { auditActivity } from './activity-audit/audit-activity.ts';
import { applyRemedy } from './case/apply-remedy.ts';
import { closeCase } from './case/close-case.ts';
import { fileReport } from './case/file-report.ts';
import { identifyLeaver } from './case/identify-leaver.ts';
import { makePlan } from './case/make-plan.ts';
import { notifyOperators } from './case/notify-operators.ts';
import { openFollowUpIssue } from './case/open-follow-up-issue.ts';
import { discoverConsent } from './consent/discover-consent.ts';
import { containLeaver } from './containment/contain-leaver.ts';
import { discoverFederatedCredentials } from './federated-credentials/discover-federated-credentials.ts';
import { scanDevOps } from './runner-credentials/azure-devops/scan-devops.ts';
import { listRepositories } from './runner-credentials/github/list-repositories.ts';
import { scanOrganisation } from './runner-credentials/github/scan-organisation.ts';
import { scanRepositories } from './runner-credentials/github/scan-repositories.ts';
import { failBrokenCases } from './sweep/fail-broken-cases.ts';
import { fileSweep } from './sweep/file-sweep.ts';
import { findOrphanedCredentials } from './sweep/find-orphaned-credentials.ts';
import { openSweptCases } from './sweep/open-swept-cases.ts';
import { startLeftOpenCases } from './sweep/start-left-open-cases.ts';
import { verifyCase } from './verification/verify-case.ts';

/** Tells Functions about every activity. */
export function registerActivities(): void {
  registerActivity(applyRemedy);
  registerActivity(auditActivity);
  registerActivity(closeCase);
  registerActivity(containLeaver);
  registerActivity(discoverConsent);
  registerActivity(discoverFederatedCredentials);
  registerActivity(fileReport);
  registerActivity(failBrokenCases);
  registerActivity(fileSweep);
  registerActivity(findOrphanedCredentials);
  registerActivity(identifyLeaver);
  registerActivity(listRepositories);
  registerActivity(makePlan);
  registerActivity(notifyOperators);
  registerActivity(openFollowUpIssue);
  registerActivity(openSweptCases);
  registerActivity(scanDevOps);
  registerActivity(scanOrganisation);
  registerActivity(scanRepositories);
  registerActivity(startLeftOpenCases);
  registerActivity(verifyCase);
}
