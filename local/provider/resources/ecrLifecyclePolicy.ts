import { unlessGone } from "../aws/errors";
import { document, region, required, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    policy: required(document()),
    region: region(),
    repository: required(text({ replaces: true })),
};

/** `aws:ecr/lifecyclePolicy:LifecyclePolicy`; its id is the name of its repository. */
export const ecrLifecyclePolicy = defineResource({
    token: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    inputs,
    outputs: ["registryId"],

    async create(context, { repository, policy }) {
        await context.aws.ecr.putLifecyclePolicy({
            repositoryName: repository,
            lifecyclePolicyText: policy,
        });
        return repository;
    },

    async read(context, id) {
        const found = await unlessGone(() => context.aws.ecr.getLifecyclePolicy({ repositoryName: id }));
        return (
            found && {
                policy: found.lifecyclePolicyText,
                registryId: found.registryId,
                repository: found.repositoryName,
            }
        );
    },

    async update(context, repositoryName, { inputs: { policy } }) {
        await context.aws.ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: policy });
    },

    async delete(context, repositoryName) {
        await unlessGone(() => context.aws.ecr.deleteLifecyclePolicy({ repositoryName }));
    },
});
