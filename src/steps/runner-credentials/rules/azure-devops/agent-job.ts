import * as z from 'zod';
import type { Impact } from '../../../../cases/remedies/remedy.ts';

/** What ran on an agent when it was read. */
export interface JobSeen {
  /** Run and pipeline, and for whom it runs where that is known. */
  readonly name: string;
  readonly link?: string;
  /**
   * `cancelled`: by the remedy. `perhaps`: nobody said whether the app may. `goes-on`: it may not, or it is the job of a
   * classic release, which is stopped elsewhere.
   */
  readonly fate: 'cancelled' | 'perhaps' | 'goes-on';
}

/** What the remedy does with what the agent runs, to follow a semicolon. */
export function whatBecomesOf(job: JobSeen | undefined): string {
  if (job === undefined) return 'a build that runs on it then is cancelled first, where the app may do that';
  const what = job.link === undefined ? job.name : `${job.name} (${job.link})`;
  switch (job.fate) {
    case 'cancelled':
      return `it runs ${what}, which is cancelled first, with all of its jobs`;
    case 'perhaps':
      return `it runs ${what}, which is cancelled first if Azure DevOps lets the app: it did not say whether it does`;
    case 'goes-on':
      return `it runs ${what}, which the app may not cancel: that goes on, and has no end by itself, so cancel it there first`;
    default:
      return job.fate satisfies never;
  }
}

/** What a finding's evidence says of it. */
export function jobEvidence(job: JobSeen | undefined) {
  if (job === undefined) return {};
  return { job: job.name, ...(job.link === undefined ? {} : { jobLink: job.link }), jobFate: job.fate };
}

const Evidence = z.object({ job: z.string(), jobLink: z.exactOptional(z.string()), jobFate: z.string() });

/** The run that ends with it, whoever's it is. What goes on does not stop. */
export function jobIn(evidence: Readonly<Record<string, unknown>>): Impact[] {
  const seen = Evidence.safeParse(evidence).data;
  if (seen === undefined || seen.jobFate === 'goes-on') return [];
  return [
    {
      what: `${seen.job}, which ran on it when it was read`,
      ...(seen.jobLink === undefined ? {} : { link: seen.jobLink }),
      // It may have ended by itself by then.
      perhaps: true,
    },
  ];
}
