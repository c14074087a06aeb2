/** English text of the glossary. Keys start with `glossary.`. Loaded with its room. */
export const glossaryMessages = {
  'glossary.title': 'Glossary',
} as const;
