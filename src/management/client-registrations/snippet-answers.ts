import type { WrittenSnippet } from '../../developers/snippets/snippets.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { listedSnippetView, snippetView } from './client-registration.view.js';

/** Those that work with a client, without their code. */
export function snippetListOf(snippets: readonly WrittenSnippet[]): View {
  return { data: snippets.map(listedSnippetView) };
}

/** @throws Problem 404 for a library that there is no snippet for */
export function snippetOf(snippets: readonly WrittenSnippet[], library: string): View {
  const found = snippets.find((snippet) => snippet.library === library);
  if (!found) throw notFound();
  return snippetView(found);
}
