import * as z from 'zod';
import type { Acknowledgement, CoverageDecisions, Exemption } from './cases/coverage/coverage-decisions.ts';
import { jsonList } from './json-list.ts';
import { CATALOGUE } from './steps/catalogue.ts';
import { NEEDS, type Need, SCOPES, type Scope, type SourceDefinition } from './steps/define-source.ts';

/** Every source by its id; one that two steps rest on is one. */
const SOURCES = new Map<string, SourceDefinition>(
  Object.values(CATALOGUE)
    .flat()
    .map((source) => [source.id, source]),
);
/** A whole vendor can be exempt where a setting says whether the firm uses it. */
const VENDORS = new Set(
  [...SOURCES.values()].flatMap(({ id, scope, needs }) =>
    scope === undefined && needs === undefined ? [] : [`${id.split('/', 1)[0]}/*`],
  ),
);

/** What EXEMPT_SOURCES and ACKNOWLEDGED_LIMITS can name. */
export const NAMEABLE = {
  exempt: [...VENDORS, ...[...SOURCES.values()].filter((source) => !isLimit(source)).map(({ id }) => id)].sort(),
  limits: [...SOURCES.values()]
    .filter(isLimit)
    .map(({ id }) => id)
    .sort(),
} as const;

const who = z.string().trim().min(1);
const day = z.iso.date('not a day such as 2027-06-30');

const exempt = z.string().superRefine((id, context) => {
  if (VENDORS.has(id)) return;
  const source = SOURCES.get(id);
  if (source === undefined) context.addIssue(`${id} is no source: docs/sources.md lists them`);
  else if (isLimit(source))
    context.addIssue(`${id} is a standing limit, so that there is nothing to exempt: name it in ACKNOWLEDGED_LIMITS`);
});

const limit = z.string().superRefine((id, context) => {
  const source = SOURCES.get(id);
  if (source === undefined) context.addIssue(`${id} is no source: docs/sources.md lists them`);
  else if (!isLimit(source))
    context.addIssue(`${id} is no standing limit, because it can be read: name it in EXEMPT_SOURCES`);
});

/** `[{"sources":["github/deploy-keys"],"reason":"…","by":"…","until":"2027-06-30"}]` */
export const ExemptSources = jsonList<Exemption>(
  z.strictObject({ sources: z.array(exempt).min(1), reason: who, by: who, until: day }),
);

/** `[{"sources":["mcp/open-streams"],"by":"…","on":"2026-11-23"}]` */
export const AcknowledgedLimits = jsonList<Acknowledgement>(
  z.strictObject({ sources: z.array(limit).min(1), by: who, on: day }),
);

function isLimit({ examined }: SourceDefinition): boolean {
  return typeof examined === 'object' && 'not' in examined && examined.not === 'no-interface';
}

interface CoverageSettings extends Readonly<Record<Scope | Need, readonly string[]>> {
  readonly EXEMPT_SOURCES: readonly Exemption[];
  readonly ACKNOWLEDGED_LIMITS: readonly Acknowledgement[];
}

/** What the settings say of sources that no case reads. */
export function coverageDecisions(settings: CoverageSettings): CoverageDecisions {
  return {
    exemptions: settings.EXEMPT_SOURCES,
    acknowledged: settings.ACKNOWLEDGED_LIMITS,
    unconfigured: [...SCOPES, ...NEEDS].filter((setting) => settings[setting].length === 0),
    configured: Object.fromEntries(SCOPES.map((scope) => [scope, settings[scope]])),
  };
}
