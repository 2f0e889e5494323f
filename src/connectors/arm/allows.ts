/** What one role assignment gives, as Azure lists it. */
export interface HeldActions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/**
 * Whether one of the roles gives the action. What a role leaves out, another may still give.
 * Source: learn.microsoft.com/azure/role-based-access-control/role-definitions#notactions
 */
export function allows(held: readonly HeldActions[], action: string): boolean {
  return held.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matches(pattern, action)) && !notActions.some((pattern) => matches(pattern, action)),
  );
}

/** `*` stands for any text; letters have no case. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
