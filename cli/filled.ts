/** Sentences of the command line's own, with their values put in. */

/** `{name}` gives way to its value; one without a value stays as it stands. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
