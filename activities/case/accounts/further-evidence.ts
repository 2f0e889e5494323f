import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import { READ_AUDITS } from '../../../src/connectors/graph/people/name-holders.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { AccountEvidence } from '../../../src/people/evidence/evidence.ts';
import {
  managedLoginEvidence,
  PROVISIONING_LOG,
  type ProvisioningWrite,
  provisioningEvidence,
} from '../../../src/people/evidence/provisioning-evidence.ts';
import type { SignOnIdentity } from '../../../src/people/evidence/sign-on-identity.ts';
import { type Exclusivity, nameEvidence } from '../../../src/people/names/name-holders.ts';
import type { Oid } from '../../../src/people/oid.ts';
import type { SignOnPeople } from './organisation-people.ts';

/** An organisation in which some accounts belong to nobody provable. */
export interface OpenOrganisation {
  readonly people: SignOnPeople;
  readonly client: GitHubOrganisation;
  /** How many accounts. */
  readonly unproved: number;
  /** Whether some account there is proved to be the person's already. */
  readonly knowsPerson: boolean;
}

/** What is known of accounts besides single sign-on: read only where that leaves accounts open. */
export interface FurtherEvidence {
  /** Addresses of an account that GitHub verified, in lower case. */
  mailsOf(people: SignOnPeople, accountId: number): readonly string[];
  /** That an own address is verified for the account; `exclusive` says whose else each is or was. */
  byMail(
    people: SignOnPeople,
    accountId: number,
    own: ReadonlySet<string>,
    exclusive: ReadonlyMap<string, Exclusivity>,
  ): readonly AccountEvidence[];
  /** What the directory's log of provisioning says of a row of single sign-on. */
  byRow(row: Pick<SignOnIdentity, 'guid'>): readonly AccountEvidence[];
  /** The same of an account that no row is readable of. */
  byLogin(people: SignOnPeople, login: string): readonly AccountEvidence[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

/** A firm need not grant them: docs/people.md says what is lost. */
const TO_GRANT = `It takes ${READ_AUDITS} for the reader’s managed identity.`;

/** Reads, for organisations with accounts that nobody is proved to have, what else tells whose they are. */
export async function readFurtherEvidence(
  vendors: Pick<Vendors, 'graph'>,
  open: readonly OpenOrganisation[],
  oid: Oid,
): Promise<FurtherEvidence> {
  const [mails, log] = await Promise.all([
    Promise.all(
      open.map(async ({ people, client, unproved }) => ({ people, unproved, list: await client.listVerifiedMails() })),
    ),
    open.some(({ knowsPerson }) => !knowsPerson) ? readLog(vendors, open, oid) : undefined,
  ]);
  const byAccount = new Map(
    mails.map(({ people, list }) => [people.organisation, new Map(list.items.map((each) => [each.id, each.mails]))]),
  );
  const mailsOf: FurtherEvidence['mailsOf'] = ({ organisation }, id) => byAccount.get(organisation)?.get(id) ?? [];
  return {
    mailsOf,
    byMail: (people, id, own, exclusive) =>
      mailsOf(people, id)
        .filter((mail) => own.has(mail))
        .flatMap((mail) =>
          nameEvidence(
            mail,
            `github/verified-mails:${people.organisation}`,
            'GitHub verified for the account',
            exclusive.get(mail),
            {
              strong: 'S2',
            },
          ),
        ),
    byRow: (row) => provisioningEvidence(oid, row, log?.items ?? []),
    // Where the organisation has rows of its own, they are joined by their ids, and a login joins nothing.
    byLogin: ({ provider }, login) => (provider === 'none' ? managedLoginEvidence(oid, login, log?.items ?? []) : []),
    coverage: [
      ...mails.map(({ people, unproved, list }) => coverageOfMails(people, unproved, list)),
      ...(log === undefined ? [] : [coverageOfLog(log)]),
    ],
    failures: [...mails.map(({ list }) => list.failure), log?.failure].filter((each) => each !== undefined),
  };
}

/** What was written for the person, and for whom else to the same rows: a row of two people is nobody's proof. */
async function readLog(
  vendors: Pick<Vendors, 'graph'>,
  open: readonly OpenOrganisation[],
  oid: Oid,
): Promise<Listing<ProvisioningWrite>> {
  const own = await vendors.graph.provisionedFor(oid);
  const guids = new Set(open.flatMap(({ people }) => people.identities.map(({ guid }) => guid.toLowerCase())));
  const targets = [...new Set(own.items.map(({ targetId }) => targetId))].filter((id) => guids.has(id.toLowerCase()));
  const shared = await Promise.all(targets.map((id) => vendors.graph.provisionedTo(id)));
  const failure = own.failure ?? shared.find((list) => list.failure !== undefined)?.failure;
  // Without the second answer nobody knows whether the rows are the person's alone.
  const items = failure === undefined ? [...own.items, ...shared.flatMap((list) => list.items)] : [];
  return { items, ...(failure === undefined ? {} : { failure }) };
}

function coverageOfMails(
  { organisation }: SignOnPeople,
  unproved: number,
  { items, failure }: Listing<unknown>,
): Coverage {
  const source = `github/verified-mails:${organisation}`;
  const looked = { count: items.length, unit: 'members' };
  if (failure?.kind !== 'denied') return coverageOf(source, looked, [failure]);
  // Members are read with the same permission, so that no permission of the App's would help.
  const detail =
    `GitHub shows the App no verified mail addresses of members of ${organisation}, so that they tell nothing of the ` +
    `${unproved} accounts that belong to nobody provable.`;
  return { source, state: 'partial', looked, detail };
}

function coverageOfLog({ items, failure }: Listing<ProvisioningWrite>): Coverage {
  const looked = { count: items.length, unit: 'writes' };
  if (failure?.kind !== 'denied') return coverageOf(PROVISIONING_LOG, looked, [failure]);
  const detail = `Which accounts the directory provisioned for the person could not be read. ${TO_GRANT}`;
  return { source: PROVISIONING_LOG, state: 'partial', looked, detail };
}
