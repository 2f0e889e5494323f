import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { becauseOf, coverageOf, coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import { addressesOf, isKnown, type Leaver } from '../../../../src/people/leaver.ts';
import {
  invitationFinding,
  type Standing,
} from '../../../../src/steps/runner-credentials/rules/github/invitation-finding.ts';
import {
  membershipFinding,
  outsideCollaboratorFinding,
} from '../../../../src/steps/runner-credentials/rules/github/membership-finding.ts';
import { tokenRequestFinding } from '../../../../src/steps/runner-credentials/rules/github/tokens/token-request-finding.ts';
import { noAccountCoverage, withoutAccount } from '../log/no-account-coverage.ts';
import type { Scanned } from '../scanned.ts';

/** What is read of how the leaver stands in an organisation, and what is counted there. */
export const STANDING_SOURCES = [
  ['membership', 'accounts'],
  ['outside-collaborators', 'accounts'],
  ['invitations', 'invitations'],
  ['token-requests', 'requests'],
] as const;

/**
 * How the leaver's accounts stand in an organisation: members, let in from outside, invited, or with a token that waits.
 * Everything is compared by the number of the account; a weak one is mentioned.
 */
export async function readStanding(client: GitHubOrganisation, leaver: Leaver): Promise<Scanned> {
  const { name: organisation, apiEndpoint } = client;
  const [members, outside, invitations, requests] = await Promise.all([
    Promise.all(leaver.github.map(async (account) => ({ account, answer: await client.membershipOf(account) }))),
    client.listOutsideCollaborators(),
    client.listInvitations(),
    client.listTokenRequests(),
  ]);
  const standings = members.flatMap(({ account, answer }): Standing[] =>
    answer.ok ? [{ account, membership: answer.value }] : [],
  );
  const unasked = members.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure]));
  const accountOf = (id: number) => leaver.github.find((account) => account.id === id);
  const findings = [
    ...standings.map(
      ({ account, membership }) => membership && membershipFinding(membership, organisation, apiEndpoint, account),
    ),
    ...outside.items.map((row) => {
      const account = accountOf(row.id);
      return account && outsideCollaboratorFinding(row, organisation, apiEndpoint, account);
    }),
    ...invitations.items.map((row) => invitationFinding(row, organisation, apiEndpoint, leaver, standings)),
    ...requests.items.map((row) => {
      const account = accountOf(row.owner.id);
      return account && tokenRequestFinding(row, organisation, apiEndpoint, account);
    }),
  ].filter((finding) => finding !== undefined);
  const [membership, collaborators, invited, waiting] = STANDING_SOURCES;
  const lineOf = ([what, unit]: (typeof STANDING_SOURCES)[number], list: Listing<unknown>): Coverage =>
    coverageOfList(`github/${what}:${organisation}`, unit, list);
  const personal = (source: (typeof STANDING_SOURCES)[number], line: Coverage): Coverage =>
    leaver.github.some(isKnown) ? line : noAccountCoverage(line.source, source[1], leaver);
  const looked = { asked: members.length, count: standings.length, unit: membership[1] };
  const coverage = [
    personal(membership, coverageOf(`github/membership:${organisation}`, looked, unasked)),
    withoutAccount(lineOf(collaborators, outside), leaver, 'none of them could be told to be theirs'),
    invitationsLine(lineOf(invited, invitations), invitations, unasked, organisation, leaver),
    personal(waiting, lineOf(waiting, requests)),
  ];
  return {
    findings,
    coverage,
    failures: [...unasked, ...[outside, requests, withoutNone(invitations)].flatMap(({ failure }) => failure ?? [])],
  };
}

/** An organisation of managed users has no invitations, and says so. */
function withoutNone<T>(list: Listing<T>): Listing<T> {
  return list.failure?.kind === 'not-found' ? { items: list.items } : list;
}

/**
 * The line of invitations. GitHub answers 404 where users are managed, by the description of "List pending organization
 * invitations"; that it does so for no other reason nobody promises.
 */
function invitationsLine(
  line: Coverage,
  { items, failure }: Listing<unknown>,
  unasked: readonly { readonly message: string }[],
  organisation: string,
  leaver: Leaver,
): Coverage {
  if (failure?.kind === 'not-found' && items.length === 0) {
    const detail =
      `GitHub answers that ${organisation} has no invitations, as organisations of managed users have none. ` +
      'If it is not one of them, look at the pending invitations by hand; if it is, exempt this source.';
    return { ...line, state: 'not-examined', why: 'not-configured', detail };
  }
  if (line.state === 'complete' && unasked[0] !== undefined) {
    const detail = `Whether an invited account is the leaver’s could not be asked. ${unasked[0].message}`;
    return { ...line, state: 'partial', detail };
  }
  const known = withoutAccount(line, leaver, 'only mail addresses could be compared');
  if (known.state !== 'complete' || addressesOf(leaver).length > 0) return known;
  const detail =
    'No mail address of the person is known any more, so that invitations to one were not told to be theirs.';
  return becauseOf(leaver.blockedBy?.person, { ...known, state: 'partial', detail });
}
