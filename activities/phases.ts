import type { CaseMode } from '../src/cases/case.ts';
import { type About, type Discovered, type Unit, unit } from '../src/cases/discovery.ts';
import type { StepResultRef } from '../src/cases/step-result.ts';
import type { ActivityDefinition } from '../src/durable/activity.ts';
import { OffboardingError } from '../src/errors.ts';
import { RelatedPrincipalsSchema } from '../src/steps/federated-credentials/rules/related-principals.ts';
import type { FollowedStep, StepNameIn } from '../src/steps/registry.ts';
import { auditActivity } from './activity-audit/audit-activity.ts';
import { auditSignIns } from './activity-audit/audit-sign-ins.ts';
import type { Scope } from './case/person/identify-leaver.ts';
import { askConsentAgain } from './consent/ask-consent-again.ts';
import { askWorkloadsAgain } from './consent/ask-workloads-again.ts';
import { discoverConsent } from './consent/discover-consent.ts';
import { discoverWorkloads } from './consent/discover-workloads.ts';
import { askPlatformAccessAgain } from './consent/platform-access/ask-platform-access-again.ts';
import { discoverPlatformAccess } from './consent/platform-access/discover-platform-access.ts';
import { containLeaver } from './containment/contain-leaver.ts';
import { askTrustAgain } from './federated-credentials/ask-trust-again.ts';
import { discoverFederatedCredentials } from './federated-credentials/discover-federated-credentials.ts';
import { askTokensAgain } from './runner-credentials/azure-devops/ask-tokens-again.ts';
import { scanDevOps } from './runner-credentials/azure-devops/scan-devops.ts';
import { askOrganisationAgain } from './runner-credentials/github/organisation/ask-organisation-again.ts';
import { scanOrganisation } from './runner-credentials/github/organisation/scan-organisation.ts';
import { listRepositories } from './runner-credentials/github/repositories/list-repositories.ts';
import { scanRepositories } from './runner-credentials/github/repositories/scan-repositories.ts';
import { askPlatformAgain } from './runner-credentials/platform/ask-platform-again.ts';
import { scanPlatform } from './runner-credentials/platform/scan-platform.ts';
import type { AskAgain } from './verification/asked-again.ts';
import { type VerifiedCase, type VerifyInput, verifyCase } from './verification/verify-case.ts';

// What runs for each step, by its phase. A step that is missing here is a type error, and the activities that stand
// here are registered. Orchestrators read these tables: all of this is replayed, so lint bans here what it bans there.

/** Before anything else. */
export const CONTAIN = { containment: containLeaver } satisfies Record<
  StepNameIn<'contain'>,
  ActivityDefinition<About & { readonly mode: CaseMode }, StepResultRef>
>;

/** Over and over, until nothing is pending. */
export const VERIFY = { verification: verifyCase } satisfies Record<
  StepNameIn<'verify'>,
  ActivityDefinition<VerifyInput, VerifiedCase>
>;

/** How one step of discovery is looked through. */
interface Discovery<Units extends readonly Unit[] = readonly Unit[]> {
  /** The version of orchestrations with which it came: a case that an older one began goes on without it. */
  readonly since?: string;
  /** Every activity that a unit of it can name. */
  readonly activities: readonly ActivityDefinition<never, Discovered>[];
  /**
   * The units that ask after the cut whether anything admits the leaver again, and the activities that they can name;
   * `nothing` where the step looks at what was done, not at what admits somebody.
   */
  readonly askAgain:
    | 'nothing'
    | {
        readonly activities: readonly ActivityDefinition<never, StepResultRef>[];
        units(scope: Scope): readonly Unit[];
      };
  /** Its units: side by side, each with its own attempts. `handedOn` is what the step before it found. */
  units(scope: Scope, handedOn: Discovered['handsOn']): Units;
}

const discoveries = {
  consent: {
    activities: [discoverConsent, discoverWorkloads, discoverPlatformAccess],
    units: () => [unit(discoverConsent, {}), unit(discoverWorkloads, {}), unit(discoverPlatformAccess, {})],
    askAgain: {
      activities: [askConsentAgain, askWorkloadsAgain, askPlatformAccessAgain],
      units: () => [
        unitAgain(askConsentAgain, {}),
        unitAgain(askWorkloadsAgain, {}),
        unitAgain(askPlatformAccessAgain, {}),
      ],
    },
  },
  'federated-credentials': {
    activities: [discoverFederatedCredentials],
    units: () => [unit(discoverFederatedCredentials, {})],
    askAgain: { activities: [askTrustAgain], units: () => [unitAgain(askTrustAgain, {})] },
  },
  'runner-credentials': {
    activities: [scanOrganisation, listRepositories, scanRepositories, scanDevOps, scanPlatform],
    units: ({ github, devops }) => [
      ...github.flatMap((organisation) => [
        unit(scanOrganisation, { organisation }),
        unit(listRepositories, { organisation }),
      ]),
      ...devops.map((organisation) => unit(scanDevOps, { organisation })),
      unit(scanPlatform, {}),
    ],
    askAgain: {
      activities: [askOrganisationAgain, askTokensAgain, askPlatformAgain],
      units: ({ github, devops }) => [
        ...github.map((organisation) => unitAgain(askOrganisationAgain, { organisation })),
        ...devops.map((organisation) => unitAgain(askTokensAgain, { organisation })),
        unitAgain(askPlatformAgain, {}),
      ],
    },
  },
  'activity-audit': {
    activities: [auditActivity, auditSignIns],
    askAgain: 'nothing',
    units: (_, handedOn) => [
      unit(auditActivity, handedOn === undefined ? {} : RelatedPrincipalsSchema.parse(handedOn)),
      unit(auditSignIns, {}),
    ],
  },
} satisfies {
  // What a step hands on comes from one unit, which may unfold into more.
  readonly [Step in StepNameIn<'discover'>]: Step extends FollowedStep ? Discovery<readonly [Unit]> : Discovery;
};

export const DISCOVER: Readonly<Record<StepNameIn<'discover'>, Discovery>> = discoveries;

/** The units of a step, in a case that this version of orchestrations began. */
export function unitsOf(
  step: StepNameIn<'discover'>,
  version: string | undefined,
  scope: Scope,
  handedOn: Discovered['handsOn'],
): readonly Unit[] {
  return isThere(DISCOVER[step], version) ? DISCOVER[step].units(scope, handedOn) : [];
}

/** Whether a case of this version has the step; one that says no version is of today's. */
function isThere({ since }: Pick<Discovery, 'since'>, version: string | undefined): boolean {
  if (since === undefined || version === undefined) return true;
  const [[major = 0, minor = 0], [sinceMajor = 0, sinceMinor = 0]] = [numbersOf(version), numbersOf(since)];
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}

/** The activity that a unit names. */
export function activityOf(step: StepNameIn<'discover'>, name: string): ActivityDefinition<never, Discovered> {
  const activity = DISCOVER[step].activities.find((each) => each.name === name);
  if (activity === undefined) throw new OffboardingError('unexpected', `${name} is no activity of the step ${step}.`);
  return activity;
}

/** A unit that asks again: the activity, and what it needs besides what every such unit is given. */
function unitAgain<Input extends AskAgain>(
  activity: ActivityDefinition<Input, StepResultRef>,
  input: Omit<Input, keyof AskAgain>,
): Unit {
  return { activity: activity.name, input };
}

/** What asks after the cut, over all steps of a case of this version: each with its activity. */
export function askingAgain(
  scope: Scope,
  version: string | undefined,
): { activity: ActivityDefinition<never, StepResultRef>; input: Unit['input'] }[] {
  return Object.values(DISCOVER).flatMap((discovery) => {
    const { askAgain } = discovery;
    if (askAgain === 'nothing' || !isThere(discovery, version)) return [];
    return askAgain.units(scope).map(({ activity: name, input }) => {
      const activity = askAgain.activities.find((each) => each.name === name);
      if (activity === undefined) throw new OffboardingError('unexpected', `${name} asks nothing again.`);
      return { activity, input };
    });
  });
}
