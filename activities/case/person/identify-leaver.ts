import * as z from 'zod';
import type { CaseRow } from '../../../src/cases/case.ts';
import { CaseIdSchema } from '../../../src/cases/ids.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { lastDaysTold } from '../../../src/intake/rules/words.ts';
import type { RememberedName } from '../../../src/people/evidence/remembered.ts';
import { addressesOf, type Leaver, LeaverSchema } from '../../../src/people/leaver.ts';
import { text } from '../../../src/shapes/primitives.ts';
import { openNameHolders } from '../accounts/name-holders.ts';
import { recall, remember } from '../accounts/people-memory.ts';
import { resolveDevOpsAccounts } from '../accounts/resolve-devops-accounts.ts';
import { resolveGitHubAccounts } from '../accounts/resolve-github-accounts.ts';
import { secondAccounts } from '../accounts/second-accounts.ts';
import { fileStepResult } from '../report/file-step-result.ts';
import { tryAgainAfter } from '../try-again-after.ts';
import { resolvePerson } from './resolve-person.ts';

/** The organisations that a case looks at. */
export const ScopeSchema = z.strictObject({ github: z.array(text), devops: z.array(text) });
export type Scope = Shaped<typeof ScopeSchema>;

const IdentifiedSchema = z.strictObject({
  leaver: LeaverSchema,
  /** What the identity sources answered, filed with the steps that rest on them. */
  parts: z.array(StepPartRefSchema),
  /** Fixed here so that a replay sees the same. */
  scope: ScopeSchema,
  tryAgainAfterMs: z.exactOptional(z.number()),
});
export type Identified = Shaped<typeof IdentifiedSchema>;

/** Where nobody was identified, what is looked up by account is not looked at. */
export const NO_SCOPE: Scope = { github: [], devops: [] };

/** Maps the person to the accounts that the other steps search for. Immutable ids first: logins and UPNs change. */
export const identifyLeaver = defineActivity(
  'identifyLeaver',
  { input: z.strictObject({ caseId: CaseIdSchema, person: LeaverSchema }), output: IdentifiedSchema },
  async ({ caseId, person: opened }, { vendors, settings, log, now }) => {
    const at = now();
    const told = lastDayTold((await vendors.storage.getCase(caseId))?.row);
    const asked = told === undefined ? opened : { ...opened, lastDay: told };
    const answers = await vendors.storage.listAnswers();
    const own = answers.filter(({ oid }) => oid === opened.oid);
    const { person, ...known } = await resolvePerson(vendors, asked, at, settings.BUSINESS_TIME_ZONE, own);
    const memory = await recall(vendors, addressesOf(person), log);
    const holders = openNameHolders(vendors, person.oid, memory);
    const circumstances = { memory, holders, now: at, answers };
    const [github, devops, second] = await Promise.all([
      resolveGitHubAccounts(vendors, settings, person, circumstances),
      resolveDevOpsAccounts(vendors, settings, person, circumstances),
      secondAccounts(vendors, person),
    ]);
    const seen = { ...github.seen, accounts: [...github.seen.accounts, ...devops.seen] };
    const names = [...github.seen.names, ...namesOf(person, at)];
    const remembered = await remember(vendors, { ...seen, names }, memory, log);
    const again = tryAgainAfter([
      ...known.failures,
      ...github.failures,
      ...devops.failures,
      ...second.failures,
      ...holders.failures(),
    ]);
    const parts = await Promise.all([
      fileStepResult(vendors, caseId, {
        step: 'consent',
        findings: second.findings,
        actions: [],
        coverage: [...known.coverage, second.coverage, ...holders.coverage(), remembered],
      }),
      fileStepResult(vendors, caseId, {
        step: 'federated-credentials',
        findings: github.findings,
        actions: [],
        coverage: github.coverage,
      }),
      fileStepResult(vendors, caseId, {
        step: 'runner-credentials',
        findings: devops.findings,
        actions: [],
        coverage: devops.coverage,
      }),
    ]);
    const blockedBy = { ...person.blockedBy, ...(github.blockedBy && { github: github.blockedBy }) };
    const blocked = Object.keys(blockedBy).length > 0;
    return {
      leaver: {
        ...person,
        github: github.accounts,
        devops: devops.accounts,
        ...(github.none && { noGitHubAccount: github.none }),
        ...(github.others.length > 0 && { othersAccounts: github.others }),
        ...(blocked && { blockedBy }),
        ...(own.length > 0 && { answers: own }),
      },
      parts,
      scope: { github: settings.GITHUB_ORGANISATIONS, devops: settings.DEVOPS_ORGANISATIONS },
      ...(again === undefined ? {} : { tryAgainAfterMs: again }),
    };
  },
);

/**
 * The last day that whoever asked for the case told, also of a request that was merged into it. Of several the
 * earliest: calls after it are looked at, and a person can say that they were work.
 */
function lastDayTold(row: CaseRow | undefined): string | undefined {
  return row === undefined ? undefined : lastDaysTold(row).toSorted()[0];
}

/** What the directory calls the person today; once somebody else has one of these names, that is known. */
function namesOf(person: Leaver, at: Date): RememberedName[] {
  const instant = at.toISOString();
  return addressesOf(person).map((name) => ({ name, oid: person.oid, kind: 'directory', from: instant, to: instant }));
}
