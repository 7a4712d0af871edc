import { factIds } from "@memlane/core";
import {
  auditIds,
  factListQueryWire,
  factPageWire,
  factPatchWire,
  factRequestWire,
  factWire,
  forgetFactRequestWire,
  forgottenFactWire,
  parseTimestamp,
  printFact,
  writtenFactWire,
  type AuditId,
} from "@memlane/core/internal";
import type { Sql } from "../../../database/database.ts";
import { correctFact, factNotFound, writeFact, type WrittenFact } from "../../../memories/write-fact.ts";
import { subjectOf } from "../../../pipeline/statement/statement-of-triple.ts";
import { canonicalOf, plainPredicateOf } from "../../../pipeline/statement/triple.ts";
import { endFact } from "../../../store/change-facts.ts";
import { countFacts, listFacts, readFact } from "../../../store/facts.ts";
import { auditedRead } from "../../audited-read.ts";
import { idOfPath } from "../../ids.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";

/** Routes that list, read, add, correct and forget facts. */
export function createFactRoutes({ limitsOf, beginRedaction, newId }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/facts",
      operationId: "listFacts",
      summary: "A page of facts, newest first: those that are true now, or were true at `as_of`.",
      scope: "memories:read",
      actsFor: "query",
      audit: "read",
      query: factListQueryWire,
      answers: { 200: { description: "The page.", schema: factPageWire } },
      errors: [],
      async handle({ orgId, database, query }) {
        const { limit, offset, subject, entity, predicate, as_of, include_invalidated } = query;
        const filter = {
          userId: query.user_id,
          agentId: query.agent_id,
          subject: subject && canonicalOf(subjectOf(subject)),
          entity: entity && canonicalOf(subjectOf(entity)),
          predicate: predicate && plainPredicateOf(predicate),
          predicateFamily: query.predicate_family,
          asOf: as_of === undefined ? undefined : parseTimestamp(as_of),
          includeInvalidated: include_invalidated,
        };
        const [facts, total] = await Promise.all([
          listFacts(database, orgId, filter, { limit, offset }),
          countFacts(database, orgId, filter),
        ]);
        return {
          status: 200,
          body: { facts: facts.map(printFact), total },
          audited: auditedRead([], query.user_id, facts),
        };
      },
    }),
    route({
      method: "GET",
      path: "/v1/facts/:id",
      operationId: "getFact",
      summary: "A fact, whether it is still true or not.",
      scope: "memories:read",
      actsFor: "fact",
      audit: "read",
      answers: { 200: { description: "The fact.", schema: factWire } },
      errors: ["fact_not_found"],
      async handle({ orgId, database, params }) {
        const fact = await readFact(database, orgId, idOfPath(factIds, params));
        if (fact === undefined) throw factNotFound();
        return { status: 200, body: printFact(fact), audited: auditedRead([], fact.userId, [fact]) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/facts",
      operationId: "addFact",
      summary:
        "Add a fact. Facts that it contradicts are no longer true; a fact with the same meaning is confirmed.",
      scope: "memories:write",
      actsFor: "body",
      audit: "fact_write",
      body: factRequestWire,
      answers: { 201: { description: "The fact.", schema: writtenFactWire } },
      errors: ["quota_exceeded", "agent_cap_exceeded"],
      async handle({ orgId, database, body }) {
        const { textOf } = await beginRedaction(orgId, "memories");
        const written = await writeFact(database, {
          orgId,
          limits: await limitsOf(orgId),
          userId: body.user_id ?? null,
          agentId: body.agent_id ?? null,
          runId: body.run_id ?? null,
          given: {
            subject: await textOf(body.subject),
            predicate: await textOf(body.predicate),
            object: await textOf(body.object),
            subjectType: body.subject_type ?? undefined,
            objectIsLiteral: body.object_is_literal,
            confidence: body.confidence,
            tense: body.tense,
            validFrom: (body.valid_from == null ? undefined : parseTimestamp(body.valid_from)) ?? new Date(),
          },
        });
        const audited = { userId: body.user_id ?? null, targetId: factIds.print(written.id) };
        const printed = await printWritten(database, orgId, written);
        return { status: 201, body: printed, audited, endedFacts: written.invalidated };
      },
    }),
    route({
      method: "PATCH",
      path: "/v1/facts/:id",
      operationId: "correctFact",
      summary: "Correct a fact: a new fact replaces it. A fact that is already correct is confirmed.",
      scope: "memories:write",
      actsFor: "fact",
      audit: "fact_write",
      body: factPatchWire,
      answers: { 200: { description: "The fact that is true now.", schema: writtenFactWire } },
      errors: ["fact_not_found", "fact_not_current", "quota_exceeded"],
      async handle({ orgId, database, params, body }) {
        const { textOf } = await beginRedaction(orgId, "memories");
        const redacted = async (text: string | null | undefined) =>
          text == null ? undefined : await textOf(text);
        const written = await correctFact(database, {
          orgId,
          limits: await limitsOf(orgId),
          id: idOfPath(factIds, params),
          subject: await redacted(body.subject),
          predicate: await redacted(body.predicate),
          object: await redacted(body.object),
        });
        const printed = await printWritten(database, orgId, written);
        const audited = { userId: printed.user_id, targetId: printed.id };
        return { status: 200, body: printed, audited, endedFacts: written.invalidated };
      },
    }),
    route({
      method: "POST",
      path: "/v1/facts/:id/forget",
      operationId: "forgetFact",
      summary: "Say that a fact stopped being true. It is kept as history.",
      scope: "memories:write",
      actsFor: "fact",
      audit: "fact_invalidate",
      body: forgetFactRequestWire,
      answers: { 200: { description: "It is forgotten.", schema: forgottenFactWire } },
      errors: ["fact_not_found"],
      async handle({ orgId, database, params, body: { at } }) {
        const id = idOfPath(factIds, params);
        const ended = await endFact(database, orgId, id, at == null ? undefined : parseTimestamp(at));
        const fact = await readFact(database, orgId, id);
        const invalidAt = ended ?? fact?.invalidAt;
        if (fact === undefined || invalidAt == null) throw factNotFound();
        const auditId = newId() as AuditId;
        return {
          status: 200,
          audited: { id: auditId, userId: fact.userId, targetId: factIds.print(id) },
          body: {
            id: factIds.print(id),
            status: ended === undefined ? "already_forgotten" : "forgotten",
            invalid_at: invalidAt.toISOString(),
            audit_id: auditIds.print(auditId),
          },
        };
      },
    }),
  ];
}

async function printWritten(sql: Sql, orgId: string, { id, invalidated }: WrittenFact) {
  const fact = await readFact(sql, orgId, id);
  if (fact === undefined) throw factNotFound(); // it was deleted meanwhile
  return { ...printFact(fact), invalidated: invalidated.map(factIds.print) };
}
