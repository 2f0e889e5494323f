import type { Engine } from '../local/host/engine/engine.ts';
import type { DiscoverUnitInput } from '../orchestrations/discover-unit.ts';
import type { Play } from '../test/support/golden/play.ts';

const BROKEN = { ok: false, error: { code: 'unexpected', message: 'Error: it broke' } };
const ALTERED = { ok: false, error: { code: 'evidence-altered', message: 'OffboardingError: report.json differs.' } };

/** What no vendor brings about: work of ours that breaks, and a person who ends it. By the names of the recordings. */
export function brokenPlays(): Readonly<Record<string, Omit<Play, 'caseId'>>> {
  const units = breaking('discoverFederatedCredentials', 'applyRemedy', 'verifyCase', 'closeCase');
  return {
    'units-break': {
      title: 'a case in which activities and a sub-orchestration break',
      answer: (activity, recorded) => {
        if (activity === 'discoverConsent') throw new Error('Timeout value of 00:30:00 exceeded by function');
        return units(activity, recorded);
      },
      during: {
        activity: 'listRepositories',
        act: (engine, id) => engine.terminate(unitOf(engine, id, 'listRepositories'), 'a test ended it'),
      },
    },
    'nobody-known': {
      title: 'a case without accounts, without a plan, and contained at the second attempt',
      answer: breaking('containLeaver', 'identifyLeaver', 'makePlan'),
    },
    'not-filed': {
      title: 'a case whose report cannot be filed',
      answer: (activity, recorded) => (activity === 'fileReport' ? ALTERED : recorded),
    },
    terminated: {
      title: 'a case that somebody ended during discovery',
      answer: (_, recorded) => recorded,
      during: {
        activity: 'discoverFederatedCredentials',
        act: (engine, id) => engine.terminate(id, 'a test ended it'),
      },
    },
  };
}

/** Answers of which the first of each of these activities breaks. */
function breaking(...activities: readonly string[]): Play['answer'] {
  const once = new Set(activities);
  return (activity, recorded) => (once.delete(activity) ? BROKEN : recorded);
}

/** The instance in which the unit with this activity runs. */
function unitOf(engine: Engine, instanceId: string, activity: string): string {
  for (let number = 1; ; number += 1) {
    const unit = engine.instance(`${instanceId}:discoverUnit:${number}`);
    if (unit === undefined) throw new Error(`no unit of ${activity}`);
    if ((JSON.parse(unit.input ?? 'null') as DiscoverUnitInput).unit.activity === activity) return unit.instanceId;
  }
}
