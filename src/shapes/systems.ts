/** Where what gives access lives, as plans and reports call it. A new vendor is its line here. */
export const SYSTEMS = ['entra', 'azure', 'gateway', 'github', 'azure-devops', 'log-analytics', 'app'] as const;
