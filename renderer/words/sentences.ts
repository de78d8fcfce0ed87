/** Takes a message of three sentences apart: what happened, what it means for the money, what to do next. */

/** The sentences of a text, in either language. A full stop inside a number ends nothing. */
export function sentences(text: string): readonly string[] {
  return text.split(/(?<=[。？！])|(?<=[.?!])\s+/).map((part) => part.trim()).filter((part) => part !== '');
}

/** A sentence as a headline: without its full stop. */
export function headline(sentence: string): string {
  return sentence.replace(/[。.]$/, '');
}
