/** The texts of an area or of all, in a language: one for each key in English. */
export type Texts<English> = { readonly [Key in keyof English]: string };

/**
 * The same while it is being translated. What is missing is shown in the tenant's language, or in English. A test fails
 * until nothing is.
 */
export type Translation<English> = Partial<Texts<English>>;
