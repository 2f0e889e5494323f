import { loginsOf, sameLogin, whoseName } from '../../../people/evidence/github-owner.ts';
import type { Relation } from './relation.ts';
import type { Condition } from './subject/expression.ts';
import type { Issuer } from './subject/issuer.ts';
import { type TrustContext, trustedAt } from './trust-context.ts';

type Foreign = Exclude<Issuer, { kind: 'github.com' | 'ghe.com' | 'github-server' }>;

/**
 * Whom a trust in another issuer than the firm's GitHub lets in. Each issuer that is known has its grammar; of all
 * others nobody can say who has a token, so that the firm says which are its own (`TRUSTED_OWNERS`).
 */
export function judgeOther(
  issuer: Foreign,
  url: string,
  conditions: readonly Condition[],
  context: TrustContext,
): Relation {
  const trusted = trustedAt(url, context);
  const subjects = conditions.filter(({ claim }) => claim === 'sub').map(({ operand }) => operand.trim());
  // The firm trusts everybody there: the leaver is one of them no more.
  if (trusted.includes('*')) {
    if (issuer.kind === 'github-pages') return ofPages(issuer.login, url, context, true);
    return leaversObject(subjects, context) ?? namedAfterLeaver(url, subjects, context) ?? OWN;
  }
  switch (issuer.kind) {
    case 'gitlab.com':
      return ofPairs(subjects, 'project_path', '/', trusted, context, 'GitLab');
    case 'terraform-cloud':
      return ofPairs(subjects, 'organization', undefined, trusted, context, 'Terraform Cloud');
    case 'bitbucket':
      return ofOwner(issuer.workspace, trusted.includes(issuer.workspace), context, 'the Bitbucket workspace');
    case 'azure-devops':
      return ofDevOps(subjects, trusted, context);
    case 'entra':
      return ofEntra(issuer.tenantId, subjects, trusted, context, url);
    case 'aks':
      return issuer.tenantId === context.tenantId && subjects.some((subject) => SERVICE_ACCOUNT.test(subject))
        ? OWN
        : ofUnknown(url, subjects, trusted, context);
    case 'github-pages':
      return ofPages(issuer.login, url, context);
    case 'other':
      return ofUnknown(url, subjects, trusted, context);
    default:
      return issuer satisfies never;
  }
}

const OWN: Relation = {
  verdict: 'unrelated',
  rule: 'other-party',
  why: 'What it trusts is the firm’s own, at another issuer than GitHub.',
};

/** One service account of one namespace. */
const SERVICE_ACCOUNT = /^system:serviceaccount:[a-z0-9.-]+:[a-z0-9.-]+$/;

/** `<key>:<owner>…`, as GitLab and Terraform Cloud write it: the owner counts where it has ended before any wildcard. */
function ofPairs(
  subjects: readonly string[],
  key: string,
  separator: string | undefined,
  trusted: readonly string[],
  context: TrustContext,
  where: string,
): Relation {
  const owners = subjects.flatMap((subject) => {
    const head = subject.slice(0, subject.search(/[*?]|$/));
    const ended = head.length < subject.length ? head.slice(0, head.search(/[^:/]*$/)) : `${head}:`;
    const [, value] = new RegExp(`^${key}:([^:]+)${separator === undefined ? ':' : '(?=[:/])'}`).exec(ended) ?? [];
    return value === undefined ? [] : [value.replace(/\/$/, '')];
  });
  const [owner] = owners;
  if (owner === undefined || owner === '') return anybodyAt(where);
  const isTrusted = owners.some((each) =>
    trusted.some((own) => startsWithWhole(each.toLowerCase(), own.toLowerCase(), separator)),
  );
  const [name = owner] = separator === undefined ? [owner] : owner.split(separator);
  return ofOwner(name, isTrusted, context, `at ${where}`);
}

/** Whether an owner's path is, or lies below, another: `acme/platform/api` below `acme/platform`, not below `ac`. */
function startsWithWhole(path: string, own: string, separator: string | undefined): boolean {
  return path === own || (separator !== undefined && path.startsWith(`${own}${separator}`));
}

function ofOwner(owner: string, isTrusted: boolean, { accounts }: TrustContext, where: string): Relation {
  const account = accounts.find((each) => loginsOf(each).some((login) => sameLogin(owner, login)));
  if (account !== undefined) {
    const why = `It trusts ${owner} ${where}, which is the leaver’s name on GitHub: it may be the leaver’s there as well.`;
    return { verdict: 'can-match-leaver', rule: 'name-at-another-issuer', why, login: account.login };
  }
  if (isTrusted) return OWN;
  const why = `It trusts ${owner} ${where}, and nobody said that this is the firm’s: name it in TRUSTED_OWNERS if it is.`;
  return { verdict: 'outside-owner', rule: 'other-owner', why, outsider: owner };
}

function anybodyAt(where: string): Relation {
  const why = `Nothing in it says to its end whose it has to be at ${where}, so that everybody there can have a token that fits.`;
  return { verdict: 'anybody-can-satisfy', rule: 'owner-not-restricted', why };
}

/** `sc://<organisation>/<project>/<service connection>` */
function ofDevOps(subjects: readonly string[], trusted: readonly string[], context: TrustContext): Relation {
  const organisation = subjects.flatMap((subject) => /^sc:\/\/([^/*?]+)\//i.exec(subject)?.[1] ?? [])[0];
  if (organisation === undefined) return anybodyAt('Azure DevOps');
  const own = [...context.devopsOrganisations, ...trusted].some(
    (each) => /^[\w.-]+$/.test(organisation) && each.toLowerCase() === organisation.toLowerCase(),
  );
  return ofOwner(organisation, own, context, 'in Azure DevOps');
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An object of a tenant, or a service connection of Azure DevOps that signs in through it (`/eid1/…/sc/<id>/…`). */
function ofEntra(
  tenantId: string,
  subjects: readonly string[],
  trusted: readonly string[],
  context: TrustContext,
  url: string,
): Relation {
  const [subject = ''] = subjects;
  const leavers = leaversObject(subjects, context);
  if (leavers !== undefined) return leavers;
  if (tenantId !== context.tenantId) return ofUnknown(url, subjects, trusted, context);
  if (GUID.test(subject)) return OWN;
  const organisation = /\/sc\/([^/]+)\/[^/]+$/.exec(subject)?.[1];
  if (organisation === undefined) return ofUnknown(url, subjects, trusted, context);
  const isTrusted = [subject, organisation].some((each) => trusted.includes(each));
  // Everybody of a tenant can make an organisation that is connected to it; its id alone tells which one it is.
  return ofOwner(organisation, isTrusted, context, 'in Azure DevOps (the id of an organisation)');
}

function leaversObject(subjects: readonly string[], { oid }: TrustContext): Relation | undefined {
  if (!subjects.some((subject) => subject.toLowerCase() === oid.toLowerCase())) return undefined;
  const why = 'Its subject is the leaver’s own object id.';
  return { verdict: 'can-match-leaver', rule: 'issuer-of-leaver', why };
}

/** Whoever writes somebody’s site at GitHub publishes the keys there, and so makes whatever token is asked for. */
function ofPages(login: string, url: string, context: TrustContext, isTrusted = false): Relation {
  const whose = whoseName({ login }, context.owners, context.accounts);
  if (whose.who === 'leaver') {
    const why = `Its issuer is a site of the leaver’s GitHub account ${whose.account.login}, who makes every token there.`;
    return { verdict: 'can-match-leaver', rule: 'issuer-of-leaver', why, login: whose.account.login };
  }
  if (whose.who === 'unclaimed') {
    const why = `Its issuer is the site of ${login}, an account that GitHub does not know. Whoever registers that name makes every token there.`;
    return { verdict: 'unclaimed-owner', rule: 'unclaimed-name', why, outsider: login };
  }
  return isTrusted ? OWN : unknownIssuer(url);
}

/** An issuer that may be anybody’s, where no subject is known to be the firm’s. */
export function ofUnknown(
  url: string,
  subjects: readonly string[],
  trusted: readonly string[],
  context: Pick<TrustContext, 'accounts'>,
): Relation {
  if (subjects.some((subject) => trusted.includes(subject))) return OWN;
  return namedAfterLeaver(url, subjects, context) ?? unknownIssuer(url);
}

function namedAfterLeaver(
  url: string,
  subjects: readonly string[],
  { accounts }: Pick<TrustContext, 'accounts'>,
): Relation | undefined {
  // A namespace of Kubernetes is nobody’s name; the first name of a subject elsewhere is whose it is.
  const heads = subjects
    .filter((subject) => !subject.startsWith('system:'))
    .flatMap((subject) => subject.split('/').slice(0, 1));
  const words = [url, ...heads].flatMap((text) => text.split(/[/:.@?=&#\s]+/));
  const account = accounts.find((each) => loginsOf(each).some((login) => words.some((word) => sameLogin(word, login))));
  if (account === undefined) return undefined;
  const why = `Its issuer ${url} or its subject is named after the leaver’s account ${account.login}. Whoever runs an issuer makes every token there.`;
  return { verdict: 'can-match-leaver', rule: 'issuer-of-leaver', why, login: account.login };
}

function unknownIssuer(url: string): Relation {
  const why = `Nobody said whose the issuer ${url} is, and whoever runs it makes every token there. If it is the firm’s, name it in TRUSTED_OWNERS.`;
  return { verdict: 'unknown-issuer', rule: 'issuer-not-known', why };
}
