import fc from 'fast-check';

const { FC_SEED } = process.env;

/**
 * Properties run with one seed, so that the same sources pass or fail the same everywhere; `npm run test:seeds` tries others.
 * `FC_SEED`: another one.
 */
export const SEED = Number(FC_SEED ?? 1);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });

export { fc };
