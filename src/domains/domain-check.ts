/** How somebody proves to hold a domain. */
export const PROOF_METHODS = ['dns', 'file'] as const;
export type ProofMethod = (typeof PROOF_METHODS)[number];

/** What was found in one place. */
export interface ProofFinding {
  readonly proven: boolean;
  /** Whether what is there was seen. A server that gives no answer says nothing about who holds the domain. */
  readonly conclusive?: boolean;
  /** What is there, as far as strangers may be shown it. */
  readonly found: readonly string[];
  /** One sentence. */
  readonly detail: string;
}

/** What one check found. The file is not asked for where the record proves it. */
export interface DomainCheck {
  readonly dns: ProofFinding;
  readonly file?: ProofFinding;
}

const LABEL = '_tenantry-challenge';
export const CHALLENGE_FILE = '/.well-known/tenantry-challenge.txt';

/** Where the proof is looked for, and what it has to be. */
export interface DomainChallenge {
  readonly recordName: string;
  readonly filePath: string;
  readonly value: string;
}

export function challengeOf({ domain, token }: { readonly domain: string; readonly token: string }): DomainChallenge {
  return { recordName: `${LABEL}.${domain}`, filePath: CHALLENGE_FILE, value: `tenantry-challenge=${token}` };
}

export function methodOf({ dns, file }: DomainCheck): ProofMethod | undefined {
  return dns.proven ? 'dns' : file?.proven ? 'file' : undefined;
}
