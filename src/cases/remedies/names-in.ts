import type { CaseRow } from '../case.ts';

/** The leaver of a case by name, as far as the case knows it. */
export function namesIn(
  row: Pick<CaseRow, 'displayName' | 'userPrincipalName'> | undefined,
): Pick<CaseRow, 'displayName' | 'userPrincipalName'> {
  const { displayName, userPrincipalName } = row ?? {};
  return {
    ...(displayName !== undefined && { displayName }),
    ...(userPrincipalName !== undefined && { userPrincipalName }),
  };
}
