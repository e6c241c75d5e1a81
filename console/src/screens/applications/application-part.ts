import type { Answer } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';

/** What a part of the page of an application is given. */
export interface ApplicationPart {
  readonly client: Schema<'Client'>;
  /** The version of it. */
  readonly etag: string | undefined;
  /** Reads it again. */
  readonly latest: () => Promise<Answer<object>>;
}
