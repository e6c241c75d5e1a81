/** What of a registration or a policy was accepted and will not work, or not as it says. */
export interface RegistrationWarning {
  /** Fixed, for programs. */
  readonly code: string;
  /** JSON Pointer (RFC 6901) to the member it is about. */
  readonly pointer: string;
  /** One sentence for people, which says what to change. */
  readonly detail: string;
}

/** The warning when it holds, else none. */
export function when(holds: boolean, code: string, pointer: string, detail: string): RegistrationWarning[] {
  return holds ? [{ code, pointer, detail }] : [];
}
