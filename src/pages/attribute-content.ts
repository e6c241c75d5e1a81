import type { AttributeType, AttributeValue } from '../tenants/user-attributes.js';
import type { AttributeFault } from '../users/attribute-values.js';
import type { FormTarget, TenantPageContext } from './page-parts.js';

/** Texts by BCP 47 tag. */
export type Labels = Readonly<Record<string, string>>;

/** A field for an attribute that the tenant defined. */
export interface AttributeFieldView {
  /** `attributes/department`. */
  readonly name: string;
  /** Without a text in a language that the person reads, people see `fallback`. */
  readonly labels: Labels;
  readonly fallback: string;
  readonly kind: AttributeType;
  /** What there is to choose from; absent: anything. */
  readonly choices?: readonly { readonly value: string; readonly labels: Labels }[];
  /** What is kept, or what was typed before. */
  readonly value: AttributeValue | undefined;
  readonly isRequired: boolean;
  readonly isEditable: boolean;
  readonly maxLength: number;
  readonly fault?: AttributeFault | undefined;
}

/** A person fills in what the tenant requires. The buttons are named `decision`, with the value `save` or `leave`. */
export interface CompleteProfilePage extends FormTarget {
  readonly page: 'complete-profile';
  readonly context: TenantPageContext;
  readonly username: string;
  readonly inputs: readonly AttributeFieldView[];
}
