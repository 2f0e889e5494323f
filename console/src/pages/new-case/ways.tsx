import { type Filled, startsNow, today, type Way } from './asked-for.ts';

const WORDS: Readonly<Record<Way, readonly [title: string, about: string]>> = {
  plan: [
    'Plan first',
    'Reads everything they can reach, and shows what would be cut and what that would stop. Changes nothing.',
  ],
  apply: [
    'Carry out now',
    'The gateway refuses them at once; what is safe to cut is cut, and what could stop production waits for a decision.',
  ],
  schedule: [
    'Carry out on the last day',
    'Waits for the end of the last day, or for a time on it; until then it can be moved or cancelled.',
  ],
  contain: [
    'Contain only',
    'For a stolen laptop or a leaked token: the gateway refuses them now, for some days, without a case. Ends by itself.',
  ],
};

/** What is to happen; the plan is what is chosen unless somebody says otherwise. */
export function Ways({ way, change }: { readonly way: Way; readonly change: (way: Way) => void }) {
  return (
    <fieldset className="ways">
      <legend>What is to happen?</legend>
      {Object.entries(WORDS).map(([each, [title, about]]) => (
        <label key={each} className="way">
          <input type="radio" name="way" value={each} checked={way === each} onChange={() => change(each as Way)} />
          <span>
            <strong>{title}</strong>
            <small>{about}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What the button does, in its words. */
export function verbOf(filled: Filled): string {
  const { way, people } = filled;
  const many = people.length > 1 ? ` (${people.length} people)` : '';
  const verbs = { plan: 'Make the plan', apply: 'Cut off now', schedule: 'Schedule it', contain: 'Contain now' };
  return `${startsNow(filled, today()) ? verbs.apply : verbs[way]}${many}`;
}
