/** The error of a command about an organisation that does not exist. */
export function noSuchOrg(orgId: string): Error {
  return new Error(`There is no organisation ${orgId}. 'memlane-server orgs list' lists the organisations.`);
}
