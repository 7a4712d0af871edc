/** The oldest supported version of Node.js: `engines` in package.json. */
export const oldestNode = "22.18";

/** Why this version of Node.js cannot run the server, or undefined. npm installs a package on any version, and only warns. */
export function objectionToNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `memlane-server needs Node.js ${oldestNode} or newer, and this is ${version}`;
}
