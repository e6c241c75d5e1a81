/**
 * The query string as it was sent, because a query parser hides repeated parameters. It begins at the first question
 * mark; later ones belong to it (RFC 3986 §3.4).
 */
export function queryOf({ url }: { readonly url: string }): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}
