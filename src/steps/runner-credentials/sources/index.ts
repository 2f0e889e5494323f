import { DEVOPS_SOURCES } from './azure-devops.ts';
import { GITHUB_SOURCES } from './github.ts';

export const CI_SOURCES = [...GITHUB_SOURCES, ...DEVOPS_SOURCES] as const;
