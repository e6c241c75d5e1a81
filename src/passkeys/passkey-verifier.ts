import { Injectable } from '@nestjs/common';
import type { AssertionAnswer, RegistrationAnswer } from './passkey-answer.js';
import type { Passkey } from './passkey.js';
import { PasskeyRefusedError } from './passkey-refused.error.js';
import type { RelyingParty } from './relying-party.js';

type Library = typeof import('@simplewebauthn/server');

/** COSE algorithms of passkeys: Ed25519, ES256, RS256 (WebAuthn Level 3 §5.4 recommends these). */
export const PASSKEY_ALGORITHMS = [-8, -7, -257];

/** What an answer is held against. */
export interface Expected {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly userVerified: boolean;
}

/** What a new passkey says of itself. */
export type NewCredential = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'counter' | 'backupEligible' | 'backedUp' | 'aaguid' | 'transports'
>;

/** What a passkey that was used says of itself. */
export interface UsedCredential {
  readonly counter: number;
  readonly backedUp: boolean;
  /** The device was unlocked for it. */
  readonly userVerified: boolean;
}

/**
 * Verifies what authenticators signed, WebAuthn Level 3 §7.1 and §7.2. The library is loaded with the first passkey: it
 * takes more memory than the rest of an idle process may grow.
 */
@Injectable()
export class PasskeyVerifier {
  private library: Promise<Library> | undefined;

  /** @throws PasskeyRefusedError */
  async verifyRegistration(
    answer: RegistrationAnswer,
    { party, challenge, userVerified }: Expected,
  ): Promise<NewCredential> {
    const { verifyRegistrationResponse } = await this.load();
    const { id, transports, ...response } = answer;
    refuseForeignPages(answer);
    const verification = await verified(() =>
      verifyRegistrationResponse({
        response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
        expectedChallenge: challenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: userVerified,
        supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
      }),
    );
    if (!verification.verified) throw new PasskeyRefusedError('refused', 'attestation');
    const { credential, credentialDeviceType, credentialBackedUp, aaguid } = verification.registrationInfo;
    if (credential.id !== id) throw new PasskeyRefusedError('refused', 'other_credential');
    return {
      credentialId: id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      backupEligible: credentialDeviceType === 'multiDevice',
      backedUp: credentialBackedUp,
      aaguid,
      transports,
    };
  }

  /** The counter is compared by whoever stores it. @throws PasskeyRefusedError */
  async verifyAssertion(
    answer: AssertionAnswer,
    passkey: Passkey,
    { party, challenge, userVerified }: Expected,
  ): Promise<UsedCredential> {
    const { verifyAuthenticationResponse } = await this.load();
    const { id, userHandle, ...response } = answer;
    refuseForeignPages(answer);
    const verification = await verified(() =>
      verifyAuthenticationResponse({
        response: {
          id,
          rawId: id,
          type: 'public-key',
          clientExtensionResults: {},
          response: { ...response, ...(userHandle !== undefined && { userHandle }) },
        },
        expectedChallenge: challenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: userVerified,
        credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: 0 },
      }),
    );
    if (!verification.verified) throw new PasskeyRefusedError('refused', 'signature');
    const {
      newCounter,
      credentialDeviceType,
      credentialBackedUp,
      userVerified: wasVerified,
    } = verification.authenticationInfo;
    // §7.2 step 19: whether a credential may be backed up is fixed when it is made.
    if ((credentialDeviceType === 'multiDevice') !== passkey.backupEligible) {
      throw new PasskeyRefusedError('refused', 'backup_eligibility');
    }
    return { counter: newCounter, backedUp: credentialBackedUp, userVerified: wasVerified };
  }

  private load(): Promise<Library> {
    this.library ??= import('@simplewebauthn/server');
    return this.library;
  }
}

/** §7.1 step 10 and §7.2 step 13: our pages are never in a frame of another site, so such an answer is not ours. */
function refuseForeignPages({ clientDataJSON }: { readonly clientDataJSON: string }): void {
  const { crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as {
    readonly crossOrigin?: unknown;
  };
  if (crossOrigin !== undefined && crossOrigin !== false) throw new PasskeyRefusedError('refused', 'cross_origin');
}

/** The library throws for whatever is wrong, and for whatever it cannot read. */
async function verified<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new PasskeyRefusedError('refused', (error as Error).message.slice(0, 200));
  }
}
