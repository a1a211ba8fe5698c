import fc from "fast-check";
import { z } from "zod";
import type { AgentVariable } from "../../../../components/model/agent/agentVariable";
import {
    agentFields,
    agentVariables,
    type AgentField,
} from "../../../../components/model/agent/agentVariables";

const jsonText = fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !/[\r\n]/.test(text));
const label = fc.stringMatching(/^[a-z][a-z0-9.-]{0,10}[a-z0-9]$/);
const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,14}$/);

/** Values of the settings that their schema does not describe well enough to make some up. */
const byHand: Partial<Record<AgentField, fc.Arbitrary<unknown>>> = {
    attributes: fc.dictionary(
        label.map((name) => `my.${name}`),
        fc.stringMatching(/^[\w.@/\\:-]{1,20}$/),
        { minKeys: 1, maxKeys: 8 },
    ),
    tags: fc.dictionary(
        label.map((name) => `my-${name}`),
        fc.stringMatching(/^[A-Za-z0-9äöü _.:/=+@-]{0,20}$/),
        { minKeys: 1, maxKeys: 10 },
    ),
    agentLabels: fc.dictionary(label, jsonText, { minKeys: 1, maxKeys: 3 }),
    pauseLabels: fc.dictionary(label, jsonText, { minKeys: 1, maxKeys: 3 }),
    logOpts: fc
        .stringMatching(/^[A-Za-z0-9 ={}',#$-]{0,20}$/)
        .map((tag) => ({ "awslogs-group": "hosts", "gelf-address": "udp://10.0.0.1:12201", tag })),
    dynamicHostPortRange: fc.constantFrom("1-65535", "32768-60999", "5-5"),
    taskMetadataRpsLimit: fc.constantFrom("40,60", "1,1"),
    httpProxy: fc.constantFrom("10.0.0.131:3128", "http://proxy.example:80"),
    noProxy: fc.uniqueArray(fc.stringMatching(/^[^\s,"'\\]{1,12}$/), { minLength: 1, maxLength: 4 }),
    excludeUntrackedImage: fc.uniqueArray(
        word.map((name) => `${name}:latest`),
        { minLength: 1, maxLength: 4 },
    ),
    awsvpcAdditionalLocalRoutes: fc.uniqueArray(fc.constantFrom("10.0.15.0/24", "0.0.0.0/0"), {
        minLength: 1,
    }),
    credentialsFetcherHost: fc.stringMatching(/^unix:\/\/\/[\x21\x23-\x26\x28-\x5b\x5d-\x7e]{1,12}$/),
    // Fixed hosts must not wait for a group.
    warmPoolsCheck: fc.constant(false),
    pollingMetricsWaitDuration: fc.constantFrom("5s", "20s", "5.5s", "7s500ms"),
    cgroupCpuPeriod: fc.constantFrom("8ms", "100ms", "0.1s"),
};

const reservedPorts = fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 1, maxLength: 5 });

interface Shape {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly items?: Shape;
}

function valuesOf(field: AgentField): fc.Arbitrary<unknown> {
    const given = byHand[field];
    if (given !== undefined) {
        return given;
    }
    const { kind }: AgentVariable = agentVariables[field];
    const shape = z.toJSONSchema(kind.schema) as Shape;
    if (shape.enum !== undefined) {
        return fc.constantFrom(...shape.enum);
    }
    switch (shape.type) {
        case "boolean":
            return fc.boolean();
        case "integer":
            return fc.integer({ min: shape.minimum ?? 0, max: shape.maximum ?? 0 });
        case "array":
            return shape.items?.enum === undefined
                ? reservedPorts
                : fc.uniqueArray(fc.constantFrom(...shape.items.enum), { minLength: 1 });
        default:
            return kind.typeText?.startsWith("duration") === true
                ? fc
                      .tuple(fc.integer({ min: 10, max: 99 }), fc.constantFrom("h", "m30s"))
                      .map((parts) => parts.join(""))
                : word;
    }
}

/** Any settings of the agent that a person may give. */
export const anyAgentSettings = fc
    .record(Object.fromEntries(agentFields.map((field) => [field, valuesOf(field)])), { requiredKeys: [] })
    // Some log drivers have options that they cannot do without.
    .map(({ logDriver, ...agent }) =>
        // Docker has no logentries any more, which is refused.
        logDriver === undefined || logDriver === "logentries" || agent["logOpts"] === undefined
            ? agent
            : { ...agent, logDriver },
    );
