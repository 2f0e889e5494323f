/** Something that points to the leaver, or away. Never proof, however many there are. */
export interface OwnerSign {
  readonly strength: 'strong' | 'weak' | 'against';
  readonly why: string;
  /** It means that the leaver could read what stands there. */
  readonly access: boolean;
}
