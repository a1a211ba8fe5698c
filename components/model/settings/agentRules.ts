import type { AgentVariable } from "../agent/agentVariable";
import { agentFields, agentVariables, type AgentField } from "../agent/agentVariables";
import { agentNeeds } from "../iam/agentNeeds";
import { missingFromPolicy } from "../iam/policies";
import { maxTagsOfResource, ownHostTagKeys } from "../tags";
import type { Rule } from "./rule";

/**
 * The roles whose policy is not ours to add to must have what the agent's settings need. Of one that exists AWS is asked
 * (checks/instanceProfile.ts).
 */
const roleAllowsWhatTheAgentIsTold: Rule = {
    sections: ["agent", "instanceRole"],
    check({ settings: { agent, instanceRole } }) {
        if (instanceRole.mode === "existing") {
            return [];
        }
        const { policy } = instanceRole;
        return agentNeeds(agent).flatMap(({ field, actions, otherwise, severity }) => {
            const missing = missingFromPolicy(policy, actions);
            return missing.length === 0
                ? []
                : {
                      path: `agent.${field}`,
                      message: `needs ${missing.join(" and ")}, which the policy ${policy} does not allow: ${otherwise}`,
                      hint: "set instanceRole.policy to leastPrivilege, or leave it out",
                      severity,
                  };
        });
    },
};

/** Options without which docker does not start a container (docker's manual, "Configure logging drivers"). */
const optionsNeeded: Readonly<Record<string, string>> = { awslogs: "awslogs-group", gelf: "gelf-address" };

const logDriverHasItsOptions: Rule = {
    sections: ["agent"],
    check({ settings: { agent } }) {
        const option = optionsNeeded[agent.logDriver ?? ""];
        return option !== undefined && agent.logOpts?.[option] === undefined
            ? {
                  path: "agent.logOpts",
                  message: `the log driver ${agent.logDriver} needs the option ${option}: docker would not start the agent`,
                  hint: `set agent.logOpts.${option}`,
                  severity: "error",
              }
            : undefined;
    },
};

/** The agent asks the instance metadata for its place in a group until it gets one, then gives up (agent/app/agent.go). */
const onlyGroupsHaveWarmPools: Rule = {
    sections: ["agent", "hosts"],
    check: ({ settings: { agent, hosts } }) =>
        agent.warmPoolsCheck === true && hosts.mode === "fixed"
            ? {
                  path: "agent.warmPoolsCheck",
                  message:
                      "fixed hosts are in no group, and their agents would wait for one instead of joining",
                  hint: "leave it out, or set hosts.mode to autoScaling",
                  severity: "error",
              }
            : undefined,
};

const tagsFitOneHost: Rule = {
    sections: ["agent", "hosts", "tags"],
    check({ settings: { agent, hosts, tags } }) {
        const own = ownHostTagKeys(hosts.mode);
        const all = new Set([...Object.keys(tags), ...Object.keys(agent.tags ?? {}), ...own]);
        return agent.propagateTagsFrom === "ec2_instance" && all.size > maxTagsOfResource
            ? {
                  path: "agent.tags",
                  message: `a container instance takes ${maxTagsOfResource} tags, and with those of its EC2 instance it would have ${all.size}`,
                  hint: "leave some out, or set agent.propagateTagsFrom to none",
                  severity: "error",
              }
            : undefined;
    },
};

const nothingIsWithoutEffect: Rule = {
    sections: ["agent"],
    check: ({ settings: { agent } }) =>
        agentFields.flatMap((field) => {
            const { onlyWith }: AgentVariable = agentVariables[field];
            if (agent[field] === undefined || onlyWith === undefined) {
                return [];
            }
            const other = onlyWith.field as AgentField;
            const { agentDefault }: AgentVariable = agentVariables[other];
            const isByDefault = agent[other] === undefined;
            const isOn = isByDefault ? agentDefault === "true" : agent[other] === true;
            return isOn === onlyWith.value
                ? []
                : {
                      path: `agent.${field}`,
                      message: `has no effect while agent.${other} is ${isOn}${isByDefault ? " by default" : ""}`,
                      hint: `set agent.${other} to ${onlyWith.value}, or leave ${field} out`,
                      severity: "warning" as const,
                  };
        }),
};

/** The proxy of the hosts is the agent's as well: a second list of what goes past it would be the one that is forgotten. */
const proxyIsNamedOnce: Rule = {
    sections: ["agent", "proxy"],
    check: ({ settings: { agent, proxy } }) =>
        (["httpProxy", "noProxy"] as const)
            .filter((field) => proxy !== undefined && agent[field] !== undefined)
            .map((field) => ({
                path: `agent.${field}`,
                message: `proxy is set, and serves the agent as well as everything else on the host: got both, expected one`,
                hint:
                    field === "httpProxy"
                        ? "leave agent.httpProxy out, or proxy where the agent alone is to use one"
                        : "move the entries to proxy.noProxy",
                severity: "error" as const,
            })),
};

/** What is wrong or doubtful between the agent's settings, and between them and other sections. */
export const agentRules: readonly Rule[] = [
    roleAllowsWhatTheAgentIsTold,
    logDriverHasItsOptions,
    onlyGroupsHaveWarmPools,
    tagsFitOneHost,
    nothingIsWithoutEffect,
    proxyIsNamedOnce,
];
