import type { SlesGeneration } from "./hostImageName";

/**
 * The oldest agent that the images of a generation have, as far as anybody has seen or can conclude it; SUSE tells it only of images
 * whose agent is another one than before. Missing: not known.
 */
const oldestAgents: Readonly<Partial<Record<SlesGeneration, string>>> = {
    // The package of openSUSE Leap 15.5 and 15.6, which share SLE's (software.opensuse.org, amazon-ecs-init).
    15: "1.53.0",
    // SLES 16 ships ECS_AGENT_PID_NAMESPACE_HOST, which agents read from then on (amazon-ecs-agent#4595).
    16: "1.94.0",
};

/** The oldest agent that images of a generation are known to have; undefined where that is not known. */
export function oldestAgentOf(generation: SlesGeneration): string | undefined {
    return oldestAgents[generation];
}
