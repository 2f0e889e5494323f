import type { Evidence, Finding, ResourceRef } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import type { MappingSource } from '../../../people/leaver.ts';
import { remedyOf } from '../../define-remedy.ts';
import { permitted } from '../../permitted.ts';
import type { FederatedCredentialParent } from '../remedies/delete-federated-credential.ts';
import { deleteFederatedCredential } from '../remedies/delete-federated-credential.ts';
import type { OwnerTraits } from './owner-traits.ts';
import type { Relation } from './relation.ts';

/** A credential that was related to the leaver, with all that a finding has to say about it. */
export interface RelatedCredential {
  readonly parent: FederatedCredentialParent;
  readonly credential: FederatedCredential;
  readonly relation: Relation;
  readonly traits: OwnerTraits;
  /** How far the mapping to the account that matched can be trusted. */
  readonly confidence: MappingSource['confidence'];
}

const STEP = 'federated-credentials';

/**
 * The findings about one credential: none where it is unrelated; two where it is deleted here and declared in code,
 * because the next apply brings it back.
 */
export function findingsOf(related: RelatedCredential): Finding[] {
  switch (related.relation.verdict) {
    case 'references-leaver':
      return referenceFindings(related);
    case 'can-match-leaver':
      return [reviewFinding(related, 'can-match-leaver', 'medium', 'may let the leaver in')];
    case 'mentions-leaver':
      return related.relation.rule === 'recycled-name'
        ? [reviewFinding(related, 'recycled-name', 'medium', 'trusts the new owner of a name that was the leaver’s')]
        : [reviewFinding(related, 'mentions-leaver', 'low', 'carries the leaver’s name')];
    case 'unrelated':
      return [];
    default:
      return related.relation.verdict satisfies never;
  }
}

function referenceFindings(related: RelatedCredential): Finding[] {
  const { credential, parent, relation, traits, confidence } = related;
  const risk = traits.servesProduction && relation.wrongCase !== true ? 'disruptive' : 'safe';
  const id = findingId(STEP, 'references-leaver', identityOf(related));
  const call = { kind: 'delete-federated-credential', parent, name: credential.name, id: credential.id } as const;
  const serialKey = parent.type === 'application' ? `application ${parent.objectId}` : parent.resourceId.toLowerCase();
  const remedy = remedyOf(deleteFederatedCredential, id, call, undefined, { risk, serialKey });
  const production =
    risk === 'disruptive' ? ' It serves production, so deleting it is left to a person to decide.' : '';
  const planned: Finding = {
    ...basis(related, 'references-leaver'),
    title: `${parent.name} trusts GitHub tokens of the leaver (credential ${credential.name})`,
    severity: relation.wrongCase === true ? 'low' : 'high',
    status: risk === 'safe' ? 'planned' : 'awaiting-decision',
    reason: `${relation.why}${production}`,
    remedy,
  };
  const finding = permitted(planned, { confidence });
  if (!traits.declaredInCode) return [finding];
  const code: Finding = {
    ...basis(related, 'declared-in-terraform'),
    title: `Terraform declares the credential ${credential.name} of ${parent.name} and would create it again`,
    severity: 'medium',
    status: 'needs-code-change',
    reason: 'Remove it from the Terraform code as well: the next apply puts back what is deleted here.',
  };
  return [finding, code];
}

function reviewFinding(related: RelatedCredential, kind: string, severity: Finding['severity'], says: string): Finding {
  const { credential, parent, relation } = related;
  const unread = relation.rule === 'no-subject-readable';
  return {
    ...basis(related, kind),
    title: `The credential ${credential.name} of ${parent.name} ${says}`,
    severity,
    status: unread ? 'could-not-check' : 'manual-action',
    reason: `${relation.why} Look at what it is for; delete or narrow it yourself if the leaver could use it.`,
  };
}

function basis(
  related: RelatedCredential,
  kind: string,
): Pick<Finding, 'id' | 'step' | 'kind' | 'resource' | 'evidence'> {
  return {
    id: findingId(STEP, kind, identityOf(related)),
    step: STEP,
    kind,
    resource: resourceOf(related),
    evidence: evidenceOf(related),
  };
}

/** The vendor's own id of the credential, without the case that Azure changes at will. */
function identityOf({ parent, credential }: RelatedCredential): string {
  return (parent.type === 'application' ? `${parent.objectId}/${credential.id}` : credential.id).toLowerCase();
}

function resourceOf({ parent, credential }: RelatedCredential): ResourceRef {
  return {
    system: parent.type === 'application' ? 'entra' : 'azure',
    type: 'federatedIdentityCredential',
    id: parent.type === 'application' ? `${parent.objectId}/${credential.id}` : credential.id,
    name: `${parent.name}/${credential.name}`,
  };
}

function evidenceOf({ parent, credential, relation, traits }: RelatedCredential): Evidence {
  return {
    issuer: credential.issuer,
    ...(credential.subject === undefined ? {} : { subject: credential.subject }),
    ...(credential.expression === undefined ? {} : { expression: credential.expression }),
    audiences: credential.audiences,
    rule: relation.rule,
    ...(relation.login === undefined ? {} : { account: relation.login }),
    ...(relation.wrongCase === true ? { wrongCase: true } : {}),
    parent: parent.type,
    ...(parent.type === 'application' ? { appId: parent.appId } : { subscriptionId: parent.subscriptionId }),
    declaredInCode: traits.declaredInCode,
    servesProduction: traits.servesProduction,
  };
}
