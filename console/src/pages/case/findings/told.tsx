import type { Entry } from '../timeline.tsx';

interface Message {
  readonly moment: string;
  readonly revision: number;
  readonly channel: string;
  readonly state: 'waiting' | 'told' | 'void';
  readonly at: string;
  readonly toldAt?: string;
  readonly failure?: string;
}

const CHANNELS: Readonly<Record<string, string>> = {
  issue: 'an issue in GitHub',
  teams: 'Teams',
  webhook: 'the webhook',
  log: 'the log of cases',
};
const MOMENTS: Readonly<Record<string, string>> = {
  incident: 'of an incident',
  'containment-failed': 'that the gateway could not be told to refuse the leaver',
  failed: 'that the case broke',
  'decision-awaited': 'that a decision is awaited',
  reopened: 'that it was reopened',
  ended: 'that it ended',
  'on-hold': 'that it is on hold',
  refused: 'that it was refused',
  started: 'that it started',
};

/** Who was told what of a case. What was never to be told is no event; what could not be told so far is one. */
export function toldEntries(messages: readonly Message[]): Entry[] {
  const told = Map.groupBy(
    messages.filter(({ state }) => state === 'told'),
    ({ moment, revision }) => `${moment} ${revision}`,
  );
  const entries = [...told].map(([key, all]): Entry => {
    const at = all.map(({ toldAt, at }) => toldAt ?? at).toSorted()[0] ?? '';
    const channels = all.map(({ channel }) => CHANNELS[channel] ?? channel).join(', ');
    return { at, key: `told ${key}`, what: `Told ${MOMENTS[all[0]?.moment ?? ''] ?? all[0]?.moment}, by ${channels}.` };
  });
  const failing = messages.filter(({ state, failure }) => state === 'waiting' && failure !== undefined);
  return [
    ...entries,
    ...failing.map(
      ({ moment, revision, channel, at, failure }): Entry => ({
        at,
        key: `waits ${moment} ${revision} ${channel}`,
        tone: 'bad',
        what: `Not told so far ${MOMENTS[moment] ?? moment}, by ${CHANNELS[channel] ?? channel}, and tried again: ${failure}`,
      }),
    ),
  ];
}
