import { bind } from '../bind.ts';
import type { CanarySettings } from '../settings.ts';
import { callCanary } from './call-canary.ts';

/** The gateway, called as the identity `canary`, which may read with MCP tools and nothing else. */
export const openCanary = (settings: CanarySettings) => bind(settings, { callCanary });

export type CanaryCalls = ReturnType<typeof openCanary>;
