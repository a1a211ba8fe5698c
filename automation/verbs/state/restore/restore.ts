import { command, type CommandLine } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import { requireStack } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import type { Context } from "../../../ports/context";
import type { StateDamage } from "../../../ports/engine";
import { checkEnvironmentName } from "../../../settings/environmentSettings";
import { openProject } from "../../../settings/project";

export interface RestoreRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface RestoreResult {
    readonly environment: string;
    /** What was cut; missing where nothing was. */
    readonly damage?: StateDamage;
    /** The command to go on with. */
    readonly next: CommandLine;
}

/**
 * Makes a state in a folder readable again that was cut. Changes nothing in AWS. Idempotent.
 * @throws AppError STATE_ELSEWHERE, LOCKED, or STATE_CORRUPT where no version is whole
 */
export async function restoreState(
    { environment, projectDirectory }: RestoreRequest,
    context: Context,
): Promise<RestoreResult> {
    const project = await openProject(context, projectDirectory);
    checkEnvironmentName(environment);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const damage = await engine.examineState(environment);
    if (damage?.remedy === "none") {
        throw new AppError("STATE_CORRUPT", {
            message: `the state of ${environment} is cut, and so is every version of it that its backend keeps`,
            details: [`its file: ${damage.file}`],
            hint: `put a copy of ${damage.file} in its place that somebody keeps elsewhere, such as a backup of the machine`,
        });
    }
    if (damage !== undefined) {
        await engine.restoreState(environment, damage);
    }
    if (damage === undefined) {
        requireStack(await engine.open(environment));
    }
    // Nothing had been made where the very first state was cut.
    return { environment, damage, next: command(damage?.remedy === "forget" ? "up" : "status", environment) };
}
