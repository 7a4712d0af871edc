import { useSession } from "./session.tsx";

/** The organisation that the console shows. An operator's key can choose another. */
export function OrgPicker() {
  const { me, orgId, chooseOrg } = useSession();
  const { org_ids: orgIds = [] } = me;
  if (orgIds.length < 2) return <p className="org">{orgId}</p>;
  return (
    <select
      className="org"
      aria-label="Organisation"
      value={orgId}
      onChange={(event) => chooseOrg(event.currentTarget.value)}
    >
      {orgIds.map((id) => (
        <option key={id}>{id}</option>
      ))}
    </select>
  );
}
