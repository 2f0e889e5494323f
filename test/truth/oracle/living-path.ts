import { type Firm, type Item, isLeavers, ORGANISATIONS } from '../firm/firm.ts';

/** Something that lets the leaver, or whoever acts as the leaver, in, and that is alive now. */
export interface LivingPath {
  readonly item: Item;
  /** For whoever reads a failure. */
  readonly what: string;
  /**
   * Sources that have to be read before anybody can know of it, `<source>` or `<source>:<which>`; of several in a list
   * one is enough. Where one is not complete, the report owns up to not knowing.
   */
  readonly needs: readonly Need[];
  /** Texts that a finding about it carries: all of one of these lists. */
  readonly marks: readonly (readonly string[])[];
  /**
   * What of a finding tells it. `open`: there is something to do, or a time at which it ends. `residual`: a time alone,
   * because what was cut lives on for a while. `mention`: any finding, also one that says there is nothing to do.
   */
  readonly told: 'open' | 'residual' | 'mention';
}

export type Need = string | readonly string[];

/** The organisations whose single sign-on knows the leaver's account; all of them where none does. */
export function identityOf(firm: Firm): string[] {
  const known = firm.items.flatMap((item) =>
    item.kind === 'sign-on' && isLeavers(firm, item.account) ? [item.organisation] : [],
  );
  return (known.length > 0 ? known : ORGANISATIONS).map((organisation) => `identity/github:${organisation}`);
}
