import { type KeyObject, createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Flags of authenticator data, WebAuthn Level 3 §6.1. */
export const FLAGS = { up: 1, uv: 4, be: 8, bs: 16, at: 64 } as const;

/** What may be wrong with an answer. */
export interface Deviations {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string | null;
  readonly credentialId?: Buffer;
  readonly alg?: number;
  /** More members of the client data. */
  readonly clientData?: Readonly<Record<string, unknown>>;
  /** Changes the finished bytes. */
  readonly spoilAuthData?: (bytes: Buffer) => Buffer;
  readonly spoilAttestation?: (bytes: Buffer) => Buffer;
  readonly spoilSignature?: (bytes: Buffer) => Buffer;
}

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

/**
 * An authenticator and the browser in front of it, in software: makes one passkey (ES256) and signs with it. What a test
 * wants to be wrong, it says.
 */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(32);
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private userHandle: string | undefined;
  counter = 0;

  constructor(
    private readonly origin: string,
    /** Of a key that stays in its device and was unlocked. */
    readonly flags: number = FLAGS.up | FLAGS.uv,
    private readonly aaguid = Buffer.alloc(16),
  ) {}

  get id(): string {
    return this.credentialId.toString('base64url');
  }

  /** JSON of the credential that `navigator.credentials.create()` would give for these options. */
  create(options: Options, wrong: Deviations = {}): string {
    this.userHandle = options.user?.id;
    const id = wrong.credentialId ?? this.credentialId;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const flags = (wrong.flags ?? this.flags) | FLAGS.at;
    const rest = Buffer.concat([this.aaguid, length, id, coseKey(this.keys.publicKey, wrong.alg ?? -7)]);
    const authData = this.authData(wrong.rpId ?? options.rp?.id ?? '', flags, wrong.counter ?? this.counter, rest);
    const spoilt = wrong.spoilAuthData?.(authData) ?? authData;
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(spoilt)],
    ]);
    const attestationObject = wrong.spoilAttestation?.(attestation) ?? attestation;
    return credentialJson(id, {
      clientDataJSON: this.clientData('webauthn.create', options.challenge, wrong),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** JSON of what `navigator.credentials.get()` would give for these options. */
  get(options: Options, wrong: Deviations = {}): string {
    if (wrong.counter === undefined && this.counter > 0) this.counter += 1;
    const counter = wrong.counter ?? this.counter;
    const data = this.authData(wrong.rpId ?? options.rpId ?? '', wrong.flags ?? this.flags, counter);
    const authData = wrong.spoilAuthData?.(data) ?? data;
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, wrong);
    const clientHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signed = sign('sha256', Buffer.concat([authData, clientHash]), this.keys.privateKey);
    const userHandle = wrong.userHandle === undefined ? this.userHandle : wrong.userHandle;
    return credentialJson(wrong.credentialId ?? this.credentialId, {
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature: (wrong.spoilSignature?.(signed) ?? signed).toString('base64url'),
      userHandle,
    });
  }

  private authData(rpId: string, flags: number, counter: number, rest = Buffer.alloc(0)): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, rest]);
  }

  private clientData(type: string, challenge: string, wrong: Deviations): string {
    const data = {
      type: wrong.type ?? type,
      challenge: wrong.challenge ?? challenge,
      origin: wrong.origin ?? this.origin,
      crossOrigin: false,
      ...wrong.clientData,
    };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }
}

function credentialJson(id: Buffer, response: object): string {
  const text = id.toString('base64url');
  return JSON.stringify({ id: text, rawId: text, type: 'public-key', authenticatorAttachment: 'platform', response });
}

/** COSE_Key of an EC2 key, RFC 9053 §7.1.1. */
function coseKey(key: KeyObject, alg: number): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cborMap([
    [cborInteger(1), cborInteger(2)],
    [cborInteger(3), cborInteger(alg)],
    [cborInteger(-1), cborInteger(1)],
    [cborInteger(-2), cborBytes(Buffer.from(x, 'base64url'))],
    [cborInteger(-3), cborBytes(Buffer.from(y, 'base64url'))],
  ]);
}

/** The head of an item, RFC 8949 §3. */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

function cborInteger(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
}
