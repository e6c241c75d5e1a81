/** An access token, and when another one is asked for. */
export interface HeldToken {
  readonly text: string;
  /** Unix milliseconds. */
  readonly renewAt: number;
}

/** A token is renewed so long before it expires. */
export const MARGIN_MS = 30_000;

/** Of the answer of a token endpoint. @param asked when it was asked for, Unix milliseconds */
export function heldTokenOf(answer: Readonly<Record<string, unknown>>, asked: number): HeldToken {
  const lastsMs = Number(answer['expires_in'] ?? 0) * 1000;
  return { text: String(answer['access_token']), renewAt: asked + lastsMs - MARGIN_MS };
}

/** Keeps a token as long as it lasts, for commands that take longer. What fails is asked for again the next time. */
export function renewed(ask: () => Promise<HeldToken>): () => Promise<string> {
  let held: HeldToken | undefined;
  return async () => {
    if (!held || held.renewAt <= Date.now()) held = await ask();
    return held.text;
  };
}
