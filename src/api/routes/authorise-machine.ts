import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { Sayer } from '../../machines/kept.ts';
import { answerUnverified, authorise } from '../access/authorise.ts';
import { claimedIssuer, verifyJwt } from '../access/verify-jwt.ts';
import type { ApiSettings } from '../access/verify-token.ts';
import { problem } from '../problems/problem.ts';

export type MachineSettings = ApiSettings &
  Pick<Config, 'GITHUB_OIDC_ISSUER' | 'MACHINES_AUDIENCE' | 'MACHINES_OWNER_IDS'>;

/**
 * Claims of a token that GitHub issues to a job. Ids are texts there, and nobody else gets them, unlike names.
 * Source: docs.github.com/actions/reference/security/oidc
 */
const JobClaims = z.object({
  repository: z.string().min(1).max(200),
  repository_id: numeric(),
  repository_owner: z.string().min(1).max(100),
  repository_owner_id: numeric(),
  run_id: numeric(),
  run_attempt: numeric().optional().catch(undefined),
  check_run_id: numeric().optional().catch(undefined),
  enterprise: z.string().min(1).max(100).optional().catch(undefined),
  runner_environment: z.string(),
});

/** Who sends the inventory of a machine, where the token is good for that; otherwise the answer to give. */
export async function authoriseMachine(
  settings: MachineSettings,
  request: Pick<Request, 'headers'>,
): Promise<{ readonly sayer: Sayer } | { readonly answer: Response }> {
  const authorization = request.headers.get('authorization');
  // Not verified yet: it says which of the two verifications has to hold, and that asks for the issuer again.
  return claimedIssuer(authorization) === settings.GITHUB_OIDC_ISSUER
    ? ofJob(settings, authorization)
    : ofIdentity(settings, request);
}

/**
 * A job on a runner of the firm's own. Which event began it does not matter, pull requests included: a job that runs
 * changed files stands on the same machine as any other and could as well wait for a push, what it says can add findings
 * only, and refusing it would lose what machines have to say that check nothing but pull requests. Jobs of forks get no
 * token that GitHub signs.
 */
async function ofJob(
  settings: MachineSettings,
  authorization: string | null,
): Promise<{ readonly sayer: Sayer } | { readonly answer: Response }> {
  if (settings.MACHINES_OWNER_IDS.length === 0) return refused('MACHINES_OWNER_IDS names nobody: no job may send one.');
  const verified = await verifyJwt(authorization, {
    issuer: settings.GITHUB_OIDC_ISSUER,
    keys: `${settings.GITHUB_OIDC_ISSUER}/.well-known/jwks`,
    audience: settings.MACHINES_AUDIENCE,
    requiredClaims: ['exp', 'nbf', 'iat'],
    whose: 'GitHub',
  });
  if (verified.kind !== 'payload') return { answer: answerUnverified(verified, 'GitHub') };
  const claims = JobClaims.safeParse(verified.payload);
  if (!claims.success) {
    const named = [...new Set(claims.error.issues.map(({ path }) => String(path[0])))].join(', ');
    return refused(`The token is not one of a job: its claims ${named} are missing or in another form.`);
  }
  const { repository, repository_id, repository_owner, repository_owner_id, run_id, runner_environment } = claims.data;
  if (!settings.MACHINES_OWNER_IDS.includes(repository_owner_id))
    return refused('The owner of the job’s repository is none of MACHINES_OWNER_IDS.');
  if (runner_environment !== 'self-hosted')
    return refused('The job runs on a machine of GitHub’s; only runners of the firm’s own are told of.');
  const { run_attempt: runAttempt, check_run_id: checkRunId, enterprise } = claims.data;
  const sayer: Sayer = {
    ...{ kind: 'github-job', owner: repository_owner, ownerId: Number(repository_owner_id), repository },
    ...{ repositoryId: Number(repository_id), runId: run_id },
    ...(runAttempt === undefined ? {} : { runAttempt }),
    ...(checkRunId === undefined ? {} : { checkRunId }),
    ...(enterprise === undefined ? {} : { enterprise }),
  };
  return { sayer };
}

async function ofIdentity(
  settings: MachineSettings,
  request: Pick<Request, 'headers'>,
): Promise<{ readonly sayer: Sayer } | { readonly answer: Response }> {
  const authorised = await authorise(settings, request, 'report');
  if ('answer' in authorised) return authorised;
  const { isApp, oid, resourceId } = authorised.caller;
  if (!isApp) return refused('A managed identity sends it, and no person.');
  return { sayer: { kind: 'managed-identity', oid, ...(resourceId === undefined ? {} : { resourceId }) } };
}

function refused(detail: string): { readonly answer: Response } {
  return { answer: problem('missing-role', { detail }) };
}

function numeric() {
  return z.string().regex(/^[1-9]\d{0,14}$/);
}
