import { bind } from '../bind.ts';
import type { GatewaySettings } from '../settings.ts';
import { deleteAccessPolicy, listConnections, readAccessPolicy } from './credential-manager.ts';
import { changeDenyList, isDenied } from './deny-list.ts';
import { readNamedValue } from './named-values.ts';
import { listBackends, listNamedValues } from './objects.ts';
import { listPolicies } from './policies.ts';
import { listUserSubscriptions, listUsers, readUserSubscription, suspendUserSubscription } from './users.ts';

/** The gateway before the MCP servers: its deny list, and what of a person it holds besides. */
export const openGateway = (settings: GatewaySettings) =>
  bind(settings, {
    changeDenyList,
    deleteAccessPolicy,
    isDenied,
    listBackends,
    listConnections,
    listNamedValues,
    listPolicies,
    listUserSubscriptions,
    listUsers,
    readAccessPolicy,
    readNamedValue,
    readUserSubscription,
    suspendUserSubscription,
  });

export type Gateway = ReturnType<typeof openGateway>;
