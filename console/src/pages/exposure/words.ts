import type { Schemas } from '../../api.ts';

export type Own = Schemas['OwnExposure'];
export type Path = Own['paths'][number];
export type Company = Schemas['Exposure'];
type Band = Company['bands'][number]['band'];
type Kind = Path['kind'];

export const KINDS: Readonly<Record<Kind, string>> = {
  'federated-credential': 'Federated credentials',
  'application-secret': 'Secrets of applications',
  'fine-grained-token': 'Fine-grained tokens',
  'sso-credential': 'Tokens and keys authorised for single sign-on',
  'token-in-repository': 'Tokens in variables or files of repositories',
  'deploy-key': 'Deploy keys',
  schedule: 'Schedules that run as a person',
  'service-connection': 'Service connections',
  'delegated-grant': 'Delegated grants',
};

export const BANDS: Readonly<Record<Band, string>> = {
  '0': 'nothing',
  '1-2': '1 or 2 things',
  '3-5': '3 to 5 things',
  more: 'more than 5 things',
};

/** Who ends it when its owner leaves. */
export const REMEDIES: Readonly<
  Record<Path['remedy']['class'], readonly [tone: 'good' | 'wait' | 'warn' | 'bad', words: string, means: string]>
> = {
  automatic: ['good', 'The app ends it', 'A case would do this by itself.'],
  approval: ['wait', 'After an approval', 'A case would do this once somebody has agreed, because something may stop.'],
  'code-change': ['warn', 'A change of code', 'A case would propose it; a pipeline carries it out.'],
  human: ['bad', 'By hand', 'No case could do this: a person has to.'],
};

/** A number of people. What is withheld is not 0, and not always fewer than 5: a larger one may tell a small one. */
export function peopleOf({ people }: { readonly people: number | null }): string {
  if (people === null) return 'withheld';
  return people === 1 ? '1 person' : `${people} people`;
}

/** What would still work, in a sentence. */
export function ownHeadline({ surviving, state }: Pick<Own, 'surviving' | 'state'>): string {
  if (surviving === 0)
    return state === 'exact' ? 'Nothing of yours would work on' : 'Nothing of yours was found in what could be read';
  const things = surviving === 1 ? 'One thing of yours' : `${surviving} things of yours`;
  return state === 'exact' ? `${things} would work on` : `At least ${things.toLowerCase()} would work on`;
}
