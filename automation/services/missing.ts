import { readEcrReference } from "../../components/model/containers/ecrReference";
import type { Problem } from "../../components/model/problem";
import { readParameterArn } from "../../components/model/services/parameterArn";
import type { ServicePlan } from "../../components/model/services/serviceRequest";
import type { Target } from "../environment/target";
import type { RepositoryImage } from "../ports/ecrService";

/** What of others the service would use, and is not there or not for it. */
export async function findMissing({ aws }: Target, wanted: ServicePlan): Promise<readonly Problem[]> {
    const [{ accountId }, region] = await Promise.all([aws.identity.caller(), aws.identity.region()]);
    const roles = [
        ["--execution-role", wanted.executionRole],
        ["--task-role", wanted.taskRole],
    ] as const;
    const parameters = Object.entries(wanted.secrets).flatMap(([name, arn]) => {
        const parameter = readParameterArn(arn);
        // Of another region or account it is read there, and cannot be looked for from here.
        return parameter?.region === region && parameter.accountId === accountId
            ? [{ name, parameter: parameter.name }]
            : [];
    });
    const none: readonly string[] = [];
    const [ofImage, ofRoles, missing] = await Promise.all([
        imageProblem(aws, wanted.image, { accountId, region }),
        Promise.all(roles.map(([path, arn]) => roleProblem(aws, path, arn))),
        parameters.length === 0
            ? Promise.resolve(none)
            : aws.parameters.missing(parameters.map(({ parameter }) => parameter)),
    ]);
    return [
        ...(ofImage === undefined ? [] : [ofImage]),
        ...ofRoles.flatMap((one) => one ?? []),
        ...parameters
            .filter(({ parameter }) => missing.includes(parameter))
            .map(({ name, parameter }) => ({
                path: `--secret ${name}`,
                message: `there is no parameter ${parameter} in Parameter Store`,
                severity: "error" as const,
            })),
    ];
}

const taskService = "ecs-tasks.amazonaws.com";

async function roleProblem(
    aws: Target["aws"],
    path: string,
    arn: string | undefined,
): Promise<Problem | undefined> {
    if (arn === undefined) {
        return undefined;
    }
    const name = arn.split("/").at(-1) ?? arn;
    const trusted = await aws.iam.trustedServices(name);
    const message =
        trusted === undefined
            ? `there is no role ${name}`
            : trusted.includes(taskService)
              ? undefined
              : `role ${name} trusts ${trusted.join(", ") || "no service"}, expected ${taskService}`;
    return message === undefined ? undefined : { path, message, severity: "error" };
}

/**
 * An image of the account's own registry, in the region of the environment, is asked for; of any other registry nothing is known
 * here, and it may be that only the hosts get there.
 */
async function imageProblem(
    aws: Target["aws"],
    image: string,
    { accountId, region }: { readonly accountId: string; readonly region: string },
): Promise<Problem | undefined> {
    const place = readEcrReference(image);
    if (place?.accountId !== accountId || place.region !== region) {
        return undefined;
    }
    const { repository, digest, tag } = place;
    const problem = (message: string): Problem => ({ path: "--image", message, severity: "error" });
    if ((await aws.ecr.repository(repository)) === undefined) {
        return problem(`there is no repository ${repository} in Amazon ECR`);
    }
    // As docker reads a reference, what has a digest is not asked for by its tag.
    const images = await aws.ecr.images(repository);
    const isMeant = (one: RepositoryImage): boolean =>
        digest === undefined ? one.tags.includes(tag ?? "") : one.digest === digest;
    return images.some(isMeant)
        ? undefined
        : problem(`repository ${repository} has no image ${digest ?? `tagged ${tag}`}`);
}
