import type { AgentVariable } from "../agent/agentVariable";
import { agentFields, agentVariables } from "../agent/agentVariables";
import { isOlderAgent } from "../agent/ignoredSettings";
import { capabilityOf } from "../capabilities/capabilities";
import { wantedNames } from "../capabilities/hostCapabilities";
import { oldestAgentOf } from "../images/agentOfImage";
import type { HostImageName } from "../images/hostImageName";
import type { ResolvedSettings } from "../settings";
import { refusal, warning, type Findings } from "./finding";
import type { Reads } from "./reads";

/** Something of the settings that an agent has to be new enough for. */
interface Need {
    readonly path: string;
    /** The first version that knows it. */
    readonly since: string;
    /** Without it a host would not get ready; of the rest it only makes nothing. */
    readonly isCapability: boolean;
}

/**
 * Whether the agent of the host image is new enough for the settings, as far as its version is known: by SUSE's page on the packages
 * of the image, where the door asks for it, else by what is known of its generation. Nothing is asked where that is enough.
 * @param chosen the host image; of one that is missing nothing is said here
 */
export async function checkAgent(
    reads: Pick<Reads, "agentVersion">,
    settings: Pick<ResolvedSettings, "agent" | "capabilities">,
    chosen: Promise<{ readonly found?: Pick<HostImageName, "name" | "generation"> } | undefined>,
): Promise<Findings> {
    const image = (await chosen)?.found;
    if (image === undefined) {
        return [];
    }
    const oldest = oldestAgentOf(image.generation);
    const doubtful = needsOf(settings).filter(
        ({ since }) => oldest === undefined || isOlderAgent(oldest, since),
    );
    if (doubtful.length === 0) {
        return [];
    }
    const version = await reads.agentVersion?.(image.name);
    if (version === undefined) {
        return doubtful
            .filter(({ isCapability }) => isCapability)
            .map(({ path, since }) =>
                warning(
                    "AGENT_VERSION_UNKNOWN",
                    path,
                    `needs an agent from ${since} on; which one ${image.name} has is not known before a host has joined`,
                ),
            );
    }
    return doubtful
        .filter(({ since }) => isOlderAgent(version, since))
        .map(({ path, since, isCapability }) =>
            isCapability
                ? refusal(
                      "AGENT_TOO_OLD",
                      path,
                      `needs an agent from ${since} on, and ${image.name} has ${version}: its hosts would never get ready`,
                      `leave ${path} out, or set hostImage.filter to a newer image`,
                  )
                : warning(
                      "AGENT_TOO_OLD",
                      path,
                      `is read by agents from ${since} on, and ${image.name} has ${version}, which ignores it`,
                  ),
        );
}

function needsOf({ agent, capabilities }: Pick<ResolvedSettings, "agent" | "capabilities">): readonly Need[] {
    return [
        ...wantedNames(capabilities).flatMap((name) => {
            const { since } = capabilityOf(name);
            return since === undefined ? [] : { path: `capabilities.${name}`, since, isCapability: true };
        }),
        ...agentFields.flatMap((field) => {
            const { since }: AgentVariable = agentVariables[field];
            return agent[field] === undefined || since === undefined
                ? []
                : { path: `agent.${field}`, since, isCapability: false };
        }),
    ];
}
