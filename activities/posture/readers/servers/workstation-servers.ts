import type { FoundDevice } from '../../../../src/connectors/assessor/hunting.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Reader } from '../../reader.ts';

const DAY_MS = 86_400_000;
/** As far back as Defender tells. */
const DAYS = 30;
/** Within so many days a device that is in use reports. */
const REPORTS_WITHIN_DAYS = 7;

/** What Defender saw of MCP servers on workstations; it is asked where the firm has turned that on. */
export const readWorkstationServers: Reader = async ({ vendors: { assessor }, settings, now }) => {
  if (settings.WORKSTATION_HUNTING === 'off') {
    const detail = 'WORKSTATION_HUNTING is off: Defender is not asked what runs on workstations.';
    return { facts: { servers: [] }, failures: [], gaps: [{ reason: 'not-configured', detail }] };
  }
  const [at, sharedHosts] = [now().getTime(), settings.SHARED_HOSTS];
  const [servers, reporting, devices] = await Promise.all([
    assessor.listWorkstationServers({
      from: new Date(at - DAYS * DAY_MS),
      allowed: settings.ALLOWED_WORKSTATION_SERVERS,
      sharedHosts,
    }),
    assessor.listReportingDevices(new Date(at - REPORTS_WITHIN_DAYS * DAY_MS)),
    assessor.listDevices(),
  ]);
  const heard = new Set(reporting.items.map((id) => id.toLowerCase()));
  const active = devices.items.filter((each) => isActive(each, at));
  const coverage = {
    active: active.length,
    reporting: active.filter(({ deviceId }) => heard.has(deviceId?.toLowerCase() ?? '')).length,
  };
  const whole = reporting.failure === undefined && devices.failure === undefined;
  const detail =
    'SHARED_HOSTS is empty: which of the firm’s hosts a server on a workstation must not reach, nothing says.';
  return {
    facts: {
      servers: servers.items.map(({ device, command, firstSeen, lastSeen, reachedAt }) => ({
        ...{ device, command, first: firstSeen.toISOString(), last: lastSeen.toISOString() },
        ...(reachedAt instanceof Date ? { reachedAt: reachedAt.toISOString() } : {}),
      })),
      ...(whole ? { coverage } : {}),
    },
    failures: [
      ...faultOf('servers', servers.failure),
      ...faultOf('reporting', reporting.failure),
      ...faultOf('devices', devices.failure),
    ],
    gaps: servers.items.length > 0 && sharedHosts.length === 0 ? [{ reason: 'not-configured', detail }] : [],
  };
};

function faultOf(which: string, failure: VendorFailure | undefined) {
  return failure === undefined ? [] : [{ which, failure }];
}

/**
 * No phone, and not forgotten: Entra writes the last sign-in within two weeks of it. Of one without a last sign-in nobody
 * can say that it is not in use.
 */
function isActive(
  { accountEnabled, approximateLastSignInDateTime, operatingSystem }: FoundDevice,
  at: number,
): boolean {
  if (accountEnabled === false || /^(android|ios|ipad|iphone)/i.test(operatingSystem ?? '')) return false;
  const last = Date.parse(approximateLastSignInDateTime ?? '');
  return Number.isNaN(last) || last >= at - DAYS * DAY_MS;
}
