import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { CallsLoggedFacts } from '../../../../src/posture/readings/calls/calls-logged.ts';
import { AUDIT_TABLE } from '../../../../src/steps/activity-audit/rules/audit-table.ts';
import { compareCalls } from '../../compare-calls.ts';
import type { Reader, ReadFacts, ReadFault } from '../../reader.ts';

/** What the gateway writes itself. */
const GATEWAY_TABLE = 'ApiManagementGatewayLogs';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 30;
/** As long as a row may take from the gateway into the table. */
const ON_ITS_WAY_MS = 3 * HOUR_MS;
/** Far enough to tell a log that began lately from one that has a hole. */
const FIRST_DAYS = 90;
/** Files of dead letters that are listed of each kind. */
const MOST_FILES = 1_000;

type Context = Parameters<Reader>[0];

/** The tool calls of thirty days in both logs, and what either may leave out. */
export const readCallsLogged: Reader = async (context) => {
  const { settings, vendors, now } = context;
  const at = now().getTime();
  const window = {
    from: new Date(at - DAYS * DAY_MS),
    to: new Date(at - ON_ITS_WAY_MS),
    firstFrom: new Date(at - FIRST_DAYS * DAY_MS),
  };
  const [compared, tables, gateway, deadLetters] = await Promise.all([
    compareCalls(vendors, window, settings.BUSINESS_TIME_ZONE),
    Promise.all([AUDIT_TABLE, GATEWAY_TABLE].map((name) => readTable(context, name))),
    readGateway(context),
    readDeadLetters(context, window.from),
  ]);
  const facts: CallsLoggedFacts = {
    workspace: settings.AUDIT_WORKSPACE_RESOURCE_ID.toLowerCase(),
    ...(settings.GATEWAY_APIM_ID === undefined ? {} : { gateway: settings.GATEWAY_APIM_ID.toLowerCase() }),
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    ...compared.facts,
    tables: tables.flatMap(({ table }) => table ?? []),
    ...(gateway.log === undefined ? {} : { gatewayLog: gateway.log }),
    ...(deadLetters.files === undefined ? {} : { deadLetters: deadLetters.files }),
  };
  return {
    facts,
    failures: [...compared.failures, ...tables.flatMap(({ failures }) => failures), ...gateway.failures],
    gaps: [...gateway.gaps, ...deadLetters.gaps],
  };
};

async function readTable(
  { vendors }: Context,
  name: string,
): Promise<{ readonly table?: CallsLoggedFacts['tables'][number]; readonly failures: readonly ReadFault[] }> {
  const answer = await vendors.assessor.readLogTable(name);
  if (!answer.ok) return { failures: [{ which: name, failure: answer.failure }] };
  const { retentionInDays, plan } = answer.value;
  const table = { name, retentionDays: retentionInDays, ...(plan === undefined ? {} : { plan }) };
  return { table, failures: [] };
}

interface ReadGateway {
  readonly log?: NonNullable<CallsLoggedFacts['gatewayLog']>;
  readonly failures: readonly ReadFault[];
  readonly gaps: NonNullable<ReadFacts['gaps']>;
}

async function readGateway({ vendors, settings: { GATEWAY_APIM_ID: gateway } }: Context): Promise<ReadGateway> {
  if (gateway === undefined) {
    const detail = 'GATEWAY_APIM_ID is not set: nobody knows which gateway’s log to compare.';
    return { failures: [], gaps: [{ reason: 'not-configured', detail }] };
  }
  const { diagnostics, workspaces, failures } = await vendors.assessor.readGatewayLog(gateway);
  const faults = failures.map((failure: VendorFailure) => ({ which: 'gateway', failure }));
  // Of half of it nobody could say that all calls are in the log.
  if (faults.length > 0) return { failures: faults, gaps: [] };
  return {
    log: { diagnostics: diagnostics.map((each) => ({ ...each })), workspaces: [...workspaces] },
    failures: [],
    gaps: [],
  };
}

interface ReadDeadLetters {
  readonly files?: NonNullable<CallsLoggedFacts['deadLetters']>;
  readonly gaps: NonNullable<ReadFacts['gaps']>;
}

async function readDeadLetters({ vendors }: Context, from: Date): Promise<ReadDeadLetters> {
  const first = from.toISOString().slice(0, 10);
  try {
    const [rejected, notUploaded] = await Promise.all(
      (['rejected', 'not-uploaded'] as const).map((kind) => vendors.storage.listDeadLetters(kind, MOST_FILES)),
    );
    // `rejected/<day>/…`; “undated” sorts behind every day.
    const recent = (names: readonly string[] = []): string[] =>
      names.filter((name) => (name.split('/')[1] ?? '') >= first);
    const files = { rejected: recent(rejected), notUploaded: recent(notUploaded) };
    // Oldest first: a list that was cut lacks the newest.
    const cut = [rejected, notUploaded].some((names) => names?.length === MOST_FILES);
    const detail = `There are more than ${MOST_FILES} files of dead letters; the newest were not listed.`;
    return { files, gaps: cut ? [{ reason: 'partial', detail }] : [] };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'an unknown error';
    return { gaps: [{ reason: 'unavailable', detail: `The app’s own storage did not list dead letters (${name}).` }] };
  }
}
