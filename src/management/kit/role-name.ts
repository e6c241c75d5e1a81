/** The name of a role at the management API, as it stands in addresses. */
export const ROLE_NAME = /^[a-z][a-z0-9_-]{0,62}$/;
