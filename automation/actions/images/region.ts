import { isRegion } from "../../../components/model/region";
import type { CommonOptions } from "../../commands/command";
import type { AwsTarget, Context } from "../../context";
import { awsTarget } from "../../environmentSettings";
import { AppError } from "../../errors";
import { openProject } from "../../project";

export interface RegionRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly region: string | undefined;
}

/**
 * The region asked for; else the project's own, else that of AWS's variables and files. Asks nothing of AWS.
 * @throws AppError USAGE, AWS_REGION_MISSING
 */
export async function findRegion(
    request: RegionRequest,
    context: Pick<Context, "directory" | "loadAws">,
): Promise<string> {
    const region = request.region ?? (await defaultRegion(request, context));
    if (!isRegion(region)) {
        throw new AppError("USAGE", {
            message: `this is not a region: got ${JSON.stringify(region)}, expected one such as eu-central-1`,
            hint: "sles-ecs images list --region eu-central-1",
        });
    }
    return region;
}

async function defaultRegion(
    { projectDirectory }: RegionRequest,
    context: Pick<Context, "directory" | "loadAws">,
): Promise<string> {
    const target = await projectTarget(context, projectDirectory);
    const { identity } = await context.loadAws(target);
    try {
        return await identity.region();
    } catch (error) {
        if (error instanceof AppError && error.code === "AWS_REGION_MISSING") {
            throw new AppError(error.code, {
                message: `${error.message}, and --region was not given`,
                hint: "sles-ecs images list --region <region>",
                cause: error,
            });
        }
        throw error;
    }
}

/** What Pulumi.yaml says for all environments; images can be listed without a project as well. */
async function projectTarget(
    context: Pick<Context, "directory">,
    projectDirectory: string | undefined,
): Promise<AwsTarget> {
    try {
        return awsTarget((await openProject(context, projectDirectory)).config);
    } catch (error) {
        if (error instanceof AppError && error.code === "PROJECT_NOT_FOUND") {
            return {};
        }
        throw error;
    }
}
