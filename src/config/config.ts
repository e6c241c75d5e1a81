/** Where the demo application of a development installation runs, unless that port is taken. */
export const DEMO_ORIGIN = 'http://127.0.0.1:4180';

/** The settings of one process, frozen; everything that reads the environment is in this folder. */
export interface Config {
  readonly production: boolean;
  readonly listen: {
    readonly host: string;
    readonly port: number;
    /** A second address of the listener, where the machine has it. */
    readonly also?: string | undefined;
  };
  /** Origin of path-addressed tenants and of the management API, e.g. `http://localhost:3000`. */
  readonly publicUrl: string;
  /** Host-addressed tenants answer at `<slug>.<suffix>`, with the scheme and port of `publicUrl`. */
  readonly tenantHostSuffix: string;
  /** Absent: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** The role that owns the tables and runs migrations, when it is not the role of `databaseUrl`. */
  readonly databaseOwnerUrl: string | undefined;
  /** `DATABASE_SERVE_AS_OWNER`: requests may be served by a role that owns the tables. */
  readonly databaseServeAsOwner: boolean;
  readonly dataDir: string;
  /** 32 bytes that wrap every tenant's data key. */
  readonly masterKey: Buffer;
  /** `MASTER_KEY_PREVIOUS`: the master key of before, while the tenants' data keys move to the new one. */
  readonly masterKeyPrevious: Buffer | undefined;
  readonly bootstrap: {
    /** Secret of client `operator` in tenant `system`. */
    readonly clientSecret: string | undefined;
    /** Password of user `admin` in tenant `system`. */
    readonly adminPassword: string | undefined;
  };
  /** Whose forwarding headers are trusted: nobody's, those of this many proxies, or those of these addresses. */
  readonly trustProxy: false | number | readonly string[];
  /** `DATABASE_POOL_SIZE`: connections to the database that one process may hold, without the one of its change feed. */
  readonly databasePoolSize: number;
  /** `TENANT_CACHE_MB`: memory in MiB that one process may use for all that it caches of tenants. */
  readonly tenantCacheMb: number;
  /** `LOG_LEVEL`: the least severe level that is written, one of pino's. */
  readonly logLevel: LogLevel;
  /** `METRICS_PORT`: where Prometheus reads this process's metrics; absent: nowhere. */
  readonly metricsPort: number | undefined;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT` is set: traces are sent there, as the other `OTEL_*` variables say. */
  readonly traces: boolean;
  /** Absent: mail is kept and shown in development, and refused in production. */
  readonly smtp: SmtpSettings | undefined;
  readonly mailFrom: MailFrom;
  /** `AUDIT_RETENTION_DAYS`: no tenant's audit events are kept longer, whatever its policy says. */
  readonly auditRetentionDays: number;
  /** `WEBHOOKS_ALLOWED_NETWORKS`: private networks whose receivers webhooks may reach, over plain HTTP too. */
  readonly webhooksAllowedNetworks: readonly string[];
  /** `DOMAIN_RESOLVERS`: name servers that are asked about tenants' domains; none: the system's. */
  readonly domainResolvers: readonly string[];
  /** `DOMAIN_GRACE_DAYS`: how long a verified domain stays verified while its proof is missing. */
  readonly domainGraceDays: number;
  /** `TENANT_DELETION_DAYS`: how long the deletion of a tenant can be withdrawn, unless the request says otherwise. */
  readonly tenantDeletionDays: number;
  /** `MANAGEMENT_ORIGINS`: whose pages may call the management API from browsers. */
  readonly managementOrigins: readonly string[];
  readonly breachedPasswords: {
    /** `BREACHED_PASSWORDS_FILE`: a filter that `tenantry breached-passwords build` made. */
    readonly file: string | undefined;
    /** `BREACHED_PASSWORDS_RANGE_URL`: a service that is asked by the first digits of a hash. */
    readonly rangeUrl: string | undefined;
  };
  /** Processes that share the listener. */
  readonly workers: number;
  /** Present in development only: what was generated on this machine and may be printed. */
  readonly development: DevelopmentSecrets | undefined;
}

/** `SMTP_URL`: the server that outgoing mail is given to. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`, RFC 8314 §3). */
  readonly implicitTls: boolean;
  /** STARTTLS on `smtp:`: a must, where it is offered, or never. */
  readonly startTls: 'required' | 'optional' | 'off';
  /** Whether the server's certificate is checked. */
  readonly verifyCertificate: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** `MAIL_FROM`: the sender of mail, and what tenants may choose instead. */
export interface MailFrom {
  readonly address: string;
  readonly addresses: readonly string[];
  /** Domains at which tenants may choose any address. */
  readonly domains: readonly string[];
}

/** Generated once per `DATA_DIR`; never in the repository, never in production. */
export interface DevelopmentSecrets {
  readonly masterKey: string;
  readonly bootstrapClientSecret: string;
  readonly bootstrapAdminPassword: string;
  readonly demo: Readonly<Record<'acme' | 'globex', DemoSecrets>>;
}

export interface DemoSecrets {
  readonly alicePassword: string;
  readonly webClientSecret: string;
  readonly machineClientSecret: string;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Injection token of the frozen `Config`. */
export const CONFIG = Symbol('Config');

/** Thrown for settings that cannot be used; the process ends with `EX_CONFIG` (78, sysexits.h). */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

export const EX_CONFIG = 78;
