import { DEVOPS_SOURCES } from './azure-devops.ts';
import { GITHUB_SOURCES } from './github.ts';
import { MACHINE_SOURCES } from './machines.ts';
import { PLATFORM_SOURCES } from './platform.ts';

export const CI_SOURCES = [...GITHUB_SOURCES, ...DEVOPS_SOURCES, ...PLATFORM_SOURCES, ...MACHINE_SOURCES] as const;
