/** All the demo knows of the platform: addresses, and the credentials of its own client. */
export interface DemoSettings {
  readonly tenants: readonly DemoTenantSettings[];
  /** The port that is tried first. */
  readonly relyingParty: { readonly port: number };
  readonly ordersApi: { readonly port: number };
}

export interface DemoTenantSettings {
  readonly slug: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The protected resource at which the orders are. */
  readonly api: string;
  /** Whether strangers may make an account there. */
  readonly offersSignUp: boolean;
}
