import { groupListWire, groupWire, type GroupWire } from "../ingest/group.ts";
import type { GroupCreateRequest, GroupUpdateRequest } from "../ingest/group-requests.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import { promiseBody, promiseCall, type CallPromise } from "./call-promise.ts";

/** Groups of memories that several users share. */
export interface Groups {
  /** Creates a group. @throws MemlaneError `groups_quota_exceeded` */
  create(group: GroupCreateRequest, options?: CallOptions): CallPromise<GroupWire>;
  /** The active groups, oldest first, at most 1,000. With `includeArchived`, the archived ones too. */
  list(options?: CallOptions & { readonly includeArchived?: boolean }): CallPromise<readonly GroupWire[]>;
  /** One group. @throws MemlaneError `group_not_found` */
  get(id: string, options?: CallOptions): CallPromise<GroupWire>;
  /**
   * Changes the name, the prompt or the status. Memories that have the group keep it. @throws MemlaneError `group_not_found`, or
   * `groups_quota_exceeded` if an archived group becomes active
   */
  update(id: string, changes: GroupUpdateRequest, options?: CallOptions): CallPromise<GroupWire>;
  /** Archives a group: it gets no new memories. @throws MemlaneError `group_not_found` */
  archive(id: string, options?: CallOptions): CallPromise<GroupWire>;
}

const path = "/v1/groups";

/** Group calls for this client's credentials. */
export function createGroups(call: Caller): Groups {
  const one = (request: Parameters<Caller>[0]) => promiseBody(call(request), groupWire);
  return {
    create: (group, options = {}) => one({ method: "POST", path, body: group, ...options }),
    list: ({ includeArchived, ...options } = {}) =>
      promiseCall(
        call({ method: "GET", path, query: { include_archived: includeArchived }, ...options }),
        (response) => readBody(groupListWire, response).data,
      ),
    get: (id, options = {}) => one({ method: "GET", path, id, ...options }),
    update: (id, changes, options = {}) => one({ method: "PATCH", path, id, body: changes, ...options }),
    archive: (id, options = {}) => one({ method: "DELETE", path, id, ...options }),
  };
}
