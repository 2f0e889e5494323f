/** Where the console shows a case; undefined where no setting says where the console is. */
export function caseLink(consoleUrl: string | undefined, caseId: string): string | undefined {
  return consoleUrl === undefined ? undefined : `${consoleUrl}/#/cases/${caseId}`;
}

/** Where it shows one finding of the case. */
export function findingLink(link: string, findingId: string): string {
  return `${link}?finding=${findingId}`;
}

/** Where it shows a run of the checklist. */
export function postureLink(consoleUrl: string | undefined, runId: string): string | undefined {
  return consoleUrl === undefined ? undefined : `${consoleUrl}/#/posture/${runId}`;
}

/** Where it shows who is contained without a case. */
export function denialLink(consoleUrl: string | undefined, oid: string): string | undefined {
  return consoleUrl === undefined ? undefined : `${consoleUrl}/#/denied/${oid}`;
}
