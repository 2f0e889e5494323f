import * as z from 'zod';
import { queryText } from '../../kql.ts';
import { kqlDatetime, kqlString } from '../audit-log/kql-literal.ts';
import { askGraph } from '../graph/call/client.ts';
import { listAll } from '../graph/call/list-all.ts';
import type { Listing } from '../listing.ts';
import type { VendorFailure } from '../result.ts';
import type { GraphSettings } from '../settings.ts';

/** Defender gives a query three minutes: learn.microsoft.com/defender-xdr/api-advanced-hunting */
const PATIENCE_SECONDS = 190;

const Hunted = z.object({ results: z.array(z.record(z.string(), z.unknown())) });
const instant = z.string().transform((text, context) => {
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  context.addIssue('not an instant');
  return z.NEVER;
});
const Count = z.object({ section: z.literal('count'), number: z.coerce.number().int().nonnegative() });
const Server = z.object({
  section: z.literal('server'),
  device: z.string().min(1),
  command: z.string().regex(/^[0-9a-f]{64}$/),
  firstSeen: instant,
  lastSeen: instant,
  reachedAt: z.union([z.null(), z.literal(''), instant]),
});
const Reporting = z.object({ section: z.literal('device'), id: z.string().min(1) });
const Device = z.object({
  id: z.string(),
  deviceId: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  approximateLastSignInDateTime: z.string().nullish(),
  operatingSystem: z.string().nullish(),
});

/** A server process of a workstation; of its command line the SHA-256 alone. */
export type FoundWorkstationServer = z.output<typeof Server>;
/** A device as Entra tells of it. */
export type FoundDevice = z.output<typeof Device>;

/** The servers that ran on workstations since an instant, but for those that are allowed. */
export function listWorkstationServers(
  settings: GraphSettings,
  asked: { readonly from: Date; readonly allowed: readonly string[]; readonly sharedHosts: readonly string[] },
): Promise<Listing<FoundWorkstationServer>> {
  const head = [
    `let windowStart = ${kqlDatetime(asked.from)};`,
    `let allowed = dynamic([${asked.allowed.map(kqlString).join(',')}]);`,
    `let allowedArgument = ${kqlString(argumentOf(asked.allowed))};`,
    `let sharedHosts = dynamic([${asked.sharedHosts.map(kqlString).join(',')}]);\n`,
  ].join('\n');
  return hunt(
    settings,
    'find MCP servers on workstations',
    head + queryText('posture/workstation-servers.kql'),
    Server,
  );
}

/**
 * A pattern of an argument that names one of these: whole, as a part of a path, or before a version. Each letter stands for
 * itself; `mcp-server` is no part of `mcp-server-other`.
 */
function argumentOf(names: readonly string[]): string {
  // Between two letters there is no edge of a word: it matches nothing.
  if (names.length === 0) return String.raw`a\bb`;
  const words = names.map((name) => name.toLowerCase().replaceAll('.', '[.]')).join('|');
  return `(^| )([^ ]*[^ a-z0-9_-])?(${words})([^ a-z0-9_-][^ ]*)?( |$)`;
}

/** The devices, by their ids in Entra, that Defender heard of since an instant. */
export async function listReportingDevices(settings: GraphSettings, from: Date): Promise<Listing<string>> {
  const text = `let windowStart = ${kqlDatetime(from)};\n${queryText('posture/reporting-devices.kql')}`;
  const { items, ...rest } = await hunt(settings, 'list the devices that report', text, Reporting);
  return { items: items.map(({ id }) => id), ...rest };
}

/** Every device of the directory. Source: learn.microsoft.com/graph/api/device-list */
export function listDevices(settings: GraphSettings): Promise<Listing<FoundDevice>> {
  return listAll(settings, {
    identity: 'assessor',
    path: '/devices?$select=id,deviceId,accountEnabled,approximateLastSignInDateTime,operatingSystem&$top=999',
    what: 'list the devices of the directory',
    permission: 'Device.Read.All',
    shape: Device,
  });
}

/**
 * Asks Defender. It cuts an answer at 100,000 rows without a word; so each question has its rows counted as well. Which
 * error it gives where a tenant has no licence is not verified: any is a failure.
 * Source: learn.microsoft.com/graph/api/security-security-runhuntingquery
 */
async function hunt<T>(settings: GraphSettings, what: string, text: string, shape: z.ZodType<T>): Promise<Listing<T>> {
  const answer = await askGraph(
    { ...settings, REQUEST_TIMEOUT_SECONDS: Math.max(settings.REQUEST_TIMEOUT_SECONDS, PATIENCE_SECONDS) },
    {
      identity: 'assessor',
      method: 'POST',
      path: '/security/runHuntingQuery',
      body: { Query: text, Timespan: 'P30D' },
      what: `have Defender ${what}`,
      permission: 'ThreatHunting.Read.All',
      shape: Hunted,
    },
  );
  if (!answer.ok) return { items: [], failure: answer.failure };
  const { results } = answer.value;
  const total = results.flatMap((row) => {
    const parsed = Count.safeParse(row);
    return parsed.success ? [parsed.data.number] : [];
  });
  const items = results.flatMap((row) => {
    const parsed = shape.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  if (total.length === 1 && total[0] === items.length) return { items };
  return { items, failure: cut(what, items.length, total[0]) };
}

function cut(what: string, came: number, of: number | undefined): VendorFailure {
  const message = `Graph was asked to have Defender ${what} and told ${came} of ${of ?? 'an unknown number of'} rows.`;
  return { kind: 'incomplete', status: 200, message };
}
