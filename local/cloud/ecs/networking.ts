import type { NetworkConfiguration, TaskDefinition } from "@aws-sdk/client-ecs";
import { invalid } from "./inputs";

/**
 * Tasks with network interfaces of their own have to be told where these are to be, and no others may be told. The words are ECS's:
 * https://github.com/fabfuel/ecs-deploy/issues/133 and https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/616
 * @throws AwsError InvalidParameterException
 */
export function checkNetworking(
    { networkMode }: TaskDefinition,
    { awsvpcConfiguration: given }: NetworkConfiguration = {},
): void {
    if (networkMode === "awsvpc" && given === undefined) {
        throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    if (networkMode !== "awsvpc" && given !== undefined) {
        throw invalid(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        );
    }
}
