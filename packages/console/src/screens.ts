import type { Screen } from "./screen.ts";
import { auditScreen } from "./screens/audit/audit-screen.ts";
import { healthScreen } from "./screens/health/health-screen.ts";
import { jobScreen } from "./screens/job/job-screen.ts";
import { jobsScreen } from "./screens/jobs/jobs-screen.ts";
import { memoryScreen } from "./screens/memory/memory-screen.ts";
import { overviewScreen } from "./screens/overview/overview-screen.ts";
import { searchScreen } from "./screens/search/search-screen.ts";
import { usageScreen } from "./screens/usage/usage-screen.ts";
import { userScreen } from "./screens/user/user-screen.ts";
import { usersScreen } from "./screens/users/users-screen.ts";
import { webhooksScreen } from "./screens/webhooks/webhooks-screen.ts";

/** All screens, in the order of the navigation. A new screen is a folder in `screens`, and a line here. */
export const screens: readonly Screen[] = [
  overviewScreen,
  jobsScreen,
  jobScreen,
  usersScreen,
  userScreen,
  memoryScreen,
  searchScreen,
  auditScreen,
  usageScreen,
  webhooksScreen,
  healthScreen,
];
