/** All the demo knows of the platform: addresses, and the credentials of its own clients. */
export interface DemoSettings {
  readonly tenants: readonly DemoTenantSettings[];
  /** Where the platform is. Every tenant has an issuer there, `{platform}/t/{slug}`. */
  readonly platform: string;
  /** The port that is tried first. */
  readonly relyingParty: { readonly port: number };
  readonly ordersApi: { readonly port: number };
}

/** A client by which the demo application signs people in. */
export interface DemoClient {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret?: string | undefined;
}

export interface DemoTenantSettings extends DemoClient {
  readonly slug: string;
  /** The protected resource at which the orders are. */
  readonly api: string;
  /** Whether strangers may make an account there. */
  readonly offersSignUp: boolean;
}
