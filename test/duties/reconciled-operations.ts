import { WORLD } from '../../local/tenant/seeds/world.ts';
import { loadConfig } from '../../src/config.ts';
import type { Oid } from '../../src/people/oid.ts';
import { fc } from '../support/properties.ts';

export const PEOPLE = [1, 2].map((n) => `0e000000-0000-4000-8000-00000000000${n}` as Oid);
export const [FIRST] = PEOPLE as [Oid];
export const DAYS = 2;
export const settings = loadConfig({
  TENANT_ID: WORLD.tenantId,
  BLOB_ENDPOINT: 'https://none.example',
  TABLE_ENDPOINT: 'https://none.example',
  READER_CLIENT_ID: WORLD.app.reader.clientId,
  REMOVER_CLIENT_ID: WORLD.app.remover.clientId,
  API_AUDIENCE: WORLD.app.audience,
  GATEWAY_APP_ID: WORLD.gateway.appId,
  GITHUB_APP_ID: WORLD.github.appId,
  GITHUB_APP_KEY_ID: 'https://none.example/keys/k/1',
  SECURITY_REPOSITORY: WORLD.github.securityRepository,
  AUDIT_WORKSPACE_ID: WORLD.audit.workspaceId,
  AUDIT_WORKSPACE_RESOURCE_ID: `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/x/providers/Microsoft.OperationalInsights/workspaces/x`,
  ENTRA_EVENTS_MODE: 'apply',
  SWEEP_MODE: 'apply',
  DISABLED_MEANS_LEFT_AFTER_DAYS: String(DAYS),
  REPLICATION_SECONDS: '120',
});

const who = fc.nat(PEOPLE.length - 1);
const which = fc.nat(20);
export const op = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('delete', 'restore', 'disable', 'enable'), who }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('purge', 'plan'), who }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('deliver', 'deliver-twice', 'drop'), which }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('round'), minutes: fc.constantFrom(1, 1, 14, 16) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('file', 'engine', 'lose', 'replay', 'days') }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('outage'), days: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('lag'), seconds: fc.constantFrom(0, 30, 90, 119) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('late'), who }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('fail'), calls: fc.integer({ min: 1, max: 6 }) }) },
);
export type Op = {
  readonly op: string;
  readonly who?: number;
  readonly which?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly days?: number;
  readonly calls?: number;
};

/** What truly happened to somebody, as nobody in the program knows it. */
export interface Truth {
  /** Instants of their deletions. */
  readonly deletions: string[];
  goneAt?: number;
  /** Instant of the last return. */
  returnedAt?: number;
  /** Between which instants the account was disabled, whatever else became of it. */
  readonly disabled: { readonly from: number; to: number }[];
}
