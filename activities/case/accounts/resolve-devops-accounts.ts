import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { Config } from '../../../src/config.ts';
import type { DevOpsUser } from '../../../src/connectors/azure-devops/people/users.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import {
  type Answer,
  accountsAnswered,
  answerEvidence,
  answerInWords,
  closingAnswer,
  forceOf,
  joinedWith,
} from '../../../src/people/answers/answers.ts';
import { saidBy, waitingIn } from '../../../src/people/answers/answers-in-words.ts';
import { devOpsEvidence, isAccountedFor, namesOfUser } from '../../../src/people/evidence/devops-evidence.ts';
import {
  type AccountEvidence,
  CONFIDENCES,
  type Confidence,
  confidenceOf,
  isDecided,
  pointsToPerson,
} from '../../../src/people/evidence/evidence.ts';
import { type Memory, NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import { memoryEvidence } from '../../../src/people/evidence/sign-on-evidence.ts';
import { addressesOf, type DevOpsAccount, type Leaver } from '../../../src/people/leaver.ts';
import { contradictedAccount, weakAccount } from '../../../src/steps/account-findings.ts';
import type { NameHolders } from './name-holders.ts';

export interface ResolvedDevOpsAccounts {
  readonly accounts: readonly DevOpsAccount[];
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
  /** Of `accounts` those that were proved just now, to be remembered. */
  readonly seen: Memory['accounts'];
}

interface Circumstances {
  readonly memory: Memory | undefined;
  readonly holders: Pick<NameHolders, 'of'>;
  readonly now: Date;
  /** What people answered about anybody. */
  readonly answers?: readonly Answer[];
  /** Default: all that are configured. */
  readonly organisations?: readonly string[];
}

interface Verdict {
  readonly user: DevOpsUser;
  readonly evidence: readonly AccountEvidence[];
  readonly confidence: Confidence;
}

/**
 * The person's accounts in the configured organisations, by Entra object id: a UPN may have been given to somebody
 * else since, and a user of that name with another object id is that person. Where the list was read to its end and
 * every user in it is somebody else's, the person has no account there.
 */
export async function resolveDevOpsAccounts(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ORGANISATIONS' | 'TENANT_ID'>,
  person: Leaver,
  circumstances: Circumstances,
): Promise<ResolvedDevOpsAccounts> {
  const resolved = await Promise.all(
    (circumstances.organisations ?? settings.DEVOPS_ORGANISATIONS).map((organisation) =>
      resolveIn(vendors, settings, organisation, person, circumstances),
    ),
  );
  return {
    accounts: resolved.flatMap(({ accounts }) => accounts),
    findings: resolved.flatMap(({ findings }) => findings),
    coverage: resolved.map(({ coverage }) => coverage),
    failures: resolved.flatMap(({ failures }) => failures),
    seen: resolved.flatMap(({ seen }) => seen),
  };
}

async function resolveIn(
  vendors: Pick<Vendors, 'devops'>,
  { TENANT_ID }: Pick<Config, 'TENANT_ID'>,
  organisation: string,
  person: Leaver,
  { memory, holders, now, answers = [] }: Circumstances,
) {
  const source = `azure-devops/graph:${organisation}`;
  const listed = await vendors.devops.findEntraUsers(organisation, person.oid, person.userPrincipalName);
  const users = { ...listed, items: [...listed.items, ...namedIn(organisation, listed.items, person, answers)] };
  const joined = joinedWith(person.oid, answers);
  const judge = (user: DevOpsUser, exclusive: Awaited<ReturnType<NameHolders['of']>>): readonly AccountEvidence[] => [
    ...devOpsEvidence(person, user, { source, tenantId: TENANT_ID, exclusive, joined }),
    ...remembered(memory, user, person, now, joined),
    ...answerEvidence(person.oid, { vendor: 'azure-devops', id: user.descriptor }, answers),
  ];
  const touched = users.items.filter((user) => pointsToPerson(judge(user, new Map())));
  const open = touched.filter((user) => !isDecided(judge(user, new Map())));
  const own = new Set(addressesOf(person));
  const exclusive = await holders.of(open.flatMap(namesOfUser).filter((name) => own.has(name)));
  const verdicts = touched.flatMap((user): Verdict[] => {
    const evidence = judge(user, exclusive);
    const confidence = confidenceOf(evidence);
    return confidence === undefined ? [] : [{ user, evidence, confidence }];
  });
  const proved = verdicts.filter(({ confidence }) => confidence === 'proved');
  const at = now.toISOString();
  return {
    accounts: verdicts
      .toSorted((a, b) => CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence))
      .flatMap((verdict) => accountOf(verdict, organisation, source)),
    findings: verdicts.flatMap(({ user, evidence, confidence }) => {
      const account = {
        vendor: 'azure-devops',
        id: user.descriptor,
        name: `${user.principalName ?? user.descriptor} in ${organisation}`,
      } as const;
      if (confidence === 'contradicted') return [contradictedAccount(account, evidence)];
      return confidence === 'weak' ? [weakAccount(account, evidence)] : [];
    }),
    failures: !verdicts.some(isProvedBySource) && users.failure !== undefined ? [users.failure] : [],
    coverage: coverageOfLookup(organisation, listed, verdicts, TENANT_ID, { oid: person.oid, answers }),
    seen: proved
      .filter(({ evidence }) => evidence.some(({ code }) => code === 'P4'))
      .map(({ user }) => ({
        vendor: 'azure-devops' as const,
        id: user.descriptor,
        oid: person.oid,
        code: 'P4' as const,
        source,
        firstSeen: at,
        lastSeen: at,
      })),
  };
}

/** Users of whom somebody says that they are the person, and that the list, which ends with the person's id, need not show. */
function namedIn(
  organisation: string,
  items: readonly DevOpsUser[],
  { oid }: Leaver,
  answers: readonly Answer[],
): DevOpsUser[] {
  const known = new Set(items.map(({ descriptor }) => descriptor));
  const said = answers.filter(
    (each) =>
      each.oid === oid &&
      each.vendor === 'azure-devops' &&
      each.kind === 'account' &&
      each.scope?.toLowerCase() === organisation.toLowerCase() &&
      forceOf(each) !== 'withdrawn',
  );
  return said.flatMap(({ accountId, login }): DevOpsUser[] =>
    accountId === undefined || known.has(accountId)
      ? []
      : [{ descriptor: accountId, ...(login !== undefined && { principalName: login }) }],
  );
}

function remembered(
  memory: Memory | undefined,
  { descriptor }: DevOpsUser,
  { oid }: Leaver,
  now: Date,
  joined: ReturnType<typeof joinedWith>,
): readonly AccountEvidence[] {
  const known = (memory ?? NO_MEMORY).accounts.find((each) => each.vendor === 'azure-devops' && each.id === descriptor);
  return memoryEvidence(oid, known, now, joined);
}

function isProvedBySource({ confidence, evidence }: Verdict): boolean {
  return confidence === 'proved' && evidence.some(({ code }) => code.startsWith('P') && code !== 'P6');
}

function accountOf({ user, evidence, confidence }: Verdict, organisation: string, source: string): DevOpsAccount[] {
  if (confidence === 'contradicted') return [];
  return [{ organisation, descriptor: user.descriptor, source, confidence, evidence: [...evidence] }];
}

function coverageOfLookup(
  organisation: string,
  { items, failure }: Listing<DevOpsUser>,
  verdicts: readonly Verdict[],
  tenantId: string,
  { oid, answers }: { readonly oid: Leaver['oid']; readonly answers: readonly Answer[] },
): Coverage {
  const source = `identity/azure-devops:${organisation}`;
  const looked = { count: items.length, unit: 'users' };
  // People name one account, and the directory the only one with the person's object id.
  if (verdicts.some(isProvedBySource)) return { source, state: 'complete', looked };
  if (failure !== undefined) return coverageOf(source, looked, [failure]);
  if (items.length === 0) {
    const detail = `${organisation} shows the app no user at all, and nobody can be looked up.`;
    return { source, state: 'denied', looked, detail, missingPermission: 'vso.graph' };
  }
  const said = accountsAnswered('azure-devops', answers);
  const unproved = items.filter((user) => !isAccountedFor(user, tenantId) && !said.has(user.descriptor));
  if (unproved.length === 0) {
    return { source, state: 'complete', looked, detail: `The person has no account in ${organisation}.` };
  }
  const held = verdicts
    .filter(({ confidence }) => confidence === 'likely' || confidence === 'proved')
    .map(({ user }) => user.descriptor);
  const closed = closingAnswer(oid, { vendor: 'azure-devops', organisation, held, elsewhere: [] }, answers);
  if (closed !== undefined) {
    const detail = `Answered: ${saidBy(closed)} That is ${answerInWords(closed)}.`;
    return { source, state: 'complete', looked, detail };
  }
  const open = new Set(verdicts.map(({ user }) => user.descriptor));
  const alike = unproved.filter(({ descriptor }) => open.has(descriptor)).length;
  const detail =
    `${unproved.length} of ${items.length} users of ${organisation} belong to nobody provable, ${alike} of them ` +
    `${alike === 1 ? 'resembles' : 'resemble'} the person.` +
    waitingIn(answers, { oid, vendor: 'azure-devops', organisation });
  return { source, state: 'partial', looked, detail };
}
