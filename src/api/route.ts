import type * as z from 'zod';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { ProblemType } from '../errors.ts';
import type { StartExposure } from '../intake/runs/start-exposure.ts';
import type { StartPilot } from '../intake/runs/start-pilot.ts';
import type { StartPosture } from '../intake/runs/start-posture.ts';
import type { StartCase } from '../intake/starting/start-row.ts';
import type { Log } from '../log.ts';
import type { Sayer } from '../machines/kept.ts';
import type { Immutable } from '../shapes/immutable.ts';
import type { Caller, Right } from './access/caller.ts';
import type { Run } from './case-view.ts';

/** What a route works with; one set for each request. */
export interface Tools {
  readonly vendors: Vendors;
  readonly settings: Config;
  readonly log: Log;
  readonly now: () => Date;
  readonly start: StartCase;
  readonly startPilot: StartPilot;
  readonly startPosture: StartPosture;
  readonly startExposure: StartExposure;
  /** Starts a sweep under its id, unless there is one. */
  readonly startSweep: (sweepId: string, at: Date) => Promise<void>;
  /** How an instance stands; undefined where there is none, or where the engine does not say. */
  readonly readRun: (instanceId: string) => Promise<Run | undefined>;
}

/**
 * Who may ask. `read`: whoever has a role that reads. `decide`: whoever has the role and is not denied at the gateway: a
 * leaver decides nothing. `signed-in`: whoever has a good token. `workflows`: the one Logic App that passes on tasks.
 * `machine`: a job on a runner of the firm's own, or a managed identity with the role for it.
 * `anybody`: no token is asked for.
 */
export type Access =
  | { readonly kind: 'read'; readonly right: Right }
  | { readonly kind: 'decide'; readonly right: Exclude<Right, 'read'> }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'workflows' }
  | { readonly kind: 'machine'; readonly authorise: AuthoriseMachine }
  | { readonly kind: 'anybody' };

/** Who tells of a machine, where the token is good for that; otherwise the answer to give. */
export type AuthoriseMachine = (
  settings: Config,
  request: Pick<Request, 'headers'>,
) => Promise<{ readonly sayer: Sayer } | { readonly answer: Response }>;

/** Groups of the document. */
export const TAGS = [
  'Cases',
  'People',
  'Deny list',
  'Sweeps',
  'Posture',
  'Exposure',
  'Machines',
  'Rejections',
  'Operation',
  'Triggers',
] as const;

type Shape = z.ZodType | undefined;
type Read<T> = T extends z.ZodType ? z.output<T> : undefined;

/** An answer in JSON, by status. */
export type Answers = Partial<Record<200 | 201 | 202, z.ZodType>>;

/** One of the answers that a route declares; its ETag is that of what it shows, unless the route knows a better one. */
export type Said<A extends Answers> = {
  [S in keyof A & number]: A[S] extends z.ZodType
    ? {
        readonly status: S;
        readonly value: Immutable<z.input<A[S]>>;
        readonly headers?: Readonly<Record<string, string>>;
        readonly etag?: string;
      }
    : never;
}[keyof A & number];

export interface Asked<P extends Shape, Q extends Shape, H extends Shape, B extends Shape> {
  readonly caller: Caller;
  /** Of the access `machine`, which has no caller. */
  readonly sayer: Sayer;
  readonly params: Read<P>;
  readonly query: Read<Q>;
  readonly headers: Read<H>;
  readonly body: Read<B>;
  readonly request: Request;
}

export interface Route<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  H extends Shape = Shape,
  B extends Shape = Shape,
  A extends Answers = Answers,
> {
  /** Name of the operation and of its function. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As OpenAPI writes it: `/api/cases/{id}`. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly tag: (typeof TAGS)[number];
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  /** Request headers by their names in lower case. */
  readonly headers?: H;
  readonly body?: B;
  /** Characters of the body, where it may be longer than other requests. */
  readonly mostOfBody?: number;
  readonly answers: A;
  /** What is answered as it is, by media type. */
  readonly documents?: Readonly<Record<string, z.ZodType>>;
  /** Problems beyond those that the access and the shapes of the request bring. */
  readonly problems?: readonly ProblemType[];
  /** The answer: one of those declared, or a problem or document that is finished. */
  handle(asked: Asked<P, Q, H, B>, tools: Tools): Promise<Said<NoInfer<A>> | Response>;
}

/** One operation of the API. Router, function, checks, roles and the OpenAPI document follow from it. */
export function defineRoute<
  A extends Answers,
  P extends Shape = undefined,
  Q extends Shape = undefined,
  H extends Shape = undefined,
  B extends Shape = undefined,
>(route: Route<P, Q, H, B, A>): Route {
  return route as unknown as Route;
}
