import { z } from "zod";
import { defaults } from "./defaults";
import { mayBeOutput, text, trueOrFalse } from "./fields";
import type { Settings } from "./settings.generated";
import { agentSchema } from "./sections/agent";
import { capabilitiesSchema } from "./sections/capabilities";
import { containerRegistrySchema } from "./sections/containerRegistry";
import { dockerStorageSchema } from "./sections/dockerStorage";
import { hostImageSchema } from "./sections/hostImage";
import { hostsSchema } from "./sections/hosts";
import { hoursSchema } from "./sections/hours";
import { instanceRoleSchema } from "./sections/instanceRole";
import { leaseSchema } from "./sections/lease";
import { networkSchema } from "./sections/network";
import { proxySchema } from "./sections/proxy";
import { tagsSchema } from "./sections/tags";

// ECS API reference, CreateCluster: clusterName.
export const clusterNamePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** The whole of what `sles-ecs:` may say in `Pulumi.<environment>.yaml`; unknown keys are refused. */
export const settingsSchema = z.strictObject({
    clusterName: text(clusterNamePattern, "1 to 255 letters, digits, underscores and hyphens")
        .meta(mayBeOutput("sles-ecs-unknown-###"))
        .optional()
        .meta({ description: "Name of the ECS cluster.", defaultText: "- the name of the environment" }),
    adoptCluster: trueOrFalse()
        .optional()
        .meta({
            description:
                "Use a cluster that exists and is not this environment's. It is never changed nor deleted.",
            defaultText: String(defaults.adoptCluster),
        }),
    basedOn: z.string("the name of an environment").min(1).optional().meta({
        description: "Environment that these settings were copied from; marks a personal environment.",
        defaultText: "- not a personal environment",
    }),
    hosts: hostsSchema.optional(),
    hostImage: hostImageSchema.optional(),
    dockerStorage: dockerStorageSchema.optional(),
    agent: agentSchema.optional(),
    capabilities: capabilitiesSchema.optional(),
    instanceRole: instanceRoleSchema.optional(),
    network: networkSchema.optional(),
    proxy: proxySchema.optional(),
    containerRegistry: containerRegistrySchema.optional(),
    lease: leaseSchema.optional(),
    hours: hoursSchema.optional().meta({
        description:
            "When the hosts run, such as Mon-Fri 08:00-18:00 Europe/Berlin: schedules in AWS start and stop them, or take their group to its sizes and to zero.",
        defaultText: "- all the time",
    }),
    tags: tagsSchema.optional(),
});

export type SettingsKey = keyof Settings;
export const settingsKeys = Object.keys(settingsSchema.shape) as readonly SettingsKey[];
