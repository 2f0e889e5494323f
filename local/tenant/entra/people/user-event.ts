import { randomUUID } from 'node:crypto';
import type { TenantCore, UserChange } from '../../core/vendor.ts';
import { ENTRA } from '../directory.ts';
import { LONGEST_SUBSCRIPTION_MS } from '../subscriptions.ts';

/** A change of a user as Graph publishes it to Event Grid (learn.microsoft.com/azure/event-grid/microsoft-entra-events). */
export interface UserEvent {
  readonly id: string;
  /** A soft delete is an update; `UserDeleted` means that the user is permanently gone. */
  readonly type: 'Microsoft.Graph.UserUpdated' | 'Microsoft.Graph.UserDeleted';
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly specversion: '1.0';
  readonly data: {
    readonly changeType: UserChange['changeType'];
    readonly clientState: string;
    readonly resource: string;
    readonly resourceData: {
      readonly '@odata.type': '#Microsoft.Graph.User';
      readonly '@odata.id': string;
      readonly id: string;
      readonly organizationId: string;
      readonly eventTime: string;
      readonly sequenceNumber: number;
    };
    readonly subscriptionExpirationDateTime: string;
    readonly subscriptionId: string;
    readonly tenantId: string;
  };
}

/** Ticks of .NET at the Unix epoch; one tick is 100 ns. */
const EPOCH_TICKS = 621_355_968_000_000_000;
const TICKS_PER_MS = 10_000;

/** Makes the events of one subscription. Nothing in them names the person: only the object id. */
export function userEvents(core: TenantCore): (change: UserChange) => UserEvent {
  const clientState = randomUUID();
  const application = core.principals[0]?.clientId ?? randomUUID();
  let sequenceNumber = 0;
  return ({ changeType, userId }) => {
    const now = core.now();
    const time = now.toISOString();
    const resource = `Users/${userId}`;
    // A tick more would be lost: the number is beyond what a double holds exactly.
    sequenceNumber = Math.max(sequenceNumber + TICKS_PER_MS, EPOCH_TICKS + now.getTime() * TICKS_PER_MS);
    return {
      id: randomUUID(),
      type: changeType === 'deleted' ? 'Microsoft.Graph.UserDeleted' : 'Microsoft.Graph.UserUpdated',
      source: `/tenants/${core.tenantId}/applications/${application}`,
      subject: resource,
      time,
      datacontenttype: 'application/json',
      specversion: '1.0',
      data: {
        changeType,
        clientState,
        resource,
        resourceData: {
          '@odata.type': '#Microsoft.Graph.User',
          '@odata.id': resource,
          id: userId,
          organizationId: core.tenantId,
          eventTime: time,
          sequenceNumber,
        },
        subscriptionExpirationDateTime: new Date(now.getTime() + LONGEST_SUBSCRIPTION_MS).toISOString(),
        subscriptionId: ENTRA.subscriptionId,
        tenantId: core.tenantId,
      },
    };
  };
}
