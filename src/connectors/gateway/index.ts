import { bind } from '../bind.ts';
import type { GatewaySettings } from '../settings.ts';
import { changeDenyList, isDenied } from './deny-list.ts';
import { readNamedValue } from './named-values.ts';

/** The gateway before the MCP servers: its deny list. */
export const openGateway = (settings: GatewaySettings) => bind(settings, { changeDenyList, isDenied, readNamedValue });

export type Gateway = ReturnType<typeof openGateway>;
