import { paths } from "../userData/paths";
import { hostCommand, onlyOne, restartAgent, restartBootstrap } from "./hostCommand";

/**
 * Has a host try again to join its cluster: the bootstrap first, where there is one, and then the agent, which the guide
 * starts by hand (section 4). Tasks that run there go on.
 */
export const startAgentCommand = hostCommand(
    "start-agent",
    {},
    `${onlyOne}
if [ -e ${paths.bootstrap} ]; then
${indent(restartBootstrap)}fi
${restartAgent}`,
);

/** A bootstrap waits as long for a docker volume, and a download for S3; together no longer than this. */
export const startAgentSeconds = 1260;

function indent(shell: string): string {
    return shell.replaceAll(/^(?=.)/gm, "    ");
}
