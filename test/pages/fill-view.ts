/** Fields whose type is a fixed list of words. */
const WORDS = new Set([
  'page',
  'locale',
  'notice',
  'trust',
  'reason',
  'defaultLocale',
  'languageTag',
  'lang',
  'dir',
  'type',
  'fault',
  'outcome',
  'kind',
  'scheme',
  'standing',
  'refusal',
  'code',
  'purposes',
]);
const ADDRESS = /^(action|href|[a-z]+Href|[a-zA-Z]*Path|[a-zA-Z]*Uri)$/;

/** Puts the payload into every string of a view, names of hidden fields included. */
export function fill<T>(value: T, payload: string, key = ''): T {
  if (typeof value === 'string') {
    if (WORDS.has(key)) return value;
    return (ADDRESS.test(key) ? `https://x.example/${payload.replace(/\s/g, '')}` : payload) as T;
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, payload, key)) as T;
  const isRecord = key === 'hidden' || key === 'fields';
  return Object.fromEntries(
    Object.entries(value).map(([name, item], index) => [
      isRecord ? `${payload}${index}` : name,
      fill(item as unknown, payload, name),
    ]),
  ) as T;
}
