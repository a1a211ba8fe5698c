import { isAnswer, messageOf } from "./engine";

/** A reason in ECS's words why a container does not run. */
export class StartError extends Error {}

/** As the agent words it: its own name of the failure, then what the engine says. */
export function startError(name: string, error: unknown): StartError {
    const told = isAnswer(error) || !(error instanceof Error && "code" in error);
    return new StartError(
        told
            ? `${name}: Error response from daemon: ${messageOf(error)}`
            : `${name}: Cannot connect to the Docker daemon. Is the docker daemon running? (${messageOf(error)})`,
        { cause: error },
    );
}
