/** The texts of an area or of all, in a language: one for each key in English. */
export type Texts<English> = { readonly [Key in keyof English]: string };
