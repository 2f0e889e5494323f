/** How a word is shown: a text, and a tone that a colour or an icon may underline. */
export interface Label {
  readonly text: string;
  readonly tone: Tone;
}

export type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'quiet';
