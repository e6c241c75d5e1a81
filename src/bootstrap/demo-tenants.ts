import { ACME_LOGO } from '../demo/assets/acme.logo.js';
import { GLOBEX_LOGO } from '../demo/assets/globex.logo.js';
import type { ApiScope } from '../resources/api.js';
import type { Branding } from '../tenants/branding.js';
import type { TenantPolicy } from '../tenants/tenant-policy.js';
import type { UserInput } from '../users/user-input.js';

export interface DemoTenant {
  readonly slug: 'acme' | 'globex';
  readonly displayName: string;
  readonly policy: Partial<TenantPolicy>;
  /** What earlier versions gave it. A tenant that still has it gets `policy`. */
  readonly formerPolicy: Partial<TenantPolicy>;
  readonly branding: Branding;
  readonly clientNames: { readonly web: string; readonly spa: string; readonly machine: string };
  readonly api: { readonly displayName: string; readonly scopes: readonly ApiScope[] };
  readonly alice: UserInput & { readonly username: string };
}

const ACME_TERMS = '2026-01';
const GLOBEX_LIFETIMES = { accessTokenLifetimeSeconds: 600, refreshTokenAbsoluteLifetimeSeconds: 30 * 24 * 3600 };

/** Different look, language and policy; the same client ids and user names on purpose. */
export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    slug: 'acme',
    displayName: 'Acme Bank',
    policy: {
      signUp: 'open',
      signUpAttributes: { name: 'optional' },
      termsVersion: ACME_TERMS,
      accountDeletion: 'on',
    },
    formerPolicy: {},
    branding: {
      logo: ACME_LOGO,
      logoWorksOnDark: true,
      logoWithName: true,
      primaryColor: '#143a6b',
      primaryColorDark: '#2cb5a5',
      defaultLocale: 'en',
      texts: {
        en: { footerText: 'Acme will never ask for your password by phone or email.' },
        de: { footerText: 'Acme fragt Sie niemals am Telefon oder per E-Mail nach Ihrem Passwort.' },
        fr: { footerText: 'Acme ne vous demandera jamais votre mot de passe par téléphone ou par e-mail.' },
        es: { footerText: 'Acme nunca le pedirá su contraseña por teléfono ni por correo electrónico.' },
        ar: { footerText: 'لن تطلب منك Acme كلمة المرور عبر الهاتف أو البريد الإلكتروني أبدًا.' },
      },
      privacyUri: 'https://www.acme.example/privacy',
      termsUri: 'https://www.acme.example/terms',
      supportUri: 'mailto:help@acme.example',
    },
    clientNames: { web: 'Acme Orders', spa: 'Acme Dashboard', machine: 'Acme Nightly Export' },
    api: {
      displayName: 'Acme Orders API',
      scopes: [
        {
          name: 'orders:read',
          description: 'See your orders and their status',
          descriptions: {
            de: 'Ihre Bestellungen und deren Status sehen',
            fr: 'Voir vos commandes et leur état',
            es: 'Ver sus pedidos y su estado',
            ar: 'الاطلاع على طلباتك وحالتها',
          },
        },
        {
          name: 'orders:write',
          description: 'Place and change orders in your name',
          descriptions: {
            de: 'In Ihrem Namen bestellen und Bestellungen ändern',
            fr: 'Passer et modifier des commandes en votre nom',
            es: 'Hacer y cambiar pedidos en su nombre',
            ar: 'تقديم الطلبات وتعديلها نيابةً عنك',
          },
        },
      ],
    },
    alice: {
      username: 'alice',
      email: 'alice@acme.example',
      emailVerified: true,
      acceptedTerms: ACME_TERMS,
      claims: { name: 'Alice Archer', given_name: 'Alice', family_name: 'Archer', locale: 'en-GB' },
    },
  },
  {
    slug: 'globex',
    displayName: 'Globex',
    policy: { ...GLOBEX_LIFETIMES, signUp: 'invitation', secondFactor: 'required' },
    formerPolicy: GLOBEX_LIFETIMES,
    branding: {
      logo: GLOBEX_LOGO,
      logoWorksOnDark: true,
      logoWithName: true,
      primaryColor: '#c2540a',
      primaryColorDark: '#a98bf0',
      backgroundColor: '#fbf5ee',
      defaultLocale: 'de',
      texts: {
        de: { signInTitle: 'Willkommen bei Globex', signInText: 'Ein Konto für alle Dienste von Globex.' },
        en: { signInTitle: 'Welcome back to Globex', signInText: 'One account for all Globex services.' },
        fr: { signInTitle: 'Bienvenue chez Globex', signInText: 'Un seul compte pour tous les services Globex.' },
        es: { signInTitle: 'Bienvenido a Globex', signInText: 'Una cuenta para todos los servicios de Globex.' },
        ar: { signInTitle: 'مرحبًا بك في Globex', signInText: 'حساب واحد لجميع خدمات Globex.' },
      },
      privacyUri: 'https://www.globex.example/datenschutz',
      supportUri: 'https://www.globex.example/hilfe',
    },
    clientNames: { web: 'Globex Werkstatt', spa: 'Globex Übersicht', machine: 'Globex Nachtlauf' },
    api: {
      displayName: 'Globex Auftrags-API',
      scopes: [
        {
          name: 'orders:read',
          description: 'Ihre Aufträge und deren Stand ansehen',
          descriptions: {
            en: 'See your jobs and how they are doing',
            fr: 'Voir vos ordres de travail et leur avancement',
            es: 'Ver sus encargos y su estado',
            ar: 'الاطلاع على طلبات العمل الخاصة بك وحالتها',
          },
        },
        {
          name: 'orders:write',
          description: 'Aufträge in Ihrem Namen erteilen und ändern',
          descriptions: {
            en: 'Place and change jobs in your name',
            fr: 'Passer et modifier des ordres de travail en votre nom',
            es: 'Hacer y cambiar encargos en su nombre',
            ar: 'إنشاء طلبات العمل وتعديلها نيابةً عنك',
          },
        },
      ],
    },
    alice: {
      username: 'alice',
      email: 'alice@globex.example',
      emailVerified: true,
      claims: { name: 'Alice Zander', given_name: 'Alice', family_name: 'Zander', locale: 'de-CH' },
    },
  },
];
