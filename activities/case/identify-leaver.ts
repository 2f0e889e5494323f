import type { CaseId } from '../../src/cases/ids.ts';
import type { StepPartRef } from '../../src/cases/step-part.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { tryAgainAfter } from './coverage-of.ts';
import { fileStepPart } from './file-step-part.ts';
import { resolveDevOpsAccounts } from './resolve-devops-accounts.ts';
import { resolveGitHubAccounts } from './resolve-github-accounts.ts';
import { knowPerson } from './resolve-person.ts';

export interface Identified {
  readonly leaver: Leaver;
  /** What the identity sources answered, filed with the steps that rest on them. */
  readonly parts: readonly StepPartRef[];
  /** The organisations that this case looks at, fixed here so that a replay sees the same. */
  readonly scope: { readonly github: readonly string[]; readonly devops: readonly string[] };
  readonly tryAgainAfterMs?: number;
}

/** Where nobody was identified, what is looked up by account is not looked at. */
export const NO_SCOPE: Identified['scope'] = { github: [], devops: [] };

/** Maps the person to the accounts that the other steps search for. Immutable ids first: logins and UPNs change. */
export const identifyLeaver = defineActivity(
  'identifyLeaver',
  async (
    { caseId, person: opened }: { caseId: CaseId; person: Leaver },
    { vendors, settings, now },
  ): Promise<Identified> => {
    const { person, ...known } = await knowPerson(vendors, opened, now());
    const who = { oid: person.oid, ...(person.userPrincipalName && { userPrincipalName: person.userPrincipalName }) };
    const [github, devops] = await Promise.all([
      resolveGitHubAccounts(vendors, settings, { ...who, ...(person.blockedBy && { blockedBy: person.blockedBy }) }),
      resolveDevOpsAccounts(vendors, settings, who),
    ]);
    const again = tryAgainAfter([...known.failures, ...github.failures, ...devops.failures]);
    const parts = await Promise.all([
      fileStepPart(vendors, caseId, { step: 'consent', findings: [], actions: [], coverage: known.coverage }),
      fileStepPart(vendors, caseId, {
        step: 'federated-credentials',
        findings: [],
        actions: [],
        coverage: github.coverage,
      }),
      fileStepPart(vendors, caseId, {
        step: 'runner-credentials',
        findings: [],
        actions: [],
        coverage: devops.coverage,
      }),
    ]);
    const blockedBy = { ...person.blockedBy, ...(github.blockedBy && { github: github.blockedBy }) };
    const blocked = Object.keys(blockedBy).length > 0;
    return {
      leaver: { ...person, github: github.accounts, devops: devops.accounts, ...(blocked && { blockedBy }) },
      parts,
      scope: { github: settings.GITHUB_ORGANISATIONS, devops: settings.DEVOPS_ORGANISATIONS },
      ...(again === undefined ? {} : { tryAgainAfterMs: again }),
    };
  },
);
