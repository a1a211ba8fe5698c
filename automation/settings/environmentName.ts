import { command } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";

/** Pulumi's rule for stack names: letters, digits, hyphens, underscores and periods, at most 100 of them. */
const stackName = /^[A-Za-z0-9_.-]{1,100}$/;

/** @throws AppError USAGE when the name cannot be one of a Pulumi stack. */
export function checkEnvironmentName(name: string): void {
    if (!stackName.test(name)) {
        throw new AppError("USAGE", {
            message: `this is not a name for an environment: got ${JSON.stringify(name)}, expected 1 to 100 letters, digits, hyphens, underscores or periods`,
            hint: command("list"),
        });
    }
}
