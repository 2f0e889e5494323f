import type { Evidence, Finding, ResourceRef } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import type { MappingSource } from '../../../people/leaver.ts';
import { remedyOf } from '../../define-remedy.ts';
import { permitted } from '../../permitted.ts';
import type { FederatedCredentialParent } from '../remedies/delete-federated-credential.ts';
import { deleteFederatedCredential, trustOf } from '../remedies/delete-federated-credential.ts';
import type { OwnerTraits } from './owner-traits.ts';
import type { Relation, Rule, Verdict } from './relation.ts';

/** A credential that was related to the leaver, with all that a finding has to say about it. */
export interface RelatedCredential {
  readonly parent: FederatedCredentialParent;
  readonly credential: FederatedCredential;
  readonly relation: Relation;
  readonly traits: OwnerTraits;
  /** How far the mapping to the account that matched can be trusted. */
  readonly confidence: MappingSource['confidence'];
  /** Whether a GitHub account of the leaver is known at all: without one, every stranger may be the leaver. */
  readonly accountKnown: boolean;
}

const STEP = 'federated-credentials';

/**
 * The findings about one credential: none where it lets in nobody but the firm; two where it is deleted here and
 * declared in code, because the next apply brings it back.
 */
export function findingsOf(related: RelatedCredential): Finding[] {
  const { verdict } = related.relation;
  if (verdict === 'unrelated') return [];
  if (verdict === 'references-leaver') return referenceFindings(related);
  return [reviewFinding(related, verdict)];
}

/** What a person has to look at; docs/trust.md explains each to operators. */
const REVIEWED: Readonly<
  Record<
    Exclude<Verdict, 'references-leaver' | 'unrelated'>,
    { readonly severity: Finding['severity']; readonly says: string; readonly advice: string }
  >
> = {
  'can-match-leaver': {
    severity: 'high',
    says: 'may let the leaver in',
    advice: 'Look at what it is for; delete or narrow it yourself if the leaver could use it.',
  },
  'anybody-can-satisfy': {
    severity: 'high',
    says: 'lets in anybody',
    advice: 'Name the owner to its end (repo:<organisation>/…), or delete it.',
  },
  'unclaimed-owner': {
    severity: 'high',
    says: 'trusts a name that anybody can register',
    advice: 'Delete it, or name an owner that exists.',
  },
  'recycled-name': {
    severity: 'medium',
    says: 'trusts the new owner of a name that was the leaver’s',
    advice: 'Delete it, unless that owner is meant.',
  },
  'owner-not-resolved': {
    severity: 'medium',
    says: 'trusts an owner of whom GitHub did not say who it is',
    advice: 'Look up whose it is; delete it, unless it is the firm’s.',
  },
  'outside-owner': {
    severity: 'low',
    says: 'trusts an owner outside of the firm',
    advice: 'If that is meant, name the owner in TRUSTED_OWNERS; else delete it.',
  },
  'unknown-issuer': {
    severity: 'low',
    says: 'trusts an issuer that nobody vouches for',
    advice: 'Ask who runs it; delete the credential if nobody knows.',
  },
  'mentions-leaver': {
    severity: 'low',
    says: 'carries the leaver’s name',
    advice: 'Look at what it is for; delete or narrow it yourself if the leaver could use it.',
  },
};

/** What could not be read, or not asked, is not known to be harmful either. */
const UNREAD = new Set<Rule>(['no-subject-readable', 'unresolved-name']);
/** Covered by name alone, at an issuer whose names are not the leaver's for sure, or not understood. */
const DOUBTFUL = new Set<Rule>(['name-at-another-issuer', 'expression-not-understood', 'no-subject-readable']);

function referenceFindings(related: RelatedCredential): Finding[] {
  const { credential, parent, relation, traits, confidence } = related;
  const unproved = relation.unproved === true;
  const risk = traits.servesProduction || unproved ? 'disruptive' : 'safe';
  const id = findingId(STEP, 'references-leaver', identityOf(related));
  const call = {
    kind: 'delete-federated-credential',
    parent,
    name: credential.name,
    id: credential.id,
    expected: trustOf(credential),
  } as const;
  const serialKey = parent.type === 'application' ? `application ${parent.objectId}` : parent.resourceId.toLowerCase();
  const remedy = remedyOf(deleteFederatedCredential, id, call, undefined, { risk, serialKey });
  const production = traits.servesProduction
    ? ' It may serve production, so deleting it is left to a person to decide.'
    : unproved
      ? ' A name alone proves nothing, so deleting it is left to a person to decide.'
      : '';
  const planned: Finding = {
    ...basis(related, 'references-leaver'),
    title: `${parent.name} trusts GitHub tokens of the leaver (credential ${credential.name})`,
    severity: 'high',
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

function reviewFinding(related: RelatedCredential, verdict: keyof typeof REVIEWED): Finding {
  const { credential, parent, relation, accountKnown } = related;
  const { severity, says, advice } = REVIEWED[verdict];
  const doubtful = verdict === 'can-match-leaver' && DOUBTFUL.has(relation.rule);
  const maybeLeavers = !accountKnown && relation.outsider !== undefined;
  const unknown = maybeLeavers ? ' No GitHub account of the leaver is known, so that it may be the leaver’s.' : '';
  return {
    ...basis(related, verdict),
    title: `The credential ${credential.name} of ${parent.name} ${says}`,
    severity: doubtful || (maybeLeavers && severity === 'low') ? 'medium' : severity,
    status: UNREAD.has(relation.rule) ? 'could-not-check' : 'manual-action',
    reason: `${relation.why}${unknown} ${advice}`,
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
    ...(relation.outsider === undefined ? {} : { owner: relation.outsider }),
    parent: parent.type,
    ...(parent.type === 'application' ? { appId: parent.appId } : { subscriptionId: parent.subscriptionId }),
    declaredInCode: traits.declaredInCode,
    servesProduction: traits.servesProduction,
  };
}
