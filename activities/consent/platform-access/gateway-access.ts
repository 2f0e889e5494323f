import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { becauseOf, coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import { counted } from '../../../src/cases/words/wording.ts';
import type { Config } from '../../../src/config.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { strangeIdentities } from '../../../src/people/evidence/gateway-evidence.ts';
import { addressesOf, type Leaver } from '../../../src/people/leaver.ts';
import { gatewayUserFindings } from '../../../src/steps/consent/rules/gateway-user-findings.ts';
import { type Found, NOTHING_FOUND } from '../../case/found.ts';

/** The leaver's users of the developer portal and their keys; nothing where there is no gateway. */
export async function gatewayAccess(
  vendors: Pick<Vendors, 'gateway'>,
  settings: Pick<Config, 'GATEWAY_APIM_ID' | 'TENANT_ID'>,
  leaver: Leaver,
): Promise<Found> {
  const { GATEWAY_APIM_ID: serviceId, TENANT_ID: tenantId } = settings;
  if (serviceId === undefined) return NOTHING_FOUND;
  const [users, subscriptions] = await Promise.all([
    vendors.gateway.listUsers(),
    vendors.gateway.listUserSubscriptions(),
  ]);
  const lines = [
    coverageOf('gateway/users', { count: users.items.length, unit: 'users' }, [users.failure]),
    coverageOf('gateway/subscription-keys', { count: subscriptions.items.length, unit: 'subscriptions' }, [
      users.failure,
      subscriptions.failure,
    ]),
  ];
  const strange = strangeIdentities(users.items);
  return {
    findings: gatewayUserFindings({ users: users.items, subscriptions: subscriptions.items }, leaver, {
      serviceId,
      tenantId,
    }),
    coverage: lines.map((line) => comparedWith(line, leaver, strange)),
    failures: [users.failure, subscriptions.failure],
  };
}

/** Where a part of what tells whose a user is cannot be compared, that it is nobody of the leaver's proves little. */
function comparedWith(line: Coverage, leaver: Leaver, strange: number): Coverage {
  if (line.state !== 'complete') return line;
  if (addressesOf(leaver).length === 0) {
    const detail = 'No mail address of the person is known any more, so that users were compared by object id alone.';
    return becauseOf(leaver.blockedBy?.person, { ...line, state: 'partial', detail });
  }
  if (strange === 0) return line;
  const detail = `${counted(strange, 'user has', 'users have')} an identity of Entra that is no object id, so that whose they are was compared by mail address alone. Look at Users of the service.`;
  return { ...line, state: 'partial', detail };
}
