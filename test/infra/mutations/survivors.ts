/** A kind of mutants that no test notices, and why none needs to. The campaign fails for those that are not here. */
interface Survivors {
  readonly of: RegExp;
  readonly reason: string;
}

const SURVIVORS: readonly Survivors[] = [
  {
    of: / variable\.\w+ > default$/,
    reason:
      'The root passes every input (test/infra/inputs.test.ts): a default of its own in a module is for those who call the module alone.',
  },
  {
    of: / output\.\w+ > value$/,
    reason:
      'The root does not read it (FOR_OTHERS in test/infra/inputs.test.ts): it is for those who call the module alone.',
  },
];

/** Why nobody needs to notice a mutant of this name; `undefined` where a test is missing. */
export const reasonFor = (name: string): string | undefined => SURVIVORS.find((kind) => kind.of.test(name))?.reason;
