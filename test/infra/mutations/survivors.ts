/** Mutants that no test notices, and why none needs to. The campaign fails for those that are not here. */
export const SURVIVORS: Readonly<Record<string, string>> = {};
