import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import { completeClaims } from './subject/complete-claims.ts';
import { type Condition, parseExpression } from './subject/expression.ts';
import { type GitHubInstance, isInstance, parseIssuer } from './subject/issuer.ts';
import type { Claim } from './subject/subject.ts';

/** Whom GitHub has to be asked about before credentials can be judged. */
export interface CredentialQuestions {
  readonly logins: readonly string[];
  /** `owner/name`, or numeric ids. */
  readonly repositories: readonly string[];
}

/**
 * The names that these credentials trust, where the id beside a name does not tell already. A reusable workflow's
 * repository is asked for where nothing else ties the trust to an owner: whether it is public decides.
 */
export function questionsOf(
  credentials: readonly Pick<FederatedCredential, 'issuer' | 'subject' | 'expression'>[],
  instance: GitHubInstance,
): CredentialQuestions {
  const each = credentials.map(({ issuer: url, subject, expression }): CredentialQuestions => {
    const issuer = parseIssuer(url);
    if (issuer.kind === 'github-pages') return { logins: [issuer.login], repositories: [] };
    if (!isInstance(issuer, instance)) return NOTHING;
    return questionsIn(conditionsOf(subject, expression).flatMap(completeClaims));
  });
  return {
    logins: each.flatMap(({ logins }) => logins),
    repositories: each.flatMap(({ repositories }) => repositories),
  };
}

const NOTHING: CredentialQuestions = { logins: [], repositories: [] };

/** What a credential demands of a token; nothing where its expression cannot be read. */
export function conditionsOf(subject: string | undefined, expression: string | undefined): readonly Condition[] {
  if (expression === undefined)
    return subject === undefined ? [] : [{ claim: 'sub', operator: 'eq', operand: subject }];
  const parsed = parseExpression(expression);
  return parsed.ok ? parsed.conditions : [];
}

function questionsIn(claims: readonly Claim[]): CredentialQuestions {
  const ownsAnything = claims.some(({ party }) => party?.role === 'repository-owner');
  return {
    logins: claims.flatMap(({ party }) =>
      party?.name.login === undefined || party.name.id !== undefined ? [] : [party.name.login],
    ),
    repositories: claims.flatMap(({ key, value }) => {
      if (key === 'repository_id') return /^\d+$/.test(value) ? [value] : [];
      if (key !== 'job_workflow_ref' || ownsAnything) return [];
      const [owner = '', name = ''] = value.split('/').map((segment) => segment.split('@')[0] ?? '');
      return [owner, name].every((part) => /^[\w.-]+$/.test(part)) ? [`${owner}/${name}`] : [];
    }),
  };
}
