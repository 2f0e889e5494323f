import own from './package.json' with { type: 'json' };

/** Of the CLI's package. */
export const VERSION: string = own.version;
