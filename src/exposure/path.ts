import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { text } from '../shapes/primitives.ts';

/** What somebody may hold, in the order in which it is shown. */
export const PATH_KINDS = [
  'federated-credential',
  'application-secret',
  'fine-grained-token',
  'sso-credential',
  'token-in-repository',
  'deploy-key',
  'schedule',
  'service-connection',
  'delegated-grant',
] as const;
export type PathKind = (typeof PATH_KINDS)[number];

/** Those of which people are counted. A consent needs a sign-in and survives nobody, as everybody knows: it hides no number. */
export const SURVIVING_KINDS = PATH_KINDS.filter((kind) => kind !== 'delegated-grant');

/**
 * Who ends it when its owner leaves, as the plan of a case would: the app by itself, the app after a person agreed, a
 * change of code that a pipeline carries out, or a person by hand.
 */
export const REMEDY_CLASSES = ['automatic', 'approval', 'code-change', 'human'] as const;
export type RemedyClass = (typeof REMEDY_CLASSES)[number];

export const ExposurePathSchema = z.strictObject({
  /** The same in each run: made of what it is, and never of whose. */
  id: z.string().regex(/^X-[0-9a-f]{12}$/),
  kind: z.enum(PATH_KINDS),
  /** A phrase: `A fine-grained personal access token`. */
  title: text,
  /** The place as its owner knows it: `acme/payments, .github/workflows/nightly.yml`. */
  where: text,
  /** Whether it works on without a sign-in. */
  survives: z.boolean(),
  /** One sentence: why it does, or for how long it lives on. */
  why: text,
  remedy: z.strictObject({
    class: z.enum(REMEDY_CLASSES),
    todo: text,
    link: z.exactOptional(text),
    command: z.exactOptional(text),
  }),
});
/** One thing that lets somebody in. */
export type ExposurePath = Immutable<z.output<typeof ExposurePathSchema>>;
