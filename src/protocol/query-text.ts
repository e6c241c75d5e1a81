/**
 * The query as it was sent: a query parser would have hidden repeated parameters. It begins at the first question mark;
 * another one belongs to it (RFC 3986 §3.4).
 */
export function queryOf({ url }: { readonly url: string }): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}
