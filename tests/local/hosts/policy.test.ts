import { expect } from "chai";
import { isAllowed } from "../../../local/hosts/decide/policy";
import type { PolicyDocument, PolicyStatement } from "../../../local/hosts/decide/policy";
import { clusterArn } from "./facts";

const request = {
    action: "ecs:Poll",
    resource: "arn:aws:ecs:us-east-1:123456789012:container-instance/dev/1",
    context: { "ecs:cluster": clusterArn },
};

const allow = (more: Partial<PolicyStatement> = {}): PolicyDocument => ({
    Statement: { Effect: "Allow", Action: "ecs:Poll", Resource: "*", ...more },
});
const deny = (more: Partial<PolicyStatement> = {}): PolicyDocument => ({
    Statement: { Effect: "Deny", Action: "*", Resource: "*", ...more },
});

/** Source: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements". */
const table: readonly (readonly [string, readonly PolicyDocument[], boolean])[] = [
    ["nothing is allowed by default", [], false],
    ["an action by name", [allow()], true],
    ["an action in another case", [allow({ Action: "ECS:poll" })], true],
    ["an action by wildcard, in a list", [allow({ Action: ["s3:*", "ecs:P?ll"] })], true],
    ["another action", [allow({ Action: "ecs:Submit*" })], false],
    ["a dot in a pattern is a dot", [allow({ Action: "ecs.Poll" })], false],
    ["all actions but one", [allow({ Action: undefined as never, NotAction: "ecs:CreateCluster" })], true],
    ["all actions but this one", [allow({ Action: undefined as never, NotAction: ["ecs:Poll"] })], false],
    ["a resource by wildcard", [allow({ Resource: "arn:aws:ecs:*:*:container-instance/dev/*" })], true],
    ["another resource", [allow({ Resource: clusterArn })], false],
    [
        "all resources but this kind",
        [allow({ Resource: undefined as never, NotResource: "arn:*container-instance*" })],
        false,
    ],
    ["a denial wins", [allow(), deny()], false],
    ["a denial of something else does not", [allow(), deny({ Action: "s3:*" })], true],
    [
        "a condition on the cluster",
        [allow({ Condition: { ArnEquals: { "ecs:cluster": clusterArn } } })],
        true,
    ],
    [
        "a condition key in another case",
        [allow({ Condition: { ArnLike: { "ECS:Cluster": "arn:*/d*" } } })],
        true,
    ],
    [
        "a condition on another cluster",
        [allow({ Condition: { ArnEquals: { "ecs:cluster": `${clusterArn}2` } } })],
        false,
    ],
    [
        "a condition that is negated",
        [allow({ Condition: { StringNotEquals: { "ecs:cluster": [clusterArn] } } })],
        false,
    ],
    [
        "two conditions, one of which fails",
        [allow({ Condition: { StringLike: { "ecs:cluster": "*" }, StringEquals: { "aws:username": "x" } } })],
        false,
    ],
    [
        "a condition on a key that is missing",
        [allow({ Condition: { StringEquals: { "ecs:CreateAction": "x" } } })],
        false,
    ],
    [
        "the same, if it exists",
        [allow({ Condition: { StringEqualsIfExists: { "ecs:CreateAction": "x" } } })],
        true,
    ],
    ["a key that must be missing", [allow({ Condition: { Null: { "ecs:CreateAction": "true" } } })], true],
    [
        "an operator that is not known here",
        [allow({ Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })],
        false,
    ],
    [
        "a denial by an operator that is not known here, though nobody can say that it holds",
        [allow(), deny({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
        false,
    ],
    [
        "a denial by an operator that exists nowhere",
        [allow(), deny({ Condition: { StringResembles: { "ecs:cluster": clusterArn } } })],
        false,
    ],
    [
        "a denial by a set of values, which is not known here",
        [allow(), deny({ Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "owner" } } })],
        false,
    ],
    [
        "a denial with an unknown operator beside a condition that fails",
        [
            allow(),
            deny({
                Condition: {
                    IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
                    ArnEquals: { "ecs:cluster": `${clusterArn}2` },
                },
            }),
        ],
        true,
    ],
    [
        "a denial of all clusters but this one",
        [allow(), deny({ Condition: { ArnNotEquals: { "ecs:cluster": clusterArn } } })],
        true,
    ],
    [
        "a denial whose negated condition is on a key that is missing",
        [allow(), deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } })],
        false,
    ],
    [
        "a permission whose negated condition is on a key that is missing",
        [allow({ Condition: { StringNotEquals: { "ecs:CreateAction": "x" } } })],
        true,
    ],
];

describe("IAM policies of a host", () => {
    for (const [what, documents, expected] of table) {
        it(`${what}: ${expected ? "allowed" : "denied"}`, () => {
            expect(isAllowed(documents, request)).to.equal(expected);
        });
    }
});
