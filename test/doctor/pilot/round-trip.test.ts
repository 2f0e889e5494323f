import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { BEHAVIOUR, behave, FOLLOWS } from '../../../local/tenant/behave/behave-as.ts';
import { sceneOf } from '../../../local/tenant/behave/scene.ts';
import { azurePlace, devopsPlace, directoryPlace, githubPlace, type Places } from '../../../src/doctor/pilot/places.ts';
import { askProbes, type ProbeDefinition } from '../../../src/doctor/pilot/probe.ts';
import { PROBES } from '../../../src/doctor/pilot/probes.ts';
import { pilotWorld } from './world.ts';

const world = await pilotWorld();
after(world.close);
const { config, vendors, study } = world;
const scene = sceneOf(study, study.tenant.faults);

async function place(vendor: keyof Places): Promise<Places[keyof Places]> {
  const now = new Date();
  switch (vendor) {
    case 'entra':
      return directoryPlace(vendors, config, now);
    case 'azure':
      return azurePlace(vendors, config, now);
    case 'azure-devops':
      return devopsPlace(vendors, config, config.DEVOPS_ORGANISATIONS[0] ?? '', now);
    case 'github': {
      const opened = await githubPlace(vendors, config, config.GITHUB_ORGANISATIONS[0] ?? '', now);
      assert.ok(opened.ok);
      return opened.value;
    }
    default:
      return vendor satisfies never;
  }
}

const probes: readonly ProbeDefinition[] = Object.values(PROBES).flat() as never;

test('every probe can be set in the tenant, or follows from others', () => {
  const known = [...Object.keys(BEHAVIOUR), ...Object.keys(FOLLOWS)].sort();
  assert.deepEqual(known, probes.map(({ id }) => id).sort());
});

for (const probe of probes) {
  const settings = BEHAVIOUR[probe.id];
  if (settings === undefined) continue;
  describe(probe.id, () => {
    test('each of its answers can be set, or the tenant cannot give it', () => {
      const answers = Object.keys(probe.answers);
      for (const answer of Object.keys(settings)) assert.ok(answers.includes(answer), answer);
    });
    for (const answer of Object.keys(settings)) {
      test(`a tenant that is set to ${answer} answers ${answer}`, async () => {
        assert.ok(behave(scene, probe.id, answer));
        const [told] = await askProbes([probe], await place(probe.vendor), 'entra', 60_000);
        study.tenant.faults.clear();
        assert.deepEqual([told?.answer, told?.couldNotAsk], [answer, undefined]);
      });
    }
  });
}
