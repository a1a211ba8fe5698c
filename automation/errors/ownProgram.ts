import { shellWord } from "../../components/model/commandLine";
import type { EnvironmentStack } from "../ports/engine";
import { AppError } from "./appError";

/** Why a stack of a program of somebody's own stays where others go. */
export const ownProgramStays = "a program of your own has made it, and alone ends it";

/** How many of the resources of others are named. */
const namedAtMost = 3;

/** @throws AppError OWN_PROGRAM where a program of somebody's own has made the stack, of which the settings here say nothing */
export function requireOurs({
    name,
    qualifiedName,
    notOurs,
}: Pick<EnvironmentStack, "name" | "qualifiedName" | "notOurs">): void {
    const [first, ...others] = notOurs;
    if (first === undefined) {
        return;
    }
    const more = notOurs.length - namedAtMost;
    throw new AppError("OWN_PROGRAM", {
        message: `the stack ${qualifiedName} was made by a program of your own: it has ${first}, expected nothing but what this program makes`,
        details: [
            ...others.slice(0, namedAtMost - 1).map((one) => `it also has ${one}`),
            ...(more > 0 ? [`and ${more} more like that`] : []),
        ],
        hint: `pulumi up --stack ${shellWord(name)}, or ${endWithPulumi(name)}`,
    });
}

/** How a person ends such a stack. */
export function endWithPulumi(name: string): string {
    return `pulumi destroy --stack ${shellWord(name)}, in the folder of that program`;
}
