import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { Naming } from "../schema/naming";
import { toProperties } from "./struct";

const modes = {
    [CheckRequest.AutonamingOptions.Mode.PROPOSE]: "propose",
    [CheckRequest.AutonamingOptions.Mode.ENFORCE]: "enforce",
    [CheckRequest.AutonamingOptions.Mode.DISABLE]: "disable",
} as const;

/** What a check request says about naming. */
export function namingFrom(request: CheckRequest): Naming {
    const autonaming = request.getAutonaming();
    return {
        resourceName: request.getName(),
        oldInputs: toProperties(request.getOlds()),
        seed: request.getRandomseed_asU8(),
        policy:
            autonaming === undefined
                ? undefined
                : { mode: modes[autonaming.getMode()], proposedName: autonaming.getProposedName() },
    };
}
