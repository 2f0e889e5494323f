import { deleteRunner, getRunner, type RunnerPlace } from '../../src/connectors/github/runners.ts';
import { actOn, readTarget } from './github-target.ts';
import type { CallOf, RemedyHandler } from './handler.ts';

/** Takes a self-hosted runner's registration away: it gets no more jobs. The machine keeps what it has cached. */
export const removeRunner: RemedyHandler<'remove-runner'> = {
  kind: 'remove-runner',
  read: (config, call) =>
    readTarget(
      config,
      call.organisation,
      (client) => getRunner(client, placeOf(call), call.runnerId),
      ({ name, os, status, labels }) => ({ name, os, status, labels: labels.map((label) => label.name) }),
    ),
  act: (config, call) =>
    actOn(config, call.organisation, (client) => deleteRunner(client, placeOf(call), call.runnerId)),
};

function placeOf({ organisation, repository }: CallOf<'remove-runner'>): RunnerPlace {
  return repository === undefined ? { organisation } : { organisation, repository };
}
