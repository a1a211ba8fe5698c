import type { ContextKeyTypeEnum } from "@aws-sdk/client-iam";
import { unlessGone } from "../aws/errors";
import { defineFunction } from "../schema/functionType";
import { object, region, required, set, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

/** `aws.getRegion` */
export const getRegion = defineFunction({
    token: "aws:index/getRegion:getRegion",
    inputs: { region: region() },
    async run(context) {
        const name = context.region;
        const answer = await context.aws.ec2.describeRegions({ RegionNames: [name] });
        const found = theOnly(answer.Regions, "Region", `there is no region ${name}`);
        return { id: found.RegionName, name: found.RegionName, region: found.RegionName };
    },
});

/** `aws.getCallerIdentity` */
export const getCallerIdentity = defineFunction({
    token: "aws:index/getCallerIdentity:getCallerIdentity",
    inputs: {},
    async run(context) {
        const { Account, Arn, UserId } = await context.aws.sts.getCallerIdentity({});
        return { accountId: Account, arn: Arn, id: Account, userId: UserId };
    },
});

/** `aws.getAvailabilityZones` */
export const getAvailabilityZones = defineFunction({
    token: "aws:index/getAvailabilityZones:getAvailabilityZones",
    inputs: { filters: filters(), region: region(), state: text() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeAvailabilityZones({
            Filters: toFilters(inputs.filters, { state: inputs.state }),
        });
        const names = (answer.AvailabilityZones ?? []).map((zone) => zone.ZoneName ?? "");
        return { id: context.region, names: names.sort((a, b) => a.localeCompare(b)) };
    },
});

/** `aws.iam.getInstanceProfile` */
export const getInstanceProfile = defineFunction({
    token: "aws:iam/getInstanceProfile:getInstanceProfile",
    inputs: { name: required(text()) },
    async run(context, inputs) {
        const profile = (await context.aws.iam.getInstanceProfile({ InstanceProfileName: inputs.name }))
            .InstanceProfile;
        const role = profile?.Roles?.[0];
        return {
            arn: profile?.Arn,
            id: profile?.InstanceProfileId,
            name: profile?.InstanceProfileName,
            roleArn: role?.Arn ?? "",
            roleName: role?.RoleName ?? "",
        };
    },
});

/** `aws.iam.getPrincipalPolicySimulation` */
export const getPrincipalPolicySimulation = defineFunction({
    token: "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation",
    inputs: {
        actionNames: required(set(text())),
        contexts: set(
            object({ key: required(text()), type: required(text()), values: required(set(text())) }),
        ),
        policySourceArn: required(text()),
        resourceArns: set(text()),
    },
    async run(context, { actionNames, contexts = [], policySourceArn, resourceArns = [] }) {
        const { EvaluationResults = [] } = await context.aws.iam.simulatePrincipalPolicy({
            PolicySourceArn: policySourceArn,
            ActionNames: [...actionNames],
            ResourceArns: [...resourceArns],
            ContextEntries: contexts.map(({ key, type, values }) => ({
                ContextKeyName: key,
                ContextKeyType: type as ContextKeyTypeEnum,
                ContextKeyValues: [...values],
            })),
        });
        const results = EvaluationResults.map((one) => ({
            actionName: one.EvalActionName,
            allowed: one.EvalDecision === "allowed",
            decision: one.EvalDecision,
            missingContextKeys: one.MissingContextValues ?? [],
            resourceArn: one.EvalResourceName,
        }));
        // The official provider gives one and the same id to all, too.
        return { id: "-", allAllowed: results.every(({ allowed }) => allowed), results };
    },
});

/** `aws.ec2.getKeyPair` */
export const getKeyPair = defineFunction({
    token: "aws:ec2/getKeyPair:getKeyPair",
    inputs: { keyName: required(text()), region: region() },
    async run(context, { keyName }) {
        const answer = await unlessGone(() => context.aws.ec2.describeKeyPairs({ KeyNames: [keyName] }));
        const found = theOnly(answer?.KeyPairs, "EC2 Key Pair", "change your search criteria and try again");
        return { id: found.KeyPairId, keyName: found.KeyName, keyPairId: found.KeyPairId };
    },
});
