import * as z from 'zod';
import { GapSchema } from '../posture/reading.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { instant } from '../shapes/primitives.ts';
import { EXPOSURE_STATES, type ExposureState, type KeptExposure } from './kept.ts';
import { BANDS, type BandCell, BandCellSchema, KindCellSchema } from './published.ts';

/** The name under which the table `metrics` keeps the figures of each day. */
export const EXPOSURE_METRIC = 'exposure';

/** Two years, for which the figures of a day are kept. */
const KEPT_MS = 731 * 86_400_000;

/** The first day whose figures are kept at an instant. */
export function firstKeptDay(at: string): string {
  return new Date(Date.parse(at) - KEPT_MS).toISOString().slice(0, 10);
}

/** A day of the table: what was withheld that day is not in it. */
export interface FigureDay {
  readonly day: string;
  readonly state: string;
  readonly terms: Readonly<Record<string, number>>;
}

/** Figures of the whole firm, without anybody in them. */
export const CompanyExposureSchema = z.strictObject({
  readAt: instant,
  state: z.enum(EXPOSURE_STATES),
  notRead: z.array(GapSchema),
  /** People by how many paths of theirs would survive; there is no total, which would tell what is withheld. */
  bands: z.array(BandCellSchema),
  /** People with at least one path of the kind that would survive. */
  kinds: z.array(KindCellSchema),
  /** The oldest first. A day without a reading is not there. */
  trend: z.array(z.strictObject({ day: z.iso.date(), state: z.enum(EXPOSURE_STATES), bands: z.array(BandCellSchema) })),
});
type CompanyExposure = Immutable<z.output<typeof CompanyExposureSchema>>;

/** What is shown of everybody: the figures as they were withheld when they were read. */
export function companyFigures(
  { readAt, notRead, published }: KeptExposure & Pick<Required<KeptExposure>, 'published'>,
  days: readonly FigureDay[],
): CompanyExposure {
  return {
    ...{ readAt, notRead, ...published },
    state: stateOf(notRead),
    trend: days.map(({ day, state, terms }) => ({
      day,
      state: state === 'exact' ? ('exact' as const) : ('at-least' as const),
      bands: BANDS.map((band): BandCell => {
        const people = terms[band];
        return people === undefined ? { band, people: null, suppressed: true } : { band, people, suppressed: false };
      }),
    })),
  };
}

/** The row of a day: only what is shown, so that the table holds nothing that is withheld. */
export function figuresOfDay({
  readAt,
  notRead,
  published,
}: KeptExposure): FigureDay & { readonly state: ExposureState } {
  const shown = (published?.bands ?? []).flatMap(({ band, people }) => (people === null ? [] : [[band, people]]));
  return { day: readAt.slice(0, 10), state: stateOf(notRead), terms: Object.fromEntries(shown) };
}

const stateOf = (notRead: readonly unknown[]): ExposureState => (notRead.length === 0 ? 'exact' : 'at-least');
