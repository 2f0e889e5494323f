import type { Config } from '../../config.ts';
import type { OrganisationPeople } from '../../connectors/github/people/external-identities.ts';
import type { NameHolder } from '../../connectors/graph/people/name-holders.ts';
import type { Listing } from '../../connectors/listing.ts';
import { ok, type VendorResult } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Provisioned } from '../../people/evidence/sign-on-identity.ts';
import {
  only,
  READING,
  type ReadingAuditLog,
  type ReadingAzure,
  type ReadingDevOps,
  type ReadingGateway,
  type ReadingGitHub,
  type ReadingGraph,
} from './readers.ts';

interface Everywhere {
  readonly graph: ReadingGraph;
  readonly settings: Settings;
  readonly now: Date;
  /** Deleted users; read once for all probes of a place. */
  readonly deleted: () => Promise<Listing<NameHolder>>;
}

type Settings = Pick<Config, 'GATEWAY_APIM_ID' | 'GATEWAY_APP_ID' | 'SUBSCRIPTION_IDS' | 'TENANT_ID'>;

/** What a probe of each vendor is handed. */
export interface Places {
  readonly entra: Everywhere;
  readonly github: Everywhere & {
    readonly github: ReadingGitHub;
    readonly organisation: string;
    /** Read once for all probes of a place. */
    readonly people: () => Promise<VendorResult<OrganisationPeople>>;
    readonly provisioned: () => Promise<Listing<Provisioned>>;
  };
  readonly 'azure-devops': Everywhere & { readonly devops: ReadingDevOps; readonly organisation: string };
  readonly azure: Everywhere & {
    readonly azure: ReadingAzure;
    readonly gateway: ReadingGateway;
    readonly auditLog: ReadingAuditLog;
  };
}

/** A place by its vendor, and by where it stands in the settings, counted from 1. */
export interface PlaceName {
  readonly vendor: keyof Places;
  readonly number: number;
}

/** Where there is something to ask, by the settings. */
export function placesOf(
  settings: Pick<Config, 'DEVOPS_ORGANISATIONS' | 'GITHUB_ORGANISATIONS'>,
): readonly PlaceName[] {
  const numbered = (vendor: keyof Places, organisations: readonly string[]): PlaceName[] =>
    organisations.map((_, index) => ({ vendor, number: index + 1 }));
  return [
    { vendor: 'entra', number: 1 },
    ...numbered('github', settings.GITHUB_ORGANISATIONS),
    ...numbered('azure-devops', settings.DEVOPS_ORGANISATIONS),
    { vendor: 'azure', number: 1 },
  ];
}

/** How a place is called in a record: never by its name. */
export function nameOf({ vendor, number }: PlaceName): string {
  return vendor === 'entra' || vendor === 'azure' ? vendor : `${vendor}-${number}`;
}

/** What the probes of Entra and Azure are handed. */
export function directoryPlace(vendors: Pick<Vendors, 'graph'>, settings: Settings, now: Date): Places['entra'] {
  const graph = only(vendors.graph, READING.graph);
  return { graph, settings, now, deleted: once(() => graph.deletedHolders()) };
}

export function azurePlace(
  vendors: Pick<Vendors, 'auditLog' | 'azure' | 'gateway' | 'graph'>,
  settings: Settings,
  now: Date,
): Places['azure'] {
  return {
    ...directoryPlace(vendors, settings, now),
    azure: only(vendors.azure, READING.azure),
    gateway: only(vendors.gateway, READING.gateway),
    auditLog: only(vendors.auditLog, READING.auditLog),
  };
}

export async function githubPlace(
  vendors: Pick<Vendors, 'github' | 'graph'>,
  settings: Settings,
  organisation: string,
  now: Date,
): Promise<VendorResult<Places['github']>> {
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) return connected;
  const github = only(connected.value, READING.github);
  return ok({
    ...directoryPlace(vendors, settings, now),
    github,
    organisation,
    people: once(() => github.organisationPeople()),
    provisioned: once(() => github.listProvisioned()),
  });
}

export function devopsPlace(
  vendors: Pick<Vendors, 'devops' | 'graph'>,
  settings: Settings,
  organisation: string,
  now: Date,
): Places['azure-devops'] {
  return {
    ...directoryPlace(vendors, settings, now),
    devops: only(vendors.devops, READING.devops),
    organisation,
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}
