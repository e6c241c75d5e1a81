/** Values as the source of a program has them. What is registered cannot leave its quotes. */

/** Of JavaScript, in single quotes. */
export function inJavaScript(value: string): string {
  return `'${value.replace(/[\\'\u0000-\u001f\u007f\u2028\u2029]/g, escaped)}'`;
}

/** Of Python, Kotlin and YAML, in double quotes. */
export function inDoubleQuotes(value: string): string {
  return `"${value.replace(/[\\"\u0000-\u001f\u007f\u2028\u2029]/g, escaped)}"`;
}

/** Kotlin would take `$name` for a value. */
export function inKotlin(value: string): string {
  return inDoubleQuotes(value).replaceAll('$', '\\$');
}

/** Of a shell: nothing means anything in single quotes. */
export function inShell(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

function escaped(character: string): string {
  if (/[\\'"]/.test(character)) return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
