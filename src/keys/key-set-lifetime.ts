/** How long verifiers may keep a key set (`Cache-Control: max-age` of the JWKS): no key signs sooner after it appears. */
export const KEY_SET_LIFETIME_SECONDS = 300;
