import type { Firm, Item } from './firm/firm.ts';
import type { Violation } from './oracle/judge.ts';

interface KnownFault {
  /** What the product does wrong today. */
  readonly what: string;
  readonly is: (violation: Violation, item: Item | undefined, firm: Firm) => boolean;
}

const silent = ({ kind }: Violation): boolean => kind === 'silent-miss' || kind === 'false-clear';
const unsaid = ({ kind }: Violation): boolean => kind === 'unsaid-residual';
const nobodyKnown = ({ leaving }: Firm): boolean => leaving.state === 'gone';

/** Whether single sign-on of some organisation links an account of somebody else to one of the leaver's names. */
function nameOfAnother({ items, people, leaver }: Firm): boolean {
  const { oid, userPrincipalName, mail } = people.find(({ key }) => key === leaver) ?? {};
  const names = [oid, userPrincipalName, mail].flatMap((name) => name?.toLowerCase() ?? []);
  return items.some(
    (item) => item.kind === 'sign-on' && item.account !== leaver && names.includes(item.nameId.toLowerCase()),
  );
}

const TRUST_IN_ANYBODY = [
  'any organisation of Terraform',
  'any project of GitLab',
  'owners that begin like the firm',
  'logins that begin alike',
  'a run number',
  'a commit',
  'a token’s own id',
];

/** Faults that the campaign found and that are not mended yet. A line goes with its mending. */
const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    what: 'a name of the leaver makes a colleague’s account the leaver’s, and the leaver’s own goes unseen',
    is: (violation, _item, firm) =>
      nameOfAnother(firm) &&
      ['wrong-account', 'wrong-owner', 'innocent-touched', 'silent-miss', 'false-clear'].includes(violation.kind),
  },
  {
    what: 'trust in claims that anybody can produce is called unrelated',
    is: (violation, item) => silent(violation) && item?.kind === 'trust' && TRUST_IN_ANYBODY.includes(item.how),
  },
  {
    what: 'trust in an issuer of the leaver’s own is called unrelated',
    is: (violation, item) => silent(violation) && item?.kind === 'trust' && item.how === 'issuer of the person’s own',
  },
  {
    what: 'trust in a login that nobody has any more is called unrelated',
    is: (violation, item) => silent(violation) && item?.kind === 'trust' && item.how === 'a login that nobody has',
  },
  {
    what: 'production by another spelling is removed without asking',
    is: ({ kind }, item) => kind === 'innocent-touched' && item?.kind === 'trust' && item.production === true,
  },
  {
    what: 'tokens of an identity whose trust was cut live on, and nothing says until when',
    is: (violation, item) => unsaid(violation) && item?.kind === 'trust',
  },
  {
    what: 'a revoked Azure DevOps token works on for up to an hour, and nothing says so',
    is: (violation, item) => unsaid(violation) && item?.kind === 'devops-token',
  },
  {
    what: 'lists that leave out what deleted people were granted are called complete',
    is: (violation, item, { habits }) =>
      silent(violation) && (item?.kind === 'grant' || item?.kind === 'role') && habits.hideGrantsOfSoftDeleted,
  },
  {
    what: 'machines are complete although no name of the leaver is known to compare with',
    is: (violation, item, firm) =>
      silent(violation) && (item?.kind === 'runner' || item?.kind === 'agent') && nobodyKnown(firm),
  },
  {
    what: 'a machine that carries the person’s name in another form is unrelated',
    is: (violation, item) => silent(violation) && (item?.kind === 'runner' || item?.kind === 'agent'),
  },
  {
    what: 'without a recorded leave date the deletion is taken for the last day',
    is: (violation, item, { leaving }) => silent(violation) && item?.kind === 'calls' && !leaving.recorded,
  },
  {
    what: 'a schedule whose file has an @ in its name is dropped as gone',
    is: (violation, item) => silent(violation) && item?.kind === 'workflow' && item.file.includes('@'),
  },
  {
    what: 'a workflow that runs the leaver’s own action is not seen',
    is: (violation, item) => silent(violation) && item?.kind === 'workflow' && item.uses !== undefined,
  },
];

/** What is known about a violation, where something is. */
export function knownFault(firm: Firm, violation: Violation): string | undefined {
  const item = firm.items.find(({ key }) => key === violation.item);
  return KNOWN_FAULTS.find(({ is }) => is(violation, item, firm))?.what;
}
