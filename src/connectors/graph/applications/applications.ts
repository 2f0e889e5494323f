import * as z from 'zod';
import type { FederatedCredential } from '../../federated-credential.ts';
import type { Listing } from '../../listing.ts';
import { mapBounded } from '../../map-bounded.ts';
import { readRows } from '../../paging/rows.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

/** An app registration. */
export interface AppRegistration {
  readonly objectId: string;
  readonly appId: string;
  readonly name: string;
  readonly tags: readonly string[];
}

export interface ApplicationCredentials {
  readonly application: AppRegistration;
  readonly credentials: readonly FederatedCredential[];
}

const READ = 'Application.Read.All';
const SELECT = '$select=id,appId,displayName,tags';
/** Lists of credentials in flight at once, where Graph cannot give them with the registrations. */
const IN_FLIGHT = 8;
/** Objects of a relationship that an expansion gives at the most. */
const MOST_EXPANDED = 20;

const Application = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
});

const Credential = z
  .object({
    id: z.string(),
    name: z.string(),
    issuer: z.string(),
    subject: z.string().nullish(),
    audiences: z.array(z.string()).nullish(),
    description: z.string().nullish(),
    claimsMatchingExpression: z.object({ value: z.string() }).nullish(),
  })
  .transform(
    ({ id, name, issuer, subject, audiences, description, claimsMatchingExpression }): FederatedCredential => ({
      id,
      name,
      issuer,
      audiences: audiences ?? [],
      ...(subject ? { subject } : {}),
      ...(claimsMatchingExpression ? { expression: claimsMatchingExpression.value } : {}),
      ...(description ? { description } : {}),
    }),
  );

const Expanded = Application.extend({
  federatedIdentityCredentials: z.array(z.unknown()),
  'federatedIdentityCredentials@odata.nextLink': z.string().nullish(),
});

/**
 * All app registrations with their federated credentials, one call per page. Beta, because v1.0 keeps back what a
 * flexible credential trusts.
 * Sources: `application.federatedIdentityCredentials` supports $expand (Graph's published types); flexible credentials
 * in learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export async function listApplicationCredentials(settings: GraphSettings): Promise<Listing<ApplicationCredentials>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    version: 'beta',
    ...QUERIES.applicationsWithCredentials(),
    what: 'list the app registrations with their federated credentials',
    permission: READ,
    shape: Expanded,
  });
  if (listing.failure?.kind === 'refused' && listing.items.length === 0) return listOneByOne(settings);
  const inside = listing.items.map((item) => ({ item, ...readRows(Credential, item.federatedIdentityCredentials) }));
  const whole = inside.filter(({ item, unreadable }) => unreadable === 0 && !mayBeCut(item));
  const cut = inside.filter((each) => !whole.includes(each));
  const rest = await mapBounded(cut, IN_FLIGHT, ({ item }) => credentialsOf(settings, registrationOf(item)));
  const items = [
    ...whole.map(({ item, items: credentials }) => ({ application: registrationOf(item), credentials })),
    ...rest.flatMap(({ items }) => items),
  ];
  const failure = listing.failure ?? rest.find((each) => each.failure !== undefined)?.failure;
  return failure === undefined ? { items } : { items, failure };
}

/**
 * What is expanded comes to 20 at the most, and without a link to the rest; an application can hold 20 and more.
 * Source: github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/2851
 */
function mayBeCut(item: z.output<typeof Expanded>): boolean {
  const link = item['federatedIdentityCredentials@odata.nextLink'] ?? undefined;
  return link !== undefined || item.federatedIdentityCredentials.length >= MOST_EXPANDED;
}

/** For a Graph that refuses the expansion: a call per registration. */
async function listOneByOne(settings: GraphSettings): Promise<Listing<ApplicationCredentials>> {
  const applications = await listAll(settings, {
    identity: 'reader',
    path: `/applications?${SELECT}&$top=999`,
    what: 'list the app registrations',
    permission: READ,
    shape: Application,
  });
  const each = await mapBounded(applications.items, IN_FLIGHT, (item) => credentialsOf(settings, registrationOf(item)));
  const items = each.flatMap((listing) => listing.items);
  const failure = applications.failure ?? each.find((listing) => listing.failure !== undefined)?.failure;
  return failure === undefined ? { items } : { items, failure };
}

async function credentialsOf(
  settings: GraphSettings,
  application: AppRegistration,
): Promise<Listing<ApplicationCredentials>> {
  const { items, failure } = await listAll(settings, {
    identity: 'reader',
    version: 'beta',
    path: `${pathOf(application.objectId)}?$top=999`,
    what: `list the federated credentials of the app registration ${application.appId}`,
    permission: READ,
    shape: Credential,
  });
  if (failure === undefined) return { items: [{ application, credentials: items }] };
  return items.length === 0 ? { items: [], failure } : { items: [{ application, credentials: items }], failure };
}

/** One credential as it stands. */
export async function getApplicationCredential(
  settings: GraphSettings,
  objectId: string,
  credentialId: string,
): Promise<VendorResult<FederatedCredential>> {
  return askGraph(settings, {
    identity: 'reader',
    version: 'beta',
    path: `${pathOf(objectId)}/${encodeURIComponent(credentialId)}`,
    what: `read the federated credential ${credentialId} of the app registration ${objectId}`,
    permission: READ,
    shape: Credential,
  });
}

/** Makes a credential as it was; its id is a new one. One with an expression is known to the beta alone. */
export function createApplicationCredential(
  settings: GraphSettings,
  objectId: string,
  { name, issuer, subject, expression, audiences, description }: Omit<FederatedCredential, 'id'>,
): Promise<VendorResult<FederatedCredential>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'POST',
    version: 'beta',
    path: pathOf(objectId),
    body: {
      ...{ name, issuer, audiences },
      ...(subject === undefined ? {} : { subject }),
      ...(expression === undefined ? {} : { claimsMatchingExpression: { value: expression, languageVersion: 1 } }),
      ...(description === undefined ? {} : { description }),
    },
    what: `create the federated credential ${name} of the app registration ${objectId} again`,
    permission: 'Application.ReadWrite.All',
    shape: Credential,
  });
}

/** Deletes one credential; one that is not there is success. */
export async function deleteApplicationCredential(
  settings: GraphSettings,
  objectId: string,
  credentialId: string,
): Promise<VendorResult<'deleted' | 'gone'>> {
  const answer = await askGraph(settings, {
    identity: 'remover',
    method: 'DELETE',
    path: `${pathOf(objectId)}/${encodeURIComponent(credentialId)}`,
    version: 'v1.0',
    what: `delete the federated credential ${credentialId} of the app registration ${objectId}`,
    permission: 'Application.ReadWrite.All',
    shape: z.undefined(),
  });
  if (answer.ok) return ok('deleted', answer.requestId);
  return answer.failure.kind === 'not-found' ? ok('gone') : answer;
}

const pathOf = (objectId: string): string =>
  `/applications/${encodeURIComponent(objectId)}/federatedIdentityCredentials`;

function registrationOf({ id, appId, displayName, tags }: z.output<typeof Application>): AppRegistration {
  return { objectId: id, appId, name: displayName ?? appId, tags: tags ?? [] };
}
