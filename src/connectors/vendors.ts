import { type Config, config } from '../config.ts';
import { type Assessor, openAssessor } from './assessor/index.ts';
import { type AuditIngestion, openAuditIngestion } from './audit-ingestion/index.ts';
import { type AuditLog, openAuditLog } from './audit-log/index.ts';
import { type DevOps, openDevOps } from './azure-devops/index.ts';
import { type CanaryCalls, openCanary } from './canary/index.ts';
import { type DeniedList, openDenied } from './denied/index.ts';
import { type EvidenceKey, openEvidenceKey } from './evidence-key/index.ts';
import { type Gateway, openGateway } from './gateway/index.ts';
import { type GitHub, openGitHub } from './github/index.ts';
import { type Graph, openGraph } from './graph/index.ts';
import { type Azure, openAzure } from './managed-identity/index.ts';
import { openStorage, type Storage } from './storage/index.ts';
import { openTeams, type Teams } from './teams/index.ts';
import { openWebhook, type Webhook } from './webhook/index.ts';

/** Everybody that the app talks to. Whoever needs some of them is handed those: `Pick<Vendors, 'graph'>`. */
export interface Vendors {
  /** Reads the platform as it stands, for the checklist; changes nothing. */
  readonly assessor: Assessor;
  readonly auditIngestion: AuditIngestion;
  readonly auditLog: AuditLog;
  readonly azure: Azure;
  /** Calls the gateway to see whether the detection sees it. */
  readonly canary: CanaryCalls;
  /** No vendor of its own: the table of the denied, and the gateway's list that follows from it. */
  readonly denied: DeniedList;
  readonly devops: DevOps;
  /** Signs what is filed. */
  readonly evidenceKey: EvidenceKey;
  readonly gateway: Gateway;
  readonly github: GitHub;
  readonly graph: Graph;
  readonly storage: Storage;
  readonly teams: Teams;
  /** The firm's own receiver of signed messages. */
  readonly webhook: Webhook;
}

/** The vendors as these settings name them. Nothing is called before it is asked. */
export function openVendors(settings: Config): Vendors {
  const [gateway, storage] = [openGateway(settings), openStorage(settings)];
  return {
    assessor: openAssessor(settings),
    auditIngestion: openAuditIngestion(settings),
    auditLog: openAuditLog(settings),
    azure: openAzure(settings),
    canary: openCanary(settings),
    denied: openDenied({ gateway, storage }),
    devops: openDevOps(settings),
    evidenceKey: openEvidenceKey(settings),
    gateway,
    github: openGitHub(settings),
    graph: openGraph(settings),
    storage,
    teams: openTeams(settings),
    webhook: openWebhook(settings),
  };
}

let opened: Vendors | undefined;

/** The vendors of this process, opened once. */
export function vendors(): Vendors {
  opened ??= openVendors(config());
  return opened;
}
