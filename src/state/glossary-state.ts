/** The glossary panel and the term it was opened at. */
import type { GlossaryTerm } from '../domain/glossary.ts';

export interface GlossarySlice {
  /** The term to be brought into view; null: from the top. */
  readonly glossaryTerm: GlossaryTerm | null;
  openGlossary(term: GlossaryTerm | null): void;
}
