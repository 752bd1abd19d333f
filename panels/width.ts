import { tokens } from '../lib/tokens';

/** A panel whose width can be chosen. */
interface Sized {
  span(columns: number): this;
}

/** Half a line wide, beside another. */
export const half = <P extends Sized>(panel: P): P => panel.span(tokens.width.half);
/** A whole line wide. */
export const full = <P extends Sized>(panel: P): P => panel.span(tokens.width.full);
/** A third of a line wide, beside two others. */
export const third = <P extends Sized>(panel: P): P => panel.span(tokens.width.third);
