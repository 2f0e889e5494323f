import { useQuery } from '@tanstack/react-query';
import { type Case, type Schemas, take } from '../../api.ts';
import { useSession } from '../../session.ts';

export type Finding = Schemas['Finding'];

/** A remedy of a finding, as far as the page shows it; its call differs by its kind. */
export interface Remedy {
  readonly what: string;
  readonly undo: string;
  readonly risk?: string;
  readonly impact?: readonly Impact[];
}
interface Impact {
  readonly what: string;
  readonly link?: string;
  readonly perhaps?: boolean;
}

/** What somebody needs to act: where to go and what to copy. */
export interface HowTo {
  readonly link?: string;
  readonly command?: string;
}

export interface SummaryLine extends HowTo {
  readonly text: string;
  readonly step: string;
  readonly severity: Finding['severity'];
  readonly findings: readonly string[];
  /** The machine, repository, identity or account that it is about. */
  readonly about?: string;
  /** Who knows more. */
  readonly ask?: string;
  readonly parts?: readonly (HowTo & { readonly text: string; readonly findings: readonly string[] })[];
}

export interface ActivityDay {
  readonly date: string;
  readonly calls: number;
  readonly callsAfterDeparture: number;
  readonly relatedCalls: number;
  readonly evidence: string;
}

/** What the activity audit hands to the report. */
export interface Activity {
  readonly verdict?: string;
  readonly reasons?: readonly string[];
  readonly basis?: string;
  readonly timeZone?: string;
  readonly lastDay?: string;
  readonly days?: readonly ActivityDay[];
  readonly rows?: readonly {
    readonly local: string;
    readonly server: string;
    readonly tool: string;
    readonly resource: string;
    readonly status: number;
    readonly afterDeparture: boolean;
  }[];
}

export interface StepReport {
  readonly step: string;
  readonly outcome: string;
  readonly run: string;
  readonly findings: readonly Finding[];
  readonly coverage: readonly {
    readonly source: string;
    readonly state: string;
    readonly detail?: string;
    readonly missingPermission?: string;
  }[];
  readonly failures: readonly { readonly code: string; readonly message: string }[];
  readonly facts?: Activity;
}

interface Account {
  readonly login?: string;
  readonly organisation?: string;
  readonly confidence: string;
}

export interface Comparison {
  readonly new: readonly string[];
  readonly gone: readonly { readonly id: string; readonly title: string; readonly status: string }[];
  readonly changed: readonly { readonly id: string; readonly before: string }[];
}

/** Of `report.json` what the page shows. Its words are the report's; the page makes no rules of its own. */
export interface Report {
  readonly generatedAt: string;
  readonly outcome: string;
  readonly incident: boolean;
  readonly case: {
    readonly startedAt?: string;
    readonly revision?: number;
    readonly decisions?: readonly {
      readonly n: number;
      readonly reason: string;
      readonly approved: readonly string[];
      readonly rejected: readonly string[];
    }[];
    readonly restores?: readonly {
      readonly n: number;
      readonly undone: readonly {
        readonly findingId: string;
        readonly what: string;
        readonly result: string;
        readonly why?: string;
        readonly undo: string;
      }[];
    }[];
  };
  readonly leaver: {
    readonly state: string;
    readonly lastDay?: string;
    readonly leaveAt?: string;
    readonly deletedAt?: string;
    readonly manager?: { readonly displayName: string; readonly mail?: string };
    readonly github?: readonly Account[];
    readonly devops?: readonly Account[];
  };
  readonly summary: {
    readonly headline: string;
    readonly cut: readonly SummaryLine[];
    readonly notCut: readonly SummaryLine[];
    readonly next: readonly SummaryLine[];
  };
  readonly steps: readonly StepReport[];
  readonly residual: readonly {
    readonly findingId: string;
    readonly title: string;
    readonly until: string;
    readonly why: string;
  }[];
  readonly comparison?: Comparison;
  readonly plan?: { readonly hash: string; readonly remedies: number };
}

/** The newest report of a case. It is sealed, so that it is asked for again only where the case names another one. */
export function useReport({ caseId, report }: Pick<Case, 'caseId' | 'report'>) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['report', caseId, report],
    queryFn: async () =>
      (await take(api.GET('/api/cases/{id}/report.json', { params: { path: { id: caseId } } }))) as unknown as Report,
    enabled: report !== undefined,
    staleTime: 'static',
    // The report before stays in sight while the next one is on its way.
    placeholderData: (before) => before,
  });
}

export function findingsOf(report: Pick<Report, 'steps'>): readonly Finding[] {
  return report.steps.flatMap(({ findings }) => findings);
}

/** A remedy where the finding has one that says what it does. */
export function remedyOf({ remedy }: Finding): Remedy | undefined {
  return typeof remedy?.what === 'string' && typeof remedy.undo === 'string'
    ? (remedy as unknown as Remedy)
    : undefined;
}

/** What somebody can approve or reject: a rejection stands until somebody decides anew. */
export function isDecidable({ status, remedy }: Finding): boolean {
  return (status === 'awaiting-decision' || status === 'rejected') && remedy !== undefined;
}

/** In the order of the report; a test holds it to the steps of the app. */
const TITLES: Readonly<Record<string, string>> = {
  containment: 'Containment',
  consent: 'Consent',
  'federated-credentials': 'Federated credentials',
  'runner-credentials': 'Runner credentials',
  'activity-audit': 'Activity audit',
  verification: 'Verification',
};
export const STEPS = Object.keys(TITLES);

export function stepTitle(step: string): string {
  return TITLES[step] ?? step;
}

/** Number of the newest report: the row counts those before it. */
export function revisionOf({ state, revisions = [] }: Pick<Case, 'state' | 'revisions'>): number {
  return state === 'filed' ? revisions.length + 1 : revisions.length;
}
