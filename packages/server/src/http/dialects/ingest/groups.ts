import { groupIds, MemlaneError } from "@memlane/core";
import {
  groupCreateRequestWire,
  groupListWire,
  groupUpdateRequestWire,
  groupWire,
  queryFlag,
} from "@memlane/core/internal";
import * as z from "zod/mini";
import { lockOrg } from "../../../store/lock-orgs.ts";
import {
  countActiveGroups,
  insertGroup,
  listGroups,
  readGroup,
  updateGroup,
  type Group,
} from "../../../store/groups.ts";
import type { Sql } from "../../../database/database.ts";
import { idOfPath } from "../../ids.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";

const notFound = () => new MemlaneError({ code: "group_not_found", message: "there is no such group" });

const listQuery = z.object({ include_archived: queryFlag });

/** Routes for groups of memories that several users share. */
export function createGroupRoutes({ limitsOf, newId }: ServiceContext): Route[] {
  /** Reserves room for one more active group, in a transaction. @throws MemlaneError `groups_quota_exceeded` */
  async function reserve(sql: Sql, orgId: string): Promise<void> {
    const { groups } = await limitsOf(orgId);
    if (groups === null) return;
    await lockOrg(sql, orgId);
    if ((await countActiveGroups(sql, orgId)) < groups) return;
    const message = `${groups} groups are active, which is the limit: archive one`;
    throw new MemlaneError({ code: "groups_quota_exceeded", message });
  }

  return [
    route({
      method: "POST",
      path: "/v1/groups",
      operationId: "createGroup",
      summary: "Create a group. Conversations name it in `group_ids` to share memories with it.",
      scope: "memories:write",
      body: groupCreateRequestWire,
      answers: { 201: { description: "The group.", schema: groupWire } },
      errors: ["groups_quota_exceeded"],
      async handle({ orgId, database, body: { name, prompt } }) {
        const group = await database.transaction(async (sql) => {
          await reserve(sql, orgId);
          return insertGroup(sql, orgId, { id: groupIds.parse(newId())!, name, prompt: prompt ?? null });
        });
        return { status: 201, body: printGroup(group) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/groups",
      operationId: "listGroups",
      summary: "All active groups, oldest first.",
      scope: "memories:read",
      query: listQuery,
      answers: { 200: { description: "The groups.", schema: groupListWire } },
      errors: [],
      async handle({ orgId, database, query }) {
        const groups = await listGroups(database, orgId, query.include_archived);
        return { status: 200, body: { object: "list", data: groups.map(printGroup) } };
      },
    }),
    route({
      method: "GET",
      path: "/v1/groups/:id",
      operationId: "getGroup",
      summary: "One group.",
      scope: "memories:read",
      answers: { 200: { description: "The group.", schema: groupWire } },
      errors: ["group_not_found"],
      async handle({ orgId, database, params }) {
        const group = await readGroup(database, orgId, idOfPath(groupIds, params));
        if (group === undefined) throw notFound();
        return { status: 200, body: printGroup(group) };
      },
    }),
    route({
      method: "PATCH",
      path: "/v1/groups/:id",
      operationId: "updateGroup",
      summary: "Change a group. Memories that have the group keep it.",
      scope: "memories:write",
      body: groupUpdateRequestWire,
      answers: { 200: { description: "The changed group.", schema: groupWire } },
      errors: ["group_not_found", "groups_quota_exceeded"],
      async handle({ orgId, database, params, body }) {
        const id = idOfPath(groupIds, params);
        const changed = await database.transaction(async (sql) => {
          if (body.status === "active" && (await readGroup(sql, orgId, id))?.status === "archived")
            await reserve(sql, orgId);
          return updateGroup(sql, orgId, id, body);
        });
        if (changed === undefined) throw notFound();
        return { status: 200, body: printGroup(changed) };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/groups/:id",
      operationId: "archiveGroup",
      summary: "Archive a group. It gets no new memories; those that it has can still be read and searched.",
      scope: "memories:write",
      answers: { 200: { description: "The archived group.", schema: groupWire } },
      errors: ["group_not_found"],
      async handle({ orgId, database, params }) {
        const archived = await updateGroup(database, orgId, idOfPath(groupIds, params), {
          status: "archived",
        });
        if (archived === undefined) throw notFound();
        return { status: 200, body: printGroup(archived) };
      },
    }),
  ];
}

function printGroup(group: Group): z.output<typeof groupWire> {
  return {
    object: "group",
    id: groupIds.print(group.id),
    name: group.name,
    prompt: group.prompt,
    status: group.status,
    created_at: group.createdAt.toISOString(),
    updated_at: group.updatedAt.toISOString(),
  };
}
