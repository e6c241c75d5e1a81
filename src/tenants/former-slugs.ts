/** How long the addresses of a former slug answer when nobody says otherwise, and at most. */
export const KEPT_DAYS = { usual: 30, most: 365 };

/** How long after that the slug is given to no other tenant. Longer than resource servers go on trusting an issuer. */
export const RESERVED_DAYS = 365;

/** A tenant is renamed again and again by mistake only, and each name is kept from everybody else. */
export const MAX_FORMER_SLUGS = 10;
