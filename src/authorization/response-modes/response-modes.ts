import { formPostMode } from './form-post.mode.js';
import { fragmentMode } from './fragment.mode.js';
import { queryMode } from './query.mode.js';
import type { ResponseMode } from './response-mode.js';

/** THE LIST of response modes: a new one is a file beside these and a line here. */
export const responseModes: readonly ResponseMode[] = [queryMode, fragmentMode, formPostMode];
