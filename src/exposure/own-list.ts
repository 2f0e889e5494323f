import * as z from 'zod';
import type { Gap } from '../posture/reading.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { count, instant, text } from '../shapes/primitives.ts';
import { EXPOSURE_STATES, type KeptExposure } from './kept.ts';
import { type ExposurePath, ExposurePathSchema, type RemedyClass } from './path.ts';

const NotReadSchema = z.strictObject({
  /** Which list, and of which place: `github/deploy-keys:acme`. */
  source: text,
  /** One sentence. */
  detail: text,
});

/** What one person is told of themselves. */
export const OwnExposureSchema = z.strictObject({
  readAt: instant,
  state: z.enum(EXPOSURE_STATES),
  notRead: z.array(NotReadSchema),
  surviving: count,
  paths: z.array(ExposurePathSchema),
});
type OwnExposure = Immutable<z.output<typeof OwnExposureSchema>>;

/** What is hardest to mend comes first. */
const ORDER: Readonly<Record<RemedyClass, number>> = { human: 0, 'code-change': 1, approval: 2, automatic: 3 };

/** The list of one person, by their object id alone; nobody else’s id is in it. */
export function ownList(kept: KeptExposure & Pick<Required<KeptExposure>, 'people'>, oid: string): OwnExposure {
  const key = oid.toLowerCase();
  const own = kept.people[key];
  const paths = [...(own ?? [])].sort(byWeight);
  const notRead = [
    ...kept.notRead.map(shortened),
    ...(kept.linked.includes(key) ? [] : [NOT_LINKED]),
    ...(own === undefined ? [NOT_SEEN] : []),
  ];
  return {
    readAt: kept.readAt,
    state: notRead.length === 0 ? 'exact' : 'at-least',
    notRead,
    surviving: paths.filter(({ survives }) => survives).length,
    paths,
  };
}

function byWeight(one: ExposurePath, other: ExposurePath): number {
  return (
    Number(other.survives) - Number(one.survives) ||
    ORDER[one.remedy.class] - ORDER[other.remedy.class] ||
    (one.where < other.where ? -1 : 1)
  );
}

/** What vendors said stays with those who operate the app: it may name things that are not this person’s. */
function shortened({ source, reason }: Gap): OwnExposure['notRead'][number] {
  const whole = reason === 'partial' ? 'was read in part' : 'was not read';
  return { source, detail: `The list ${source} ${whole}: what is yours there may be missing here.` };
}

/** Somebody who was hired since, or whose account was disabled then. */
const NOT_SEEN = {
  source: 'entra/users',
  detail: 'You were not among the people who were read: what you hold is missing here until it is read again.',
};

const NOT_LINKED = {
  source: 'github/accounts',
  detail: 'No account on GitHub is proved to be yours: if you have one, what it holds is missing here.',
};
