/**
 * A column `role_permissions`: what the tenant's own roles allow that the holder of this row has.
 * @param alias of the table `users` or `clients` in the statement
 */
export function rolePermissionsColumn(alias: string): string {
  return `CASE WHEN ${alias}.management_roles <> '{}' THEN ARRAY(
    SELECT DISTINCT unnest(mr.permissions) FROM management_roles mr
     WHERE mr.tenant_id = ${alias}.tenant_id AND mr.name = ANY (${alias}.management_roles)) ELSE '{}' END
    AS role_permissions`;
}
