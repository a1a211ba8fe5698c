import { hasMessage, unlessGone } from "../aws/errors";
import type { OperationContext } from "../aws/operationContext";
import { retryWhile } from "../aws/wait";
import { document, region, required, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    policy: required(document()),
    region: region(),
    repository: required(text({ replaces: true })),
};

/** As long as the official provider waits for a role that IAM has only just made. */
const propagationLimitSeconds = 120;

async function put(context: OperationContext, repositoryName: string, policyText: string): Promise<void> {
    await retryWhile(
        context,
        { what: "ECR to know the principal of the policy", limitSeconds: propagationLimitSeconds },
        hasMessage("InvalidParameterException", /Principal not found|Invalid repository policy provided/),
        () => context.aws.ecr.setRepositoryPolicy({ repositoryName, policyText }),
    );
}

/** `aws:ecr/repositoryPolicy:RepositoryPolicy`; its id is the name of its repository. */
export const ecrRepositoryPolicy = defineResource({
    token: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    inputs,
    outputs: ["registryId"],

    async create(context, { repository, policy }) {
        await put(context, repository, policy);
        return repository;
    },

    async read(context, id) {
        const found = await unlessGone(() => context.aws.ecr.getRepositoryPolicy({ repositoryName: id }));
        return (
            found && {
                policy: found.policyText,
                registryId: found.registryId,
                repository: found.repositoryName,
            }
        );
    },

    async update(context, id, { inputs: { policy } }) {
        await put(context, id, policy);
    },

    async delete(context, repositoryName) {
        await unlessGone(() => context.aws.ecr.deleteRepositoryPolicy({ repositoryName }));
    },
});
