import { scanOrganisation } from '../../../../activities/runner-credentials/github/organisation/scan-organisation.ts';
import { listRepositories } from '../../../../activities/runner-credentials/github/repositories/list-repositories.ts';
import { scanRepositories } from '../../../../activities/runner-credentials/github/repositories/scan-repositories.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { type CaseId, makeCaseId } from '../../../../src/cases/ids.ts';
import type { BlobRef } from '../../../../src/cases/remedies/remedy.ts';
import type { StepResult, StepResultRef } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { startApp } from '../../../support/apps/start-app.ts';

export const ORGANISATION = WORLD.github.organisation;

export const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'soft-deleted',
  displayName: WORLD.leaver.displayName,
  userPrincipalName: WORLD.leaver.userPrincipalName,
  mail: WORLD.leaver.mail,
  github: [{ login: WORLD.leaver.githubLogin, id: WORLD.leaver.githubId, source: 'test', confidence: 'proved' }],
  devops: [],
};

/** What a whole scan of the organisation found. */
export interface WholeScan {
  readonly caseId: CaseId;
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly refs: readonly StepResultRef[];
  /** Everything that was filed, as text. */
  readonly filed: string;
}

/** The case study's GitHub and vault with the app in this process. One per test file. */
export async function startCaseStudyGitHub(
  options: {
    readonly repositories?: number;
    readonly storage?: boolean;
    readonly settings?: Record<string, string>;
  } = {},
) {
  const context = {
    now: new Date(),
    scale: { repositories: options.repositories ?? 24, identities: 0, credentialsPerIdentity: 0 },
    mint: makeTokenMint(),
  };
  const vault = seedVault(context);
  const state = seedGitHub(context, vault);
  const app = await startApp({
    vendors: (core) => [makeVault(core, vault), makeGitHub(core, state)],
    storage: options.storage === true ? 'memory' : false,
    settings: { GITHUB_POINTS_PER_MINUTE: '100000', RETRY_DELAY_MS: '1', ...options.settings },
  });
  state.limits.pointsPerMinute = 100_000;
  const organisation = state.organisations.get(ORGANISATION);
  const installation = state.installations.get(String(WORLD.github.installationId));
  if (organisation === undefined || installation === undefined) throw new Error('the seed lacks the organisation');

  let cases = 0;
  const scanAll = async (leaver: Leaver = LEAVER): Promise<WholeScan> => {
    // What is read once for a case is read again for the next.
    cases += 1;
    const caseId = makeCaseId(WORLD.leaver.oid as Oid, cases);
    const about = { caseId, leaver, organisation: ORGANISATION };
    const whole = await scanOrganisation.handler(about, app.context);
    const listed = await listRepositories.handler(about, app.context);
    const filed = (listed.more ?? []).map(({ input }) => input as { readonly batch: BlobRef });
    const scanned = await Promise.all(
      filed.map(({ batch }) => scanRepositories.handler({ ...about, batch }, app.context)),
    );
    const refs = [whole, listed, ...scanned];
    const parts = await Promise.all(refs.map(({ ref }) => getJson<StepResult>(app.config, ref)));
    const batches = await Promise.all(filed.map(({ batch }) => getJson<unknown>(app.config, batch)));
    return {
      caseId,
      refs,
      findings: parts.flatMap(({ findings }) => findings),
      coverage: parts.flatMap(({ coverage }) => coverage),
      filed: JSON.stringify([parts, batches, app.context.lines]),
    };
  };
  return { app, state, mint: context.mint, organisation, installation, scanAll };
}
