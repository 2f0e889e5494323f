import { startCaseStudyGitHub } from './case-study.ts';

/** The case study’s GitHub, and what a scan of it finds. */
export async function startScan() {
  const { app, state, organisation, mint, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 60 });

  const scan = await scanAll();
  const of = (kind: string) => scan.findings.filter((finding) => finding.kind === kind);

  return { app, state, organisation, mint, scanAll, scan, of };
}

export type ScanWorld = Awaited<ReturnType<typeof startScan>>;
