import type { Evidence, Finding, FindingStatus, ResourceRef, Severity } from '../../../../cases/finding.ts';
import type { Remedy } from '../../../../cases/remedy.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { VariableScope } from '../../../../connectors/github/variables.ts';
import { howToRevoke } from '../../../../credentials/detector/how-to-revoke.ts';
import type { TokenHit } from '../../../../credentials/detector/token-hit.ts';
import type { TokenOwnership } from '../../../../credentials/whose-token.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { leaverNames, namesLeaver } from '../../../../people/leaver-names.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { deleteVariable } from '../../remedies/delete-variable.ts';
import { placeOf, settingsPath } from './variable-place.ts';
import { webUrl } from './web-url.ts';

/** What every token finding is made of. */
export interface OwnedToken {
  readonly hit: TokenHit;
  readonly ownership: TokenOwnership;
  readonly leaver: Pick<Leaver, 'userPrincipalName' | 'mail' | 'github'>;
  readonly now: Date;
  readonly apiEndpoint: string;
}

/** A token in an Actions variable, which everybody may read who may write to the repository. */
export function tokenInVariable(token: OwnedToken, scope: VariableScope, name: string): Finding {
  const place = placeOf(scope);
  const resource: ResourceRef = {
    system: 'github',
    type: `${scope.type}-variable`,
    id: `${place}#${name}`,
    name,
    url: webUrl(token.apiEndpoint, settingsPath(scope)),
  };
  const kind = 'token-in-variable';
  const finding = tokenFinding(token, { kind, name, resource, place: `variable ${name} of ${place}` });
  if (token.ownership.owner !== 'leaver' || finding.status === 'nothing-to-do') return finding;
  return {
    ...finding,
    status: 'awaiting-approval',
    reason:
      `A variable is readable text for everybody who may write there: ${token.ownership.because}. Revoking the ` +
      `leaver’s credentials ends the token; jobs that use the variable fail from then on, and its deletion waits for approval.`,
    remedy: deletion(scope, name, place, resource),
  };
}

/** A token written into a workflow file: it stays in the history, so that only its owner's revocation ends it. */
export function tokenInWorkflow(
  token: OwnedToken,
  { organisation, repository, path }: { organisation: string; repository: string; path: string },
): Finding {
  const resource: ResourceRef = {
    system: 'github',
    type: 'workflow-file',
    id: `${organisation}/${repository}/${path}`,
    name: path,
    url: webUrl(token.apiEndpoint, `/${organisation}/${repository}/blob/HEAD/${path}`),
  };
  const place = `${path} of ${organisation}/${repository}`;
  const finding = tokenFinding(token, { kind: 'token-in-workflow', name: path, resource, place });
  if (finding.status === 'nothing-to-do') return finding;
  return {
    ...finding,
    status: 'needs-code-change',
    reason: `${finding.reason} Remove it from the file; it remains in the repository’s history, so revoke it as well.`,
  };
}

function tokenFinding(
  { hit, ownership, leaver, now }: OwnedToken,
  { kind, name, resource, place }: { kind: string; name: string; resource: ResourceRef; place: string },
): Finding {
  const ends = hit.claims?.exp === undefined ? undefined : new Date(hit.claims.exp * 1_000);
  const over = ends !== undefined && ends <= now;
  const named = namesLeaver(name, leaverNames(leaver));
  const { title, severity, status, reason } = judged(ownership, hit, named);
  const evidence: Evidence = {
    tokenType: hit.type,
    holder: hit.holder,
    checksum: hit.checksum,
    sha256: hit.sha256,
    lastFour: hit.lastFour,
    owner: ownership.owner,
    ...('because' in ownership ? { because: ownership.because } : {}),
    ...(named ? { namedAfterLeaver: true } : {}),
    ...(ends === undefined ? {} : { expires: ends.toISOString() }),
  };
  const common = {
    id: findingId('runner-credentials', kind, `${resource.id}:${hit.sha256}`),
    step: 'runner-credentials' as const,
    kind,
    title: `${title} (${hit.type}) stands in ${place}`,
    resource,
    evidence,
  };
  if (over) {
    return { ...common, severity: 'info', status: 'nothing-to-do', reason: `It ended at ${ends.toISOString()}.` };
  }
  return { ...common, severity, status, reason };
}

interface Judgement {
  readonly title: string;
  readonly severity: Severity;
  readonly status: FindingStatus;
  readonly reason: string;
}

function judged(ownership: TokenOwnership, { type }: TokenHit, named: boolean): Judgement {
  switch (ownership.owner) {
    case 'leaver':
      return {
        title: 'The leaver’s token',
        severity: 'critical',
        status: 'needs-human',
        reason: `Whoever runs a job there acts as the leaver: ${ownership.because}. ${howToRevoke(type)}`,
      };
    case 'unknown':
      return {
        title: 'A token whose owner cannot be told',
        severity: named ? 'high' : 'medium',
        status: 'needs-human',
        reason:
          'Its format is one that people hold, and nothing proves whose it is. Ask the team whether it was the ' +
          `leaver’s; the issuer’s audit log knows it by its digest. ${howToRevoke(type)}`,
      };
    case 'somebody-else':
      return {
        title: 'Another person’s token',
        severity: 'info',
        status: 'nothing-to-do',
        reason: `It is not the leaver’s: ${ownership.because}. That person should know that it is readable there.`,
      };
    case 'service':
      return {
        title: 'A service’s token',
        severity: 'info',
        status: 'nothing-to-do',
        reason: 'It acts as no person. Everybody who may write there can read it, so a secret would be its place.',
      };
    default:
      return ownership satisfies never;
  }
}

/** Two tokens in one variable share its deletion. */
function deletion(scope: VariableScope, name: string, place: string, resource: ResourceRef): Remedy {
  const shared = findingId('runner-credentials', 'token-in-variable', resource.id);
  return remedyOf(deleteVariable, shared, { kind: 'delete-variable', scope, name }, { place });
}
