import { z } from "zod";
import { capabilityOf, type CapabilityName } from "../../capabilities/capabilities";
import { ssmAgentVersion } from "../../capabilities/execBinaries";
import { defaults } from "../defaults";
import { mayBeOutput, oneNumberOf, switchOr, text, trueOrFalse } from "../fields";
import type { Settings } from "../settings.generated";

/** What CloudWatch Logs takes (CloudWatch Logs API reference, PutRetentionPolicy: retentionInDays). */
const retentions = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const executeCommand = z.strictObject({
    ssmAgentVersion: text(/^\d+(\.\d+){1,3}$/, `a version of the SSM agent such as ${ssmAgentVersion}`)
        .optional()
        .meta({
            description: "Version of the SSM agent whose binaries sessions run by.",
            defaultText: `- ${ssmAgentVersion}, that of AWS's own image of 2026-08-21`,
        }),
    sha256: text(/^[0-9a-f]{64}$/, "a SHA-256 sum: 64 hexadecimal digits, letters in lower case")
        .optional()
        .meta({
            description:
                "SHA-256 sum that the download must have, of the hosts' architecture. Without it HTTPS from AWS's own bucket is what vouches for it.",
            defaultText: "- not compared",
        }),
});

const awslogs = z.strictObject({
    // CloudWatch Logs API reference, CreateLogGroup: logGroupName.
    logGroupName: text(
        /^(?!aws\/)[\w./#-]{1,512}$/,
        "the name of a log group: up to 512 letters, digits and ._/#-, not beginning with aws/",
    )
        .meta(mayBeOutput("sles-ecs-unknown-###"))
        .optional()
        .meta({
            description: "Name of the log group.",
            defaultText: "- `/ecs/<cluster>`; in an adopted cluster `/ecs/<cluster>/<environment>`",
        }),
    retentionDays: oneNumberOf(retentions)
        .optional()
        .meta({
            description: "How many days CloudWatch Logs keeps what tasks log.",
            defaultText: String(defaults.logRetentionDays),
            typeText: `one of ${retentions.join(", ")}`,
        }),
});

export const capabilitiesSchema = z
    .strictObject({
        executeCommand: switchOr(executeCommand)
            .optional()
            .meta(about("executeCommand", "Prepares hosts for ECS Exec: a shell in a running container.")),
        efs: trueOrFalse()
            .optional()
            .meta(about("efs", "Prepares hosts for tasks with EFS volumes, mounted by NFS 4.1.")),
        awslogs: switchOr(awslogs)
            .optional()
            .meta(
                about(
                    "awslogs",
                    "Makes a log group for the log driver awslogs of tasks. It goes, with all that was logged, when the environment is destroyed.",
                ),
            ),
        serviceConnect: trueOrFalse()
            .optional()
            .meta(about("serviceConnect", "Prepares hosts for services with Service Connect.")),
        containerBuilds: trueOrFalse()
            .optional()
            .meta(
                about(
                    "containerBuilds",
                    "Lets `docker build --network host` on these pay-as-you-go hosts install packages of SLES in containers.",
                ),
            ),
    })
    .meta({
        description:
            "What hosts offer beside running tasks. A host counts as ready only with what is wanted here; but what cannot be installed keeps none out. Changing it replaces fixed hosts where their user data changes.",
        defaultText: "- what the image offers by itself",
    });

function about(name: CapabilityName, what: string) {
    const { onHost, inIam, inNetwork, since } = capabilityOf(name);
    return {
        description: [
            `${what} On the host: ${onHost} In IAM: ${inIam} In the network: ${inNetwork}`,
            ...(since === undefined ? [] : [`Needs an agent from ${since} on.`]),
        ].join(" "),
        defaultText: "- not wanted",
    };
}

/** Capabilities that are wanted, each with what there is to know of it; the others are missing. */
export interface ResolvedCapabilities {
    readonly executeCommand?: { readonly ssmAgentVersion: string; readonly sha256?: string };
    readonly efs?: Readonly<Record<string, never>>;
    readonly awslogs?: { readonly logGroupName: string; readonly retentionDays: number };
    readonly serviceConnect?: Readonly<Record<string, never>>;
    readonly containerBuilds?: Readonly<Record<string, never>>;
}

/** @param logGroupName of the log group, where settings name none */
export function resolveCapabilities(
    written: NonNullable<Settings["capabilities"]> = {},
    logGroupName: string,
): ResolvedCapabilities {
    const logs = groupOf(written.awslogs);
    const exec = groupOf(written.executeCommand);
    return {
        ...(exec !== undefined && {
            executeCommand: { ...exec, ssmAgentVersion: exec.ssmAgentVersion ?? ssmAgentVersion },
        }),
        ...(written.efs === true && { efs: {} }),
        ...(logs !== undefined && {
            awslogs: {
                logGroupName: logs.logGroupName ?? logGroupName,
                retentionDays: logs.retentionDays ?? defaults.logRetentionDays,
            },
        }),
        ...(written.serviceConnect === true && { serviceConnect: {} }),
        ...(written.containerBuilds === true && { containerBuilds: {} }),
    };
}

/** What is said beside a switch that is on; undefined where it is off. */
function groupOf<Group extends object>(value: boolean | Group | undefined): Partial<Group> | undefined {
    return typeof value === "object" ? value : value === true ? {} : undefined;
}
