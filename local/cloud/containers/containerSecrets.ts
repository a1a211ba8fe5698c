import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { readParameterArn } from "../../../components/model/services/parameterArn";
import { regionOfArn } from "../ecs/names";
import type { MotoClients } from "../moto/motoClients";
import { messageOf } from "./engine";
import { StartError } from "./startError";

/** Reads what the secrets of containers name, as the agent does before it makes one. */
export class ContainerSecrets {
    constructor(private readonly moto: () => Pick<MotoClients, "json">) {}

    /**
     * @param taskRegion where parameters are that are named without their ARN
     * @returns variables, as an engine takes them
     * @throws StartError in the agent's words
     */
    read({ secrets = [] }: ContainerDefinition, taskRegion: string): Promise<readonly string[]> {
        return Promise.all(
            secrets.map(async ({ name = "", valueFrom = "" }) => {
                const isSecret = /^arn:[^:]+:secretsmanager:/.test(valueFrom);
                const value = isSecret
                    ? await this.secret(valueFrom)
                    : await this.parameter(valueFrom, taskRegion);
                return `${name}=${value}`;
            }),
        );
    }

    private async secret(valueFrom: string): Promise<string> {
        // Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
        const parts = valueFrom.split(":");
        const [key = "", stage = "", version = ""] = parts.slice(7);
        const region = regionOfArn(valueFrom);
        const told = (error: unknown): StartError =>
            new StartError(
                `Fetching secret data from AWS Secrets Manager in region ${region}: secret ${valueFrom}: ${messageOf(error)}`,
                { cause: error },
            );
        try {
            const { SecretString = "" } = await this.moto().json<{ SecretString?: string }>(
                ...(["secretsmanager", region, "secretsmanager.GetSecretValue"] as const),
                {
                    SecretId: parts.slice(0, 7).join(":"),
                    ...(stage !== "" && { VersionStage: stage }),
                    ...(version !== "" && { VersionId: version }),
                },
            );
            return key === "" ? SecretString : valueOfKey(SecretString, key);
        } catch (error) {
            throw told(error);
        }
    }

    private async parameter(valueFrom: string, taskRegion: string): Promise<string> {
        const { region, name } = readParameterArn(valueFrom) ?? { region: taskRegion, name: valueFrom };
        const told = (why: string): StartError =>
            new StartError(`Fetching secret data from SSM Parameter Store in ${region}: ${why}`);
        const { Parameters: [found] = [] } = await this.moto()
            .json<{ Parameters?: readonly { readonly Value?: string }[] }>(
                "ssm",
                region,
                "AmazonSSM.GetParameters",
                { Names: [name], WithDecryption: true },
            )
            .catch((error: unknown) => {
                throw told(messageOf(error));
            });
        if (found === undefined) {
            throw told(`invalid parameters: ${name}`);
        }
        return found.Value ?? "";
    }
}

/** What goes wrong is told without what the secret holds. */
function valueOfKey(text: string, key: string): string {
    let all: unknown;
    try {
        all = JSON.parse(text);
    } catch {
        throw new Error(`retrieved secret from Secrets Manager is no JSON, and has no key ${key}`);
    }
    const value = new Map(Object.entries(all ?? {})).get(key) as unknown;
    if (value === undefined) {
        throw new Error(`retrieved secret from Secrets Manager did not contain json key ${key}`);
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}
