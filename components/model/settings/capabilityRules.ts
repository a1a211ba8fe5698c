import { missingFromPolicy } from "../iam/policies";
import type { Rule } from "./rule";

/** Hosts would never get ready whose agent is told not to offer what is wanted of them. */
const agentOffersAwslogs: Rule = {
    sections: ["agent", "capabilities"],
    check({ settings: { agent, capabilities } }) {
        if (capabilities.awslogs === undefined) {
            return [];
        }
        const drivers = agent.availableLoggingDrivers;
        const lacksDriver = drivers !== undefined && !drivers.includes("awslogs");
        const lacksRole = agent.enableAwslogsExecutionRoleOverride === false;
        return [
            ...(lacksDriver
                ? [
                      {
                          path: "agent.availableLoggingDrivers",
                          message: "leaves awslogs out, which capabilities.awslogs asks for",
                          hint: "add awslogs to it, or leave capabilities.awslogs out",
                          severity: "error" as const,
                      },
                  ]
                : []),
            ...(lacksRole
                ? [
                      {
                          path: "agent.enableAwslogsExecutionRoleOverride",
                          message:
                              "is false, and capabilities.awslogs asks for logs by the execution role of a task",
                          hint: "leave it out, or leave capabilities.awslogs out",
                          severity: "error" as const,
                      },
                  ]
                : []),
        ];
    },
};

/** Tasks without an execution role log with the role of their host. */
const roleMayLog: Rule = {
    sections: ["capabilities", "instanceRole"],
    check({ settings: { capabilities, instanceRole } }) {
        if (capabilities.awslogs === undefined || instanceRole.mode === "existing") {
            return undefined;
        }
        const missing = missingFromPolicy(instanceRole.policy, ["logs:CreateLogStream", "logs:PutLogEvents"]);
        return missing.length === 0
            ? undefined
            : {
                  path: "capabilities.awslogs",
                  message: `needs ${missing.join(" and ")}, which the policy ${instanceRole.policy} does not allow: tasks could log with an execution role of their own only`,
                  hint: "set instanceRole.policy to leastPrivilege, or leave it out",
                  severity: "warning",
              };
    },
};

/** What is wrong or doubtful between capabilities and other sections. */
export const capabilityRules: readonly Rule[] = [agentOffersAwslogs, roleMayLog];
