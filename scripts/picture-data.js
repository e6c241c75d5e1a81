/** What the pictures show: a platform in its second year, and one of its tenants. Nothing of it is anybody's. */

const TENANTS = [
  ['alder-insurance', 'Alder Insurance', 'regulated'],
  ['brightwater-energy', 'Brightwater Energy'],
  ['cascade-clinics', 'Cascade Clinics', 'regulated'],
  ['delta-logistics', 'Delta Logistics'],
  ['evergreen-schools', 'Evergreen Schools', 'public-sector'],
  ['fairhaven-council', 'Fairhaven City Council', 'public-sector'],
  ['granite-mutual', 'Granite Mutual', 'regulated'],
  ['juniper-retail', 'Juniper Retail'],
  ['kestrel-air', 'Kestrel Air'],
  ['lumen-media', 'Lumen Media'],
  ['meridian-trust', 'Meridian Trust', 'regulated'],
];

const TEMPLATES = [
  ['regulated', 'Regulated', { second_factor: 'required', password_min_length: 16, require_pkce: true }],
  ['public-sector', 'Public sector', { session_idle_lifetime_seconds: 1800, account_deletion: 'on' }],
];

const PEOPLE = [
  ['amelia.hart', 'Amelia', 'Hart'],
  ['benedikt.vogel', 'Benedikt', 'Vogel'],
  ['chidi.okafor', 'Chidi', 'Okafor'],
  ['dalia.mansour', 'Dalia', 'Mansour'],
  ['esteban.ruiz', 'Esteban', 'Ruiz'],
  ['freya.lindqvist', 'Freya', 'Lindqvist'],
  ['goran.petrovic', 'Goran', 'Petrović'],
];

export const OWNER = 'olga.brandt';

/**
 * @param operator the management API
 * @param password of everybody
 * @returns the id of somebody with a full profile
 */
export async function fillPlatform(operator, password) {
  for (const [name, display_name, policy] of TEMPLATES) {
    await operator.create('/policy-templates', { name, display_name, policy });
  }
  for (const [slug, display_name, policy_template] of TENANTS) {
    const admin = { email: `admin@${slug}.example` };
    await operator.create('/tenants', { slug, display_name, admin, ...(policy_template && { policy_template }) });
  }
  await operator.change('/tenants/juniper-retail', { status: 'suspended' });
  return fillAcme(operator, password);
}

/** So that more than sign-ins happened. */
export async function inviteAndGroup(operator) {
  for (const name of ['treasury', 'support']) await operator.create('/tenants/acme/groups', { name });
  for (const who of ['hana.sato', 'ivo.keller']) {
    await operator.create('/tenants/acme/invitations', { email: `${who}@acme.example` });
  }
}

async function fillAcme(operator, password) {
  const at = '/tenants/acme';
  // Its own can be read nearly everywhere; nothing is to be put right here.
  await operator.change(at, { branding: { primary_color_dark: '#7ee0d3' } });
  await operator.change(at, { policy: { terms_version: null, developer_registration: 'with_approval' } });
  await operator.create(`${at}/user-attributes`, { name: 'department', type: 'string', labels: { en: 'Department' } });
  const verified = (username) => ({ username, email: `${username}@acme.example`, email_verified: true });
  await operator.create(`${at}/users`, {
    ...verified(OWNER),
    ...{ password, name: 'Olga Brandt', given_name: 'Olga', family_name: 'Brandt', tenant_admin: true },
  });
  const ids = [];
  for (const [username, given_name, family_name] of PEOPLE) {
    const name = `${given_name} ${family_name}`;
    const person = { ...verified(username), password, name, given_name, family_name, locale: 'en' };
    ids.push((await operator.create(`${at}/users`, person)).id);
  }
  await operator.create(`${at}/clients`, {
    client_name: 'Branch Terminal',
    redirect_uris: ['https://terminal.acme.example/callback'],
    scope: 'openid profile email',
  });
  const [first] = ids;
  const place = { street_address: '18 Harbour Street', postal_code: 'BS1 5TY', locality: 'Bristol', country: 'GB' };
  await operator.change(`${at}/users/${first}`, {
    ...{ phone_number: '+441174960123', zoneinfo: 'Europe/London', address: place },
    attributes: { department: 'Treasury' },
  });
  return first;
}
