import { bind } from '../bind.ts';
import type { TeamsSettings } from '../settings.ts';
import { postCard } from './notify.ts';

/** The operators' channel. */
export const openTeams = (settings: TeamsSettings) => bind(settings, { postCard });

export type Teams = ReturnType<typeof openTeams>;
