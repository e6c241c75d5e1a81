import type { AttributeFieldView, CompleteProfilePage } from '../attribute-content.js';
import type { TenantPageContext } from '../page-parts.js';

const choices = [
  { value: 'sales', labels: { en: 'Sales and service', de: 'Verkauf und Service', fr: 'Vente et service' } },
  { value: 'claims', labels: { en: 'Claims', de: 'Schäden', fr: 'Sinistres' } },
  { value: 'it', labels: { en: 'Information technology', de: 'Informatik', fr: 'Informatique' } },
];

const field = (
  name: string,
  labels: AttributeFieldView['labels'],
  more: Partial<AttributeFieldView> = {},
): AttributeFieldView => ({
  name: `attributes/${name}`,
  labels,
  fallback: name,
  kind: 'string',
  value: undefined,
  isRequired: true,
  isEditable: true,
  maxLength: 200,
  ...more,
});

/** One field of each kind. */
export const sampleAttributes: readonly AttributeFieldView[] = [
  field('department', { en: 'Department', de: 'Abteilung', fr: 'Service' }, { choices }),
  field(
    'cost_center',
    { en: 'Cost center', de: 'Kostenstelle', fr: 'Centre de coûts' },
    { kind: 'number', value: 4711 },
  ),
  field('sites', { en: 'Offices', de: 'Standorte', fr: 'Bureaux' }, { kind: 'string_list', choices, value: ['sales'] }),
  field('languages', { en: 'Languages', de: 'Sprachen', fr: 'Langues' }, { kind: 'string_list', isRequired: false }),
  field('newsletter', { en: 'Newsletter', de: 'Newsletter' }, { kind: 'boolean', isRequired: false }),
  field('customer_number', { en: 'Customer number', de: 'Kundennummer' }, { value: '40-1872', isEditable: false }),
];

export function attributeSamples(context: TenantPageContext): Readonly<Record<string, CompleteProfilePage>> {
  const editable = sampleAttributes.filter(({ isEditable }) => isEditable);
  const page: CompleteProfilePage = {
    page: 'complete-profile',
    context,
    action: '/t/sample/complete-profile',
    hidden: { csrf: 'a token' },
    username: 'alice',
    inputs: editable.slice(0, 2),
  };
  return {
    'complete-profile': page,
    'complete-profile-faults': {
      ...page,
      inputs: editable.map((one, index) => ({
        ...one,
        ...(one.isRequired && index % 2 === 0 && { fault: 'missing' }),
      })),
    },
  };
}
