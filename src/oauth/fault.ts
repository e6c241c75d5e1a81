/** What fills a text in. */
export type FaultValue = string | number;

/**
 * What is wrong with a value. The API says its English text. A page that is shown in another language has a text of its
 * own for the code.
 */
export interface Fault<Code extends string = string> {
  readonly code: Code;
  readonly values: Readonly<Record<string, FaultValue>>;
  /** In English. */
  readonly text: string;
}

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;
type Given<Text extends string> = Readonly<Record<Placeholder<Text>, FaultValue>>;
/** Values beyond those of the English text are for the texts of other languages. */
type Values<Text extends string> = [Placeholder<Text>] extends [never]
  ? [values?: Readonly<Record<string, FaultValue>>]
  : [values: Given<Text> & Readonly<Record<string, FaultValue>>];

/** @param texts English, by code; `{name}` is the place of a value */
export function faultsOf<const Texts extends Readonly<Record<string, string>>>(texts: Texts) {
  return <Code extends keyof Texts & string>(code: Code, ...[values = {}]: Values<Texts[Code]>): Fault<Code> => ({
    code,
    values,
    text: (texts[code] as string).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
  });
}
